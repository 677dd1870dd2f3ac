"""Moments as they stand on a paper form: `14:05`, `1405`, `gisteren 22:10`. Pure: the clock is handed in.

Dutch local time, never in the future. In the night in which the clock goes back a time comes twice: then it is asked
which one, because a guess would turn the order of two calls round.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.domain.ago import AgoError, day_back, moments_on, time_of_day
from console.texts import words
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime, time

_LONGEST_ENTRY: Final = 40
_LONGEST_AGO: Final = timedelta(days=31)
_NEXT: Final = timedelta(hours=12)
"""How long after what came before it a time without a day may lie: longer than that, it lies before it."""

_SEASONS: Final = (words.paper.SUMMER, words.paper.WINTER)
_ENTRY: Final = re.compile(
    rf"(?:(?P<day>\S+) (?:{words.times.AT} )?)?(?P<hour>[0-9]{{1,2}})[:.]?(?P<minute>[0-9]{{2}})"
    rf"(?: ?(?:{'|'.join(words.times.O_CLOCK)}))?(?: (?P<season>{'|'.join(_SEASONS)}))?"
)


class PaperTimeError(ValueError):
    """The entry cannot be a moment on a form; the text is a Dutch sentence that says what to do."""


def moment(text: str, now: datetime, *, after: tuple[str, datetime] | None = None) -> datetime:
    """Read an entry as a moment up to `now`: without a day the newest one; UTC, whole minutes.

    `after` is what came before it, with its name: then a time without a day is the first one from there on, also past
    midnight. Raises PaperTimeError.
    """
    entry = " ".join(text[: _LONGEST_ENTRY + 1].lower().split())
    if not entry:
        raise PaperTimeError(words.paper.EMPTY_TIME)
    found = _ENTRY.fullmatch(entry)
    if found is None or len(text) > _LONGEST_ENTRY:
        raise PaperTimeError(words.paper.UNREADABLE)
    try:
        clock = time_of_day(found["hour"], found["minute"])
        day = None if found["day"] is None else day_back(found["day"], now, entry)
    except AgoError as error:
        raise PaperTimeError(str(error)) from error
    if day is not None:
        read = _one(day, clock, found["season"], lambda _: True)
    elif after is None:
        today = local(now).date()
        read = _first((today, today - timedelta(days=1)), clock, found["season"], lambda at: at <= now)
    else:
        begun = local(after[1]).date()
        soon = (after[1], after[1] + _NEXT)
        read = _first((begun, begun + timedelta(days=1)), clock, found["season"], lambda at: soon[0] <= at <= soon[1])
    if after is not None and (read is None or read < after[1]):
        raise PaperTimeError(words.paper.before(after[0], said(after[1])))
    if read is None:
        raise PaperTimeError(words.ago.never_was(f"{clock:%H:%M}"))
    if read > now:
        raise PaperTimeError(words.paper.AHEAD)
    if now - read > _LONGEST_AGO:
        raise PaperTimeError(words.paper.TOO_LONG_AGO)
    return read


def _first(days: Iterable[date], clock: time, season: str | None, fits: Callable[[datetime], bool]) -> datetime | None:
    return next((found for day in days if (found := _one(day, clock, season, fits)) is not None), None)


def _one(day: date, clock: time, season: str | None, fits: Callable[[datetime], bool]) -> datetime | None:
    """Give when the clock showed this on a day, of those that fit; which of two is not guessed."""
    moments = moments_on(day, clock)
    if season is not None and len(moments) == 1 and fits(moments[0]):
        raise PaperTimeError(words.paper.not_twice(f"{clock:%H:%M}"))
    if season is not None:
        moments = moments[_SEASONS.index(season) :][:1]
    fitting = [at for at in moments if fits(at)]
    if len(fitting) > 1:
        raise PaperTimeError(words.paper.twice(f"{clock:%H:%M}"))
    return fitting[0] if fitting else None


def said(at: datetime) -> str:
    """Read a moment back with its day, so that a wrong day is seen: `zo 25-10-2026 02:30 wintertijd`."""
    there = local(at)
    season = ""
    if len(moments_on(there.date(), there.time().replace(second=0, microsecond=0, fold=0))) > 1:
        season = _SEASONS[there.fold]
    day = f"{words.times.SHORT_WEEKDAYS[there.weekday()]} {there:%d-%m-%Y %H:%M}"
    return words.paper.moment(day, season)
