"""How one control room names things in its TicketsCAD: a TOML file of its own, checked when it is read and at start."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch
from console.texts import words
from console.toml_lines import read, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PARTS: Final = ("ernst", "soorten", "verkeer")
_OTHER: Final = "overig"
_HIGHEST_SEVERITY: Final = 2


class TicketsCadTableError(Exception):
    """The table cannot be used; the text is a Dutch sentence: which file, which key, what belongs there."""


@dataclass(frozen=True, slots=True)
class TicketsCadTable:
    """Our priority as their severity (0, 1, 2; 2 is highest), our class as the number of their incident type.

    `settles_after` is how long (seconds) a message that is not there may still turn up; `questions_per_hour` is what
    may be spent on asking how dispatches stand: the interface takes 1,000 requests an hour, and sending comes first.
    """

    severities: Mapping[int, int]
    types: Mapping[str, int]
    other: int
    settles_after: float
    questions_per_hour: int

    def type_of(self, classification: str, *, exercise: bool) -> int | None:
        """Give the type for a class; practice never goes as anything but its own type."""
        return self.types.get(classification, None if exercise else self.other)

    def missing(self, known: set[int]) -> list[str]:
        """Name what this table points to that the CAD does not have."""
        named = {**self.types, _OTHER: self.other}
        return [f"{name} = {number}" for name, number in named.items() if number not in known]


def read_table(path: Path) -> TicketsCadTable:
    """Read the table of this control room.

    Raises:
        TicketsCadTableError: it is not there, or a key is missing, unknown or holds something else than it should.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        found = read(text)
    except OSError as error:
        raise TicketsCadTableError(words.cad.table_wrong(path, in_dutch(error))) from error
    except UnicodeDecodeError as error:
        raise TicketsCadTableError(words.cad.table_wrong(path, utf8_in_dutch(error))) from error
    except tomllib.TOMLDecodeError as error:
        raise TicketsCadTableError(words.cad.table_wrong(path, words.cad.no_toml(toml_in_dutch(error)))) from error
    try:
        return _table(found)
    except _WrongAtError as error:
        place = where(path, text, error.section, error.key)
        raise TicketsCadTableError(words.cad.table_wrong(place, str(error))) from error


def demand_classes(table: TicketsCadTable, path: Path, codes: Iterable[str]) -> None:
    """See that every class that a dispatch of this room can carry has an incident type.

    Raises:
        TicketsCadTableError: one has none.
    """
    if missing := sorted(set(codes) - table.types.keys()):
        place = where(path, path.read_text(encoding="utf-8"), "soorten")
        raise TicketsCadTableError(words.cad.table_wrong(place, words.cad.classes_unmapped(missing)))


class _WrongAtError(ValueError):
    """What is wrong, and under which section and key."""

    def __init__(self, why: str, section: str = "", key: str = "") -> None:
        super().__init__(why)
        self.section = section
        self.key = key


def _table(found: Mapping[str, Any]) -> TicketsCadTable:
    if set(found) != set(_PARTS) or not all(isinstance(part, dict) for part in found.values()):
        raise _WrongAtError(words.cad.table_parts(_PARTS))
    traffic = found["verkeer"]
    if set(traffic) != {"rust_seconden", "vragen_per_uur"}:
        raise _WrongAtError(words.cad.TABLE_TRAFFIC, "verkeer")
    types = {name: _number("soorten", name, value, 1, 2**31 - 1) for name, value in found["soorten"].items()}
    if _OTHER not in types:
        raise _WrongAtError(words.cad.TABLE_OTHER, "soorten")
    return TicketsCadTable(
        severities=_severities(found["ernst"]),
        other=types.pop(_OTHER),
        types=types,
        settles_after=float(_number("verkeer", "rust_seconden", traffic["rust_seconden"], 1, 600)),
        questions_per_hour=_number("verkeer", "vragen_per_uur", traffic["vragen_per_uur"], 1, 100_000),
    )


def _severities(found: Mapping[str, Any]) -> dict[int, int]:
    if set(found) != {"1", "2", "3"}:
        raise _WrongAtError(words.cad.TABLE_SEVERITIES, "ernst")
    made = {int(key): _number("ernst", key, value, 0, _HIGHEST_SEVERITY) for key, value in found.items()}
    if not made[1] > made[2] >= made[3]:
        raise _WrongAtError(words.cad.TABLE_SEVERITIES, "ernst")
    return made


def _number(section: str, key: str, value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise _WrongAtError(words.cad.table_number(f"{section}.{key}", least, most), section, key)
    return value
