"""Deciding in lines: every outcome with its digit, what goes to the CAD read out first, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain.address_check import check
from console.domain.closing import closing_words
from console.domain.combining import can_join, kept, toggled
from console.line_mode.news import by_command
from console.model import Choice
from console.record import DecidedMeanwhile, RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import clock_time
from console.widgets.follow_up import still_to_whom
from console.widgets.outcome import as_told, briefing_to_pass_on, passed_on_question, reason_missing, to_pass_on
from console.widgets.suggestion import bounds_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from console.desk import Case, Proposal
    from console.line_mode.call import CallInLines
    from console.model import DeliveryState, Dispatch

_AGREED: Final = {Choice.STATION, Choice.PRIO3}
"""With these something is agreed for a later moment."""
_BACK: Final = {words.line_mode.BACK, *words.line_mode.NO}


async def decide(call: CallInLines) -> None:
    """Choose among all outcomes, hear what that records and sends, and confirm it; possible at any moment."""
    if not await call.step(call.desk.see):
        return
    call.talk.say("", f"{words.decision.suggestion(bounds_words(call.case.said))}.", words.line_mode.DECIDE)
    call.talk.say(
        *(words.line_mode.choice(key, words.terms.CHOICE[each]) for key, each in words.terms.CHOICE_KEYS.items())
    )
    call.talk.say(words.line_mode.CHOOSE)
    while (typed := await call.ask(words.line_mode.PROMPT_DIGIT)) is not None:
        if typed.lower() in _BACK:
            call.talk.say(words.line_mode.NOT_DECIDED)
            return
        if typed in words.terms.CHOICE_KEYS:
            await _confirm(call, words.terms.CHOICE_KEYS[typed])
            return
        call.talk.say(words.line_mode.TYPE_DIGIT)


async def back_to_ordinary(call: CallInLines) -> None:
    """Give a call back to the ordinary protocol; only the yes is asked."""
    await _confirm(call, Choice.ORDINARY)


async def follow(call: CallInLines) -> None:
    """Say what becomes of a dispatch until it is settled; any command can be given meanwhile, enter goes on."""
    call.talk.say(*await call.news.standing(call.case))
    if to_pass_on(call.case.file) is not None:
        call.talk.say(words.line_mode.AWAITING)
    while typed := await call.ask(words.line_mode.PROMPT_WAIT, until=lambda: to_pass_on(call.case.file) is None):
        if not await call.command(typed):
            call.talk.say(words.line_mode.NO_SUCH_COMMAND)
        if call.left:
            return


async def give_reason(call: CallInLines) -> None:
    """Ask why the operator departed from the suggestion, where that still lacks; it can wait."""
    decision = reason_missing(call.case.file)
    if decision is None:
        call.talk.say(words.call.NO_REASON_MISSING)
        return
    grounds = words.reason.GROUNDS
    call.talk.say("", words.line_mode.REASONS)
    call.talk.say(*(words.line_mode.choice(number, text) for number, text in enumerate(grounds, 1)))
    call.talk.say(words.line_mode.CHOOSE_REASON)
    while typed := await call.ask(words.line_mode.PROMPT_TEXT):
        reason = next((text for number, text in enumerate(grounds, 1) if typed == str(number)), typed)
        if typed.isdigit() and reason == typed:
            call.talk.say(words.line_mode.no_choice(one_line(typed)))
        elif await _reason_kept(call, decision.id, reason) or call.left:
            return


async def by_hand(call: CallInLines) -> None:
    """Record that a dispatch was passed on by telephone or radio."""
    delivery = to_pass_on(call.case.file)
    if delivery is None:
        await _news_by_hand(call)
        return
    question = passed_on_question(delivery, call.desk.settings.cad_name)
    await _passed_on(call, delivery, question, lambda case: call.desk.by_hand(case, delivery.message_id))


async def _news_by_hand(call: CallInLines) -> None:
    news = await call.desk.propose_by_voice(call.case)
    if news is None:
        call.talk.say(words.call.NO_OPEN_DISPATCH)
        return
    question = words.by_hand.NEWS_QUESTION
    await _passed_on(call, as_told(news), question, lambda case: call.desk.told_by_voice(case, news))


async def _passed_on(
    call: CallInLines, delivery: DeliveryState, question: str, step: Callable[[Case], Awaitable[Case]]
) -> None:
    """Read out what was to be told, and record that it was when that is so."""
    call.talk.say("", words.by_hand.title(delivery.priority, addition=bool(delivery.adds_to)))
    call.talk.say(*briefing_to_pass_on(delivery))
    call.talk.say(*question.splitlines())
    if not await call.sure():
        call.talk.say(words.line_mode.NOTHING_RECORDED)
    elif await call.step(step):
        call.talk.say(words.call.PASSED_ON_BY_HAND)


async def _confirm(call: CallInLines, choice: Choice) -> None:
    """Hear what a choice does; a yes records it, another digit chooses otherwise, and nothing goes without either."""
    proposal = await _chosen(call, choice)
    confirmed: Proposal | None = None
    while not call.left and (typed := await call.ask(words.line_mode.PROMPT_YES_NO)) is not None:
        other = _otherwise(call, proposal, typed.lower())
        if other is not None:
            proposal, confirmed = await _chosen(call, *other), None
        elif typed.lower() in _BACK:
            await call.step(lambda case: call.desk.draft_choice(case, None))
            call.talk.say(words.line_mode.NOT_DECIDED)
            return
        elif typed.lower() in words.line_mode.YES:
            confirmed = confirmed or proposal.confirmed(call.desk.clock())
            try:
                await call.desk.decide(call.case, confirmed)
            except DecidedMeanwhile as error:
                call.talk.say(str(error))
                await call.step(call.desk.see)
                proposal, confirmed = await _chosen(call, proposal.choice, proposal.draft.also), None
            except RecordError as error:
                call.talk.say(words.line_mode.not_kept(str(error)), words.line_mode.TRY_AGAIN)
            else:
                await _after(call, confirmed)
                return
        else:
            call.talk.say(_how(call.case, proposal))


def _otherwise(call: CallInLines, proposal: Proposal, typed: str) -> tuple[Choice, tuple[Choice, ...]] | None:
    """What is chosen instead, when an entry chooses: a digit, or `ook` and a digit for what comes beside it."""
    if typed in words.terms.CHOICE_KEYS:
        choice = words.terms.CHOICE_KEYS[typed]
        return choice, kept(choice, proposal.draft.also)
    word, _, digit = typed.partition(" ")
    if word != words.line_mode.ALSO:
        return None
    besides = words.terms.CHOICE_KEYS.get(digit.strip())
    if besides is None or not can_join(proposal.choice, besides):
        call.talk.say(words.line_mode.ALSO_WRONG)
        return None
    return proposal.choice, toggled(proposal.choice, proposal.draft.also, besides)


async def _chosen(call: CallInLines, choice: Choice, also: tuple[Choice, ...] = ()) -> Proposal:
    """Choose, keep that so that it survives the terminal, and say what it would do."""
    proposal = call.desk.propose(call.case, choice, also)
    await call.step(lambda case: call.desk.draft_choice(case, choice))
    besides = (words.line_mode.besides(words.terms.CHOICE[each]) for each in also)
    call.talk.say("", words.terms.CHOICE[choice], *besides, *_ahead(call, proposal), _how(call.case, proposal))
    return proposal


def _ahead(call: CallInLines, proposal: Proposal) -> Iterator[str]:
    """Say what was asked before, what is unsure of the address, and all that goes out."""
    for each in call.case.file.deliveries:
        state = words.terms.DELIVERY[each.state]
        yield words.decision.already_sent(each.priority, state, clock_time(each.created_at))
    if proposal.dispatch is None:
        yield words.terms.CLOSING[proposal.choice]
        return
    yield from (by_command(line) for line in check(call.case.file))
    yield from _sent(proposal.dispatch, call.desk.settings.cad_name)
    yield words.terms.ARRANGING


def _sent(dispatch: Dispatch, cad_name: str) -> Iterator[str]:
    code, text = dispatch.classification, dispatch.classification_text
    yield words.decision.to_the_cad(cad_name, dispatch.priority, code, text)
    address = _full(dispatch.location.address)
    yield words.decision.address(address or by_command(words.decision.ADDRESS_UNKNOWN))
    for number, line in enumerate(dispatch.briefing, 1):
        yield words.line_mode.line_to_drive_by(number, _full(line))
    yield words.line_mode.control_word(dispatch.control_word)


def _how(case: Case, proposal: Proposal) -> str:
    if proposal.dispatch is None:
        return words.line_mode.RECORD
    return words.line_mode.SEND_ANOTHER if case.file.deliveries else words.line_mode.SEND


async def _after(call: CallInLines, proposal: Proposal) -> None:
    """First the unit, then why it was chosen, then the words of the close."""
    call.rest()
    call.talk.say(words.call.DECIDED)
    await call.step(call.desk.see)
    if proposal.dispatch is not None:
        await follow(call)
    else:
        call.talk.say(*await call.news.standing(call.case))
    if not call.left and reason_missing(call.case.file) is not None:
        await give_reason(call)
    if still_to_whom(call.case.file):
        call.talk.say(words.line_mode.TYPE_TO_WHOM)
    if any(each in _AGREED for each in (proposal.choice, *proposal.draft.also)):
        call.talk.say(words.line_mode.TYPE_APPOINTMENT)
    if not call.left:
        call.talk.say("", words.line_mode.AT_THE_CLOSE, *closing_words(call.case.file))


async def _reason_kept(call: CallInLines, decision: int, reason: str) -> bool:
    if not await call.step(lambda case: call.desk.give_reason(case, decision, reason)):
        return False
    call.talk.say(words.call.REASON_KEPT)
    return True


def _full(text: str) -> str:
    return one_line(text, DISPLAY_LIMIT)
