"""When all that a key set going is handled and painted: what a test may then read, an operator sees.

Textual's own way for a test looks whether the process used little of the processor for a while. On a busy machine that
is also so while the program waits for its turn, and then the new words stand in the lay-out of the old ones.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.pilot import Pilot
    from textual.screen import Screen

PATIENCE: Final = 30.0
"""Seconds after which a test says what the app is still busy with."""


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until the app has handled every message and painted what came of it.

    What another thread or a task of its own still does is not waited for: a test waits for that by name.
    """
    deadline = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 2:  # a message that was in hand at the first look is done with at the second
        await pilot._wait_for_screen()
        if pilot.app._exit or not pilot.app.screen_stack:
            return
        screen = pilot.app.screen
        if _to_paint(screen):
            screen._on_timer_update()
        busy = [*_busy(pilot.app, screen)]
        quiet = 0 if busy else quiet + 1
        assert time.monotonic() < deadline, f"after {PATIENCE:.0f} s still busy: {busy}"
        await asyncio.sleep(0)


def _to_paint(screen: Screen[Any]) -> bool:
    wanted = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
    return bool(wanted or screen._callbacks) and screen.is_current and not screen.app._batch_count


def _busy(app: App[Any], screen: Screen[Any]) -> Iterator[tuple[MessagePump, str]]:
    """Who still has something to do, and what."""
    if _to_paint(screen):
        yield screen, "to paint"
    for pump in (app, *screen.walk_children(with_self=True)):
        if pump.message_queue_size or pump._next_callbacks:
            yield pump, "to handle"
    for widget in screen.walk_children(Widget):
        if widget._layout_required or widget._repaint_required or widget._scroll_required:
            yield widget, "to tell its screen"
