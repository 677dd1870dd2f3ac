"""Every field of every scene takes 10,000 hostile characters: nothing is lost, nothing that acts reaches a terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from textual.events import Paste
from textual.widgets import Input

from console.safe_text import UNSHOWABLE
from console.screens.app import ConsoleApp
from console.terminal import guard
from tests.seat import MARCH_2, FixedClock, open_seat
from tests.snapshots.scenes import SCENES, play, room_of

HOSTILE: Final = (
    "[/b] [@click=app.leave]weg[/] [bold "  # markup
    "\x1b[2J\x1b]0;titel\x07\x1b]52;c;aGFsbG8=\x07 \x9b31m \x7f \x00 "  # escape sequences, C1, DEL
    "\u202enaam\u202c \u2066x\u2069 \u200b\u200d\ufeff \u2028 "  # bidi, zero width, line separator
    "👩‍👩‍👧‍👦 🇳🇱 é ë ß 漢字 "
)
LONG: Final = (HOSTILE * 200)[:10_000]
ACTS: Final = re.compile(f"[{UNSHOWABLE}]")


def reaches_the_terminal(app: ConsoleApp) -> str:
    """The screen behind the last guard."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(guard._guarded(strip).text for strip in strips)


@pytest.mark.parametrize("scene", SCENES)
async def test_a_field_takes_anything(scene: str, tmp_path: Path) -> None:
    clock = FixedClock(MARCH_2)
    desk = open_seat(tmp_path, clock=clock)
    room_of(scene, desk, clock)
    app = ConsoleApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await play(pilot, scene)
        for field in [each for each in app.screen.query(Input) if each.display]:
            field.focus()
            await pilot.pause()
            before = field.value
            field.post_message(Paste(LONG))
            await pilot.press("x")
            flat = " ".join(LONG.split())
            room = field.max_length or len(LONG)
            assert field.value.startswith((before + flat)[:room]), field.id
            assert not ACTS.search(reaches_the_terminal(app)), field.id
        for _ in range(4):
            await pilot.press("escape")
        assert app.is_running
        assert not ACTS.search(reaches_the_terminal(app))
    await desk.close()
