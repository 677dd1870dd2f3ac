"""The queue's list: what needs a person on top, the cursor on a call and not on a line number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.style import Style
from textual.binding import Binding, BindingType

from console.model import QueueRow, Stage
from console.texts import words
from console.widgets.queue_order import SLOW_AFTER, in_order, in_trouble, unconfirmed_for
from console.widgets.queue_words import row_words
from console.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_PLAIN: Final = Style()
_WAITING: Final = Style(bold=True)
_TROUBLE: Final = Style(bold=True, underline=True, color="red")
_SLOW: Final = Style(color="yellow")


class CallList(RowList[QueueRow]):
    """All open calls, one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.take", words.call_list.TAKE, priority=True, id="lijst.aannemen"),
    ]

    def __init__(self, moment: datetime) -> None:
        """Start empty; `moment` is the time against which waiting is counted."""
        super().__init__(id="lijst")
        self._moment = moment
        self._until: datetime | None = None
        self._pressing = 0
        self._empty = words.call_list.NOBODY_WAITS

    @property
    def pressing_above(self) -> int:
        """How many calls that wait or are in trouble are out of sight above the window."""
        return min(self._pressing, self.above)

    def show(self, rows: Iterable[QueueRow], *, empty: str = words.call_list.NOBODY_WAITS) -> None:
        """Show these calls, or say `empty`; the cursor stays on its call and in sight.

        When that call is gone, taken or decided, the cursor stays at its height: what needs a person is there, and
        the call itself went down the list.
        """
        before, line = self.current, self._line
        ordered = in_order(rows, self._moment)
        self._until, self._pressing = ordered.until, ordered.pressing
        if before is not None:
            place = next((at for at, row in enumerate(ordered.rows) if row.call_id == before.call_id), None)
            if place is not None and ordered.rows[place].stage is before.stage:
                line = place
        self.put(ordered.rows, line, empty=empty)

    def go_to(self, call_id: str) -> None:
        """Put the cursor on a call that is still being handled; on any other it stays where it is."""
        for line, row in enumerate(self.rows):
            if row.call_id == call_id and row.stage is Stage.IN_PROGRESS:
                self.put(self.rows, line)

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run: only the lines in sight are drawn again, and put in order when one fell due."""
        self._moment = moment
        if self._until is not None and moment >= self._until:
            self.show(self._rows, empty=self._empty)
        self.redraw()

    def written(self, row: QueueRow, width: int, *, at_cursor: bool) -> tuple[str, Style]:
        """How the call stands; how it is drawn only repeats what the words say."""
        trouble = in_trouble(row, self._moment)
        slow = row.delivery is not None and unconfirmed_for(row.delivery, self._moment) >= SLOW_AFTER
        style = _TROUBLE if trouble else _WAITING if row.stage is Stage.WAITING else _SLOW if slow else _PLAIN
        return row_words(row, width, self._moment, mark=">" if at_cursor else " "), style
