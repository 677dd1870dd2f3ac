"""The calls that answer a question: enough to choose one by, nothing of what was said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style

from console.safe_text import one_line
from console.texts import words
from console.times import said_time
from console.widgets.row_list import RowList, cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.desk import Found

_PLAIN: Final = Style()
_NUMBER, _WHEN, _LATER, _STAGE, _CHOICE = 10, 17, 7, 15, 15


def heading(width: int) -> str:
    """Name the columns of a list of this width."""
    return _line(words.history.COLUMNS, width)


class FoundList(RowList["Found"]):
    """One line per call that was found."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._moment: datetime | None = None

    def show(self, found: Sequence[Found], moment: datetime, *, empty: str) -> None:
        """Show these calls, or say `empty`; `moment` is now, beside which their days are said."""
        self._moment = moment
        self.put(found, 0, empty=empty)

    def written(self, row: Found, width: int, *, at_cursor: bool) -> tuple[str, Style]:
        """Its number, when it came in, whether it was entered later, where, how it stands and what was decided."""
        when = said_time(row.received_at, self._moment or row.received_at)
        choice = words.terms.CHOICE_SHORT[row.choice] if row.choice else ""
        later = words.paper.LATER if row.entered_later else ""
        cells = (row.call_id, when, later, one_line(row.place), words.terms.STAGE[row.stage], choice)
        return _line(cells, width, mark=">" if at_cursor else " "), _PLAIN


def _line(cells: tuple[str, str, str, str, str, str], width: int, *, mark: str = " ") -> str:
    place = max(8, width - 2 - _NUMBER - _WHEN - _LATER - _STAGE - _CHOICE)
    sizes = (_NUMBER, _WHEN, _LATER, place, _STAGE, _CHOICE)
    return f"{mark} {''.join(cell(text, size - 1) + ' ' for text, size in zip(cells, sizes, strict=True))}"
