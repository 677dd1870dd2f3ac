"""The list of traces on screen: one line each under its heading, the cursor on one that a key can do something with."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget

from console.texts import words
from console.widgets.trace_rows import Kind, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_HANG = 4


class TraceList(Widget, can_focus=True):
    """Shows rows; the screen decides what a key does with the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.row(-1)", words.traces.ROW_UP, show=False, priority=True, id="sporen.omhoog"),
        Binding("down", "screen.row(1)", words.traces.ROW_DOWN, show=False, priority=True, id="sporen.omlaag"),
        Binding("enter", "screen.open", words.traces.OPEN, show=False, priority=True, id="sporen.open"),
        Binding("backspace", "screen.drop", words.traces.TAKE_BACK, show=False, priority=True, id="sporen.terug"),
        Binding("g", "screen.check('g')", words.traces.ASKED, show=False, priority=True, id="sporen.gevraagd"),
        Binding("v", "screen.check('v')", words.traces.SECURED, show=False, priority=True, id="sporen.veilig"),
        Binding("n", "screen.check('n')", words.traces.ABSENT, show=False, priority=True, id="sporen.afwezig"),
        Binding("o", "screen.check('o')", words.traces.NOT_ASKED, show=False, priority=True, id="sporen.weer_open"),
        Binding("b", "screen.fill('payment')", words.traces.NEW_PAYMENT, show=False, priority=True, id="sporen.b"),
        Binding("a", "screen.fill('device')", words.traces.NEW_DEVICE, show=False, priority=True, id="sporen.a"),
        Binding("s", "screen.fill('suspect')", words.traces.NEW_SUSPECT, show=False, priority=True, id="sporen.s"),
        Binding("k", "screen.no_leads", words.traces.NO_LEADS, show=False, priority=True, id="sporen.geen"),
    ]

    def __init__(self, rows: Sequence[Row]) -> None:
        """Show these rows, the cursor on the first one."""
        super().__init__(id="sporen")
        self._rows = tuple(rows)
        self._at = 0
        self.top()

    @property
    def row(self) -> Row:
        """The row under the cursor."""
        return self._rows[self._at]

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its row, or where that was."""
        key, old = self.row.key, [row.key for row in self._rows if row.pointed]
        place = old.index(key)
        self._rows = tuple(rows)
        keys = [row.key for row in self._rows if row.pointed]
        wanted = key if key in keys else keys[min(place, len(keys) - 1)]
        self._at = next(number for number, row in enumerate(self._rows) if row.pointed and row.key == wanted)
        self.refresh()

    def top(self) -> None:
        """Go to the first row that a key can do something with."""
        self._at = next(number for number, row in enumerate(self._rows) if row.pointed)

    def move(self, lines: int) -> bool:
        """Go to the next row up or down that a key can do something with; False at the end of the list."""
        step = 1 if lines > 0 else -1
        found = self._at + step
        while 0 <= found < len(self._rows) and not self._rows[found].pointed:
            found += step
        if not 0 <= found < len(self._rows):
            return False
        self._at = found
        self.refresh()
        return True

    @property
    def pointer(self) -> Offset:
        """The line of the row under the cursor."""
        _lines, at = self._lines()
        return Offset(0, at - self._first_line())

    def render(self) -> Content:
        """Draw the part of the list that holds the cursor."""
        lines, _at = self._lines()
        start, height = self._first_line(), max(1, self.size.height)
        shown = [line for _row, line in lines[start : start + height]]
        if start + height < len(lines) and self._last_line() < start + height - 1:
            shown[-1] = Content(f"  {words.traces.MORE}")
        return Content("\n").join(shown)

    def _lines(self) -> tuple[list[tuple[int, Content]], int]:
        """Every line with the number of its row, and the first line of the row under the cursor."""
        width = max(20, self.size.width)
        lines: list[tuple[int, Content]] = []
        at = 0
        for number, row in enumerate(self._rows):
            if number == self._at:
                at = len(lines)
            lines.extend((number, line) for line in self._drawn(row, width, at_cursor=number == self._at))
        return lines, at

    def _drawn(self, row: Row, width: int, *, at_cursor: bool) -> list[Content]:
        if row.kind is Kind.HEADING:
            return [Content.styled(set_cell_size(f"--{row.text}{'-' * width}", width), "bold")]
        mark = ">" if at_cursor and self.has_focus else " "
        style = "bold" if at_cursor and self.has_focus else ""
        indent = " " * _HANG
        wrapped = textwrap.wrap(row.text, width - 2, subsequent_indent=indent) or [""]
        under = textwrap.wrap(row.under, width - 2, initial_indent=indent, subsequent_indent=indent)
        return [Content.styled(f"{mark if not place else ' '}{line}", style) for place, line in enumerate(wrapped)] + [
            Content(f" {line}") for line in under
        ]

    def _first_line(self) -> int:
        """The line to begin with: the row under the cursor is whole in sight, its heading too where it fits."""
        lines, at = self._lines()
        height = max(1, self.size.height)
        last = max(number for number, (row, _line) in enumerate(lines) if row == self._at)
        room_for_more = 1
        wanted = max(0, last + room_for_more - height + 1)
        return min(wanted, max(0, at - 1), max(0, len(lines) - 1))

    def _last_line(self) -> int:
        lines, _at = self._lines()
        return max(number for number, (row, _line) in enumerate(lines) if row == self._at)
