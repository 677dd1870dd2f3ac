"""What could not be delivered for too long, in lines: one by one, each with a typed word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.record import RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import said_time, waiting_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from console.desk import Desk
    from console.line_mode.talk import Talk
    from console.model import Aged

_SHOWN: Final = 20


async def go_through(desk: Desk, talk: Talk, look: Callable[[], Awaitable[Sequence[str]]]) -> None:
    """Say what waits, ask of what is chosen what is to happen, until the operator is done."""
    while True:
        try:
            found = await desk.aged()
        except RecordError as error:
            talk.say(str(error))
            return
        if not found.total:
            talk.say(words.line_mode.NOTHING_TOO_OLD)
            return
        talk.say("", words.line_mode.too_old(found.total))
        first = found.first[:_SHOWN]
        talk.say(*(_line(number, one, desk) for number, one in enumerate(first, 1)))
        if found.total > len(first):
            talk.say(words.line_mode.more_too_old(found.total - len(first)))
        talk.say(words.line_mode.CHOOSE_TOO_OLD)
        if not (typed := await talk.ask(words.line_mode.PROMPT_NUMBER, look)):
            return
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(first):
            await _ask(desk, talk, look, first[int(typed[:9]) - 1])
        else:
            talk.say(words.line_mode.no_choice(one_line(typed)))


def _line(number: int, one: Aged, desk: Desk) -> str:
    waits = waiting_words(one.created_at, desk.clock())
    what = words.too_old.title(one.priority, one.call_id, addition=bool(one.adds_to))
    maybe = words.too_old.MAYBE_THERE if one.attempts else ""
    return words.line_mode.aged_row(number, what, waits, one_line(one.place) or words.too_old.NO_PLACE, maybe)


async def _ask(desk: Desk, talk: Talk, look: Callable[[], Awaitable[Sequence[str]]], one: Aged) -> None:
    now = desk.clock()
    try:
        await desk.read_aged(one)
        talk.say("", words.too_old.title(one.priority, one.call_id, addition=bool(one.adds_to)))
        talk.say(words.too_old.waited(waiting_words(one.created_at, now), said_time(one.created_at, now)))
        talk.say(*([words.too_old.ASK_MAYBE] if one.attempts else []))
        talk.say(*(f"- {one_line(line, DISPLAY_LIMIT)}" for line in one.briefing))
        talk.say(*([words.too_old.word(one_line(one.control_word))] if one.control_word else []))
        talk.say(words.line_mode.HOW_TOO_OLD)
        match await talk.ask(words.line_mode.PROMPT_TEXT, look):
            case words.line_mode.SEND_OLD:
                await desk.send_after_all(one)
                talk.say(words.too_old.SENT)
            case words.line_mode.PASSED_OLD:
                await desk.passed_on(one)
                talk.say(words.too_old.PASSED_ON)
            case words.line_mode.DROP_OLD:
                talk.say(words.too_old.WHY_FIRST)
                await _drop(desk, talk, one, await talk.ask(words.line_mode.PROMPT_TEXT, look))
            case _:
                talk.say(words.line_mode.NOTHING_RECORDED)
    except RecordError as error:
        talk.say(str(error))


async def _drop(desk: Desk, talk: Talk, one: Aged, reason: str | None) -> None:
    if not reason:
        talk.say(words.line_mode.NOTHING_RECORDED)
        return
    await desk.drop(one, reason)
    talk.say(words.too_old.DROPPED)
