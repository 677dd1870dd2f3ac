"""Draws the picture of the console that the README shows, from the real screens on a made-up call: `make picture`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from console.screens.app import ConsoleApp
from tests.seat import MARCH_2, FixedClock, open_seat
from tests.snapshots.scenes import a_busy_room, play

PICTURE = Path(__file__).parents[1] / "docs" / "console.svg"
SIZE = (104, 32)
FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Fonts that a reader's browser would fetch from elsewhere; any monospaced one does."""


async def draw(folder: Path) -> None:
    """Play the first minute of a call and save what stands on the screen."""
    clock = FixedClock(MARCH_2)
    desk = open_seat(folder, clock=clock)
    a_busy_room(desk, clock)
    app = ConsoleApp(desk)
    app.title = "meldkamer console"
    async with app.run_test(size=SIZE) as pilot:
        await play(pilot, "note")
        await pilot.pause()
        PICTURE.write_text(FONTS.sub("", app.export_screenshot()), encoding="utf-8")
    await desk.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder) / "huis"))
    print(PICTURE)
