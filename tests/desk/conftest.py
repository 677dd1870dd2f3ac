"""A desk, two of them at one record, and a clock that moves only when told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from console.desk import Desk, open_desk
from tests.seat import MARCH_2, open_seat


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = open_seat(tmp_path / "huis")
    yield made
    await made.close()


class RoomClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = MARCH_2

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> RoomClock:
    return RoomClock()


@pytest.fixture
async def two(tmp_path: Path, clock: RoomClock) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two operators at one record: j.devries and a.bakker."""
    first = open_seat(tmp_path / "huis", clock=clock)
    second = open_desk(first.settings, operator="a.bakker", terminal="test2", os_user="root", clock=clock)
    yield first, second
    await second.close()
    await first.close()
