"""The history in lines: search in all calls, and hear everything that was recorded of one. Each look is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import said_time
from console.widgets.file_page import FilePage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from console.desk import Desk, Looked
    from console.desk.looking import Found
    from console.line_mode.call import CallInLines
    from console.line_mode.talk import Talk


async def of_this_call(call: CallInLines) -> None:
    """Say everything that was recorded of the call in hand, and which others share something with it."""
    if not await call.step(call.desk.see):
        return
    try:
        looked = await call.desk.read_through(call.case)
    except RecordError as error:
        call.talk.say(str(error))
        return
    call.talk.say(*_page(call.desk, looked))


async def search(desk: Desk, talk: Talk, look: Callable[[], Awaitable[list[str]]], query: str) -> None:
    """Search in all calls, say what was found, and read out those that are asked for."""
    try:
        found = await desk.find(query)
    except RecordError as error:
        talk.say(str(error))
        return
    if not found:
        talk.say(words.history.NOTHING_FOUND)
        return
    talk.say("", *(_row(desk, number, each) for number, each in enumerate(found, 1)), words.line_mode.WHICH_TO_READ)
    while typed := await talk.ask(words.line_mode.PROMPT_NUMBER, look):
        number, _, more = typed.partition(" ")
        special = more.strip().lower() == words.line_mode.SPECIAL
        if not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= len(found)):
            talk.say(words.line_mode.WHICH_TO_READ)
            continue
        try:
            looked = await desk.look_up(found[int(number) - 1].call_id, special=special)
        except RecordError as error:
            talk.say(str(error))
            continue
        talk.say(*_page(desk, looked), words.line_mode.WHICH_TO_READ)


def _row(desk: Desk, number: int, found: Found) -> str:
    choice = words.terms.CHOICE_SHORT[found.choice] if found.choice else words.terms.STAGE[found.stage]
    when = said_time(found.received_at, desk.clock())
    place = one_line(found.place) or words.line_mode.NO_PLACE
    return words.line_mode.choice(number, f"{found.call_id}, {when}, {place}, {choice}")


def _page(desk: Desk, looked: Looked) -> Iterator[str]:
    page = FilePage(
        looked.file,
        looked.policy,
        cad_name=desk.settings.cad_name,
        moment=desk.clock(),
        special=looked.special,
    )
    hidden = bool(looked.file.special) and not looked.special
    for line in page.lines(looked.versions, looked.related):
        if line.title:
            yield ""
        text = words.line_mode.SPECIAL_HIDDEN if hidden and line.text == words.file_page.SPECIAL_HIDDEN else line.text
        yield one_line(text, DISPLAY_LIMIT)
