"""The note in lines: it only grows here, and what is typed is on disk before the next prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.line_mode import keeping
from console.line_mode.talk import MAX_ENTRY
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from console.desk import Case
    from console.line_mode.call import CallInLines

_JOINED: Final = "; "


def lines(case: Case) -> tuple[str, ...]:
    """Say what the note holds; nothing when it holds nothing."""
    held = case.file.note
    return (words.line_mode.note(one_line(held, MAX_ENTRY)),) if held else ()


async def read_note(call: CallInLines) -> None:
    """Say the note, and put behind it what is typed then."""
    call.talk.say(*lines(call.case) or (words.line_mode.NOTE_EMPTY,), words.line_mode.NOTE_MORE)
    await add(call, await call.ask(words.line_mode.PROMPT_TEXT) or "")


async def add(call: CallInLines, text: str) -> None:
    """Put a line behind what the note holds; where it does not fit, that is said."""
    if not text:
        return
    before = call.case.file.note
    whole = f"{before}{_JOINED}{text}" if before else text
    if len(whole) > MAX_ENTRY:
        call.talk.say(words.line_mode.note_full(MAX_ENTRY))
        whole = whole[:MAX_ENTRY]

    async def keep(case: Case) -> Case:
        await call.desk.note(case, whole)
        return await call.desk.see(case)

    if await call.step(keep):
        call.talk.say(words.line_mode.NOTE_KEPT)
        clues = [keeping.clue_words(clue) for clue in keeping.offered(call)]
        call.talk.say(*clues, *((words.line_mode.TAKE_CLUES,) if clues else ()))
