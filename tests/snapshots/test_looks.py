"""What the screens look like at the two sizes an operator has: 80x24 and 120x40."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.desk import Desk
from console.model import Channel
from console.record import Calls, Outbox
from tests.seat import FixedClock, ring

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]
by_size = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


def a_busy_room(desk: Desk, clock: FixedClock) -> None:
    """Three calls wait, a colleague has one, and the CAD is connected."""
    ring(desk, ago=timedelta(seconds=47), words="er staat een man aan mijn deur")
    ring(
        desk,
        ago=timedelta(seconds=21),
        number="050-5512345",
        place="Groningen",
        channel=Channel.SERVICE,
        words="net opgelicht door een nepbank",
    )
    taken = ring(
        desk,
        ago=timedelta(minutes=4, seconds=10),
        number="06-98765401",
        place="Assen",
        channel=Channel.SERVICE,
        words="bankpas meegegeven aan een jongeman",
    )
    Calls(desk._writer).claim(taken, "a.bakker")
    Outbox(desk._writer).link(reachable=True, error="")
    clock.moment += timedelta(seconds=1)


async def settle(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    for _ in range(500):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    pytest.fail("the screen did not come to rest")


async def queue(pilot: Pilot[int], _clock: FixedClock) -> None:
    app: Any = pilot.app
    await settle(pilot, lambda: len(app.screen.list.rows) == 3)
    app._tick()
    await pilot.pause()


async def call(pilot: Pilot[int], clock: FixedClock) -> None:
    await queue(pilot, clock)
    await pilot.press("enter", "n", "n", "1", "enter", "j")
    await pilot.press("f4", *"dochter", "escape")
    await settle(pilot, lambda: pilot.app.screen.case.file.answers.get("gaande") == "ja")  # type: ignore[attr-defined]


async def form(pilot: Pilot[int], clock: FixedClock) -> None:
    await queue(pilot, clock)
    await pilot.press("enter", "n", "n", "s", "e")


async def decision(pilot: Pilot[int], clock: FixedClock) -> None:
    await call(pilot, clock)
    await pilot.press("f5", "2")


async def nothing_chosen(pilot: Pilot[int], clock: FixedClock) -> None:
    await call(pilot, clock)
    await pilot.press("f5")


async def facts(pilot: Pilot[int], clock: FixedClock) -> None:
    await queue(pilot, clock)
    await pilot.press("enter", "f2")


async def keys(pilot: Pilot[int], clock: FixedClock) -> None:
    await queue(pilot, clock)
    await pilot.press("enter", "question_mark")


async def reason(pilot: Pilot[int], clock: FixedClock) -> None:
    await queue(pilot, clock)
    await pilot.press("enter", "1", "f5", "7", "enter", "f7", "2")


@by_size
@pytest.mark.parametrize("scene", [queue, call, form, decision, nothing_chosen, facts, keys, reason])
def test_looks(scene: Callable[..., Any], size: tuple[int, int], looks: Callable[..., None]) -> None:
    looks(scene.__name__, size, a_busy_room, scene)
