"""A link that dies in the middle of a call: nothing waits for it, nothing that was typed is lost, and it ends."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.terminal.pty_session import wait_for
from tests.terminal.test_keys import DOWN, F4, UP, Console, call

TYPED = "de dochter belt voor haar moeder"
MORE_THAN_A_LINK_HOLDS = 100
"""Paints of some 2 kB each: the kernel keeps 64 kB for a terminal, and the console 30 paints."""


def type_on_a_dead_link(seat: Console) -> None:
    """Have more drawn than anybody takes, type on, and wait until all of it is on disk all the same."""
    seat.session.reading.clear()
    for _ in range(MORE_THAN_A_LINK_HOLDS // 2):
        for key in (DOWN, UP):
            seat.press(key)
            time.sleep(0.03)  # a paint each; nothing can be seen of it
    seat.press(F4, TYPED)
    wait_for(lambda: seat.note_on_disk() == TYPED, "all that was typed, on disk")


def test_a_terminal_that_stops_reading_holds_up_nothing_and_is_drawn_anew_when_it_reads_again(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        type_on_a_dead_link(seat)
        seat.session.reading.set()
        seat.see(f"Notitie: {TYPED}")
        seat.press(" KLAAR")
        seat.see(f"Notitie: {TYPED} KLAAR")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_on_a_dead_link_ends_it_with_all_on_disk(number: signal.Signals, code: int, tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        type_on_a_dead_link(seat)
        seat.session.signal(number)
        assert seat.session.end() == code
        assert seat.note_on_disk() == TYPED
    assert not list(tmp_path.glob("huis/storingen/*"))


def test_a_closed_window_in_the_middle_of_a_word_loses_no_letter(tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press(F4, "de dochter be")
        seat.see("de dochter be")
        seat.session.hang_up()
        assert seat.session.end() == 129
        assert seat.note_on_disk() == "de dochter be"
    assert not list(tmp_path.glob("huis/storingen/*"))
