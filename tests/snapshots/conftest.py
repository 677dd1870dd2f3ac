"""Snapshots of the screens: an SVG for the eye, and beside it the plain text that a reviewer can read in a diff."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from rich.color import ColorType

from console.domain import control_word
from console.screens.app import ConsoleApp
from tests.seat import MARCH_2, FixedClock, open_seat, screen_text
from tests.snapshots.scenes import EXERCISE, at_rest, play, room_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

TEXTS: Final = Path(__file__).with_name("__texts__")
OWN_COLOURS: Final = {ColorType.DEFAULT, ColorType.STANDARD}
DRAWN_WITH: Final = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0xC0, 0x100)), *"\n“”‘’·§²½…"}
"""ASCII, Latin-1 letters, and the quotes of spoken lines and the dots of a cut: plain ones where a font lacks them."""


@dataclass(frozen=True)
class Look:
    """A kind of terminal."""

    size: tuple[int, int]
    colours: bool

    def __str__(self) -> str:
        """Its name."""
        return f"{self.text_name}{'' if self.colours else '-mono'}"

    @property
    def text_name(self) -> str:
        """With and without colour the same is said."""
        return f"{self.size[0]}x{self.size[1]}"


LOOKS: Final = (Look((80, 24), colours=False), Look((80, 24), colours=True), Look((120, 40), colours=True))


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the developer's own terminal nor chance may decide what a picture looks like."""
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(control_word, "choose", lambda: "rode fiets")


@pytest.fixture(autouse=True)
def one_control_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is drawn by lot would be another in each picture."""
    monkeypatch.setattr("console.domain.control_word.choose", lambda: "blauwe ladder")


class TextSnapshots:
    """Compares a screen with the text kept for it."""

    def __init__(self, *, update: bool) -> None:
        self._update = update

    def wanted(self, name: str) -> str | None:
        """What a screen must say; None when that is written now, or was never written."""
        kept = TEXTS / f"{name}.txt"
        return None if self._update or not kept.exists() else kept.read_text(encoding="utf-8")

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


@pytest.fixture
def shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Callable[..., bool],
    text_snapshots: TextSnapshots,
) -> Callable[[str, Look], None]:
    """Play a scene and compare what it looks like, as picture and as text."""

    def compare(scene: str, look: Look) -> None:
        if not look.colours:
            monkeypatch.setenv("NO_COLOR", "1")
        clock = FixedClock(MARCH_2)
        desk = open_seat(tmp_path / "huis", clock=clock)
        room_of(scene, desk, clock)
        app = ConsoleApp(desk)
        name = f"{scene}-{look.text_name}"
        seen: list[str] = []

        async def run_before(pilot: Pilot[int]) -> None:
            await play(pilot, scene)
            await at_rest(pilot, app, text_snapshots.wanted(name))
            seen.append(screen_text(app))
            assert foreign_colours(app) == set()

        same = snap_compare(app, terminal_size=look.size, run_before=run_before)
        asyncio.run(desk.close())
        assert EXERCISE in seen[-1].splitlines()[0], "no window may cover what says that it is an exercise"
        assert set(seen[-1]) <= DRAWN_WITH, sorted(set(seen[-1]) - DRAWN_WITH)
        text_snapshots.check(name, seen[-1])
        assert same

    return compare


def foreign_colours(app: ConsoleApp) -> set[str]:
    """Colours on the screen that are not the terminal's own 16, and so would be another on each terminal."""
    used = (
        colour
        for strip in app.screen._compositor.render_strips(app.size)
        for segment in strip
        if segment.style is not None
        for colour in (segment.style.color, segment.style.bgcolor)
    )
    return {colour.name for colour in used if colour is not None and colour.type not in OWN_COLOURS}
