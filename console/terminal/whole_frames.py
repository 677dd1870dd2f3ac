"""A frame shows one moment: what changed and is not known to its screen yet goes along with what is.

In Textual 8.2.8 a widget that changed tells its screen so in its own turn, the screen hears that in its own, and a
frame is drawn when its time has come. A frame between those has the new words of a widget in the room that the old ones
took: a decision stands cut off above the line that says what `enter` sends. Like the guard this rests on what Textual
does not promise to keep, and the guard refuses another version.
"""

# ruff: noqa: SLF001 - the framework keeps to itself what it is about to draw

from __future__ import annotations

from typing import Any, Final

from textual.messages import Layout, Update
from textual.screen import Screen

_DRAW_WHAT_WAS_HEARD: Final = Screen._on_timer_update


def draw_whole_frames() -> None:
    """Have every screen draw all that changed up to the moment of the frame."""
    Screen._on_timer_update = _draw  # type: ignore[assignment]


def _draw(screen: Screen[Any]) -> None:
    for widget in list(screen._compositor.visible_widgets):
        if widget is not screen and (widget._layout_required or widget._repaint_required):
            widget._check_refresh()
    for message in [screen._pending_message, *screen._message_queue.values]:
        if isinstance(message, Layout):
            screen._layout_required = True
            screen._layout_widgets.setdefault(screen, set()).add(message.widget)
        elif isinstance(message, Update):
            screen._dirty_widgets.add(message.widget)
    _DRAW_WHAT_WAS_HEARD(screen)
