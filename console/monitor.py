"""`meldkamer monitor`: the shift lead's board, read-only by construction.

Nothing that writes is imported and the record is opened for reading only, so that no key, argument or fault of this
program can change anything in the room.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from console import entrance, permits, printing
from console.accounts import os_user, own_folder, terminal
from console.dutch_arguments import add_locked
from console.exit_codes import ENDED, UNUSABLE, WRONG_USE
from console.overview import signals
from console.overview.as_json import as_json
from console.overview.overlook import Overlook, RecordError
from console.overview.page import page
from console.record.errors import NotAllowed
from console.roles import Right
from console.system_log import NowhereToNoteError, SystemLog
from console.terminal import environment, hardening
from console.texts import words
from console.times import clock_time, local, now

if TYPE_CHECKING:
    import argparse

    from console.overview.figures import Figures
    from console.settings import Settings

_LEAST_WIDTH: Final = 60
_WIDTH: Final = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer monitor` can be told."""
    parser.add_argument("--eenmaal", action="store_true", help=words.overview.ONCE_HELP)
    parser.add_argument("--json", action="store_true", help=words.overview.JSON_HELP)
    parser.add_argument(
        "--breedte", metavar=words.overview.WIDTH, type=int, default=_WIDTH, help=words.overview.WIDTH_HELP
    )
    add_locked(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the board; the exit code."""
    if arguments.json and not arguments.eenmaal:
        return _refuse(words.overview.NEEDS_ONCE, WRONG_USE)
    if arguments.breedte < _LEAST_WIDTH:
        return _refuse(words.overview.TOO_NARROW, WRONG_USE)
    log = SystemLog(own_folder(), terminal())
    if arguments.vergrendeld and (refused := _at_the_entrance(arguments, log)):
        return refused
    try:
        _demand_a_role(settings, log if arguments.vergrendeld else None)
        if not arguments.eenmaal:
            environment.refuse_unfit_terminal()
        with Overlook.open(settings, now) as overlook:
            figures = overlook.look()
    except (environment.UnfitTerminalError, NowhereToNoteError, RecordError) as error:
        return _refuse(str(error), UNUSABLE)
    if arguments.eenmaal:
        _print(figures, settings, arguments)
        return ENDED
    environment.prepare()
    # Textual reads its variables when it is imported: only now is it safe to.
    from console.screens.monitor import MonitorApp  # noqa: PLC0415

    return MonitorApp(settings, os_user(), now, own_folder(), log=log, locked=arguments.vergrendeld).run_safely()


def _demand_a_role(settings: Settings, log: SystemLog | None) -> None:
    if refusal := permits.of_this_account(settings).refusal(Right.OVERSEE):
        if log is not None:
            log.note(Right.OVERSEE)
        raise NotAllowed(refusal)


def _at_the_entrance(arguments: argparse.Namespace, log: SystemLog) -> int:
    """Note what was tried before there is a screen; the exit code where it does not start, else 0.

    A board that can write down nowhere what it refuses is not started locked.
    """
    hardening.harden()
    tried = entrance.tried(arguments)
    try:
        log.check()
    except NowhereToNoteError as error:
        return _refuse(str(error), UNUSABLE)
    said = tried.note_in(log) or tried.refusal
    return _refuse(said, tried.code) if said else ENDED


def _print(figures: Figures, settings: Settings, arguments: argparse.Namespace) -> None:
    moment = figures.glance.at
    found = signals.of(figures, signals.thresholds(settings), moment, settings.cad_name)
    if arguments.json:
        print(printing.as_json(as_json(figures, found, settings.cad_name)))
        return
    exercise = f"{words.terms.EXERCISE}  " if settings.exercise else ""
    print(f"{exercise}{words.overview.as_of(f'{local(moment):%d-%m-%Y} {clock_time(moment, seconds=True)}')}")
    for line in page(figures, found, moment, arguments.breedte):
        print(line.text)


def _refuse(sentence: str, code: int) -> int:
    print(words.launch.refused(sentence), file=sys.stderr)
    return code
