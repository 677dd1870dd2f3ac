"""An operator who types lines at a real desk; everything that was said is kept."""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from console.desk import Desk
from console.line_mode.room import RoomInLines
from console.line_mode.talk import HungUpError, Talk, Typed
from console.model import CallFile
from console.record import Reader
from tests.seat import MARCH_2, FixedClock, open_seat


class Sitting:
    """One desk; each `types` is a program of its own that ends where its lines end."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def types(self, *lines: str, call: str | None = "") -> str:
        """Type these lines, then nothing more; what was said. `call` is a number, empty for the list, None for new."""
        out = io.StringIO()
        with tempfile.TemporaryFile() as typed:
            typed.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
            typed.seek(0)
            room = RoomInLines(self.desk, Talk(Typed(typed.fileno()), out))
            try:
                await (room.new() if call is None else room.one(call) if call else room.work())
            except HungUpError:
                out.write("[OPGEHANGEN]")
        return out.getvalue()

    def file(self, call_id: str) -> CallFile:
        """The call as it stands on disk."""
        reader = Reader.open(self.desk._writer.home)
        try:
            return reader.file(call_id)
        finally:
            reader.close()


@pytest.fixture
def clock() -> FixedClock:
    """14:05:12, until a test moves it."""
    return FixedClock(MARCH_2)


@pytest.fixture
async def sitting(tmp_path: Path, clock: Callable[[], object]) -> AsyncIterator[Sitting]:
    """A seat at a new record."""
    desk = open_seat(tmp_path / "huis", clock=clock)  # type: ignore[arg-type]
    yield Sitting(desk)
    await desk.close()
