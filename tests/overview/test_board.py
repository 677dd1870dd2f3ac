"""The board on a screen: current, honest about its age, and without a key that does anything but leave or be quiet."""

from __future__ import annotations

import re
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Choice
from console.overview.watch import LOOK_EVERY
from console.record import chain
from console.screens.monitor import STALE_AFTER, MonitorApp
from console.times import now
from tests.overview.room import Room
from tests.seat import screen_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot


class Ticker:
    """Seconds that pass, and more of them when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.seconds


class Watched:
    """The board while it runs."""

    def __init__(self, app: MonitorApp, pilot: Pilot[int], ticker: Ticker) -> None:
        self.app, self.pilot, self.ticker = app, pilot, ticker
        self.rung: list[int] = []
        app.board.sound._ring = lambda: self.rung.append(1)

    @property
    def text(self) -> str:
        app: Any = self.app
        return screen_text(app)

    async def see(self, *words: str) -> None:
        await self.until(lambda: all(word in self.text for word in words), f"{words} in:\n{self.text}")

    async def until(self, predicate: Callable[[], object], what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not predicate():
            assert time.monotonic() < deadline, f"waited in vain for {what}; on screen:\n{self.text}"
            await self.pilot.pause(0.02)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, now(), taking_norm=20)
    room.outbox.link(reachable=True)
    yield room
    room.close()


@asynccontextmanager
async def watched(room: Room, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Watched]:
    ticker = Ticker()
    app = MonitorApp(room.settings, "ploegchef", room.clock, room.settings.home.parent, ticker)
    async with app.run_test(size=size) as pilot:
        board = Watched(app, pilot, ticker)
        await board.see("uitkomsten")
        yield board


async def test_what_another_program_writes_comes_on_screen(room: Room) -> None:
    async with watched(room) as board:
        await board.see(" wacht            geen", "GMS: verbonden", "alleen lezen")
        call_id = room.ring()
        await board.see(" wacht            1  112: 1 (0:00)")
        room.take(call_id, "a.bakker")
        await board.see(" in behandeling   1", "a.bakker")
        room.decide(call_id, Choice.PRIO1)
        await board.see(" onbevestigd      1", f"prio 1  {call_id}  klaargezet")


async def test_times_run_without_anything_being_written(room: Room) -> None:
    room.ring()
    async with watched(room) as board:
        room.clock.forward(seconds=61)
        await board.see("112: 1 (1:01)", "26-0001 wacht te lang", "2 SEINEN")


async def test_old_figures_say_that_they_are_old_and_why(room: Room) -> None:
    async with watched(room) as board:
        database = room.settings.home / "dossier.db"
        away = database.with_name("weg.db")
        database.rename(away)
        board.ticker.seconds += STALE_AFTER + 9
        room.clock.forward(seconds=STALE_AFTER + 9)
        await board.see("VEROUDERD: dit is de stand van", " geleden")
        await board.until(lambda: "vastgelegd" in board.text or "dossier" in board.text, "why")
        away.rename(database)
        await board.until(lambda: "VEROUDERD" not in board.text, "a board that is current again")


def test_a_second_that_passes_while_the_program_ends_is_no_crash(room: Room) -> None:
    app = MonitorApp(room.settings, "ploegchef", room.clock, room.settings.home.parent)
    app._tick()


async def test_it_says_how_old_the_figures_are(room: Room) -> None:
    async with watched(room) as board:
        board.app._watch._thread.submit(time.sleep, 6 * LOOK_EVERY)
        board.ticker.seconds += 1.2
        board.app.board.tick()
        await board.pilot.pause()
        assert re.search(r"bijgewerkt [12],\d s geleden", board.text)


async def test_the_bell_rings_once_for_what_becomes_a_signal(room: Room) -> None:
    room.ring()
    room.clock.forward(minutes=2)
    room.outbox.link(reachable=True)
    async with watched(room) as board:
        await board.see("26-0001 wacht te lang")
        assert board.rung == []
        room.take(call_id := room.ring())
        message = room.decide(call_id, Choice.PRIO1)
        assert message is not None
        room.outbox.sending(message)
        room.outbox.refused(message, "geen adres")
        await board.see("GMS weigert")
        await board.until(lambda: board.rung, "a bell")
        assert board.rung == [1]
        await board.pilot.press("b")
        await board.see("geluid UIT (b)")


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_it_is_left_with_one_key(room: Room, key: str) -> None:
    async with watched(room) as board:
        await board.pilot.press(key)
        await board.until(lambda: board.app.return_code == 0, "the end")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


KEYS = (
    *"abcdefghijklmnoprstuvwxyz0123456789/?!:;.,-+=*#@",
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abdefghijklmnoprstuvwxyz"),
    *("enter", "escape", "tab", "shift+tab", "delete", "home", "end", "pageup", "pagedown", "up", "down", "space"),
    *("ctrl+backslash", "ctrl+right_square_bracket", "ctrl+underscore", "shift+f10"),
)


async def test_no_other_key_does_anything(room: Room, tmp_path: Path) -> None:
    room.take(room.ring())
    head = room.overlook._reader.head(chain.Log.AUDIT)
    files = names(tmp_path)
    async with watched(room) as board:
        for key in KEYS:
            await board.pilot.press(key)
        assert len(board.app.screen_stack) == 2
        assert board.app.is_running
        await board.see("uitkomsten")
    assert room.overlook._reader.head(chain.Log.AUDIT) == head
    assert [name for name in names(tmp_path) if name != "geweigerd.log"] == files
    noted = [line.split("geweigerd: ")[1] for line in (tmp_path / "geweigerd.log").read_text("utf-8").splitlines()]
    assert noted == ["opdrachtenlijst", "pauzeren", "afbreken"], "what leaves another program of a terminal is noted"


@pytest.mark.parametrize("size", [(80, 22), (80, 24), (100, 30), (160, 50), (220, 70)])
async def test_every_section_stands_on_every_size(room: Room, size: tuple[int, int]) -> None:
    for _ in range(70):
        room.take(call_id := room.ring())
        room.decide(call_id, Choice.PRIO2)
    async with watched(room, size) as board:
        for label in ("onbevestigd      70", "prio 1 mogelijk", "overleg", "wacht", "laatste uur", "norm", "besloten"):
            assert label in board.text, label
        assert "q stoppen" in board.text.splitlines()[-1]
