"""The bell through a real terminal: one BEL for a call that rings, none for what follows or while it is off."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from tests.seat import open_seat, ring
from tests.terminal.pty_session import PtySession, in_terminal, wait_for

if TYPE_CHECKING:
    from pathlib import Path

_COMMAND = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""An operating system command, which may end in a BEL that makes no sound."""


def bells(session: PtySession) -> int:
    return _COMMAND.sub(b"", bytes(session.written)).count(b"\x07")


def see_ticks(session: PtySession) -> None:
    """Let the clock on the screen move twice."""
    for _ in range(2):
        before = len(session.written)
        wait_for(lambda: re.search(rb"\d\d:\d\d:\d\d", bytes(session.written[before:])) is not None, "the clock")  # noqa: B023


def test_a_new_call_rings_once(tmp_path: Path) -> None:
    home = tmp_path / "huis"
    with in_terminal(["tests.terminal.seat_in_terminal", str(home)], size=(80, 24)) as session:
        session.expect("1 wachtend")
        session.expect("geluid aan (b)")
        desk = open_seat(home)
        ring(desk)
        session.expect("2 wachtend")
        see_ticks(session)
        assert bells(session) == 1
        session.press("b")
        session.expect("geluid UIT (b)")
        ring(desk)
        session.expect("3 wachtend")
        see_ticks(session)
        assert bells(session) == 1
        session.press("b")
        session.expect("Geluid aan")
        ring(desk)
        session.expect("4 wachtend")
        see_ticks(session)
        assert bells(session) == 2
        session.press("\x11")
        assert session.end() == 0
        asyncio.run(desk.close())
