"""A seat at the real record without a screen: desk, delivery, typed lines, and an end in which nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

from console import doorway
from console.accounts import os_user, terminal
from console.cad import child
from console.desk import Desk, open_desk
from console.exit_codes import UNUSABLE, WRONG_USE
from console.line_mode.room import RoomInLines
from console.line_mode.talk import HungUpError, Talk, Typed
from console.record import Home, RecordError
from console.roles import Right
from console.terminal.letting_go import let_go_of_a_terminal_that_is_gone
from console.texts import words
from console.times import now
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from console.settings import Settings

_UPKEEP_EVERY: Final = 5.0
_ENDING: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


def sit_down(settings: Settings, *, call: str | None, alias: str | None) -> int:
    """Work on the calls of this record: `call` is a number, empty for the list, None for a new one; the exit code."""
    account = os_user()
    if alias and not settings.exercise:
        print(words.line_mode.ONLY_IN_EXERCISE, file=sys.stderr)
        return WRONG_USE
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        doorway.demand(settings, Right.SEE, "console")
        home = Home.prepare(settings.home, settings.group)
        desk = open_desk(settings, operator=alias or account, terminal=terminal(), os_user=account, clock=now)
    except RecordError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    with child.present(home):
        code = asyncio.run(_work(desk, settings, call, _plain_output()))
    let_go_of_a_terminal_that_is_gone()
    return code


async def _work(desk: Desk, settings: Settings, call: str | None, out: TextIO) -> int:
    """Work until the operator stops, the input ends, or a signal comes; what was said so far is on disk by then."""
    try:
        await desk.warm_up()
    except PolicyError as error:
        print(error, file=sys.stderr)
        await desk.close()
        return UNUSABLE
    code = 0
    talk = Talk(Typed(sys.stdin.fileno()), out)
    room = RoomInLines(desk, talk)
    upkeep = asyncio.create_task(_keep_delivering(settings))
    working = asyncio.create_task(_which(room, call))

    def end(number: int) -> None:
        nonlocal code
        code = 128 + number
        working.cancel()

    for number in _ENDING:
        asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        await working
    except (HungUpError, asyncio.CancelledError):
        with suppress(HungUpError):
            talk.say("", words.line_mode.ENDED)
    finally:
        upkeep.cancel()
        await desk.close()
    return code


def _which(room: RoomInLines, call: str | None) -> Coroutine[None, None, None]:
    if call is None:
        return room.new()
    return room.one(call) if call else room.work()


async def _keep_delivering(settings: Settings) -> None:
    """Have a delivery running for as long as this seat is taken."""
    while True:
        with suppress(RecordError, OSError):  # said by the news: the delivery gives no sign of life
            await asyncio.to_thread(child.ensure_delivery, settings)
        await asyncio.sleep(_UPKEEP_EVERY)


def _plain_output() -> TextIO:
    """What a terminal cannot write becomes a question mark; it never ends the program."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout
