"""A seat at the real record without a screen: desk, delivery, typed lines, and an end in which nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

from console import doorway
from console.accounts import os_user, own_folder, terminal
from console.cad import child
from console.desk import Desk, open_desk
from console.exit_codes import UNUSABLE, WRONG_USE
from console.line_mode.room import RoomInLines
from console.line_mode.talk import HungUpError, Talk, Typed
from console.model import Attempt
from console.record import Home, RecordError
from console.roles import Right
from console.system_log import SystemLog
from console.terminal import hardening
from console.terminal.attempts import Attempts
from console.terminal.letting_go import let_go_of_a_terminal_that_is_gone
from console.terminal.on_record import OnRecord
from console.texts import words
from console.times import now
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from console.entrance import Tried
    from console.settings import Settings

_UPKEEP_EVERY: Final = 5.0
_ENDING: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


def sit_down(settings: Settings, *, call: str | None, alias: str | None, tried: Tried, locked: bool) -> int:
    """Work on the calls of this record: `call` is a number, empty for the list, None for a new one; the exit code.

    What was tried at the entrance of a locked seat is put on record first.
    """
    account = os_user()
    if alias and not (settings.exercise or locked):
        print(words.line_mode.ONLY_IN_EXERCISE, file=sys.stderr)
        return WRONG_USE
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        doorway.demand(settings, Right.SEE, "console")
        home = Home.prepare(settings.home, settings.group)
        who = account if locked else alias or account
        desk = open_desk(settings, operator=who, terminal=terminal(), os_user=account, clock=now)
        if tried.what:
            asyncio.run(tried.note_at(desk.attempted))
    except RecordError as error:
        not_noted = tried.note_in(SystemLog(own_folder(), terminal()))
        print(f"{error} {not_noted}".rstrip(), file=sys.stderr)
        return UNUSABLE
    if tried.refusal:
        asyncio.run(desk.close())
        print(tried.refusal, file=sys.stderr)
        return tried.code
    with child.present(home):
        code = asyncio.run(_work(desk, settings, call, _plain_output(), locked=locked))
    let_go_of_a_terminal_that_is_gone()
    return code


async def _work(desk: Desk, settings: Settings, call: str | None, out: TextIO, *, locked: bool) -> int:
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
    refusing = _Refusing(desk, talk)
    if locked:
        refusing.start()
    try:
        await working
    except (HungUpError, asyncio.CancelledError):
        with suppress(HungUpError):
            talk.say("", words.line_mode.ENDED)
    finally:
        upkeep.cancel()
        await refusing.end()
        await desk.close()
    return code


class _Refusing:
    """Has signals that would stop the program do nothing, says so, and puts it on record."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self._talk = talk
        self._on_record = OnRecord(desk.attempted, SystemLog(own_folder(), terminal()))
        self._attempts = Attempts(self._on_record.note)

    def start(self) -> None:
        for number in (*hardening.STOPPING, *hardening.INTERRUPTING):
            if number not in _ENDING:
                asyncio.get_running_loop().add_signal_handler(number, self._refuse, number)

    async def end(self) -> None:
        self._attempts.settle(leaving=True)
        await self._on_record.settled()

    def _refuse(self, number: int) -> None:
        stopping = number in hardening.STOPPING
        with suppress(HungUpError):
            self._talk.say("", words.locked.NO_STOPPING if stopping else words.locked.NO_INTERRUPTING)
        self._attempts.note(Attempt.SUSPEND if stopping else Attempt.INTERRUPT)


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
