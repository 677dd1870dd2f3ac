"""Where the terminal's own cursor belongs: on the item that has the focus, so that a screen reader and braille follow.

Textual hides the cursor and moves it for text fields only. Here it stands where the next letter comes in a field, on
the line that a widget names as its own (`pointer`), and in a window without focus on the line marked `>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.geometry import Offset
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen
    from textual.widget import Widget

MARK: Final = ">"


@runtime_checkable
class Pointing(Protocol):
    """A widget that knows where in it the operator is."""

    @property
    def pointer(self) -> Offset:
        """The place, counted from the corner of its content."""


def place_of(screen: Screen[Any]) -> Offset | None:
    """Where on the screen the operator is; None when nothing there says so."""
    focused = screen.focused
    if isinstance(focused, Input):
        return _in_field(focused)
    if isinstance(focused, Pointing):
        return focused.content_region.offset + focused.pointer
    return _marked(screen.query(Static), screen.size.height) if focused is None and screen.is_modal else None


def _in_field(field: Input) -> Offset:
    """Where the next letter comes; what Textual says of it is one further at the end of the text."""
    before = field._position_to_cell(field.cursor_position)  # noqa: SLF001 - in cells, however wide its letters are
    return field.content_region.offset + Offset(before - round(field.scroll_offset.x), 0)


def _marked(texts: Iterable[Widget], height: int) -> Offset | None:
    """The first line that says that the operator is there, else where the first text begins."""
    beginning = None
    for text in texts:
        corner = text.content_region.offset
        beginning = beginning or corner
        for line in range(min(text.content_region.height, height)):
            if text.render_line(line).text.lstrip().startswith(MARK):
                return corner + Offset(0, line)
    return beginning
