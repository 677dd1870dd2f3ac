"""Keys as terminals and slow links really send them, and the real cursor, in the real console through a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from console.record import Home, Reader
from tests.terminal.pty_session import PtySession, in_terminal, wait_for

COLUMNS, ROWS = 80, 24
UP, DOWN, F2, F4, F5 = "\x1b[A", "\x1b[B", "\x1bOQ", "\x1bOS", "\x1b[15~"


class Console:
    """The console in a terminal, and what that terminal shows."""

    def __init__(self, session: PtySession, home: Path) -> None:
        self.session = session
        self.home = home
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0

    @property
    def screen(self) -> pyte.Screen:
        written = bytes(self.session.written)
        self._stream.feed(written[self._fed :])
        self._fed = len(written)
        return self._screen

    def see(self, words: str) -> None:
        wait_for(lambda: words in "\n".join(self.screen.display), f"{words} in:\n" + "\n".join(self.screen.display))

    def resize(self, columns: int, lines: int) -> None:
        """Drag the window to another size; what stood in it before is not looked at any more."""
        self.screen.resize(lines, columns)
        self._screen.reset()
        self.session.resize(columns, lines)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.session.press(key)

    @property
    def line_of_the_cursor(self) -> str:
        return str(self.screen.display[self._screen.cursor.y])

    def note_on_disk(self) -> str:
        reader = Reader.open(Home.prepare(self.home))
        try:
            return reader.file(reader.board().rows[0].call_id).note
        finally:
            reader.close()


@contextmanager
def console(home: Path, **environment: str) -> Iterator[Console]:
    with in_terminal(
        ["tests.terminal.seat_in_terminal", str(home)], size=(COLUMNS, ROWS), environment=environment
    ) as session:
        yield Console(session, home)


@contextmanager
def call(home: Path) -> Iterator[Console]:
    with console(home) as seat:
        seat.see("1 wachtend")
        seat.press("\r")
        seat.see("Urgentiecheck")
        yield seat


def test_altgr_characters_arrive_in_the_note(tmp_path: Path) -> None:
    typed = "@ € { [ ] } \\ | ~ ë ß"
    with call(tmp_path / "huis") as seat:
        seat.press(F4, typed)
        seat.see(typed)
        wait_for(lambda: seat.note_on_disk() == typed, "the note on disk")


def test_a_byte_that_is_no_utf_8_ends_nothing(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press(F4)
        seat.session.type_bytes(b"caf\xe9 ")
        seat.press("op de hoek")
        seat.see("op de hoek")


@pytest.mark.parametrize("key", [UP, DOWN, F5, "\x1b[6~"])
def test_a_key_that_stalls_after_its_escape_answers_nothing(key: str, tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press(F4, "dochter")
        seat.see("Notitie: dochter")
        seat.see("esc naar vragen")
        seat.press(key[0])
        seat.see("esc wachtrij")  # the escape was taken for the key: back to the questions
        seat.press(key[1:], F4, " belt")
        seat.see("Notitie: dochter belt")
        assert "  1 nee" not in "\n".join(seat.screen.display)
        assert any(line.startswith("  1 ?") for line in seat.screen.display)


def test_a_key_that_stalls_half_way_is_still_that_key(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press("\x1b[1")
        time.sleep(0.4)  # longer than an escape is waited for: the stall itself is what is tried here
        seat.press("5~")
        seat.see("BESLUIT")


def test_a_key_held_on_a_slow_link_answers_one_question(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press("n" * 30)
        seat.see("Toets n genegeerd")
        assert any(line.startswith("> 2 ?") for line in seat.screen.display)


def test_escape_and_a_key_in_one_packet_both_count(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press(F4, "dochter")
        seat.see("Notitie: dochter")
        seat.press("\x1bn")
        seat.see("  1 nee")
        assert "Notitie: dochtern" not in "\n".join(seat.screen.display)


def test_the_real_cursor_stands_where_the_operator_is(tmp_path: Path) -> None:
    with console(tmp_path / "huis") as seat:
        seat.see("1 wachtend")
        wait_for(lambda: seat.line_of_the_cursor.startswith(">"), "the cursor on the first call")
        assert not seat.screen.cursor.hidden
        seat.press("\r")
        seat.see("Urgentiecheck")
        wait_for(lambda: seat.line_of_the_cursor.startswith("> 1"), "the cursor on the first question")
        seat.press("n")
        wait_for(lambda: seat.line_of_the_cursor.startswith("> 2"), "the cursor on the second question")
        seat.press(F4, "dochter")
        wait_for(lambda: seat.screen.cursor.x == len(" Notitie: dochter"), "the cursor behind what was typed")
        wait_for(lambda: seat.line_of_the_cursor.startswith(">Notitie: dochter"), "the mark where it is typed")
        wait_for(lambda: not any(line.startswith("> ") for line in seat.screen.display), "no other place marked")
        seat.press("\x1b")
        wait_for(lambda: seat.line_of_the_cursor.startswith("> 2"), "the cursor on the question again")
        seat.press("n", "bank")
        wait_for(lambda: ">1 " in seat.line_of_the_cursor, "the cursor on the form that enter takes")
        seat.press("\x7f" * 4)
        wait_for(lambda: "enter: _" in seat.line_of_the_cursor, "the cursor where the next letter comes")
        assert not seat.screen.cursor.hidden


def test_the_real_cursor_stands_in_every_window(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press(F5)
        seat.see("BESLUIT")
        wait_for(lambda: "BESLUIT" in seat.line_of_the_cursor, "the cursor in the window where nothing is chosen")
        seat.press("2")
        wait_for(lambda: ">2 " in seat.line_of_the_cursor, "the cursor on what is chosen")
        seat.press("\x1b")
        wait_for(lambda: seat.line_of_the_cursor.startswith("> 1"), "the cursor on the question again")
        seat.press(F2)
        seat.see("GEGEVENS")
        wait_for(lambda: "belt voor zichzelf" in seat.line_of_the_cursor, "the cursor on the first open question")
        assert not seat.screen.cursor.hidden
