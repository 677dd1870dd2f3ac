"""Where the caller is, how to call back, for whom they call, whether they can speak: asked first, each kept at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.dispatching import address_of, callback_of
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
    await _text(call, words.facts.WHERE, known(call.case).address, lambda facts, typed: replace(facts, address=typed))
    await _text(
        call, words.facts.CALL_BACK, known(call.case).callback, lambda facts, typed: replace(facts, callback=typed)
    )
    await _role(call)
    await _freely(call)


async def cannot_speak(call: CallInLines) -> None:
    """Record that the caller cannot speak freely, or can again."""
    facts = known(call.case)
    await _tell(call, replace(facts, speaks_freely=facts.speaks_freely is False))


async def _text(call: CallInLines, question: str, now: str, change: Callable[[Facts, str], Facts]) -> None:
    call.talk.say("", question, words.line_mode.now(one_line(now, DISPLAY_LIMIT) or words.line_mode.EMPTY))
    call.talk.say(words.line_mode.KEEPS_OR_WIPES)
    while (typed := await call.ask(words.line_mode.PROMPT_TEXT)) is not None:
        if not typed and not call.case.file.told and not now:
            return
        told = now if not typed else "" if typed.lower() == words.line_mode.WIPE else typed
        if await _tell(call, change(known(call.case), told)) or call.left:
            return


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
            return


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
