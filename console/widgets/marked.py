"""A line to type in with its focus marked in text: on a terminal without colours a cursor alone is not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content

from console.widgets.said import Said

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.widgets.line_input import LineInput

_HERE: Final = ">"
_ELSEWHERE: Final = " "


class Marked(Horizontal):
    """Shows `>` before its line, and before the name of it where it has one, for as long as the focus is there."""

    DEFAULT_CSS = "Marked { height: 1; } Marked Said { height: 1; } Marked LineInput { width: 1fr; }"

    def __init__(self, line: LineInput, name: str = "", *, id: str | None = None) -> None:  # noqa: A002 - the framework's
        """Stand around this line; `name` says what is typed there."""
        super().__init__(id=id)
        self._line = line
        self._called = name
        self._mark = Said()
        self._mark.styles.width = cell_len(name) + 2

    def compose(self) -> ComposeResult:
        """The mark, then the line."""
        yield self._mark
        yield self._line

    def on_mount(self) -> None:
        """Follow the focus; a line may have had it from the start."""
        self.watch(self._line, "has_focus", self._draw)

    def _draw(self) -> None:
        self._mark.update(Content(f"{_HERE if self._line.has_focus else _ELSEWHERE}{self._called} "))
