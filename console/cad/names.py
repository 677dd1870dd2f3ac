"""How this control room names priorities, forms, roles and agencies in a message: the table `eido.toml`, checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from console.dutch_errors import toml_in_dutch
from console.model import UNKNOWN

_TABLE_FILE: Final = "eido.toml"
_CODES_FILE: Final = "eido_codes.toml"


class TableError(Exception):
    """The table beside this module cannot be used; the text is a Dutch sentence that names the key."""


@dataclass(frozen=True, slots=True)
class Tables:
    """How this control room names priorities, forms, roles and agencies in a message."""

    priorities: Mapping[int, int]
    forms: Mapping[str, str]
    roles: Mapping[str, tuple[str, ...]]
    exercise_classes: frozenset[str]
    exercise_type: str
    dispatching_desk: str


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read and check the packaged table.

    Raises:
        TableError: a key is missing, unknown or holds something else than it should.
    """
    return read_tables(files("console.cad").joinpath(_TABLE_FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def codes() -> Mapping[str, frozenset[str]]:
    """Give every registry code that a message of ours may hold, per field of the standard."""
    found = tomllib.loads(files("console.cad").joinpath(_CODES_FILE).read_text(encoding="utf-8"))
    return {field: frozenset(entry["codes"]) for field, entry in found.items()}


def read_tables(text: str) -> Tables:
    """Read a table from its TOML text; see `tables`."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{_TABLE_FILE} is geen geldig TOML: {toml_in_dutch(error)}") from error
    wanted = {"prioriteiten", "instanties", "oefening", "rollen", "vormen"}
    if found.keys() != wanted:
        odd = ", ".join(sorted(found.keys() ^ wanted))
        raise TableError(f"{_TABLE_FILE} hoort precies deze delen te hebben: {', '.join(sorted(wanted))}; fout: {odd}")
    exercise = _section(found, "oefening", {"classificaties", "type"})
    desk = _section(found, "instanties", {"uitgifte"})
    return Tables(
        priorities=_priorities(found["prioriteiten"]),
        forms=_forms(found["vormen"]),
        roles={role: _roles(f"rollen.{role}", names) for role, names in found["rollen"].items()},
        exercise_classes=frozenset(_words("oefening.classificaties", exercise["classificaties"])),
        exercise_type=_registry_type("oefening.type", exercise["type"]),
        dispatching_desk=_words("instanties.uitgifte", [desk["uitgifte"]])[0],
    )


def _section(found: Mapping[str, Any], name: str, keys: set[str]) -> Mapping[str, Any]:
    section = found[name]
    if not isinstance(section, dict) or section.keys() != keys:
        raise TableError(f"{_TABLE_FILE}: [{name}] hoort precies dit te noemen: {', '.join(sorted(keys))}")
    return section


def _priorities(found: object) -> Mapping[int, int]:
    if not isinstance(found, dict) or found.keys() != {"1", "2", "3"}:
        raise TableError(f"{_TABLE_FILE}: [prioriteiten] hoort precies 1, 2 en 3 te noemen")
    numbers = [found[key] for key in ("1", "2", "3")]
    if any(type(number) is not int or not 0 <= number <= 10 for number in numbers):
        raise TableError(f"{_TABLE_FILE}: [prioriteiten] hoort getallen van 0 tot en met 10 te geven")
    if sorted(set(numbers), reverse=True) != numbers:
        raise TableError(f"{_TABLE_FILE}: in [prioriteiten] hoort prio 1 het hoogst te zijn en prio 3 het laagst")
    return {int(key): number for key, number in found.items()}


def _forms(found: object) -> Mapping[str, str]:
    if not isinstance(found, dict) or UNKNOWN not in found:
        raise TableError(f"{_TABLE_FILE}: [vormen] hoort in elk geval '{UNKNOWN}' te noemen")
    return {form: _registry_type(f"vormen.{form}", name) for form, name in found.items()}


def _registry_type(key: str, name: object) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[A-Z0-9]{2,14}", name, re.ASCII):
        raise TableError(f"{_TABLE_FILE}: {key} hoort een code uit het register te zijn, zoals FRAUD")
    return name


def _words(key: str, names: object) -> list[str]:
    if not isinstance(names, list) or not names or not all(isinstance(each, str) and each.strip() for each in names):
        raise TableError(f"{_TABLE_FILE}: {key} hoort een of meer namen te geven")
    return names


def _roles(key: str, names: object) -> tuple[str, ...]:
    known = codes()["personIncidentRoleRegistryText"]
    if not set(_words(key, names)) <= known:
        raise TableError(f"{_TABLE_FILE}: {key} hoort een of meer van deze rollen te geven: {', '.join(sorted(known))}")
    return tuple(_words(key, names))
