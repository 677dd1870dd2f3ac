"""The board on a screen: a line about itself, then the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from console.overview import page, signals
from console.texts import words
from console.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from datetime import datetime

    from console.model.overview import AskedCall
    from console.overview.figures import Figures
    from console.overview.signals import Signal
    from console.settings import Settings

_ALARM: Final = Style(bold=True)


class OverviewLines(Lines):
    """Says how old the figures are, then the figures, in as many lines as there are."""

    def __init__(self, settings: Settings) -> None:
        """Start without figures."""
        super().__init__(id="overzicht")
        self._after = signals.thresholds(settings)
        self._cad_name = settings.cad_name
        self._figures: Figures | None = None
        self._columns: list[list[tuple[str, bool]]] = []

    def take(self, figures: Figures) -> None:
        """Show these figures from the next `draw` on."""
        self._figures = figures

    def draw(
        self, moment: datetime, left: str, right: str = "", chosen: AskedCall | None = None
    ) -> tuple[Signal, ...] | None:
        """Let the times run, below a line with `left` and `right`; gives what is a signal now, once looked.

        `chosen` is the question that the keys of the screen are about.
        """
        width, height = self.size.width, self.size.height
        if self._figures is None:
            self.put([Line(f" {words.overview.FIRST_LOOK}")])
            return None
        found = signals.of(self._figures, self._after, moment, self._cad_name)
        top = Line(f" {left}".ljust(max(0, width - len(right) - 1)) + f"{right} ")
        lines = page.page(self._figures, found, moment, width, height - 1, chosen)
        self._columns = [_segments(each) for each in lines]
        looks = (
            Line(each.text, str([bold for _, bold in row])) for each, row in zip(lines, self._columns, strict=True)
        )
        self.put([top, *looks])
        return found

    def render_line(self, y: int) -> Strip:
        """Draw a line of which each column has its own look."""
        if not 0 < y <= len(self._columns):
            return super().render_line(y)
        segments = [Segment(text, self._look + _ALARM if bold else self._look) for text, bold in self._columns[y - 1]]
        return Strip(segments).adjust_cell_length(self.size.width, self._look)


def _segments(line: page.Line) -> list[tuple[str, bool]]:
    """The columns of a line, each with whether somebody must look at it."""
    rest = _segments(line.beside) if line.beside is not None else []
    return [(line.own, line.alarm), *rest]
