"""Starts the operator's console: terminal, folder, policy, delivery, then the screen."""

from __future__ import annotations

import asyncio
import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

from console import doorway, entrance
from console.accounts import os_user, terminal
from console.cad import child
from console.desk import open_desk
from console.dutch_arguments import add_locked
from console.exit_codes import UNUSABLE
from console.record import Home, RecordError
from console.roles import Right
from console.terminal import environment, hardening
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer console` can be told."""
    parser.add_argument("--als", metavar=words.launch.NAME, help=words.launch.NAME_HELP)
    add_locked(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the console until its operator leaves; the exit code of the program."""
    account = os_user()
    if arguments.vergrendeld:
        hardening.harden()
    elif arguments.als and not settings.exercise:
        return _refuse(words.launch.ONLY_IN_EXERCISE)
    tried = entrance.tried(arguments)
    try:
        doorway.demand(settings, Right.SEE, "console")
        gc.disable()  # until the first screen stands: `SafeApp` begins to collect again
        environment.prepare()
        if not arguments.vergrendeld:
            environment.refuse_unfit_terminal()
        home = Home.prepare(settings.home, settings.group)
        alias = None if arguments.vergrendeld else arguments.als
        desk = open_desk(settings, operator=alias or account, terminal=terminal(), os_user=account, clock=now)
        if tried.what:
            asyncio.run(tried.note_at(desk.attempted))
    except (environment.UnfitTerminalError, RecordError) as error:
        entrance.note_what_was_tried(arguments)
        return _refuse(str(error))
    if tried.refusal:
        asyncio.run(desk.close())
        return _refuse(tried.refusal, tried.code)
    desk.look_ahead()
    # Textual reads its variables when it is imported: only now is it safe to.
    from console.screens.app import ConsoleApp  # noqa: PLC0415

    try:
        with child.present(home):
            app = ConsoleApp(desk, upkeep=partial(child.ensure_delivery, settings), locked=arguments.vergrendeld)
            code = app.run_safely()
        return _refuse(app.unusable) if app.unusable else code
    finally:
        asyncio.run(desk.close())


def _refuse(sentence: str, code: int = UNUSABLE) -> int:
    print(words.launch.refused(sentence), file=sys.stderr)
    return code
