"""What is noted beside the answers, in lines: what was said, where to go, when to call back, who to look out for.

Nothing of it decides anything; all of it is on disk before the next prompt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain.advice import lines_said, to_say
from console.domain.ahead import AheadError, moment_ahead
from console.domain.dispatching import callback_of
from console.domain.referral import for_call
from console.line_mode.choosing import add, some_of
from console.line_mode.news import by_command
from console.model import Advised, CallBack, Referred, Suspect
from console.safe_text import one_line
from console.screens.referral import access_words
from console.texts import words
from console.times import local
from console.widgets.offer import offers

if TYPE_CHECKING:
    from console.line_mode.call import CallInLines
    from console.model import Clue

_FIELDS: Final = ("description", "direction", "vehicle", "plate")


async def tick(call: CallInLines) -> None:
    """Record which lines were said to the caller."""
    said = set(lines_said(call.case.file))
    lines = [each for each in to_say(call.case.file, call.case.state.answers) if each.id not in said]
    shown = [words.line_mode.say(by_command(line.text)) for line in lines]
    for number in await some_of(call, shown, words.line_mode.NOTHING_TO_SAY, words.line_mode.WHICH_SAID):
        if await add(call, Advised(lines[number].id)):
            call.talk.say(words.saying.LINE_RECORDED)


async def refer(call: CallInLines) -> None:
    """Say where the caller can go, and record what was given."""
    moment = call.desk.clock()
    fits = for_call(call.case.policy, call.case.file.answers, moment)
    shown = [
        words.line_mode.referral(each.organisation.name, access_words(each, moment), check=each.check) for each in fits
    ]
    for number in await some_of(call, shown, words.line_mode.NOWHERE, words.line_mode.WHICH_REFERRAL):
        found = fits[number].organisation
        call.talk.say(words.referral.quoted(found.say), words.referral.purpose(found.purpose))
        call.talk.say(*((words.referral.beware(found.beware),) if found.beware else ()))
        if await add(call, Referred(found.id)):
            call.talk.say(words.referral.recorded(found.name, call.case.file.call_id))


async def call_back(call: CallInLines) -> None:
    """Promise to call back at a moment, read back as it was understood."""
    call.talk.say("", words.call_back.WHEN)
    while typed := await call.ask(words.line_mode.PROMPT_TEXT):
        try:
            ahead = moment_ahead(typed, call.desk.clock())
        except AheadError as error:
            call.talk.say(str(error))
            continue
        if await add(call, CallBack(ahead.moment, callback_of(call.case.file))):
            call.talk.say(words.call_back.agreed(ahead.read_back))
            return
        if call.left:
            return
    call.talk.say(words.line_mode.NOTHING_RECORDED)


async def suspect(call: CallInLines) -> None:
    """Ask who can be looked out for, field by field; an empty line leaves a field empty."""
    call.talk.say("", words.line_mode.SUSPECT)
    said = []
    for question in (words.traces.DESCRIPTION, words.traces.DIRECTION, words.traces.VEHICLE, words.traces.PLATE):
        call.talk.say(question)
        said.append(await call.ask(words.line_mode.PROMPT_TEXT) or "")
    if not any(said):
        call.talk.say(words.line_mode.NOTHING_RECORDED)
    elif await add(call, Suspect(**dict(zip(_FIELDS, said, strict=True)))):
        call.talk.say(words.line_mode.NOTE_KEPT)


def offered(call: CallInLines) -> tuple[Clue, ...]:
    """What is recognised in the note and was not kept yet."""
    return offers(call.case.file, call.case.file.note, local(call.desk.clock()).date())


async def take_clues(call: CallInLines) -> None:
    """Keep what is recognised in the note."""
    clues = offered(call)
    if not clues:
        call.talk.say(words.line_mode.NO_CLUES)
    for clue in clues:
        if await add(call, clue):
            call.talk.say(words.traces.kept([_named(clue)]))


def clue_words(clue: Clue) -> str:
    """Say what was recognised; what fails its own check is said so, because people mishear."""
    fault = "" if clue.valid else words.traces.FAILS.get(clue.kind, "")
    return words.line_mode.clue(_named(clue), fault)


def _named(clue: Clue) -> str:
    return f"{words.traces.CLUE[clue.kind]} {one_line(clue.value or clue.text)}"
