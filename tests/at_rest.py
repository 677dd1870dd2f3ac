"""When all that a key set going is handled and painted: what a test may then read, an operator sees.

Textual's own way for a test looks whether the process used little of the processor for a while. On a busy machine that
is also so while the program waits for its turn, and then the new words stand in the lay-out of the old ones.
"""

from __future__ import annotations

import asyncio
import time
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual._queue import Queue
    from textual.app import App
    from textual.message import Message
    from textual.message_pump import MessagePump
    from textual.screen import Screen

PATIENCE: Final = 60.0
"""Seconds after which a test says what the app is still busy with."""

AT_ONCE: Final = 200
"""So often it looks without a pause; who is still busy then waits for a thread."""

BETWEEN_LOOKS: Final = 0.002


def rest_after_keys() -> None:
    """Have every pilot wait in this way; a pause of some length is only that."""
    Pilot.press = _press  # type: ignore[method-assign]
    Pilot.pause = _pause  # type: ignore[method-assign]


async def _press(self: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await press_and_rest(self, key)


async def _pause(self: Pilot[Any], delay: float | None = None) -> None:
    if delay is None:
        await at_rest(self)
        return
    await asyncio.sleep(delay)
    if self.app.screen_stack:
        self.app.screen._on_timer_update()


async def press_and_rest(pilot: Pilot[Any], key: str) -> None:
    """Press a key as a terminal sends it, and wait until all that it set going is painted."""
    send(pilot.app, key)
    await _arrived()
    await at_rest(pilot)


def send(app: App[Any], key: str) -> None:
    """Send a key to the app, as a terminal does."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    char = {"space": " "}.get(key)
    try:
        char = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        char = key if len(key) == 1 else None
    event = Key(name, char)
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until the app has handled every message and painted what came of it.

    What another thread or a task of its own still does is not waited for: a test waits for that by name.
    """
    app, looks, quiet = pilot.app, 0, 0
    deadline = time.monotonic() + PATIENCE
    while quiet < 2:  # between two looks whatever was just begun has its first turn
        await asyncio.sleep(0 if looks < AT_ONCE else BETWEEN_LOOKS)
        if app._exit or app._exception is not None or not app.screen_stack:
            return
        screen, looks = app.screen, looks + 1
        if _to_paint(screen):
            screen._on_timer_update()
        busy = next(_busy(app, screen), None)
        quiet = 0 if busy else quiet + 1
        assert time.monotonic() < deadline, f"after {PATIENCE:.0f} s still busy: {busy}"


async def _arrived() -> None:
    """Wait until what the driver sent is in the app's hands: it goes as a task of its own, and this one goes after."""
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asyncio.sleep(0), asyncio.get_running_loop()))


def _to_paint(screen: Screen[Any]) -> bool:
    wanted = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
    return bool(wanted or screen._callbacks) and screen.is_current and not screen.app._batch_count


def _busy(app: App[Any], screen: Screen[Any]) -> Iterator[tuple[MessagePump, str]]:
    """Who still has something to do, and what."""
    if _to_paint(screen):
        yield screen, "to paint"
    for widget in (app, *screen.walk_children(Widget, with_self=True)):
        queue: Queue[Message | None] = widget._message_queue
        if queue.values or widget._next_callbacks or not queue.ready_event._waiters:
            yield widget, "to handle"
