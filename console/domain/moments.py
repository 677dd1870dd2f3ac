"""Times of day as people type them in a note, brought to one form: `22:10`, `20-11 22:10`. Pure: the day is handed in.

A word that says only a clock face (`kwart over twee`) is left alone unless the part of the day is said with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DAYS_BACK: Final = {
    **dict.fromkeys(("vandaag", "vanochtend", "vanmorgen", "vanmiddag", "vanavond"), 0),
    **dict.fromkeys(("gisteren", "gisterochtend", "gistermorgen", "gistermiddag", "gisteravond", "gisterenavond"), 1),
    "eergisteren": 2,
}
_WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS: Final = ("jan", "feb", "maart", "apr", "mei", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"), 1
    )
}
_PAST: Final = {"kwart": 15, "vijf": 5, "tien": 10, "twintig": 20}
_AFTERNOON: Final = re.compile("middag|avond")
_PART_OF_DAY: Final = re.compile("ochtend|morgen|middag|avond|nacht")

_DAY: Final = (
    rf"(?P<day>{'|'.join((*_DAYS_BACK, 'vannacht', *_WEEKDAYS))}|(?P<date>[0-3]?[0-9])[-/](?P<month>[01]?[0-9])"
    rf"(?:[-/](?P<year>(?:20)?[0-9]{{2}}))?|(?P<date2>[0-3]?[0-9]) (?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?)"
)
_CLOCK: Final = re.compile(
    rf"(?<![\w.,:/-])(?:{_DAY},? )?(?P<at>(?:om|rond|tegen|vanaf|tot) )?(?:omstreeks |ongeveer )?"
    r"(?P<hour>[01]?[0-9]|2[0-3])"
    r"(?:(?P<sign>[:.u])(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?P<unit> ?u(?:ur)?)?|(?P<whole> ?u(?:ur)?))"
    r"(?! ?(?:u(?:ur)? )?(?:geleden|lang|per|bezig|€|euro|procent|%))(?![\w%])(?![.:,][0-9])",
    re.IGNORECASE,
)
_PART: Final = r"(?P<part{0}>['’]s (?:ochtends|morgens|middags|avonds))"
_SPOKEN: Final = re.compile(
    rf"(?<!\w)(?:(?P<day>{'|'.join(filter(_PART_OF_DAY.search, _DAYS_BACK))}) "
    rf"|{_PART.format(1)} )?(?:om |rond )?"
    rf"(?:(?P<half>half) |(?P<minutes>{'|'.join(_PAST)}) (?P<side>over|voor) (?P<ofhalf>half )?)"
    rf"(?P<hour>{'|'.join(_NUMBERS)})(?!\w)(?: {_PART.format(2)})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in a text: `said` is its one form, with its day where that was said too."""

    said: str
    start: int
    end: int


def moments_in(text: str, today: date | None = None) -> Iterator[Moment]:
    """Find the times of day in a text; with `today` a word like *gisteren* becomes its date.

    `22.10` and `14 uur` alone can be a sum, a date or a duration: those need a day, *om* or *uur* with them.
    """
    for match in _CLOCK.finditer(text):
        if not _is_time(match):
            continue
        hour = _hour(int(match["hour"]), match["day"] or "")
        seconds = f":{match['second']}" if match["second"] else ""
        day = _day(match, today)
        if day is not None:
            said = f"{day}{hour:02}:{match['minute'] or '00'}{seconds}"
            yield Moment(said, match.start(), match.end())
    for match in _SPOKEN.finditer(text):
        part = match["day"] or match["part1"] or match["part2"]
        if part:
            day = "" if match["day"] is None else _named(match["day"].casefold(), today)
            yield Moment(f"{day}{_spoken(match, part)}", match.start(), match.end())


def _is_time(match: re.Match[str]) -> bool:
    """Tell whether this is a time and which half of the day it is: `om 3 uur` and `22.10` alone do not say."""
    hour, day = int(match["hour"]), (match["day"] or "").casefold()
    if hour == 12 and day.endswith("avond"):
        return False
    if match["whole"]:
        said_part = bool(_PART_OF_DAY.search(day))
        return said_part or (bool(day or match["at"]) and not 1 <= hour <= 12)
    return match["sign"] != "." or bool(day or match["at"] or match["unit"])


def _hour(hour: int, day: str) -> int:
    return hour + 12 if hour < 12 and _AFTERNOON.search(day.casefold()) else hour


def _day(match: re.Match[str], today: date | None) -> str | None:
    """The day with a space behind it, empty where none was said; None for a date that does not exist."""
    if match["day"] is None:
        return ""
    date_number = match["date"] or match["date2"]
    if date_number is None:
        return _named(match["day"].casefold(), today)
    month = int(match["month"]) if match["month"] else _MONTHS.index(match["name"].casefold()) + 1
    if not (1 <= int(date_number) <= 31 and 1 <= month <= 12):
        return None
    year = f"-20{match['year'][-2:]}" if match["year"] else ""
    return f"{int(date_number):02}-{month:02}{year} "


def _named(day: str, today: date | None) -> str:
    back = _DAYS_BACK.get(day)
    if back is None:
        return f"{day} "
    if today is None:
        return f"{('vandaag', 'gisteren', 'eergisteren')[back]} "
    return f"{today - timedelta(days=back):%d-%m} "


def _spoken(match: re.Match[str], part: str) -> str:
    """The time that words say: `half drie` is 2:30, `tien voor half drie` 2:20."""
    minutes = _NUMBERS[match["hour"].casefold()] * 60
    if match["half"] or match["ofhalf"]:
        minutes -= 30
    if match["minutes"]:
        minutes += _PAST[match["minutes"].casefold()] * (1 if match["side"].casefold() == "over" else -1)
    half_day = 12 * 60
    minutes %= half_day
    if _AFTERNOON.search(part.casefold()):
        minutes += half_day
    return f"{minutes // 60:02}:{minutes % 60:02}"
