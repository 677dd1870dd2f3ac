"""Snapshots of the screens: an SVG for the eye, and beside it the plain text that a reviewer can read in a diff."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.screens.app import ConsoleApp
from tests.seat import MARCH_2, FixedClock, open_seat, screen_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

TEXTS = Path(__file__).with_name("__texts__")
Play = Callable[[ConsoleApp, FixedClock], Awaitable[None]]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own terminal must not decide what a picture looks like."""
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


class TextSnapshots:
    """Compares a screen with the text kept for it."""

    def __init__(self, *, update: bool) -> None:
        self._update = update

    def check(self, name: str, text: str) -> None:
        kept = TEXTS / f"{name}.txt"
        if self._update:
            TEXTS.mkdir(exist_ok=True)
            kept.write_text(text, encoding="utf-8")
        assert kept.exists(), f"{kept.name} is missing: run pytest --snapshot-update and look at it"
        assert text == kept.read_text(encoding="utf-8")


@pytest.fixture
def text_snapshots(request: pytest.FixtureRequest) -> TextSnapshots:
    """The kept texts; `--snapshot-update` writes them anew."""
    return TextSnapshots(update=bool(request.config.getoption("update_snapshots", default=False)))


async def at_rest(pilot: Pilot[int], app: ConsoleApp) -> None:
    """Wait until the screen says the same three looks in a row: no look may catch it half drawn."""
    looks: list[str] = []
    for _ in range(500):
        await pilot.pause(0.02)
        looks = [*looks[-2:], screen_text(app)]
        if len(looks) == 3 and len(set(looks)) == 1:
            return
    pytest.fail("the screen did not come to rest")


@pytest.fixture
def looks(
    tmp_path: Path, snap_compare: Callable[..., bool], text_snapshots: TextSnapshots
) -> Callable[[str, tuple[int, int], Callable[..., None], Callable[..., Awaitable[None]]], None]:
    """Play a scene and compare what it looks like, as picture and as text."""

    def compare(
        name: str,
        size: tuple[int, int],
        prepare: Callable[..., None],
        play: Callable[..., Awaitable[None]],
    ) -> None:
        clock = FixedClock(MARCH_2)
        desk = open_seat(tmp_path / "huis", clock=clock)
        prepare(desk, clock)
        app = ConsoleApp(desk)
        seen: list[str] = []

        async def run_before(pilot: Pilot[int]) -> None:
            await play(pilot, clock)
            await at_rest(pilot, app)
            seen.append(screen_text(app))

        same = snap_compare(app, terminal_size=size, run_before=run_before)
        asyncio.run(desk.close())
        text_snapshots.check(f"{name}-{size[0]}x{size[1]}", seen[-1])
        assert same

    return compare
