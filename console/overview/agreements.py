"""By when what was agreed must have happened, read from the words in which it was typed. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.domain.ahead import AheadError, moment_ahead
from console.overview.figures import Appointed
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from console.model.overview import Agreed

_CLOCK: Final = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d:.])")
_HOURS: Final = re.compile(rf"(?<![\d:.])([01]?\d|2[0-3]) ?(?:{'|'.join(words.times.O_CLOCK)})\b")
_DAYS: Final = (*words.times.DAYS_AHEAD, *words.times.WEEKDAYS)
_DAY: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})\b|(?<![\d:.])\d{{1,2}}-\d{{1,2}}(?![\d:.])(?! ?u)"
)


def appointed(agreed: Iterable[Agreed]) -> tuple[Appointed, ...]:
    """Put what was agreed in the order in which it must happen; what says no time comes last."""
    found = [Appointed(each, by_when(each.said, each.noted_at)) for each in agreed]
    return tuple(sorted(found, key=lambda each: (each.by is None, each.by or each.agreed.noted_at)))


def by_when(said: str, noted_at: datetime) -> datetime | None:
    """Give the last moment that is named, as it was meant when it was noted; None where none can be read.

    Of a window that is its end: `tussen 19:00 en 21:00`, `morgen 9:00-11:00`, `18 tot 20 uur`.
    """
    entry = " ".join(said.casefold().split())
    clocks = _CLOCK.findall(entry) or [f"{hour}:00" for hour in _HOURS.findall(entry)]
    day = _DAY.search(entry)
    tries = [entry]
    if clocks:
        tries.append(f"{day[0]} {clocks[-1]}" if day else clocks[-1])
    for each in tries:
        try:
            return moment_ahead(each, noted_at).moment
        except AheadError:
            continue
    return None
