"""Where the caller is, how to call back, for whom they call, whether they can speak: asked first, each kept at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.domain.address_check import FOR_ANOTHER
from console.domain.dispatching import address_of, callback_of
from console.domain.topics import Topic, fact_about, known_about
from console.model import Facts, Role
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.desk import Case
    from console.line_mode.call import CallInLines

_ROLES: Final = tuple(Role)
_FREELY: Final = {**dict.fromkeys(words.line_mode.YES, True), **dict.fromkeys(words.line_mode.NO, False)}


def known(case: Case) -> Facts:
    """What is known now, what came in with the call included."""
    file = case.file
    return Facts(address_of(file), callback_of(file), file.facts.role, file.facts.speaks_freely)


def lines(case: Case) -> tuple[str, ...]:
    """Say what is known in four lines."""
    facts = known(case)
    return (
        words.line_mode.address(one_line(facts.address, DISPLAY_LIMIT)),
        words.line_mode.call_back(one_line(facts.callback)),
        words.line_mode.role("" if facts.role is None else words.terms.ROLE[facts.role]),
        words.terms.SPEAKS_FREELY[facts.speaks_freely],
    )


async def ask(call: CallInLines) -> None:
    """Ask the four, one by one; an empty line leaves one as it is."""
    for question in (_address, _callback, _role, _freely):
        if not call.left and call.case.held:
            await question(call)


async def cannot_speak(call: CallInLines) -> None:
    """Record that the caller cannot speak freely, or can again."""
    facts = known(call.case)
    await _tell(call, replace(facts, speaks_freely=facts.speaks_freely is False))


async def _address(call: CallInLines) -> None:
    """Where the caller is; a yes says that they repeated the address that stands there."""
    now = known(call.case).address
    _put(call, words.facts.WHERE, now)
    while (typed := await call.ask(words.line_mode.PROMPT_TEXT)) is not None:
        if now and typed.lower() in words.line_mode.YES:
            done = await _told(call, Topic.ADDRESS, now)
        else:
            done = await _keep(call, typed, now, lambda facts, said: replace(facts, address=said))
        if done or call.left:
            return


async def _callback(call: CallInLines) -> None:
    now = known(call.case).callback
    _put(call, words.facts.CALL_BACK, now)
    while (typed := await call.ask(words.line_mode.PROMPT_TEXT)) is not None:
        if await _keep(call, typed, now, lambda facts, said: replace(facts, callback=said)) or call.left:
            return


def _put(call: CallInLines, question: str, now: str) -> None:
    how = words.line_mode.KEEPS_OR_WIPES
    if question == words.facts.WHERE and now:
        how = words.line_mode.KEEPS_CONFIRMS_OR_WIPES
    call.talk.say("", question, words.line_mode.now(one_line(now, DISPLAY_LIMIT) or words.line_mode.EMPTY), how)


async def _keep(call: CallInLines, typed: str, now: str, change: Callable[[Facts, str], Facts]) -> bool:
    """Record one of the facts as it was typed; an empty line leaves it as it is."""
    if not typed and not call.case.file.told and not now:
        return True
    said = now if not typed else "" if typed.lower() == words.line_mode.WIPE else typed
    return await _tell(call, change(known(call.case), said))


async def _role(call: CallInLines) -> None:
    role = known(call.case).role
    call.talk.say("", words.facts.FOR_WHOM)
    call.talk.say(*(words.line_mode.choice(n, words.terms.ROLE[each]) for n, each in enumerate(_ROLES, 1)))
    call.talk.say(words.line_mode.now(words.line_mode.NOT_TOLD if role is None else words.terms.ROLE[role]))
    call.talk.say(words.line_mode.KEEPS)
    while typed := await call.ask(words.line_mode.PROMPT_NUMBER):
        chosen = next((each for n, each in enumerate(_ROLES, 1) if typed.lower() in {str(n), each.value}), None)
        if chosen is None:
            call.talk.say(words.line_mode.no_choice(one_line(typed)))
        elif await _tell(call, replace(known(call.case), role=chosen)) or call.left:
            await _victim(call)
            return


async def _victim(call: CallInLines) -> None:
    """Somebody else's caller stands elsewhere more often than not: ask where the victim is."""
    if call.left or known(call.case).role not in FOR_ANOTHER:
        return
    call.talk.say("", words.line_mode.WHERE_IS_VICTIM, words.line_mode.KEEPS)
    while typed := await call.ask(words.line_mode.PROMPT_TEXT):
        if await _told(call, Topic.WHERE_NOW, typed) or call.left:
            return


async def _told(call: CallInLines, topic: Topic, said: str) -> bool:
    before = known_about(call.case.file, topic)
    number = None if before is None else before.number
    return await call.step(lambda case: call.desk.fact(case, fact_about(topic, said), number))


async def _freely(call: CallInLines) -> None:
    call.talk.say("", words.facts.FREELY, words.line_mode.KEEPS)
    while typed := await call.ask(words.line_mode.PROMPT_YES_NO):
        if typed.lower() not in _FREELY:
            call.talk.say(words.line_mode.YES_OR_NO)
        elif await _tell(call, replace(known(call.case), speaks_freely=_FREELY[typed.lower()])) or call.left:
            return


async def _tell(call: CallInLines, facts: Facts) -> bool:
    if not await call.step(lambda case: call.desk.tell(case, facts)):
        return False
    if facts.speaks_freely is False:
        call.talk.say(words.terms.SPEAKS_FREELY[False], words.call.DANGER_STAYS)
    return True
