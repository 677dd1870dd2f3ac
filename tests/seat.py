"""An operator's seat in a test: the real app on a real record, driven by keys, with all its messages kept."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.accounts import os_user
from console.desk import Desk, open_desk
from console.model import Channel, IncomingCall, Location
from console.record import Calls
from console.screens.app import ConsoleApp
from console.screens.call import CallScreen
from console.screens.messages import CallOpened
from console.screens.queue import QueueScreen
from console.settings import Settings
from console.times import now
from tests.calm_hand import hand_at

if TYPE_CHECKING:
    from textual.message import Message
    from textual.pilot import Pilot

OPERATOR = "j.devries"
TOLD = (CallOpened, CallScreen.Kept, CallScreen.Decided, CallScreen.Left)
"""The messages that tell what happened in a call, in order."""


def open_seat(
    home: Path,
    *,
    clock: Callable[[], datetime] = now,
    cad_url: str | None = None,
    roles: Iterable[str] = (),
    exercise: bool = True,
) -> Desk:
    """Sit down at a desk on a folder of this test; with `roles` the room gave those to who runs the test."""
    given = tuple((role, (os_user(),)) for role in roles)
    settings = Settings(home=home, exercise=exercise, cad_url=cad_url, roles=given)
    return open_desk(settings, operator=OPERATOR, terminal="test", os_user="root", clock=clock)


def colleague(desk: Desk) -> Desk:
    """Somebody else in the same room, who may do everything."""
    settings = Settings(home=desk.settings.home, exercise=desk.settings.exercise)
    return open_desk(settings, operator="a.bakker", terminal="test2", os_user="a.bakker", clock=desk.clock)


def ring(
    desk: Desk,
    *,
    ago: timedelta = timedelta(),
    number: str = "06-12345678",
    place: str = "Brink 4, Gieten",
    words: str = "er klopt iets niet",
    channel: Channel = Channel.EMERGENCY,
    external_id: str | None = None,
) -> str:
    """Let a call ring, as intake would; its number."""
    call = IncomingCall(external_id, channel, number, "mw. Jansen", Location(place), words, desk.clock() - ago)
    return Calls(desk._writer).ring(call).call_id


class Seat:
    """The app while it runs."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.hand = hand_at(pilot)
        self.messages: list[Message] = []

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return screen_text(self.app)

    @property
    def told(self) -> list[Message]:
        """What happened in calls, in order; a message that bubbles is heard more than once."""
        heard = {id(message): message for message in self.messages if isinstance(message, TOLD)}
        return list(heard.values())

    @property
    def queue(self) -> QueueScreen:
        """The queue, on screen or behind it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))

    @property
    def hints(self) -> str:
        """The bottom line, with the keys that work now."""
        return self.text.splitlines()[-1].strip()

    def tick(self) -> None:
        """Let the second pass that the desk's clock was moved by."""
        self.app._tick()

    @property
    def call(self) -> CallScreen:
        """The call on screen."""
        found = [screen for screen in self.app.screen_stack if isinstance(screen, CallScreen)]
        return found[-1]

    async def press(self, *keys: str) -> None:
        await self.hand.press(*keys)

    async def type(self, text: str) -> None:
        names = {" ": "space", ",": "comma", "-": "minus", ":": "colon", ".": "full_stop"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def answer(self, answers: Mapping[str, str]) -> None:
        """Answer what is asked, in the order in which it is asked, until the policy is certain."""
        while not self.call.case.state.final:
            asking = self.call.asking
            question, wanted = asking.cursor, answers[asking.cursor]
            match asking.question.kind:
                case "vorm":
                    await self.type(asking.policy.question("vorm").value(wanted).label.lower())
                    await self.press("enter")
                case "uren":
                    await self.type(_as_typed(float(wanted)))
                    await self.press("enter")
                case _:
                    await self.press({value: key for key, value, _label in asking.choices()}[wanted])
            assert question in self.call.case.state.answers, self.text

    async def see(self, *words: str, seconds: float = 60.0) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.text for word in words), f"{words} in:\n{self.text}", seconds)

    async def until(self, predicate: Callable[[], object], what: str, seconds: float = 60.0) -> None:
        """Wait until it is so."""
        deadline = time.monotonic() + seconds
        while not predicate():
            if time.monotonic() > deadline:
                pytest.fail(f"waited {seconds:.0f} s in vain for {what}; on screen:\n{self.text}")
            await self.pilot.pause(0.02)


@asynccontextmanager
async def seated(
    desk: Desk, size: tuple[int, int] = (80, 24), upkeep: Callable[[], None] | None = None
) -> AsyncIterator[Seat]:
    """Run the console at this desk; at the end it is closed and all is on disk."""
    app = ConsoleApp(desk, upkeep)
    heard: list[Message] = []
    async with app.run_test(size=size, message_hook=heard.append) as pilot:
        seat = Seat(app, pilot)
        seat.messages = heard
        await seat.see("wachtend")
        yield seat
    await desk.close()


def _as_typed(hours: float) -> str:
    """Say how long ago as an operator types it: `20m`, `3u`, `21d`."""
    if hours == 0:
        return "nu"
    if hours != round(hours):
        return f"{round(hours * 60)}m"
    return f"{hours / 24:.0f}d" if hours % 24 == 0 else f"{hours:.0f}u"


def screen_text(app: ConsoleApp) -> str:
    """The screen as plain lines, without trailing blanks."""
    strips = app.screen._compositor.render_strips(app.size)
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines) + "\n"


class FixedClock:
    """A clock that stands where a test puts it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


MARCH_2 = datetime(2026, 3, 2, 13, 5, 12, tzinfo=UTC)
"""14:05:12 on a winter Monday in the Netherlands."""
