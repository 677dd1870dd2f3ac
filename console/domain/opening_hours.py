"""When an organisation can be reached: by day of the week in Dutch wall time, closed on public holidays.

Wall time is what stands on their door, so it is compared as such: on the days the clock changes too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

from console.times import DUTCH, local

_DAYS_AHEAD: Final = 15
"""A series of closed days is shorter than this: Easter, King's Day and a weekend make six."""


class Access(Enum):
    """Whether somebody answers now."""

    OPEN = "open"
    BY_APPOINTMENT = "op afspraak"
    WEBSITE = "website"
    UNKNOWN = "onbekend"
    CLOSED = "gesloten"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: `days` are those of `date.weekday`, from `opens` up to but not including `closes`."""

    days: frozenset[int]
    opens: time
    closes: time
    on_holidays: bool = False

    def open_at(self, moment: datetime) -> bool:
        """Tell whether somebody answers at this moment."""
        there = local(moment)
        return self._open_on(there.date()) and self.opens <= there.time() < self.closes

    def closes_at(self, moment: datetime) -> datetime:
        """Give when they close on the day of this moment, in Dutch time."""
        return datetime.combine(local(moment).date(), self.closes, DUTCH)

    def next_opening(self, moment: datetime) -> datetime | None:
        """Give when they open next, in Dutch time; None when that is not within two weeks."""
        there = local(moment)
        for ahead in range(_DAYS_AHEAD):
            day = there.date() + timedelta(days=ahead)
            if self._open_on(day) and (ahead or there.time() < self.opens):
                return datetime.combine(day, self.opens, DUTCH)
        return None

    def _open_on(self, day: date) -> bool:
        return day.weekday() in self.days and (self.on_holidays or day not in public_holidays(day.year))


@lru_cache(maxsize=4)
def public_holidays(year: int) -> frozenset[date]:
    """Give the days of a year on which offices are closed.

    Those of the Algemene termijnenwet, with Good Friday and Liberation Day: an organisation that does work then is open
    while we say closed, which costs a caller less than the reverse. They follow from Easter, so no table runs out.
    """
    from dateutil.easter import easter  # noqa: PLC0415 - loaded with the first referral, not at start

    sunday = easter(year)
    kings_day = date(year, 4, 27)
    moving = (-2, 0, 1, 39, 49, 50)  # Good Friday, Easter, Ascension, Whitsun
    return frozenset(
        {
            date(year, 1, 1),
            kings_day - timedelta(days=1) if kings_day.weekday() == 6 else kings_day,
            date(year, 5, 5),
            *(sunday + timedelta(days=days) for days in moving),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )
