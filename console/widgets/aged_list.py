"""What waits for a person because it could not be delivered for too long, one by one or in groups of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style

from console.model import Aged, AgedGroup
from console.safe_text import one_line
from console.texts import words
from console.times import said_time, waiting_words
from console.widgets.row_list import RowList, cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_PLAIN: Final = Style()
_PRIO, _WAITS, _CALL, _FORM, _TRIED = 5, 9, 10, 22, 12
_DAY, _COUNT, _OLDEST = 14, 10, 20


def heading(width: int, *, groups: bool) -> str:
    """Name the columns of a list of this width."""
    return _group_line(words.too_old.GROUP_COLUMNS) if groups else _line(words.too_old.COLUMNS, width)


class AgedRows(RowList[Aged | AgedGroup]):
    """Dispatches, or groups of them; the cursor stays on its own when others go."""

    def __init__(self, moment: datetime) -> None:
        """Start empty; `moment` is the time against which waiting is counted."""
        super().__init__(id="verouderd")
        self._moment = moment

    def show(self, rows: Sequence[Aged | AgedGroup]) -> None:
        """Show these."""
        before = None if self.current is None else _key(self.current)
        place = next((at for at, each in enumerate(rows) if _key(each) == before), self._line)
        self.put(rows, place, empty=words.too_old.NOTHING)

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run."""
        self._moment = moment
        self.redraw()

    def written(self, row: Aged | AgedGroup, width: int, *, at_cursor: bool) -> tuple[str, Style]:
        """Its urgency, how long it waits, where it is about; of a group how many there are."""
        mark = ">" if at_cursor else " "
        if isinstance(row, AgedGroup):
            oldest = said_time(row.oldest, self._moment)
            return _group_line((f"{row.priority}", f"{row.day:%d-%m-%Y}", f"{row.count}", oldest), mark=mark), _PLAIN
        cells = (
            f"{row.priority}",
            waiting_words(row.created_at, self._moment),
            row.call_id,
            one_line(row.place) or words.too_old.NO_PLACE,
            words.too_old.ADDITION if row.adds_to else one_line(row.form).replace("_", " "),
            words.too_old.MAYBE_THERE if row.attempts else "",
        )
        return _line(cells, width, mark=mark), _PLAIN


def _key(row: Aged | AgedGroup) -> object:
    return (row.priority, row.day) if isinstance(row, AgedGroup) else row.message_id


def _line(cells: tuple[str, ...], width: int, *, mark: str = " ") -> str:
    place = max(10, width - 2 - _PRIO - _WAITS - _CALL - _FORM - _TRIED)
    sizes = (_PRIO, _WAITS, _CALL, place, _FORM, _TRIED)
    return f"{mark} {''.join(cell(text, size - 1) + ' ' for text, size in zip(cells, sizes, strict=True))}"


def _group_line(cells: tuple[str, ...], *, mark: str = " ") -> str:
    sizes = (_PRIO, _DAY, _COUNT, _OLDEST)
    return f"{mark} {''.join(cell(text, size - 1) + ' ' for text, size in zip(cells, sizes, strict=True))}"
