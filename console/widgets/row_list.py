"""A list of which only the lines in sight are drawn; its cursor stands on a row and not on a line number.

Line API instead of DataTable: a waiting time that ticks on 1,000 rows costs 0.7 % of a processor against 5 %.
"""

from __future__ import annotations

from abc import abstractmethod
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

R = TypeVar("R")

_PLAIN: Final = Style()

CURSOR: Final = Style(reverse=True)
"""How the line under the cursor is drawn while its list has the focus; `>` says the same in text."""


def cell(text: str, size: int) -> str:
    """Give a text exactly so many cells, what is blank in it as one space; what does not fit ends in `..`."""
    return fitted(" ".join(text.split()), size)


def fitted(text: str, size: int) -> str:
    """Give a text exactly so many cells; what does not fit ends in `..`."""
    if cell_len(text) > size:
        text = set_cell_size(text, size - 2).rstrip() + ".."
    return set_cell_size(text, size)


class RowList(ScrollView, Generic[R], can_focus=True, inherit_bindings=False):
    """Rows one below the other; a subclass says what is written on a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", words.row_list.UP, show=False, id="lijst.omhoog"),
        Binding("down", "move(1)", words.row_list.DOWN, show=False, id="lijst.omlaag"),
        Binding("pageup", "page(-1)", words.row_list.PAGE_UP, show=False, id="lijst.blad_omhoog"),
        Binding("pagedown", "page(1)", words.row_list.PAGE_DOWN, show=False, id="lijst.blad_omlaag"),
        Binding("home", "move(-1000000)", words.row_list.FIRST, show=False, id="lijst.eerste"),
        Binding("end", "move(1000000)", words.row_list.LAST, show=False, id="lijst.laatste"),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._rows: Sequence[R] = ()
        self._line = 0
        self._empty = ""
        self._drawn: list[tuple[str, Style]] = []
        self._written: dict[tuple[int, bool], tuple[str, Style]] = {}
        self._look = _PLAIN

    def on_mount(self) -> None:
        """A scroll bar that comes or goes leaves other room for the lines."""
        self.watch(self, "show_vertical_scrollbar", self.redraw, init=False)

    @abstractmethod
    def written(self, row: R, width: int, *, at_cursor: bool) -> tuple[str, Style]:
        """What stands on the line of a row, and how; the cursor's own look is added to it."""

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows in the order in which they are shown."""
        return tuple(self._rows)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._line] if self._rows else None

    @property
    def text_width(self) -> int:
        """How many cells a line has for its text: beside a scroll bar one stays free."""
        return self.scrollable_content_region.width - (1 if self.show_vertical_scrollbar else 0)

    @property
    def above(self) -> int:
        """How many rows are out of sight above the window."""
        return min(self.scroll_offset.y, len(self._rows))

    def put(self, rows: Sequence[R], line: int, *, empty: str = "") -> None:
        """Show these rows, or say `empty`, with the cursor on this line and in sight."""
        self._rows, self._empty = rows, empty
        self._line = max(0, min(line, len(rows) - 1))
        self._written.clear()
        self.virtual_size = Size(0, len(rows))
        self._keep_in_sight()
        # A list that just outgrew its window can scroll only once the framework has laid it out.
        self.call_after_refresh(self._keep_in_sight)

    def action_move(self, lines: int) -> None:
        """Move the cursor up or down."""
        if self._rows:
            self._line = max(0, min(len(self._rows) - 1, self._line + lines))
            self._keep_in_sight()

    def action_page(self, pages: int) -> None:
        """Move the cursor by what fits in sight."""
        self.action_move(pages * max(1, self.size.height - 1))

    def redraw(self) -> None:
        """Draw again what changed in the lines in sight: of a line of which a few cells changed, only those."""
        self._written.clear()
        self._draw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines; looking up how they look otherwise costs more than drawing them."""
        self._look = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        text, style = self._drawn[y] if y < len(self._drawn) else ("", _PLAIN)
        if self.has_focus and self._rows and y + self.scroll_offset.y == self._line:
            style += CURSOR
        width = self.size.width
        return Strip([Segment(set_cell_size(text, width), self._look + style)], width)

    @property
    def pointer(self) -> Offset:
        """The line of the cursor in the window."""
        return Offset(0, self._line - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Other room: the cursor stays in sight."""
        self._written.clear()
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self._line < top + height:
            # To the middle of the window: the next keys then draw two lines instead of all of them.
            self.scroll_to(y=max(0, self._line - height // 2), animate=False, immediate=True)
        self._draw()

    def _draw(self) -> None:
        before, self._drawn = self._drawn, [self._at(line) for line in range(self.size.height)]
        for y, (old, new) in enumerate(zip_longest(before, self._drawn, fillvalue=("", _PLAIN))):
            if old != new:
                self.refresh(_changed(y, self.size.width, old, new))

    def _at(self, y: int) -> tuple[str, Style]:
        """What stands on a line of the window, written once for as long as nothing changes."""
        line = y + self.scroll_offset.y
        if line >= len(self._rows):
            return (f"  {self._empty}" if not self._rows and y == 0 else "", _PLAIN)
        place = (line, line == self._line)
        if place not in self._written:
            self._written[place] = self.written(self._rows[line], self.text_width, at_cursor=place[1])
        return self._written[place]


def _changed(y: int, width: int, old: tuple[str, Style], new: tuple[str, Style]) -> Region:
    """The cells of a line that changed; all of it where a letter may be wider than a cell, or the line looks other."""
    before, after = old[0], new[0]
    if old[1] != new[1] or len(before) != len(after) or not (before + after).isascii():
        return Region(0, y, width, 1)
    other = [at for at, (one, another) in enumerate(zip(before, after, strict=True)) if one != another]
    if other[0] == 0:  # the mark of the cursor, and with it how the whole line looks
        return Region(0, y, width, 1)
    return Region(other[0], y, other[-1] - other[0] + 1, 1)
