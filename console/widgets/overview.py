"""The board on a screen: the figures as lines, and how old they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from console.overview import page, signals
from console.overview.ringing import SignalBell
from console.texts import words
from console.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.overview.figures import Figures
    from console.settings import Settings

_ALARM: Final = Style(bold=True)


class OverviewLines(Lines):
    """Says how old the figures are, then the figures, in as many lines as there are."""

    def __init__(self, settings: Settings, ring: Callable[[], None]) -> None:
        """Start without figures; `ring` sounds the terminal for what becomes a signal."""
        super().__init__(id="overzicht")
        self._after = signals.thresholds(settings)
        self._cad_name = settings.cad_name
        self.sound = SignalBell(ring, on=settings.bell)
        self._figures: Figures | None = None
        self._columns: list[list[tuple[str, bool]]] = []

    def take(self, figures: Figures) -> None:
        """Show these figures from the next `draw` on."""
        self._figures = figures

    def draw(self, moment: datetime, age: float) -> None:
        """Let the times run; `age` is how many seconds ago the record was last looked at."""
        width, height = self.size.width, self.size.height
        if self._figures is None:
            self.put([Line(f" {words.overview.FIRST_LOOK}")])
            return
        found = signals.of(self._figures, self._after, moment, self._cad_name)
        self.sound.hear(found)
        left = f" {words.overview.updated(age)}"
        right = f"{words.overview.sound(on=self.sound.on)} "
        top = Line(f"{left:<{max(0, width - len(right))}}{right}")
        lines = page.page(self._figures, found, moment, width, height - 1)
        self._columns = [_segments(each) for each in lines]
        looks = (
            Line(each.text, str([bold for _, bold in row])) for each, row in zip(lines, self._columns, strict=True)
        )
        self.put([top, *looks])

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
