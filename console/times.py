"""Times as the room says them: Dutch local time, 24 hours, durations as they are read from a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.texts import words

DUTCH: Final = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The present, aware, in UTC: the one clock that programs hand to the rooms that need one."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Turn a recorded moment into Dutch wall time."""
    return moment.astimezone(DUTCH)


def clock_time(moment: datetime, *, seconds: bool = False) -> str:
    """Say a moment of today as `14:05` or `14:05:12`."""
    return local(moment).strftime("%H:%M:%S" if seconds else "%H:%M")


def said_time(moment: datetime, today: datetime) -> str:
    """Say a moment beside the day it is: `14:05`, `gisteren 22:10`, `vr 14-11 09:30`."""
    then, day = local(moment), local(today).date()
    if then.date() == day:
        return then.strftime("%H:%M")
    if then.date() == day - timedelta(days=1):
        return f"{words.times.DAYS_BACK[1]} {then:%H:%M}"
    return f"{words.times.SHORT_WEEKDAYS[then.weekday()]} {then:%d-%m %H:%M}"


def ago(moment: datetime, today: datetime) -> str:
    """Say how long ago something was: `14 min geleden`, `3 uur geleden`, `2 dagen geleden`."""
    minutes = max(0, int((today - moment).total_seconds() // 60))
    if minutes < 60:
        return words.times.ago(words.times.short_minutes(minutes))
    lasts = words.times.hours(minutes // 60) if minutes < 48 * 60 else words.times.days(minutes // 1440)
    return words.times.ago(lasts)


def elapsed(since: datetime, until: datetime) -> str:
    """Say how long something lasts: `0:47`, `12:05`, `1:02:09`; a clock that was set back gives `0:00`."""
    seconds = max(0, int((until - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def waiting_words(since: datetime, until: datetime) -> str:
    """Say how long somebody waits in at most seven cells: `0:47`, `1:02:09`, `30 uur`, `4 dagen`, `12 dgn`."""
    hours = int((until - since).total_seconds()) // 3600
    if hours < 10:
        return elapsed(since, until)
    return words.call_list.hours(hours) if hours < 48 else words.call_list.days(hours // 24)
