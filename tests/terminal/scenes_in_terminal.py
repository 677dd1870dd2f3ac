"""Every screen in a real terminal with hostile text wherever text comes from outside.

`python -m tests.terminal.scenes_in_terminal FOLDER PAYLOAD WITHOUT SCENE...` plays the scenes one after another in the
terminal it runs in, and adds a line of JSON to `FOLDER/seen.jsonl` for each. PAYLOAD is the name of one, which then
stands in every text, or `all`: then each text has the next one. WITHOUT says which guards are taken away.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial, wraps
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content
from textual.events import Paste
from textual.widgets import Input

from console.model import IncomingCall, Location
from console.record import Calls, Outbox
from console.screens.app import ConsoleApp
from console.screens.monitor import MonitorApp
from tests import seat
from tests.overview.room import Room
from tests.seat import MARCH_2, FixedClock, open_seat, screen_text
from tests.snapshots.scenes import SCENES, play, room_of
from tests.snapshots.test_monitor_looks import an_evening
from tests.terminal.gallery import WITHOUT
from tests.terminal.payloads import ACTING, BELIEVED, MEGABYTE

if TYPE_CHECKING:
    from textual.pilot import Pilot

MONITOR: Final = "monitor"
EVERY_SCREEN: Final = (*SCENES, MONITOR)
REFUSED_AT_THE_DOOR: Final = "lone surrogate"
"""The record takes no text that is none in UTF-8, and a terminal cannot send it."""

PAYLOADS: Final = {
    name: text for name, text in {**ACTING, **BELIEVED, "megabyte": MEGABYTE}.items() if name != REFUSED_AT_THE_DOOR
}
ALL: Final = "all"
_SHORT: Final = 80
_SAME_NUMBER: Final = {"called_before", "passed_to_earlier"}
"""Scenes in which two calls are recognised as being from one number."""

_HOSTILE: Final = {"strange_texts", "strange_call"}
"""Scenes that are known by a hostile text of their own."""

REFUSED: Final = (
    *("open_url", "copy_to_clipboard", "save_screenshot", "deliver_screenshot", "action_suspend_process", "exit"),
    *("action_quit", "action_help_quit", "action_screenshot", "action_toggle_dark", "action_simulate_key"),
)
"""What text could make an app do."""


class Poison:
    """Puts the next payload in each text that comes from outside."""

    def __init__(self, payloads: Iterator[str], shortest_behind: int) -> None:
        """Behind a text stands what is so long that the text would not be seen any more."""
        self._payloads = payloads
        self._shortest_behind = shortest_behind

    def __call__(self, text: str) -> str:
        payload = next(self._payloads)
        return f"{payload} {text}" if len(payload) < self._shortest_behind else f"{text} {payload}"

    def in_the_texts_of(self, owner: Any, method: str, *names: str | int) -> None:
        """Let these arguments of a method of the record come from a stranger."""
        told = getattr(owner, method)

        @wraps(told)
        def poisoned(this: Any, *given: Any, **named: Any) -> Any:
            values = [self(each) if place in names else each for place, each in enumerate(given)]
            return told(this, *values, **{name: self(each) if name in names else each for name, each in named.items()})

        setattr(owner, method, poisoned)

    def call(self, call: IncomingCall, *, number: bool, place: bool) -> IncomingCall:
        """The call of a caller, or an exchange, that means harm."""
        return IncomingCall(
            call.external_id,
            call.channel,
            self(call.number) if number else call.number,
            self(call.name),
            Location(self(call.location.address)) if place else call.location,
            self(call.first_words),
            call.received_at,
        )


def poison_the_room(poison: Poison, scene: str) -> None:
    """From here on all that others tell the record is hostile: callers, colleagues, the CAD."""
    rung = Calls.ring
    known_by = {"number": scene not in _SAME_NUMBER, "place": scene not in _HOSTILE}
    vars_of_calls: Any = Calls
    vars_of_calls.ring = lambda calls, call: rung(calls, poison.call(call, **known_by))
    claimed = Calls.claim
    vars_of_calls.claim = lambda calls, call_id, by: claimed(calls, call_id, by if by == seat.OPERATOR else poison(by))
    poison.in_the_texts_of(Calls, "take_over", 1, "reason")
    poison.in_the_texts_of(Calls, "reply", 2, 3)
    poison.in_the_texts_of(Outbox, "delivered", 1)
    poison.in_the_texts_of(Outbox, "accepted", 1)
    poison.in_the_texts_of(Outbox, "unit", 1)
    for told in ("refused", "unclear"):
        poison.in_the_texts_of(Outbox, told, 1)
    poison.in_the_texts_of(Outbox, "link", "error")


class Watched:
    """What an app did that only text can have made it do."""

    def __init__(self, app: Any, payloads: list[str]) -> None:
        self.actions: list[str] = []
        self.parsed = 0
        self._payloads = payloads
        self._app = app
        for name in REFUSED:
            if hasattr(app, name):
                setattr(app, name, partial(self._did, name))
        reads = Content.from_markup.__func__  # type: ignore[attr-defined]

        def from_markup(kind: Any, /, markup: Any, **variables: object) -> Content:
            self.parsed += any(each[:_SHORT] in str(markup) for each in payloads)
            content: Content = reads(kind, markup, **variables)
            return content

        vars_of_content: Any = Content
        vars_of_content.from_markup = classmethod(from_markup)

    def _did(self, name: str, *_given: Any, **_named: Any) -> None:
        self.actions.append(name)

    def links(self) -> int:
        """Cells on the screen that do something when they are clicked."""
        return sum(
            bool(segment.style and (segment.style.link or "@click" in segment.style.meta))
            for strip in self._app.screen._compositor.render_strips(self._app.size)
            for segment in strip
        )


async def in_fields(pilot: Pilot[Any], payload: str) -> None:
    """Paste it in every field, and type on."""
    for field in [each for each in pilot.app.screen.query(Input) if each.display]:
        field.focus()
        await pilot.pause()
        field.post_message(Paste(payload))
        await pilot.press("x")


def console(folder: Path, scene: str) -> tuple[ConsoleApp, Callable[[Pilot[Any]], Any], Callable[[], None]]:
    clock = FixedClock(MARCH_2)
    desk = open_seat(folder, clock=clock)
    room_of(scene, desk, clock)
    return ConsoleApp(desk), lambda pilot: play(pilot, scene), lambda: asyncio.run(desk.close())


def monitor(folder: Path) -> tuple[MonitorApp, Callable[[Pilot[Any]], Any], Callable[[], None]]:
    room = Room(folder, MARCH_2, taking_norm=20, exercise=True)
    an_evening(room)

    async def drawn(pilot: Pilot[Any]) -> None:
        anything: Any = pilot.app
        while "uitkomsten" not in screen_text(anything):
            await pilot.pause(0.02)

    return MonitorApp(room.settings, "ploegchef", room.clock, folder, lambda: 0.0), drawn, room.close


def show(folder: Path, scene: str, payloads: list[str]) -> dict[str, Any]:
    """Play one scene; what was seen of it."""
    poison = Poison(cycle(payloads), 0 if scene in _HOSTILE else _SHORT)
    vars(seat)["OPERATOR"] = poison("j.devries")
    poison_the_room(poison, scene)
    folder.mkdir(mode=0o700)
    app, played, close = monitor(folder) if scene == MONITOR else console(folder, scene)
    leave = app.exit
    watched = Watched(app, payloads)
    seen: dict[str, Any] = {"scene": scene}

    async def work(pilot: Pilot[Any]) -> None:
        try:
            seen["failed"] = True
            await played(pilot)
            seen["shows"] = screen_text(pilot.app)  # type: ignore[arg-type]
            seen["screens"] = [type(each).__name__ for each in pilot.app.screen_stack]
            seen["links"] = watched.links()
            await in_fields(pilot, " ".join(payloads))
            seen["links"] += watched.links()
            for _ in range(4):
                await pilot.press("escape")
            seen["failed"] = False
        except AssertionError as error:
            seen["failed"] = str(error)
        finally:
            leave()

    vars(app)["run"] = partial(app.run, auto_pilot=work)
    seen["code"] = app.run_safely()
    close()
    return seen | {"actions": watched.actions, "parsed": watched.parsed}


def main(folder: Path, payload: str, scenes: list[str]) -> None:
    original = {(owner, name): getattr(owner, name) for owner in (Calls, Outbox) for name in vars(owner)}
    every = list(PAYLOADS.values())[:-1]
    for place, scene in enumerate(scenes):
        for (owner, name), value in original.items():
            if name[:1] != "_":
                setattr(owner, name, value)
        start = EVERY_SCREEN.index(scene) % len(every)
        payloads = [PAYLOADS[payload]] if payload != ALL else list(islice(cycle(every), start, start + len(every)))
        seen = show(folder / str(place), scene, payloads)
        with (folder / "seen.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(seen) + "\n")
        gc.unfreeze()  # an app keeps all that it loaded; here it is one of many
        gc.collect()


if __name__ == "__main__":
    for take_away in WITHOUT.get(sys.argv[3], []):
        take_away()
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[4:])
