"""What was decided and how each dispatch stands: each step a word with its time, and what to do when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style

from console.connection import delivery_gone
from console.domain.paper_course import decided_by
from console.model import Delivery, DeliveryState, UnitStatus
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import clock_time, elapsed, said_time
from console.widgets.follow_up import passed_on_to
from console.widgets.panel import Words
from console.widgets.queue_order import LATE_AFTER, SLOW_AFTER, unconfirmed_for

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import CallFile, Choice, Decision, Dispatch, Link

_AMBER: Final = str(Style(color="yellow"))
_RED: Final = str(Style(bold=True, color="red"))
_STILL_COMING: Final = {UnitStatus.ASSIGNED, UnitStatus.EN_ROUTE}
_STORED: Final = {Delivery.DELIVERED, Delivery.ACCEPTED}
_HAS_COME: Final = {UnitStatus.ON_SCENE, UnitStatus.CLOSED}
_ON_ITS_WAY: Final = {Delivery.READY, Delivery.SENT, Delivery.DELIVERED}
_IN_TROUBLE: Final = {Delivery.REFUSED, Delivery.UNCLEAR, Delivery.TOO_OLD}


def outcome_words(file: CallFile, *, link: Link, cad_name: str, moment: datetime) -> tuple[Words, ...]:
    """Give the lines about the decisions of a call; empty when nothing was decided.

    The latest decision comes first, and with it every dispatch that was ever asked: a later choice hides none.
    """
    if not file.decisions:
        return ()
    decision = file.decisions[-1]
    chosen = " + ".join(
        [words.terms.CHOICE[decision.choice], *(words.terms.CHOICE_SHORT[each] for each in decision.also)]
    )
    decided = words.outcome.decided(chosen, decided_by(file, decision), said_time(decision.taken_at, moment))
    lines = [Words(decided, hang=2, style="bold")]
    asked = _newest_with_their_additions(file)
    on_paper = {each.message_id for each in file.decisions if each.made_at is not None}
    for delivery in asked:
        lines += _road(delivery, on_paper=delivery.message_id in on_paper, link=link, cad_name=cad_name, moment=moment)
    for delivery in asked:
        lines += _to_read_out(delivery, link=link, moment=moment)
    if reason_missing(file) is not None:
        lines.append(Words(words.outcome.WHY, style="bold"))
    lines += [Words(line, hang=2) for line in _to_say(file, decision)]
    lines += [
        Words(words.decision.besides(words.terms.CHOICE_SHORT[each], _closing(file, each)), hang=2)
        for each in decision.also
    ]
    return tuple(lines)


def reason_missing(file: CallFile) -> Decision | None:
    """The first decision whose deviation still has no reason."""
    return next((each for each in file.decisions if each.deviates and each.reason is None), None)


def to_pass_on(file: CallFile) -> DeliveryState | None:
    """The newest dispatch that the CAD did not confirm and nobody passed on yet; then what was added to one."""
    waiting = [each for each in reversed(file.deliveries) if not each.state.settled]
    return next(iter(sorted(waiting, key=lambda each: bool(each.adds_to))), None)


def as_told(news: Dispatch) -> DeliveryState:
    """Give news as something to pass on by voice."""
    return DeliveryState(
        message_id=news.message_id,
        call_id=news.incident_id,
        priority=news.priority,
        state=Delivery.READY,
        created_at=news.decided_at,
        adds_to=news.adds_to,
        briefing=(*news.briefing, *news.told_once),
    )


def _newest_with_their_additions(file: CallFile) -> list[DeliveryState]:
    """The newest dispatch first, each followed by what was added to it, the newest news first."""
    newest = list(reversed(file.deliveries))
    return [
        each
        for sent in newest
        if not sent.adds_to
        for each in (sent, *(news for news in newest if news.adds_to == sent.message_id))
    ]


def _what(delivery: DeliveryState) -> str:
    return words.outcome.THE_ADDITION if delivery.adds_to else words.outcome.THE_DISPATCH


def _to_say(file: CallFile, decision: Decision) -> tuple[str, ...]:
    """What the caller can hear now; police are promised only from when somebody confirmed it until they are there.

    Of what was decided on paper nothing: whoever called hung up long ago.
    """
    if decision.made_at is not None:
        return ()
    sent = next((each for each in file.deliveries if each.message_id == decision.message_id), None)
    if sent is not None and (sent.unit_status in _HAS_COME or sent.state is Delivery.DROPPED):
        return ()
    sure = sent is None or sent.state.arranged
    return (_closing(file, decision.choice) if sure else words.terms.ARRANGING,)


def _closing(file: CallFile, choice: Choice) -> str:
    passed = passed_on_to(file)
    return words.terms.closing(choice, one_line(passed.call_id) if passed else "")


def _road(delivery: DeliveryState, *, on_paper: bool, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    steps_taken = _steps(delivery)
    road, what = ", ".join(steps_taken[on_paper:]), _what(delivery)
    if delivery.adds_to:
        steps = words.outcome.addition(cad_name, road)
    else:
        steps = words.outcome.steps(cad_name, delivery.priority, road)
    lines = [Words(steps, hang=2, style="bold")]
    if delivery.cad_reference:
        lines.append(Words(words.outcome.number_in_cad(cad_name, one_line(delivery.cad_reference))))
    if delivery.unit_status is not None:
        lines += _unit(delivery, delivery.unit_status, cad_name)
    came_anyway = delivery.state is Delivery.BY_HAND and delivery.delivered_at is not None
    if delivery.reason and (delivery.state in _STORED or came_anyway):
        lines.append(Words(one_line(delivery.reason), hang=2, style="bold"))
    lines += _how_to_check(delivery)
    if delivery.state is Delivery.REFUSED:
        reason = one_line(delivery.reason) or words.outcome.WITHOUT_REASON
        lines.append(Words(words.outcome.refused(cad_name, reason, what), hang=2, style=_RED))
        lines += _word_too(delivery)
    elif delivery.state is Delivery.UNCLEAR:
        lines.append(Words(words.outcome.unclear(cad_name, what), hang=2, style=_RED))
        lines += [Words(one_line(delivery.reason), hang=2)] if delivery.reason else []
        lines += _word_too(delivery)
    elif delivery.state is Delivery.TOO_OLD:
        lines += [Words(line, hang=2) for line in words.outcome.too_old(what, maybe_there=delivery.attempts > 0)]
        lines += _word_too(delivery)
    elif delivery.state is Delivery.DROPPED:
        lines.append(Words(words.outcome.dropped(one_line(delivery.reason)), hang=2))
    elif not delivery.state.settled:
        lines += _waiting(delivery, link=link, cad_name=cad_name, moment=moment)
    return lines


def word_to_pass_on(delivery: DeliveryState) -> str:
    """The word by which the caller will know the officers: who passes a dispatch on by voice must say it too."""
    return "" if delivery.adds_to else one_line(delivery.control_word)


def briefing_to_pass_on(delivery: DeliveryState) -> tuple[str, ...]:
    """What the crew drives by, to be read to the dispatcher by telephone."""
    return tuple(f"- {one_line(line, DISPLAY_LIMIT)}" for line in delivery.briefing)


def also_in_the_cad(delivery: DeliveryState, cad_name: str) -> tuple[str, ...]:
    """What to add by voice where the CAD has it, or may have it: two who act on one dispatch send two units."""
    if delivery.state is Delivery.REFUSED or not delivery.attempts:
        return ()
    return (words.by_hand.already_there(cad_name, sure=delivery.delivered_at is not None),)


def passed_on_question(delivery: DeliveryState, cad_name: str) -> str:
    """Ask whether somebody really heard it, with what they had to hear besides what was read to them."""
    question = words.by_hand.question(cad_name, word_to_pass_on(delivery))
    return "\n".join((*also_in_the_cad(delivery, cad_name), question))


def _word_too(delivery: DeliveryState) -> list[Words]:
    word = word_to_pass_on(delivery)
    return [Words(words.outcome.word_too(word), hang=2, style="bold")] if word else []


def _to_read_out(delivery: DeliveryState, *, link: Link, moment: datetime) -> list[Words]:
    """All that must be said by telephone, where it is time for that; it stands below how everything went."""
    if not (delivery.state in _IN_TROUBLE or _time_to_call(delivery, link, moment)) or not delivery.briefing:
        return []
    lines = [Words(line, hang=2) for line in briefing_to_pass_on(delivery)]
    return [Words(words.outcome.read_out(_what(delivery)), hang=2, style="bold"), *lines]


def _down(delivery: DeliveryState, link: Link, moment: datetime) -> bool:
    failed = bool(delivery.reason) and delivery.delivered_at is None
    return delivery_gone(link, moment) or link.reachable is False or failed


def _time_to_call(delivery: DeliveryState, link: Link, moment: datetime) -> bool:
    if delivery.state.settled:
        return False
    urgent = delivery.priority == 1 and _down(delivery, link, moment)
    return urgent or unconfirmed_for(delivery, moment) >= LATE_AFTER


def _steps(delivery: DeliveryState) -> list[str]:
    steps = [f"{words.terms.DELIVERY[Delivery.READY]} {clock_time(delivery.created_at, seconds=True)}"]
    if delivery.sent_at is not None and not (delivery.state is Delivery.SENT and delivery.reason):
        steps.append(f"{words.terms.DELIVERY[Delivery.SENT]} {clock_time(delivery.sent_at, seconds=True)}")
    if delivery.delivered_at is not None:
        steps.append(f"{words.terms.DELIVERY[Delivery.DELIVERED]} {clock_time(delivery.delivered_at, seconds=True)}")
    if delivery.state not in _ON_ITS_WAY:
        at = f" {clock_time(delivery.answered_at, seconds=True)}" if delivery.answered_at else ""
        steps.append(f"{words.terms.DELIVERY[delivery.state]}{at}")
    return steps


def _unit(delivery: DeliveryState, status: UnitStatus, cad_name: str) -> list[Words]:
    at = f" {clock_time(delivery.unit_status_at)}" if delivery.unit_status_at else ""
    unit = one_line(delivery.unit)
    lines = [Words(words.outcome.unit(unit, f"{words.terms.UNIT[status]}{at}"), hang=2, style="bold")]
    if status in _STILL_COMING and delivery.expected_at is not None:
        expected = words.outcome.expected(cad_name, clock_time(delivery.expected_at))
        lines.append(Words(expected, hang=2, style="bold"))
    return lines


def _how_to_check(delivery: DeliveryState) -> list[Words]:
    """How the caller can tell real officers from false ones, as soon as it is sure that some come."""
    if not delivery.state.arranged or delivery.adds_to or delivery.unit_status is UnitStatus.CLOSED:
        return []
    unit, word = one_line(delivery.unit), one_line(delivery.control_word)
    return [Words(words.outcome.say_who_comes(unit, word), hang=2)] if unit or word else []


def _waiting(delivery: DeliveryState, *, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    """What an operator must know while nobody confirmed: how long, why, and when to use the telephone."""
    waits = elapsed(delivery.created_at, moment)
    slow = _AMBER if unconfirmed_for(delivery, moment) >= SLOW_AFTER else ""
    gone = delivery_gone(link, moment)
    if delivery.delivered_at is not None:
        lines = [Words(words.outcome.awaits_answer(cad_name, waits), hang=2, style=slow)]
    elif _down(delivery, link, moment):
        why = words.outcome.NO_DELIVERY if gone else one_line(delivery.reason or link.error).rstrip(".")
        later = words.outcome.goes_later(why or words.outcome.unreachable(cad_name), waits, _what(delivery))
        lines = [Words(later, hang=2, style=slow)]
    elif delivery.state is Delivery.SENT:
        lines = [Words(words.outcome.no_answer_yet(cad_name, waits, _what(delivery)), hang=2, style=slow)]
    else:
        lines = [Words(words.outcome.goes_now(waits, _what(delivery)), hang=2, style=slow)]
    if _time_to_call(delivery, link, moment):
        lines.append(Words(words.outcome.call_now(_what(delivery)), hang=2, style=_RED))
        lines += _word_too(delivery)
    return lines
