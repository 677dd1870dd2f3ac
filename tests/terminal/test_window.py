"""A window of any size: too small says so and takes no keys, and nothing is lost by making it smaller or larger."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.test_keys import F4, F5, call


@pytest.mark.parametrize("small", [(60, 15), (79, 24), (200, 21), (20, 3)])
def test_a_window_that_is_too_small_says_so_and_keeps_the_call(small: tuple[int, int], tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press("n", F4, "dochter")
        seat.see("Notitie: dochter")
        seat.resize(*small)
        seat.see("Dit venster is")
        seat.press("\x1b", "1", F5, " weg")
        time.sleep(0.5)  # keys that do nothing show nothing to wait for
        seat.resize(80, 24)
        seat.see("Notitie: dochter")
        seat.see("  1 nee")
        seat.press(" belt")
        seat.see("Notitie: dochter belt")
        assert "Dit venster" not in "\n".join(seat.screen.display)


@pytest.mark.parametrize("size", [(80, 22), (100, 30), (120, 40), (200, 60)])
def test_every_other_size_is_filled_and_the_call_stands_as_it_did(size: tuple[int, int], tmp_path: Path) -> None:
    with call(tmp_path / "huis") as seat:
        seat.press("n", F4, "dochter")
        seat.see("Notitie: dochter")
        seat.resize(*size)
        seat.see("Notitie: dochter")
        seat.press(F5)
        seat.see("BESLUIT")
        seat.resize(80, 24)
        seat.see("BESLUIT")
        seat.press("\x1b")
        seat.see("Notitie: dochter")
        seat.see("  1 nee")
