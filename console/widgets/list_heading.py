"""The names of the columns above a list, each above its own column also when the list scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.widgets.row_list import RowList


class ListHeading(Widget):
    """Says what stands in each column, or what else there is to say of the list below it."""

    def __init__(self, rows: RowList[Any], written: Callable[[int], str]) -> None:
        """Stand above these rows; `written` names the columns of lines of so many cells."""
        super().__init__(id="kop")
        self._rows = rows
        self._written = written

    def on_mount(self) -> None:
        """Look again when the list scrolls, or begins to: a scroll bar takes room from its lines."""
        for what in ("scroll_y", "show_vertical_scrollbar"):
            self.watch(self._rows, what, self._scrolled, init=False)

    def render(self) -> Content:
        """Draw the names."""
        return Content(self._written(self._rows.text_width))

    def _scrolled(self) -> None:
        self.refresh()
