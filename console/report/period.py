"""The shift or the week that a report is of, by the Dutch clock: a day in which the clock is changed counts as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from console.texts import words
from console.times import DUTCH, local

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SHIFT: Final = timedelta(hours=24)
_USUAL_SHIFT: Final = timedelta(hours=8)
_MOMENT: Final = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}:\d{2})")


class PeriodError(ValueError):
    """What was given is no period; the text is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to `end`, both UTC; `whole_days` for a week."""

    start: datetime
    end: datetime
    whole_days: bool

    def parts(self) -> Iterator[datetime]:
        """Give a moment in each hour of a shift, or in each day of a week."""
        moment = self.start
        while moment < self.end:
            yield moment
            if self.whole_days:
                moment = _at(local(moment).date() + timedelta(days=1), time(0))
            else:
                moment = (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


def shift(begins: str | None, ends: str | None, now: datetime) -> Period:
    """Read a shift: times of today or with a date before them; without any the last eight hours.

    An end that is not after its beginning is one of the day after. Raises PeriodError.
    """
    if begins is None and ends is None:
        return Period(now - _USUAL_SHIFT, now, whole_days=False)
    if begins is None or ends is None:
        raise PeriodError(words.report.BOTH)
    start, _ = _read(begins, local(now).date())
    end, dated = _read(ends, local(start).date())
    if end <= start and not dated:
        end = _at(local(start).date() + timedelta(days=1), local(end).time())
    if not timedelta() < end - start <= LONGEST_SHIFT:
        raise PeriodError(words.report.NO_SHIFT)
    return Period(start, end, whole_days=False)


def week(day: str | None, now: datetime) -> Period:
    """Read a week, from Monday to Monday, by a day in it; without any the last whole one. Raises PeriodError."""
    try:
        chosen = local(now).date() - timedelta(days=7) if day is None else date.fromisoformat(day)
    except ValueError:
        raise PeriodError(words.report.no_date(day or "")) from None
    monday = chosen - timedelta(days=chosen.weekday())
    return Period(_at(monday, time(0)), _at(monday + timedelta(days=7), time(0)), whole_days=True)


def _read(text: str, day: date) -> tuple[datetime, bool]:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise PeriodError(words.report.no_moment(text))
    try:
        clock = time.fromisoformat(found[2].zfill(5))
        return _at(date.fromisoformat(found[1]) if found[1] else day, clock), found[1] is not None
    except ValueError:
        raise PeriodError(words.report.no_moment(text)) from None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, DUTCH).astimezone(UTC)
