"""An operator's hand in a test: keys faster than the console draws, and a disk that is slow or refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pyte
from textual import events
from textual._compositor import CompositorUpdate
from textual.keys import _character_to_key
from textual.widgets import Input

from console.desk import Desk, RecordError
from console.model import CallFile, Channel, IncomingCall, Location
from console.record import Calls, Home, Reader, Writer
from console.settings import Settings
from console.times import now
from tests.seat import OPERATOR, Seat, seated

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen as TextualScreen

P = ParamSpec("P")
T = TypeVar("T")

BROKEN = "De schijf is vol. Er is niets vastgelegd."
TO_ADDRESS = ("f2", "shift+tab", "shift+tab")
"""The facts open at for whom somebody calls, where address and number came with the call."""
PLACED = Location("Brink 4, Gieten", 53.003, 6.762)


class TroubledDesk(Desk):
    """The real desk, of which a write can be held up, refused so many times, or lost on its way back.

    Operations are named as the record names them: note, tell, answer, decide, by_hand, give_reason.
    """

    def easy(self) -> None:
        """Begin without trouble."""
        self.refused: dict[str, int] = {}
        self.lost: dict[str, int] = {}
        self.begun: list[str] = []
        self.done: list[str] = []
        self._gates: dict[str, asyncio.Event] = {}

    def hold(self, name: str) -> None:
        """Hold up this write until `let_go`."""
        self._gates[name] = asyncio.Event()

    def let_go(self, name: str) -> None:
        """Let it through, and those after it."""
        self._gates.pop(name).set()

    def let_all_go(self) -> None:
        """Trouble no more, so that the console can be left."""
        self.refused = {}
        for name in list(self._gates):
            self.let_go(name)

    async def _write(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        name = operation.__name__
        self.begun.append(name)
        while (gate := self._gates.get(name)) is not None:
            await gate.wait()
        if self.refused.get(name, 0) > 0:
            self.refused[name] -= 1
            raise RecordError(BROKEN)
        result = await super()._write(operation, *args, **kwargs)
        self.done.append(name)
        if self.lost.get(name, 0) > 0:
            self.lost[name] -= 1
            raise RecordError(BROKEN)
        return result


def troubled(home: Path, clock: Callable[..., object] = now) -> TroubledDesk:
    """Sit down at a desk whose disk this test can trouble."""
    settings = Settings(home=home, exercise=True)
    writer = Writer.open(Home.prepare(home, settings.group), clock=clock, terminal="test", os_user="root")  # type: ignore[arg-type]
    desk = TroubledDesk(settings, writer, OPERATOR, clock)  # type: ignore[arg-type]
    desk.easy()
    return desk


def ring_from(desk: Desk, place: Location, *, number: str = "06-12345678", words: str = "er klopt iets niet") -> str:
    """Let a call ring from a place with coordinates."""
    call = IncomingCall(
        None, Channel.EMERGENCY, number, "mw. Jansen", place, words, desk.clock() - timedelta(seconds=9)
    )
    return Calls(desk._writer).ring(call).call_id


@asynccontextmanager
async def in_call(
    desk: Desk, place: Location = PLACED, *, number: str = "06-12345678", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Seat]:
    """Run the console with one call open; `on_disk` tells what a colleague would read of it."""
    ring_from(desk, place, number=number)
    async with seated(desk, size) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see("Urgentiecheck")
        try:
            yield seat
        finally:
            if isinstance(desk, TroubledDesk):
                desk.let_all_go()


def burst(seat: Seat, *keys: str) -> None:
    """Post keys as fast as a terminal delivers a paste or an impatient hand: nothing is drawn between two.

    They are read at one moment, a second after what was pressed before.
    """
    seat.hand.rest()
    driver = seat.app._driver
    assert driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        event = events.Key(name, {"space": " "}.get(key, key if len(key) == 1 else None))
        event.set_sender(seat.app)
        driver.send_message(event)


async def until(predicate: Callable[[], object], what: str, seconds: float = 60.0) -> None:
    """Wait until it is so, also while the console is busy with a key and takes no other."""
    async with asyncio.timeout(seconds):
        while not predicate():  # noqa: ASYNC110 - what is waited for is on disk, which rings no bell
            await asyncio.sleep(0.01)
    assert predicate(), what


class Terminal:
    """What the terminal holds: every frame from here on over the one before, as its escape sequences say."""

    def __init__(self, seat: Seat) -> None:
        self._screen = pyte.Screen(*seat.app.size)
        self._stream = pyte.Stream(self._screen)
        app, display = seat.app, seat.app._display

        def show(screen: TextualScreen[Any], renderable: RenderableType | None) -> None:
            if screen is app.screen and isinstance(renderable, CompositorUpdate):
                self._stream.feed(renderable.render_segments(app.console))
            display(screen, renderable)

        app._display = show  # type: ignore[method-assign]

    @property
    def text(self) -> str:
        """What can be read on it."""
        return "\n".join(self._screen.display)


def paste(seat: Seat, text: str) -> None:
    """Paste as a terminal does."""
    driver = seat.app._driver
    assert driver is not None
    driver.send_message(events.Paste(text))


def field(seat: Seat, name: str) -> Input:
    """A line to type in, of the dialog or screen in front."""
    return seat.app.screen.query_one(f"#{name}", Input)


def on_disk(seat: Seat) -> CallFile:
    """What another program reads of the call on screen."""
    reader = Reader.open(seat.app.desk._writer.home)
    try:
        return reader.file(seat.call.case.file.call_id)
    finally:
        reader.close()
