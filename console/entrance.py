"""What was tried at the entrance of a locked program, before there was a screen: noted first, then refused."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console import locked
from console.accounts import own_folder, terminal
from console.exit_codes import NOT_ALLOWED, UNUSABLE
from console.model.attempts import Attempt
from console.system_log import NowhereToNoteError, SystemLog
from console.terminal import environment
from console.texts import words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried: which attempt, how often, and of a variable its name.

    `refusal` is why nothing starts, and `code` the exit code that says so.
    """

    what: tuple[tuple[Attempt, int, str], ...] = ()
    refusal: str = ""
    code: int = NOT_ALLOWED

    async def note_at(self, attempted: Callable[[str, int, str], Awaitable[None]]) -> None:
        """Put it in the record, by way of the desk."""
        for attempt, times, variable in self.what:
            await attempted(attempt, times, variable)

    def note_in(self, log: SystemLog) -> str:
        """Write it in the log of the system; where nothing takes it, give the sentence that says so."""
        try:
            for attempt, times, variable in self.what:
                log.note(f"{attempt} {variable}".rstrip(), times)
        except NowhereToNoteError as error:
            return str(error)
        return ""


def tried(arguments: argparse.Namespace, *, needs_screen: bool = True) -> Tried:
    """Read it from the command line of a program and from its terminal; nothing where it was not started locked.

    A program that works in lines needs no screen.
    """
    if not arguments.vergrendeld:
        return Tried()
    what: list[tuple[Attempt, int, str]] = []
    refusal = ""
    for name, times in arguments.weggelaten:
        if name == locked.COMMAND:
            what.append((Attempt.COMMAND, times, ""))
            refusal = words.locked.NO_COMMAND
        else:
            what.append((Attempt.VARIABLE, times, name))
    if getattr(arguments, "als", None):
        what.append((Attempt.ALIAS, 1, ""))
        refusal = refusal or words.locked.NO_ALIAS
    if getattr(arguments, "eenmaal", False):
        what.append((Attempt.WITHOUT_SCREEN, 1, ""))
        refusal = refusal or words.locked.NOT_ONCE
    code = NOT_ALLOWED
    if needs_screen and not refusal:
        try:
            environment.refuse_unfit_terminal()
        except environment.UnfitTerminalError as error:
            refusal, code = str(error), UNUSABLE
    return Tried(tuple(what), refusal, code)


def note_what_was_tried(arguments: argparse.Namespace) -> None:
    """Note it where there is no record to write it in, and say so when it cannot be."""
    not_noted = tried(arguments).note_in(SystemLog(own_folder(), terminal()))
    if not_noted:
        print(words.launch.refused(not_noted), file=sys.stderr)
