"""The quick entry for "hoe lang geleden": what an operator types becomes hours before the start of the call.

A duration (`20m`, `1,5u`, `1u30`, `2d`, `3w`), a moment (`14:30`, `gisteren 22:10`, `ma 09:15`, `12-11 22:10`), a day
without a time (`gisteren`, `12-11-2026`), `nu` or `onbekend`. Moments are Dutch local time. Where a text leaves room,
the reading with the fewest hours is taken, because fewer is more urgent, and the read-back says so; where that would
be a guess about today, the entry is refused instead. Pure: the clock is handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final

from console.model import UNKNOWN
from console.texts import words
from console.times import DUTCH, local

WEEKDAYS: Final = {
    name: index for names in (words.times.WEEKDAYS, words.times.SHORT_WEEKDAYS) for index, name in enumerate(names)
}
"""The days of the week as they may be typed, long and short; Monday is 0."""

_MINUTE: Final = timedelta(minutes=1)
_LONGEST_ENTRY: Final = 40
_LONGEST_AGO: Final = timedelta(days=36_525)
_LEAP_YEARS_BACK: Final = 8

_MINUTES: Final = {
    "minute": 1,
    "hour": 60,
    "day": 24 * 60,
    "week": 7 * 24 * 60,
    "month": 30 * 24 * 60,
    "year": 365 * 24 * 60,
}
_MINUTES_PER_UNIT: Final = {typed: _MINUTES[unit] for unit, known in words.times.UNITS.items() for typed in known}
_DAYS_BACK: Final = {word: days for days, word in enumerate(words.times.DAYS_BACK)}

_TERM: Final = re.compile(r"([0-9]{1,5}(?:[.,][0-9]{1,3})?) ?([a-z]+)")
_O_CLOCK: Final = "|".join(words.times.O_CLOCK)
_HOURS_AND_MINUTES: Final = re.compile(rf"([0-9]{{1,5}}) ?(?:{_O_CLOCK}) ?([0-9]{{1,2}})")
_CLOCK: Final = re.compile(rf"([0-9]{{1,2}}):([0-9]{{2}})(?: ?(?:{_O_CLOCK}))?")
_DAY_AND_CLOCK: Final = re.compile(rf"(\S+)(?: (?:{words.times.AT} )?([0-9]{{1,2}}:[0-9]{{2}}(?: ?(?:{_O_CLOCK}))?))?")
_DATE: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})(?:[-/]([0-9]{4}|[0-9]{2}))?")
_BARE_NUMBER: Final = re.compile(r"[0-9]+([.,][0-9]+)?")


class AgoError(ValueError):
    """The entry cannot be read; the text is one Dutch sentence that says what to type instead."""


@dataclass(frozen=True, slots=True)
class Ago:
    """How long before the start of the call something happened.

    `hours` is at least 0, cut (never rounded up) at four decimals; None when the caller does not know. `moment` is
    UTC and None with it. `read_back` is what the operator checks, for example "vandaag 11:05, 3 uur geleden".
    """

    hours: Decimal | None
    moment: datetime | None
    read_back: str

    @property
    def answer(self) -> str:
        """The value as an answer is recorded: `onbekend`, or hours in plain digits (`0.3333`, `48`)."""
        if self.hours is None:
            return UNKNOWN
        digits = f"{self.hours:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits


def hours_before(text: str, reference: datetime) -> Ago:
    """Read an entry as the time between something and the start of the call.

    `reference` is aware; it is taken to its whole minute, as the entries are, so that 12:30 is two hours before
    14:30:59 and not more. A day without a time counts from its last minute. Days are 24 hours, a month is 30 days, a
    year 365. Raises AgoError for an entry that cannot be read, that lies ahead, or more than a century back.
    """
    if reference.tzinfo is None:
        raise ValueError("the reference needs a time zone")
    now = reference.astimezone(UTC).replace(second=0, microsecond=0)
    entry = " ".join(text[: _LONGEST_ENTRY + 1].lower().split())
    if len(text) > _LONGEST_ENTRY:
        raise AgoError(words.ago.TOO_LONG)
    if not entry:
        raise AgoError(words.ago.NOTHING)
    if entry in {words.ago.UNKNOWN_KEY, UNKNOWN}:
        return Ago(None, None, words.ago.NOT_KNOWN)
    if entry == words.ago.NOW:
        return Ago(Decimal(0), now, words.ago.NOW)
    elapsed = duration(entry.removesuffix(f" {words.ago.AGO}"))
    if elapsed is not None:
        return _ago(now - _not_too_long(elapsed), now)
    return _moment_entry(entry, now)


def _moment_entry(entry: str, now: datetime) -> Ago:
    if clock := _CLOCK.fullmatch(entry):
        return _latest_at(time_of_day(clock[1], clock[2]), now)
    found = _DAY_AND_CLOCK.fullmatch(entry)
    if found is None:
        raise _unreadable(entry)
    day = day_back(found[1], now, entry)
    if clock := _CLOCK.fullmatch(found[2] or ""):
        if found[1] in WEEKDAYS and not _past(day, time_of_day(clock[1], clock[2]), now):
            day -= timedelta(days=7)
        return _at(day, time_of_day(clock[1], clock[2]), now)
    today = local(now).date()
    if day > today:
        raise _ahead()
    if day == today:
        raise AgoError(words.ago.today_needs_a_time(found[1], _hour_before(now)))
    end_of_day = max(moments_on(day, time(23, 59)))
    return _ago(end_of_day, now, words.ago.END_OF_DAY)


def duration(entry: str) -> timedelta | None:
    """The time a duration stands for, whole minutes; None when the entry is not a duration at all."""
    if found := _HOURS_AND_MINUTES.fullmatch(entry):
        if int(found[2]) > 59:
            raise AgoError(words.ago.too_many_minutes(found[1]))
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    minutes = Decimal(0)
    end = 0
    while found := _TERM.match(entry, end):
        if found[2] not in _MINUTES_PER_UNIT:
            return None
        minutes += Decimal(found[1].replace(",", ".")) * _MINUTES_PER_UNIT[found[2]]
        end = found.end() + entry.startswith(" ", found.end())
    return timedelta(minutes=int(minutes)) if end and end == len(entry) else None


def _not_too_long(elapsed: timedelta) -> timedelta:
    if elapsed > _LONGEST_AGO:
        raise AgoError(words.ago.CENTURY)
    return elapsed


def _unreadable(entry: str) -> AgoError:
    if _BARE_NUMBER.fullmatch(entry):
        return AgoError(words.ago.needs_a_unit(entry))
    return AgoError(words.ago.UNREADABLE)


def _ahead() -> AgoError:
    return AgoError(words.ago.AHEAD)


def time_of_day(hours: str, minutes: str) -> time:
    """Read digits as a time of day. Raises AgoError for a time that no clock shows."""
    hour, minute = int(hours), int(minutes)
    if hour > 23 or minute > 59:
        raise AgoError(words.ago.no_time(hours, minutes))
    return time(hour, minute)


def day_back(word: str, now: datetime, entry: str) -> date:
    """Read a word or date of `entry` as a day up to today. Raises AgoError for one that cannot be read."""
    today = local(now).date()
    if word in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[word])
    if word in WEEKDAYS:
        return today - timedelta(days=(today.weekday() - WEEKDAYS[word]) % 7)
    found = _DATE.fullmatch(word)
    if found is None:
        raise _unreadable(entry)
    number, month, year = int(found[1]), int(found[2]), found[3]
    years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else _recent_years(today)
    days = [day for each in years if (day := existing_day(each, month, number)) and (year or day <= today)]
    if not days:
        raise AgoError(words.ago.no_date(word))
    _not_too_long(today - days[0])
    return days[0]


def _recent_years(today: date) -> list[int]:
    return [today.year - back for back in range(_LEAP_YEARS_BACK + 1)]


def existing_day(year: int, month: int, number: int) -> date | None:
    """Give a day of the calendar, or None where it has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def moments_on(day: date, clock: time) -> list[datetime]:
    """When a Dutch clock showed this, in UTC: twice in the autumn night, never in the spring night, else once."""
    shown = datetime.combine(day, clock)
    both = {shown.replace(tzinfo=DUTCH, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in both if local(moment).replace(tzinfo=None) == shown)


def _past(day: date, clock: time, now: datetime) -> list[datetime]:
    return [moment for moment in moments_on(day, clock) if moment <= now]


def _at(day: date, clock: time, now: datetime) -> Ago:
    moments = moments_on(day, clock)
    past = _past(day, clock, now)
    if not moments:
        raise AgoError(words.ago.never_was(f"{clock:%H:%M}"))
    if not past:
        raise _ahead()
    twice = words.ago.CAME_TWICE if len(past) > 1 else ""
    return _ago(max(past), now, twice)


def _latest_at(clock: time, now: datetime) -> Ago:
    """A time without a day: today, or yesterday when the clock had not shown it yet."""
    here = local(now)
    yet_to_come = not _past(here.date(), clock, now) and clock > here.time()
    return _at(here.date() - timedelta(days=yet_to_come), clock, now)


def _hour_before(now: datetime) -> str:
    return f"{max(local(now) - timedelta(hours=1), local(now).replace(hour=0, minute=0)):%H:%M}"


def _ago(moment: datetime, now: datetime, remark: str = "") -> Ago:
    minutes = (now - moment) // _MINUTE
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
    parts = [_day_and_time(moment, now), words.times.ago(minutes_in_words(minutes)) if minutes else words.ago.NOW]
    return Ago(hours, moment, ", ".join([*parts, remark] if remark else parts))


def _day_and_time(moment: datetime, now: datetime) -> str:
    there, here = local(moment), local(now)
    back = (here.date() - there.date()).days
    named = {days: word for word, days in _DAYS_BACK.items()}
    day = named.get(back) or f"{words.times.SHORT_WEEKDAYS[there.weekday()]} {there:%d-%m-%Y}"
    return f"{day} {there:%H:%M}"


def minutes_in_words(minutes: int) -> str:
    """Say a number of minutes as people do: `45 minuten`, `2 uur 5 minuten`, `3 dagen`; nothing for none."""
    hours, rest = divmod(minutes, 60)
    days, spare = divmod(hours, 24)
    if days >= 2:
        parts = [words.times.days(days), *([words.times.hours(spare)] if spare and days < 7 else [])]
    else:
        parts = [words.times.hours(hours)] if hours else []
        parts += [words.times.minutes(rest)] if rest else []
    return " ".join(parts)
