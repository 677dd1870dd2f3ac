"""A desk on an empty folder whose clock a test moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import Desk
from tests.seat import MARCH_2, FixedClock, open_seat


@pytest.fixture
def clock() -> FixedClock:
    """14:05:12, until a test moves it."""
    return FixedClock(MARCH_2)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Desk:
    """A desk at a new record."""
    return open_seat(tmp_path / "huis", clock=clock)
