"""A console vouches for the calls in its hands while somebody can work behind it, and no longer."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from console.heartbeat import LOOP_MAY_STALL, Heartbeat
from console.model import Claim
from console.record import Busy

ONE, TWO = Claim("26-0001", "jan", 1), Claim("26-0002", "jan", 4)


class Room:
    """What the heart beats for: which claims it renewed, and which of them are gone."""

    def __init__(self) -> None:
        self.renewed: list[tuple[Claim, ...]] = []
        self.lost: tuple[Claim, ...] = ()
        self.busy = 0
        self.beaten = threading.Event()

    def renew(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        if self.busy:
            self.busy -= 1
            raise Busy("bezet")
        self.renewed.append(claims)
        self.beaten.set()
        return self.lost


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop that does nothing until it is told to run."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


def answer(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_until_complete(asyncio.sleep(0))


def test_every_beat_renews_all_that_is_held(loop: asyncio.AbstractEventLoop) -> None:
    room = Room()
    heart = Heartbeat(room.renew, loop)
    heart.beat()
    heart.hold(ONE)
    heart.hold(TWO)
    heart.beat()
    heart.drop(ONE)
    heart.beat()
    assert room.renewed == [(), (ONE, TWO), (TWO,)]


def test_a_newer_claim_takes_the_place_of_an_older_one(loop: asyncio.AbstractEventLoop) -> None:
    room = Room()
    heart = Heartbeat(room.renew, loop)
    newer = Claim(ONE.call_id, "jan", ONE.fence + 1)
    heart.hold(ONE)
    heart.hold(newer)
    heart.drop(ONE)
    assert heart.claims == (newer,)


def test_what_was_lost_is_dropped(loop: asyncio.AbstractEventLoop) -> None:
    room = Room()
    heart = Heartbeat(room.renew, loop)
    heart.hold(ONE)
    heart.hold(TWO)
    room.lost = (ONE,)
    heart.beat()
    assert heart.claims == (TWO,)


def test_a_loop_that_stalls_for_a_moment_marks_nobody_and_one_that_hangs_does(loop: asyncio.AbstractEventLoop) -> None:
    room, clock = Room(), Clock()
    heart = Heartbeat(room.renew, loop, monotonic=clock)
    heart.hold(ONE)
    for _ in range(6):
        clock.now += LOOP_MAY_STALL / 6
        heart.beat()
    assert len(room.renewed) == 6, "silent, and not for too long"
    for _ in range(6):
        clock.now += LOOP_MAY_STALL / 6
        heart.beat()
    assert len(room.renewed) == 6
    answer(loop)
    heart.beat()
    assert len(room.renewed) == 7, "it answers again"


def test_it_beats_by_itself_while_the_loop_stands_still() -> None:
    """A real loop, blocked by a step that only ends when the heart has beaten."""
    room = Room()

    async def stand_still() -> None:
        heart = Heartbeat(room.renew, asyncio.get_running_loop(), every=0.01)
        heart.hold(ONE)
        heart.start()
        assert room.beaten.wait(20), "no beat while the loop stood still"
        heart.stop()

    asyncio.run(stand_still())
    assert room.renewed[0] == (ONE,)


def test_a_busy_record_is_tried_again(loop: asyncio.AbstractEventLoop) -> None:
    room = Room()
    room.busy = 3
    heart = Heartbeat(room.renew, loop, every=0.005)
    heart.hold(ONE)
    heart.start()
    assert room.beaten.wait(20)
    heart.stop()
    assert room.busy == 0
    assert not any(thread.name == "hartslag" for thread in threading.enumerate())


def test_it_ends_with_the_loop() -> None:
    loop = asyncio.new_event_loop()
    heart = Heartbeat(Room().renew, loop, every=0.005)
    heart.start()
    loop.close()
    deadline = time.monotonic() + 60
    while heart._thread.is_alive():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_stopping_twice_and_before_the_start_is_fine(loop: asyncio.AbstractEventLoop) -> None:
    heart = Heartbeat(Room().renew, loop)
    heart.stop()
    heart.stop()
