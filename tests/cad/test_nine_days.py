"""A CAD that is away for nine days: what waits is never lost, never doubled, and never goes old without a person.

The record is a real file, the delivery the real loop, the CAD a program of its own on a real connection; only the
clock is simulated, so that nine days pass while they arrive. What a person says is said by the operations of the desk
that the screen uses.
"""

from __future__ import annotations

import asyncio
import random
import resource
import time
from bisect import insort
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.cad import courier
from console.cad.adapters import choose
from console.cad.courier import Courier
from console.cad.peer import NoCad
from console.desk import open_desk
from console.model import Delivery
from console.record import Outbox, Writer
from console.record.verifying import verify
from console.settings import Settings
from tests.cad.conftest import Programs, Room, Simulator, wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from console.desk import Desk

DAYS = timedelta(days=9)
START = datetime(2026, 11, 13, 6, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


class Time:
    """Stands still while nine days are played, and runs with the real clock from then on."""

    def __init__(self) -> None:
        self.moment = START
        self._runs_since: float | None = None

    def __call__(self) -> datetime:
        if self._runs_since is None:
            return self.moment
        return self.moment + timedelta(seconds=time.monotonic() - self._runs_since)

    def run(self) -> None:
        self._runs_since = time.monotonic()


@dataclass
class Night:
    """Nine days without a CAD, and what came in during them."""

    room: Room
    cad: Simulator
    clock: Time
    desk: Desk
    chance: random.Random
    asked: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Of each dispatch its place in the order in which they must go: priority, then which came first."""
    added: dict[str, str] = field(default_factory=dict)
    """Of each addition the dispatch that it adds to."""

    def comes_in(self, count: int) -> None:
        """Let so many dispatches be decided, spread over nine days; one in twenty gets an addition at once.

        Now and then time goes by the second until the delivery tried once more: it would sleep through days otherwise.
        """
        gaps = [self.chance.expovariate(1.0) for _ in range(count)]
        for number, gap in enumerate(gaps):
            self.clock.moment += DAYS * (gap / sum(gaps))
            priority = self.chance.choices((1, 2, 3), (1, 2, 2))[0]
            made = self.room.decide(priority=priority)
            self.asked[made.message_id] = (priority, number)
            if self.chance.random() < 0.05:
                self.added[self.room.add(made).message_id] = made.message_id
            if number % (count // 25) == 0:
                wait_for(partial(self._tried_more, self.tried()), what="one more try")

    def _tried_more(self, than: int) -> bool:
        self.clock.moment += timedelta(seconds=1)
        return self.tried() > than

    def tried(self) -> int:
        """How often anything was tried."""
        found = self.room.writer.look(lambda transaction: transaction.one("SELECT sum(attempts) FROM dispatch"))
        return int((found.result() or [0])[0] or 0)

    def states(self) -> dict[str, str]:
        """How every message stands on disk."""
        found = self.room.writer.look(
            lambda transaction: transaction.every("SELECT message_id, state FROM dispatch")
        ).result()
        return {row["message_id"]: row["state"] for row in found}

    def of_state(self, state: Delivery) -> set[str]:
        return {message_id for message_id, each in self.states().items() if each == state}


@asynccontextmanager
async def delivering(night: Night) -> AsyncIterator[None]:
    """The real delivery loop on a connection of its own, for as long as the block lasts."""
    settings = Settings(home=night.room.home.path, cad_url=night.cad.url)
    adapter = choose(settings)
    assert not isinstance(adapter, NoCad)
    stop = asyncio.Event()

    async def never() -> bool:
        return False

    with Writer.open(night.room.home, clock=night.clock, terminal="bezorging") as writer:
        async with adapter as cad:
            loop = Courier(cad, writer, Outbox(writer), name="GMS", clock=night.clock, too_old_after=HALF_AN_HOUR)
            task = asyncio.create_task(loop.work(stop, never))
            try:
                yield
            finally:
                stop.set()
                await task


async def until(predicate: Callable[[], bool], what: str, seconds: float = 900) -> None:
    deadline = time.monotonic() + seconds
    while not await asyncio.to_thread(predicate):
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        await asyncio.sleep(0.2)


def expect_order(arrived: list[str], asked: dict[str, tuple[int, int]], *, first: int) -> None:
    """Of all that must go before a message at most three are missing when it arrives: those under way beside it.

    `first` is how many may be missing when the very first one arrives: while the CAD was away they took turns.
    """
    waiting: list[tuple[int, int]] = []
    for message_id in arrived:
        insort(waiting, asked[message_id])
    for number, message_id in enumerate(arrived):
        before = waiting.index(asked[message_id])
        assert before <= (first if number == 0 else 3), f"{message_id} came before {before} that must go first"
        waiting.pop(before)


def memory() -> int:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def nine_days(tmp_path: Path, count: int, *, seed: int) -> None:
    print(f"\nseed {seed}")
    clock = Time()
    room = Room(tmp_path / "huis", clock)
    programs = Programs(room)
    settings = Settings(home=room.home.path)
    desk = open_desk(settings, operator="j.devries", terminal="test", os_user="root", clock=clock)
    night = Night(room, programs.simulator("--modus", "uit"), clock, desk, random.Random(seed))
    try:
        async with delivering(night):
            await away(night, count)
            early = await said_before(night)
            await back(night, early)
            await said_after(night)
        ended(night)
    finally:
        await desk.close()
        programs.close()
        room.writer.close()


async def away(night: Night, count: int) -> None:
    """Nine days pass; at their end all but the last half hour waits for a person, and nobody was bothered."""
    began, held = time.monotonic(), memory()
    await asyncio.to_thread(night.comes_in, count)
    night.clock.moment += timedelta(seconds=1)
    before = night.clock() - HALF_AN_HOUR
    await until(lambda: not night.room.outbox.too_old(before, 1), "all that is old to be set aside")
    link = night.room.link()
    print(
        f"{count} in {time.monotonic() - began:.0f} s, {len(night.of_state(Delivery.TOO_OLD))} too old, "
        f"tried {night.tried()} times, memory {held} -> {memory()} MB"
    )
    assert link.paused_since is not None
    assert link.paused_since - START < DAYS / 2
    assert night.cad.effects() == {}


async def said_before(night: Night) -> set[str]:
    """While the CAD is still away, a person goes through part of it: one by one, and whole days, in any order."""
    found = await night.desk.aged()
    assert found.total == sum(each.count for each in found.groups)
    assert [each.priority for each in found.first] == sorted(each.priority for each in found.first)
    early = set()
    for one in found.first[:5]:
        await night.desk.send_after_all(one)
        early.add(one.message_id)
    await night.desk.drop(found.first[5], "al geholpen")
    await night.desk.passed_on(found.first[6])
    groups = list((await night.desk.aged()).groups)
    night.chance.shuffle(groups)
    ready = night.of_state(Delivery.READY)
    done = sum([await night.desk.send_group(group) for group in groups[: len(groups) // 2]])
    confirmed = (night.of_state(Delivery.READY) - ready) & set(night.asked)
    print(f"{done} of {found.total} sent after all before the CAD came back")
    return early | confirmed


async def back(night: Night, early: set[str]) -> None:
    """The CAD is back: what is fresh, and what a person said, goes at once and in order; nothing else does."""
    fresh = (night.of_state(Delivery.READY) | night.of_state(Delivery.SENT)) & set(night.asked)
    assert early <= fresh
    held = night.of_state(Delivery.TOO_OLD)
    night.clock.moment += timedelta(seconds=31)
    night.clock.run()
    began = time.monotonic()
    night.cad.set_mode("accepteert")
    await until(lambda: night.room.outbox.pending(answers=False) == 0, "all that may go to have gone")
    took = time.monotonic() - began
    arrived = list(night.cad.effects())
    meanwhile = night.of_state(Delivery.TOO_OLD) - held
    print(
        f"{len(arrived)} in {took:.1f} s after the CAD came back ({len(arrived) / took:.0f} a second), "
        f"{len(meanwhile)} became too old before their turn"
    )
    assert set(arrived) == fresh - meanwhile
    assert not meanwhile & early
    assert held <= night.of_state(Delivery.TOO_OLD)
    expect_order(arrived, night.asked, first=courier._CANDIDATES - 1)


async def said_after(night: Night) -> None:
    """Each of the other days goes when its number is typed, the most urgent first."""
    before, began = len(night.cad.effects()), time.monotonic()
    waiting = night.of_state(Delivery.TOO_OLD) & set(night.asked)
    while groups := (await night.desk.aged()).groups:
        await night.desk.send_group(groups[0])
    await until(lambda: night.room.outbox.pending(answers=False) == 0, "all the others to have gone")
    arrived = list(night.cad.effects())[before:]
    print(f"{len(arrived)} in {time.monotonic() - began:.1f} s, sent after all one group after the other")
    assert set(arrived) == waiting
    expect_order(arrived, night.asked, first=3)


def ended(night: Night) -> None:
    """Every dispatch had one effect, but for the two of which a person said otherwise, and the record says so."""
    states = night.states()
    not_sent = {each for each in night.asked if states[each] in {Delivery.DROPPED, Delivery.BY_HAND}}
    assert len(not_sent) == 2
    assert night.cad.effects() == dict.fromkeys(set(night.asked) - not_sent, 1)
    expected = {each for each, base in night.added.items() if base not in not_sent}
    assert night.cad.additions() == dict.fromkeys(expected, 1)
    arrived = list(night.cad.asked())
    places = {message_id: at for at, message_id in enumerate(arrived)}
    assert all(places[each] > places[night.added[each]] for each in night.cad.additions())
    assert {states[each] for each in set(night.asked) - not_sent} <= {Delivery.DELIVERED, Delivery.ACCEPTED}
    assert verify(night.room.home).whole


@pytest.fixture
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated days pass in seconds: what is old must be looked for as often as it becomes old."""
    monkeypatch.setattr(courier, "_AGE_EVERY", 0.0)


@pytest.mark.usefixtures("_quick_looks")
async def test_nine_days_without_a_cad(tmp_path: Path) -> None:
    await nine_days(tmp_path, 200, seed=random.randrange(2**32))


@pytest.mark.slow
@pytest.mark.usefixtures("_quick_looks")
async def test_nine_days_without_a_cad_and_twenty_thousand_dispatches(tmp_path: Path) -> None:
    await nine_days(tmp_path, 20_000, seed=random.randrange(2**32))
