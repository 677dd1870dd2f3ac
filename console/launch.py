"""Starts the operator's console: terminal, folder, policy, delivery, then the screen."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from console.accounts import os_user
from console.cad import child
from console.desk import open_desk
from console.exit_codes import UNUSABLE
from console.record import Home, RecordError
from console.terminal import environment
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer console` can be told."""
    parser.add_argument("--als", metavar=words.launch.NAME, help=words.launch.NAME_HELP)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the console until its operator leaves; the exit code of the program."""
    account = os_user()
    if arguments.als and not settings.exercise:
        return _refuse(words.launch.ONLY_IN_EXERCISE)
    try:
        gc.disable()  # until the first screen stands: `SafeApp` begins to collect again
        environment.prepare()
        environment.refuse_unfit_terminal()
        home = Home.prepare(settings.home, settings.group)
        desk = open_desk(settings, operator=arguments.als or account, terminal=_terminal(), os_user=account, clock=now)
    except (environment.UnfitTerminalError, RecordError) as error:
        return _refuse(str(error))
    desk.look_ahead()
    # Textual reads its variables when it is imported: only now is it safe to.
    from console.screens.app import ConsoleApp  # noqa: PLC0415

    try:
        with child.present(home):
            app = ConsoleApp(desk, upkeep=partial(child.ensure_delivery, settings))
            code = app.run_safely()
        return _refuse(app.unusable) if app.unusable else code
    finally:
        asyncio.run(desk.close())


def _terminal() -> str:
    try:
        return os.ttyname(0)
    except OSError:
        return ""


def _refuse(sentence: str) -> int:
    print(words.launch.refused(sentence), file=sys.stderr)
    return UNUSABLE
