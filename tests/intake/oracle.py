"""Whether a body is a call, decided a second time: by rules written out by hand, without the reader of the intake.

It reads JSON by RFC 8259, counts the days of a calendar itself and knows the fields of `/openapi.json`. The fuzzers
hold the intake against it: what one takes the other must take, with the same content.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

MICROSECONDS: Final = 1_000_000
EARLIEST: Final = 946_684_800 * MICROSECONDS
"""2000-01-01T00:00:00Z in microseconds since 1970."""
AHEAD: Final = 300 * MICROSECONDS
LONGEST: Final = {"id": 200, "number": 40, "name": 200, "first_words": 4000, "location.address": 300}
CHANNELS: Final = ("112", "0900-8844", "andere")
MOST_DIGITS: Final = 4300
"""Python's reader takes no whole number of more digits, and says so as something that is not JSON."""
DEEP: Final = 100
"""Lists in lists beyond this are refused, whether as not JSON or as no call."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_PLAIN: Final = re.compile('[^"\\\\\x00-\x1f]*')
_HEX: Final = re.compile("[0-9A-Fa-f]{4}")
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_SHORT: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: Final = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Number:
    """A number as it was written."""

    text: str
    whole: bool


@dataclass(frozen=True)
class Object:
    """An object as its names and values."""

    pairs: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Content:
    """What must stand in the record of a call."""

    id: str
    channel: str
    number: str
    name: str
    address: str
    lat: float | None
    lon: float | None
    first_words: str
    received_at: str
    urgent: bool | None


@dataclass(frozen=True)
class Verdict:
    """What must become of a body: taken with this content, or refused with one of these statuses."""

    content: Content | None
    statuses: frozenset[int]
    wrong: frozenset[str] = field(default=frozenset())
    """Which fields are not right, where the body is JSON."""


class NoJsonError(Exception):
    """Not JSON, or not as strictly as the intake wants it."""


class TooDeepError(Exception):
    """Deeper than any call could be."""


def judge(body: bytes, now: int) -> Verdict:
    """Say what must become of a body that comes in at `now`, in microseconds since 1970."""
    try:
        said = _Reader(body.decode("utf-8")).whole()
    except (UnicodeDecodeError, NoJsonError):
        return Verdict(None, frozenset({400}))
    except TooDeepError:
        return Verdict(None, frozenset({400, 422}))
    wrong, content = _call(said, now)
    return Verdict(None, frozenset({422}), frozenset(wrong)) if wrong else Verdict(content, frozenset({200, 201}))


class _Reader:
    """Reads one text from its first character to its last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def whole(self) -> Any:
        """Read all of it."""
        said = self._value(0)
        self._skip()
        if self._at != len(self._text):
            self._no("something behind it")
        return said

    def _value(self, depth: int) -> Any:
        if depth > DEEP:
            raise TooDeepError
        self._skip()
        match self._text[self._at : self._at + 1]:
            case "{":
                return self._object(depth)
            case "[":
                return self._list(depth)
            case '"':
                return self._string()
            case _:
                return self._bare()

    def _bare(self) -> Any:
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        found = _NUMBER.match(self._text, self._at)
        if found is None:
            self._no("no value")
        self._at = found.end()
        whole = found[1] is None and found[2] is None
        if whole and len(found[0].lstrip("-")) > MOST_DIGITS:
            self._no("too many digits")
        return Number(found[0], whole)

    def _object(self, depth: int) -> Object:
        self._at += 1
        pairs: list[tuple[str, Any]] = []
        names: set[str] = set()
        while not self._ends("}", first=not pairs):
            self._skip()
            if self._text[self._at : self._at + 1] != '"':
                self._no("no name")
            name = self._string()
            self._skip()
            self._take(":")
            pairs.append((name, self._value(depth + 1)))
            if name in names:
                self._no("a name twice")
            names.add(name)
        return Object(tuple(pairs))

    def _list(self, depth: int) -> list[Any]:
        self._at += 1
        items: list[Any] = []
        while not self._ends("]", first=not items):
            items.append(self._value(depth + 1))
        return items

    def _ends(self, close: str, *, first: bool) -> bool:
        """Whether it closes here; if not, step over the comma that then must stand here."""
        self._skip()
        if self._text.startswith(close, self._at):
            self._at += 1
            return True
        if not first:
            self._take(",")
        return False

    def _string(self) -> str:
        self._at += 1
        units: list[str] = []
        while True:
            plain = _PLAIN.match(self._text, self._at)
            assert plain is not None
            units.append(plain[0])
            self._at = plain.end() + 1
            match self._text[plain.end() : self._at]:
                case '"':
                    return _whole_characters("".join(units))
                case "\\":
                    units.append(self._escaped())
                case _:
                    self._no("a text without an end, or with a control character")

    def _escaped(self) -> str:
        mark = self._text[self._at : self._at + 1]
        self._at += 1
        if mark in _SHORT:
            return _SHORT[mark]
        digits = _HEX.match(self._text, self._at) if mark == "u" else None
        if digits is None:
            self._no("no escape")
        self._at = digits.end()
        return chr(int(digits[0], 16))

    def _skip(self) -> None:
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()

    def _take(self, mark: str) -> None:
        if not self._text.startswith(mark, self._at):
            self._no(f"no {mark}")
        self._at += 1

    def _no(self, why: str) -> NoReturn:
        raise NoJsonError(f"{why} at {self._at}")


def _whole_characters(text: str) -> str:
    """Make one character of each two halves that belong together."""
    return re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda two: chr(0x10000 + ((ord(two[0][0]) - 0xD800) << 10) + ord(two[0][1]) - 0xDC00),
        text,
    )


def _call(said: Any, now: int) -> tuple[set[str], Content | None]:
    if not isinstance(said, Object):
        return {""}, None
    given = dict(said.pairs)
    known = ("id", "channel", "number", "name", "location", "first_words", "received_at", "spoed")
    wrong = {name for name in given if name not in known}
    if not _is_identifier(given.get("id")):
        wrong.add("id")
    if given.get("channel") not in CHANNELS or not isinstance(given.get("channel"), str):
        wrong.add("channel")
    texts = {name: given.get(name) for name in ("number", "name", "first_words")}
    wrong |= {name for name, text in texts.items() if not _is_text(text, LONGEST[name])}
    if not (given.get("spoed") is None or isinstance(given.get("spoed"), bool)):
        wrong.add("spoed")
    address, lat, lon = _place(given.get("location"), wrong)
    moment = _moment(given.get("received_at"))
    if moment is None or not EARLIEST <= moment <= now + AHEAD:
        wrong.add("received_at")
    if wrong or moment is None:
        return wrong, None
    return wrong, Content(
        given["id"],
        given["channel"],
        texts["number"] or "",
        texts["name"] or "",
        address or "",
        lat,
        lon,
        texts["first_words"] or "",
        _written(moment),
        given.get("spoed"),
    )


def _place(said: Any, wrong: set[str]) -> tuple[Any, float | None, float | None]:
    if said is None:
        return None, None, None
    if not isinstance(said, Object):
        wrong.add("location")
        return None, None, None
    given = dict(said.pairs)
    found = {f"location.{name}" for name in given if name not in {"address", "lat", "lon"}}
    if not _is_text(given.get("address"), LONGEST["location.address"]):
        found.add("location.address")
    degrees: dict[str, float | None] = {}
    for name, most in (("lat", 90.0), ("lon", 180.0)):
        number = given.get(name)
        degrees[name] = float(number.text) if isinstance(number, Number) else None
        value = degrees[name]
        if (number is not None and value is None) or (value is not None and not -most <= value <= most):
            found.add(f"location.{name}")
    if not found and (degrees["lat"] is None) != (degrees["lon"] is None):
        found.add("location")
    wrong |= found
    return given.get("address"), degrees["lat"], degrees["lon"]


def _is_text(value: Any, longest: int) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= longest and not _has_halves(value))


def _has_halves(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _is_identifier(value: Any) -> bool:
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST["id"] or " " in (value[0], value[-1]):
        return False
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
    return not any(unicodedata.category(character) in hidden and character != " " for character in value)


def _moment(value: Any) -> int | None:
    """Microseconds since 1970, or None for what is no moment that ever was."""
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    sign, zone_hours, zone_minutes = found[8], int(found[9] or 0), int(found[10] or 0)
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
        return None
    if hour > 23 or minute > 59 or second > 59 or zone_hours > 23 or zone_minutes > 59:
        return None
    days = sum(366 if _is_leap(each) else 365 for each in range(1970, year)) if year < 3000 else 400_000
    if year < 1970:
        days = -1
    days += sum(_days_in(year, each) for each in range(1, month)) + day - 1
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    east = (zone_hours * 60 + zone_minutes) * 60
    seconds -= -east if sign == "-" else east
    return seconds * MICROSECONDS + int((found[7] or "").ljust(6, "0")[:6])


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and _is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _written(moment: int) -> str:
    """Write a moment as the record does: UTC, to the millisecond, what is finer dropped."""
    milliseconds = moment // 1000
    minutes, milliseconds = divmod(milliseconds, 60_000)
    days, minutes = divmod(minutes, 24 * 60)
    year = 1970
    while days >= (length := 366 if _is_leap(year) else 365):
        days -= length
        year += 1
    month = 1
    while days >= (length := _days_in(year, month)):
        days -= length
        month += 1
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
    return f"{year:04}-{month:02}-{days + 1:02}T{clock}Z"
