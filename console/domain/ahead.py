"""The quick entry for a moment ahead: what an operator types becomes the moment to call somebody back.

A duration (`20m`, `1u30`, `over 2 uur`), a time (`16:30`, `1630`), or a day with a time (`morgen 9:00`, `ma 09:15`,
`12-11 10:00`). A time that has passed today is the one of tomorrow, and the read-back says so. Moments are Dutch local
time. Pure: the clock is handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from console.domain.ago import WEEKDAYS, AgoError, duration, existing_day, minutes_in_words, moments_on, time_of_day
from console.texts import words
from console.times import local

_LONGEST_ENTRY: Final = 40
_MINUTE: Final = timedelta(minutes=1)
_FURTHEST: Final = timedelta(days=31)
_CLOCK: Final = re.compile(
    rf"([0-9]{{1,2}})[:.]([0-9]{{2}})(?: ?(?:{'|'.join(words.times.O_CLOCK)}))?|([0-9]{{2}})([0-9]{{2}})"
)
_DAY_AND_CLOCK: Final = re.compile(rf"(\S+) (?:{words.times.AT} )?(\S.*)")
_DATE: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})")
_DAYS_AHEAD: Final = {word: days for days, word in enumerate(words.times.DAYS_AHEAD)}
_LEAP_YEARS: Final = 8
_BARE_NUMBER: Final = re.compile(r"[0-9]{1,3}")


class AheadError(ValueError):
    """The entry cannot be read; the text is one Dutch sentence that says what to type instead."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A moment ahead, UTC and on the whole minute, and how the operator reads it back."""

    moment: datetime
    read_back: str


def moment_ahead(text: str, now: datetime) -> Ahead:
    """Read an entry as a moment after `now`, which is aware, and at most a month ahead.

    Raises:
        AheadError: it cannot be read, lies behind, or too far ahead.
    """
    here = now.astimezone(UTC).replace(second=0, microsecond=0)
    if len(text) > _LONGEST_ENTRY:
        raise AheadError(words.ahead.TOO_LONG)
    entry = " ".join(text.lower().split())
    if not entry:
        raise AheadError(words.ahead.NOTHING)
    if _BARE_NUMBER.fullmatch(entry):
        raise AheadError(words.ahead.needs_a_unit(entry))
    try:
        moment = _moment(entry, here)
    except AgoError as error:
        raise AheadError(str(error)) from error
    if moment <= here:
        raise AheadError(words.ahead.BEHIND)
    if moment - here > _FURTHEST:
        raise AheadError(words.ahead.TOO_FAR)
    return Ahead(
        moment, words.ahead.read_back(_day_and_time(moment, here), minutes_in_words((moment - here) // _MINUTE))
    )


def _moment(entry: str, here: datetime) -> datetime:
    if clock := _CLOCK.fullmatch(entry):
        return _next_at(_time(clock), here)
    if (ahead := duration(entry.removeprefix(f"{words.ahead.OVER} "))) is not None:
        return here + min(ahead, 2 * _FURTHEST)
    found = _DAY_AND_CLOCK.fullmatch(entry)
    clock = _CLOCK.fullmatch(found[2]) if found else None
    if found is None or clock is None:
        raise AheadError(words.ahead.UNREADABLE)
    day = _day(found[1], local(here).date())
    moment = _at(day, _time(clock), here)
    return moment if moment > here or found[1] not in WEEKDAYS else _at(day + timedelta(7), _time(clock), here)


def _time(found: re.Match[str]) -> time:
    return time_of_day(found[1] or found[3], found[2] or found[4])


def _next_at(clock: time, here: datetime) -> datetime:
    """A time without a day: today, or tomorrow when it was already that late."""
    today = local(here).date()
    moment = _at(today, clock, here)
    return moment if moment > here else _at(today + timedelta(days=1), clock, here)


def _at(day: date, clock: time, here: datetime) -> datetime:
    """The first moment still to come at which a Dutch clock shows this."""
    moments = moments_on(day, clock)
    if not moments:
        raise AheadError(words.ahead.never_is(f"{clock:%H:%M}"))
    return next((moment for moment in moments if moment > here), moments[-1])


def _day(word: str, today: date) -> date:
    if word in _DAYS_AHEAD:
        return today + timedelta(days=_DAYS_AHEAD[word])
    if word in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[word] - today.weekday()) % 7)
    if found := _DATE.fullmatch(word):
        days = [existing_day(today.year + ahead, int(found[2]), int(found[1])) for ahead in range(_LEAP_YEARS)]
        if ahead := [day for day in days if day is not None and day >= today]:
            return ahead[0]
    raise AheadError(words.ahead.no_day(word))


def _day_and_time(moment: datetime, here: datetime) -> str:
    there = local(moment)
    ahead = (there.date() - local(here).date()).days
    named = {days: word for word, days in _DAYS_AHEAD.items()}
    return f"{named.get(ahead) or f'{words.times.SHORT_WEEKDAYS[there.weekday()]} {there:%d-%m}'} {there:%H:%M}"
