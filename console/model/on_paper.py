"""A call that was handled on paper while the console could not be used, and entered later with its own moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.model.calls import Channel, Choice, Facts


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How a call went on paper; `number` is as the form has it.

    `decided_at` is None where nothing was decided yet, `passed_on_at` where the form does not say that somebody was
    told of it. `handled_by` is who had the caller on the line.
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


@dataclass(frozen=True, slots=True)
class PaperForm:
    """All that was read from a form: its course, what was said, and what was decided (`choice` None: nothing yet)."""

    paper: OnPaper
    channel: Channel
    name: str
    facts: Facts
    answers: Mapping[str, str]
    note: str
    choice: Choice | None
    why: str
