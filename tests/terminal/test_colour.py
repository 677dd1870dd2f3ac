"""Letters can be read on every terminal: never in the colour of what is behind them, and without colour where asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from tests.terminal.pty_session import PtySession, in_terminal, wait_for

STYLES = re.compile(r"\x1b\[([0-9;]*)m")
COLOURS = {*range(30, 39), *range(40, 49), *range(90, 108)}
COLUMNS, ROWS = 80, 24


def drawn(session: PtySession) -> pyte.Screen:
    """What a terminal shows of all that was written."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.Stream(screen).feed(session.shown)
    return screen


def unreadable(screen: pyte.Screen) -> Iterator[str]:
    """Letters in the colour of their background."""
    for line in screen.buffer.values():
        for cell in line.values():
            if cell.data.strip() and cell.fg == cell.bg != "default":
                yield cell.data


def on_screen(session: PtySession, words: str) -> None:
    wait_for(lambda: words in "\n".join(drawn(session).display), words)


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "linux"])
@pytest.mark.parametrize("without", [True, False], ids=["no colour", "colour"])
def test_every_letter_can_be_read(term: str, without: bool, tmp_path: Path) -> None:
    environment = {"TERM": term, "COLORTERM": "", **({"NO_COLOR": "1"} if without else {})}
    with in_terminal(
        ["tests.terminal.seat_in_terminal", str(tmp_path / "huis")], size=(COLUMNS, ROWS), environment=environment
    ) as session:
        on_screen(session, "er staat een")
        assert list(unreadable(drawn(session))) == []
        session.press("\r")
        on_screen(session, "Urgentiecheck")
        session.press("\x1bOS")  # F4
        session.press("dochter")
        on_screen(session, "Notitie: dochter")
        screen = drawn(session)
        assert list(unreadable(screen)) == []
        row = next(number for number, line in enumerate(screen.display) if "Notitie:" in line)
        cursor = screen.buffer[row][screen.display[row].index("dochter") + len("dochter")]
        assert cursor.reverse or cursor.bg != "default", "where typing goes is not to be seen"
        session.press("\x1b")
        on_screen(session, "esc wachtrij")
        session.press("\x1b")
        on_screen(session, "WACHTRIJ")
        session.press("\x11")  # ctrl+q
        assert session.end() == 0
    if without:
        used = {int(code) for codes in STYLES.findall(session.shown) for code in codes.split(";") if code}
        assert not used & COLOURS
