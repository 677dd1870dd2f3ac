"""A paper form in lines: each field in the order of the paper, then the form in short, recorded after a typed yes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from console.record import RecordError
from console.texts import words
from console.widgets.paper_reading import COURSE, UNDECIDED, Field, FieldError, PaperReading
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from console.desk import Case, Desk
    from console.line_mode.talk import Talk


async def enter(desk: Desk, talk: Talk, look: Callable[[], Awaitable[Sequence[str]]]) -> Case | None:
    """Enter one form; gives its call where nothing was decided yet. Leaving it halfway records nothing."""
    try:
        policy, free = await desk.paper_policy(), await desk.free_paper_numbers()
    except (RecordError, PolicyError) as error:
        talk.say(str(error))
        return None
    reading = PaperReading(policy, desk.operator, {}, free, desk.clock)
    talk.say("", words.line_mode.PAPER_HOW, *([words.paper.free(reading.free_numbers())] if free else []))
    for field in reading.fields:
        if field.name in COURSE and reading.typed.get("besluit") == UNDECIDED:
            continue
        if not await _filled(reading, field, talk, look):
            talk.say(words.line_mode.NOTHING_RECORDED)
            return None
    talk.say("", *reading.summary(), words.line_mode.PAPER_SURE)
    token = str(uuid.uuid4())
    while (entry := await talk.ask(words.line_mode.PROMPT_YES_NO, look)) is not None:
        if entry.lower() in words.line_mode.NO:
            talk.say(words.line_mode.NOTHING_RECORDED)
            return None
        if entry.lower() not in words.line_mode.YES:
            talk.say(words.line_mode.YES_OR_NO)
            continue
        try:
            case = await desk.enter(reading.form(), token)
        except (RecordError, AnswerError) as error:
            talk.say(words.line_mode.not_kept(str(error)))
            continue
        talk.say(words.line_mode.PAPER_RECORDED)
        return case
    return None


async def _filled(
    reading: PaperReading, field: Field, talk: Talk, look: Callable[[], Awaitable[Sequence[str]]]
) -> bool:
    """Ask for a field until what was typed can stand on a form; False when the operator leaves."""
    options = field.options or {}
    talk.say("", *(words.line_mode.choice(key, label) for key, (_value, label) in options.items()))
    while (entry := await talk.ask(field.label, look)) is not None:
        if entry.lower() == words.line_mode.STOP:
            return False
        chosen = options.get(entry.lower(), (None, ""))[0] if options and entry else entry
        if chosen is None:
            talk.say(words.line_mode.TYPE_CHOICE)
            continue
        reading.typed[field.name] = chosen
        try:
            said = reading.read_back(field.name)
        except FieldError as error:
            talk.say(str(error))
            continue
        talk.say(*([said] if said else []))
        return True
    return False
