"""Lines of text of which only those that changed are drawn again: a key costs one line and not a screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its style, which never carries meaning alone; cut to the width of the widget that shows it."""

    text: str
    style: str = ""


class Lines(Widget):
    """Shows lines from its top; what does not fit is the business of whoever gives them."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._put: tuple[Line, ...] = ()
        self._look = Style()

    def put(self, lines: Iterable[Line]) -> None:
        """Show these lines; those that changed below each other are drawn as one region."""
        before, self._put = self._put, tuple(lines)
        changed = [number for number, (old, new) in enumerate(zip_longest(before, self._put)) if old != new]
        regions: list[Region] = []
        for number in changed:
            if regions and regions[-1].bottom == number:
                regions[-1] = regions[-1].grow((0, 0, 1, 0))
            else:
                regions.append(Region(0, number, self.size.width, 1))
        if regions:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines; looking up how they look otherwise costs more than drawing them."""
        self._look = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one of them."""
        line = self._put[y] if y < len(self._put) else Line("")
        width = self.size.width
        style = self._look + Style.parse(line.style)
        return Strip([Segment(set_cell_size(line.text, width), style)], width)
