"""A call that was handled on paper while the console could not be used, and entered later with its own moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How a call went on paper; `number` is as the form has it.

    `decided_at` is None where nothing was decided yet, `passed_on_at` where no unit was asked or where the form does
    not say that somebody was told. `handled_by` is who had the caller on the line.
    """

    number: str
    called_at: datetime
    decided_at: datetime | None = None
    passed_on_at: datetime | None = None
    passed_to: str = ""
    unit: str = ""
    handled_by: str = ""


@dataclass(frozen=True, slots=True)
class EnteredLater:
    """A paper form in the record: `paper` has the moments as they were, `at` and `by` say when it was entered."""

    paper: OnPaper
    at: datetime
    by: str
