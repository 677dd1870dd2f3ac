"""The queue's list: draws only the lines in sight, keeps its cursor on a call and not on a line number.

Line API instead of DataTable: a waiting time that ticks on 1,000 rows costs 0.7 % of a processor against 5 % (tui.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.model import Delivery, QueueRow, Stage
from console.safe_text import one_line
from console.texts import words
from console.times import elapsed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_WAITS: Final = 8
_CHANNEL_ROOM: Final = 5
_PLAIN: Final = Style()
_WAITING: Final = Style(bold=True)
_TROUBLE: Final = Style(bold=True, underline=True)
_CURSOR: Final = Style(reverse=True)


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes, its gap included; the last one has none."""

    number: int
    place: int
    words: int
    state: int

    def line(self, cells: tuple[str, str, str, str, str, str], *, mark: str = " ") -> str:
        """Put the cells of one call side by side, in the order in which they are read."""
        sizes = (_WAITS, _CHANNEL_ROOM, self.number, self.place, self.words)
        row = "".join(_cell(text, size - 1) + " " for text, size in zip(cells[:-1], sizes, strict=True))
        return f"{mark} {row}{_cell(cells[-1], self.state)}"


def columns(width: int) -> Columns:
    """Divide a line; at 80 cells the longest state still fits and the first words get all that is left."""
    number, place, state = (14, 16, 28) if width >= 100 else (12, 11, 25)
    fixed = 2 + _WAITS + _CHANNEL_ROOM + number + place + state
    return Columns(number, place, max(8, width - fixed), state)


def heading(width: int) -> str:
    """Name the columns of a list of this width."""
    return columns(width).line(words.call_list.COLUMNS)


def queue_order(rows: Iterable[QueueRow]) -> list[QueueRow]:
    """Put what needs a person first: failed dispatches, then who waits (longest first), then the rest."""
    return sorted(rows, key=lambda row: (_rank(row), row.received_at, row.call_id))


def in_trouble(row: QueueRow) -> bool:
    """True when a dispatch came back or got lost and a person must act."""
    return row.delivery is not None and row.delivery.state in {Delivery.REFUSED, Delivery.UNCLEAR}


def state_words(row: QueueRow) -> str:
    """Say how a call stands: what its dispatch does, else what was decided, else who has it.

    `STIL` means that the owner's console gave no sign of life for too long; the call is still theirs.
    """
    if row.stage is Stage.WAITING:
        waits = words.terms.STAGE[row.stage]
        return words.call_list.back_in_queue(waits) if row.transfer else waits
    late = f" {words.call_list.REASON_MISSING}" if row.reason_missing else ""
    if row.delivery is not None:
        unit = row.delivery.unit_status
        stands = words.terms.UNIT[unit] if unit else words.call_list.DELIVERY[row.delivery.state]
        return f"{words.call_list.dispatch(row.delivery.priority, stands)}{late}"
    who = row.owner or words.terms.STAGE[row.stage]
    if row.stale_since is not None:
        who = words.call_list.silent(who)
    if row.choice is None:
        return who
    decided = f"{words.terms.CHOICE_SHORT[row.choice]}{late}"
    return decided if row.stage is Stage.DECIDED else f"{decided} {who}"


def held_words(row: QueueRow, moment: datetime) -> str:
    """Say how long its owner has a call that is being handled; nothing for any other call."""
    if row.stage is not Stage.IN_PROGRESS or row.claimed_at is None:
        return ""
    return f" {waiting_words(row.claimed_at, moment)}"


def waiting_words(since: datetime, until: datetime) -> str:
    """Say how long somebody waits in at most seven cells: `0:47`, `1:02:09`, `30 uur`, `4 dagen`, `12 dgn`."""
    hours = int((until - since).total_seconds()) // 3600
    if hours < 10:
        return elapsed(since, until)
    return words.call_list.hours(hours) if hours < 48 else words.call_list.days(hours // 24)


def _rank(row: QueueRow) -> int:
    if in_trouble(row):
        return 0
    return {Stage.WAITING: 1, Stage.IN_PROGRESS: 2, Stage.DECIDED: 3}[row.stage]


class CallList(ScrollView, can_focus=True, inherit_bindings=False):
    """All open calls, one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", words.call_list.UP, show=False, id="lijst.omhoog"),
        Binding("down", "move(1)", words.call_list.DOWN, show=False, id="lijst.omlaag"),
        Binding("pageup", "page(-1)", words.call_list.PAGE_UP, show=False, id="lijst.blad_omhoog"),
        Binding("pagedown", "page(1)", words.call_list.PAGE_DOWN, show=False, id="lijst.blad_omlaag"),
        Binding("home", "move(-1000000)", words.call_list.FIRST, show=False, id="lijst.eerste"),
        Binding("end", "move(1000000)", words.call_list.LAST, show=False, id="lijst.laatste"),
        Binding("enter", "app.take", words.call_list.TAKE, priority=True, id="lijst.aannemen"),
    ]

    def __init__(self, moment: datetime) -> None:
        """Start empty; `moment` is the time against which waiting is counted."""
        super().__init__(id="lijst")
        self._moment = moment
        self._rows: list[QueueRow] = []
        self._cursor: str | None = None
        self._empty = words.call_list.NOBODY_WAITS

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """The calls in the order in which they are shown."""
        return tuple(self._rows)

    @property
    def current(self) -> QueueRow | None:
        """The call under the cursor."""
        return self._rows[self._line] if self._rows else None

    def show(self, rows: Iterable[QueueRow], *, empty: str = words.call_list.NOBODY_WAITS) -> None:
        """Show these calls, or say `empty`; the cursor stays on its call and in sight.

        When that call is gone, taken or decided, the cursor stays at its height: what needs a person is there, and
        the call itself went down the list.
        """
        line, before = self._line, self.current
        self._rows, self._empty = queue_order(rows), empty
        same = next((row for row in self._rows if row.call_id == self._cursor), None)
        if self._rows and (same is None or (before is not None and same.stage is not before.stage)):
            self._cursor = self._rows[min(line, len(self._rows) - 1)].call_id
        self.virtual_size = Size(0, len(self._rows))
        self._keep_in_sight()
        # A list that just outgrew its window can scroll only once the framework has laid it out.
        self.call_after_refresh(self._keep_in_sight)

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run; only the lines in sight are drawn again."""
        self._moment = moment
        self.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor up or down."""
        if self._rows:
            self._cursor = self._rows[max(0, min(len(self._rows) - 1, self._line + lines))].call_id
            self._keep_in_sight()

    def action_page(self, pages: int) -> None:
        """Move the cursor by what fits in sight."""
        self.action_move(pages * max(1, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.size.width
        line = y + self.scroll_offset.y
        if line >= len(self._rows):
            text = f"  {self._empty}" if not self._rows and y == 0 else ""
            return Strip([Segment(set_cell_size(text, width), self.rich_style)])
        row = self._rows[line]
        at_cursor = line == self._line
        style = _TROUBLE if in_trouble(row) else _WAITING if row.stage is Stage.WAITING else _PLAIN
        if at_cursor and self.has_focus:
            style += _CURSOR
        return Strip([Segment(self._text(row, width, at_cursor=at_cursor), self.rich_style + style)], width)

    def on_focus(self) -> None:
        """Put the terminal's own cursor on the list, so that a braille display follows."""
        self._point()

    def on_resize(self) -> None:
        """Less room: the cursor stays in sight."""
        self._keep_in_sight()

    @property
    def _line(self) -> int:
        for number, row in enumerate(self._rows):
            if row.call_id == self._cursor:
                return number
        return 0

    def _keep_in_sight(self) -> None:
        self.scroll_to_region(Region(0, self._line, 1, 1), animate=False, immediate=True)
        self._point()
        self.refresh()

    def _point(self) -> None:
        if self.has_focus:
            corner = self.content_region.offset
            self.app.cursor_position = Offset(corner.x, corner.y + self._line - self.scroll_offset.y)

    def _text(self, row: QueueRow, width: int, *, at_cursor: bool) -> str:
        cells = (
            waiting_words(row.received_at, self._moment),
            words.call_list.CHANNEL[row.channel],
            one_line(row.number),
            one_line(row.place),
            one_line(row.first_words),
            f"{state_words(row)}{held_words(row, self._moment)}",
        )
        return set_cell_size(columns(width).line(cells, mark=">" if at_cursor else " "), width)


def _cell(text: str, size: int) -> str:
    flat = " ".join(text.split())
    if cell_len(flat) > size:
        flat = set_cell_size(flat, size - 2).rstrip() + ".."
    return set_cell_size(flat, size)
