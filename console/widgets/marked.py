"""A line to type in with its focus marked in text: on a terminal without colours a cursor alone is not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content

from console.widgets.said import Said

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.widgets.line_input import LineInput

_HERE: Final = "> "
_ELSEWHERE: Final = "  "


class Marked(Horizontal):
    """Shows `>` before its line for as long as the focus is there."""

    DEFAULT_CSS = "Marked { height: 1; } Marked Said { width: 2; height: 1; } Marked LineInput { width: 1fr; }"

    def __init__(self, line: LineInput) -> None:
        """Stand around this line."""
        super().__init__()
        self._line = line
        self._mark = Said()

    def compose(self) -> ComposeResult:
        """The mark, then the line."""
        yield self._mark
        yield self._line

    def on_mount(self) -> None:
        """A line may have had the focus from the start."""
        self._draw()

    def on_descendant_focus(self) -> None:
        """Here it is typed."""
        self._draw()

    def on_descendant_blur(self) -> None:
        """And now elsewhere."""
        self._draw()

    def _draw(self) -> None:
        self._mark.update(Content(_HERE if self._line.has_focus else _ELSEWHERE))
