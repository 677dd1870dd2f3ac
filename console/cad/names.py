"""How this control room names priorities, forms, roles and agencies in a message: the table `eido.toml`, checked.

The packaged one is what goes where the setting `cad_tabel` names no other. What is wrong is said by file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch
from console.model import UNKNOWN
from console.texts import words
from console.toml_lines import read, where

if TYPE_CHECKING:
    from pathlib import Path

    from console.classification import ClassificationTable

_TABLE_FILE: Final = "eido.toml"
_CODES_FILE: Final = "eido_codes.toml"
_PARTS: Final = {"prioriteiten", "instanties", "oefening", "rollen", "vormen"}


class TableError(Exception):
    """The table cannot be used; the text is a Dutch sentence: which file and line, what belongs there."""


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
    return read_tables(_packaged(), _TABLE_FILE)


def tables_of(path: Path | None, classes: ClassificationTable) -> Tables:
    """Read and check the table of this control room, or the packaged one, beside its table of classes.

    Raises:
        TableError: as `tables`, or it is not there, or lacks a crime form or the exercise class of `classes`.
    """
    try:
        text = _packaged() if path is None else path.read_bytes().decode("utf-8")
    except OSError as error:
        raise TableError(words.cad.table_wrong(path, in_dutch(error))) from error
    except UnicodeDecodeError as error:
        raise TableError(words.cad.table_wrong(path, utf8_in_dutch(error))) from error
    file = _TABLE_FILE if path is None else str(path)
    made = read_tables(text, file)
    if missing := sorted(classes.forms.keys() - made.forms.keys()):
        raise TableError(words.cad.table_wrong(where(file, text, "vormen"), words.cad.forms_unmapped(missing)))
    real = {each.code for each in classes.forms.values()}
    if classes.exercise.code not in made.exercise_classes or real & made.exercise_classes:
        place = where(file, text, "oefening", "classificaties")
        raise TableError(words.cad.table_wrong(place, words.cad.exercise_classes(classes.exercise.code)))
    return made


def _packaged() -> str:
    return files("console.cad").joinpath(_TABLE_FILE).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def codes() -> Mapping[str, frozenset[str]]:
    """Give every registry code that a message of ours may hold, per field of the standard."""
    found = tomllib.loads(files("console.cad").joinpath(_CODES_FILE).read_text(encoding="utf-8"))
    return {field: frozenset(entry["codes"]) for field, entry in found.items()}


def read_tables(text: str, file: str) -> Tables:
    """Read a table from its TOML text; see `tables`."""
    try:
        found = read(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(words.cad.table_wrong(file, words.cad.no_toml(toml_in_dutch(error)))) from error
    if found.keys() != _PARTS or not all(isinstance(part, dict) for part in found.values()):
        raise TableError(words.cad.table_wrong(file, words.cad.table_parts(sorted(_PARTS))))
    return _Reading(text, file, found).tables()


class _Reading:
    """One table that is being read: what is wrong in it is said with its file and line."""

    def __init__(self, text: str, file: str, found: Mapping[str, Mapping[str, Any]]) -> None:
        self._text = text
        self._file = file
        self._found = found

    def tables(self) -> Tables:
        exercise = self._exactly("oefening", {"classificaties", "type"})
        desk = self._exactly("instanties", {"uitgifte"})
        return Tables(
            priorities=self._priorities(),
            forms=self._forms(),
            roles={role: self._roles(role, names) for role, names in self._found["rollen"].items()},
            exercise_classes=frozenset(self._words("oefening", "classificaties", exercise["classificaties"])),
            exercise_type=self._registry_type("oefening", "type", exercise["type"]),
            dispatching_desk=self._words("instanties", "uitgifte", [desk["uitgifte"]])[0],
        )

    def _wrong(self, section: str, key: str, why: str) -> TableError:
        return TableError(words.cad.table_wrong(where(self._file, self._text, section, key), why))

    def _exactly(self, section: str, keys: set[str]) -> Mapping[str, Any]:
        if self._found[section].keys() != keys:
            raise self._wrong(section, "", words.cad.table_names(section, sorted(keys)))
        return self._found[section]

    def _priorities(self) -> Mapping[int, int]:
        found = self._exactly("prioriteiten", {"1", "2", "3"})
        for key, number in found.items():
            if type(number) is not int or not 0 <= number <= 10:
                raise self._wrong("prioriteiten", key, words.cad.table_number(f"prioriteiten.{key}", 0, 10))
        if not found["1"] > found["2"] > found["3"]:
            raise self._wrong("prioriteiten", "", words.cad.TABLE_PRIORITIES)
        return {int(key): number for key, number in found.items()}

    def _forms(self) -> Mapping[str, str]:
        found = self._found["vormen"]
        if UNKNOWN not in found:
            raise self._wrong("vormen", "", words.cad.forms_unmapped([UNKNOWN]))
        return {form: self._registry_type("vormen", form, name) for form, name in found.items()}

    def _registry_type(self, section: str, key: str, name: object) -> str:
        if not isinstance(name, str) or not re.fullmatch(r"[A-Z0-9]{2,14}", name, re.ASCII):
            raise self._wrong(section, key, words.cad.no_registry_type(f"{section}.{key}"))
        return name

    def _words(self, section: str, key: str, names: object) -> list[str]:
        if (
            not isinstance(names, list)
            or not names
            or not all(isinstance(each, str) and each.strip() for each in names)
        ):
            raise self._wrong(section, key, words.cad.no_names(f"{section}.{key}"))
        return names

    def _roles(self, role: str, names: object) -> tuple[str, ...]:
        known = codes()["personIncidentRoleRegistryText"]
        given = self._words("rollen", role, names)
        if not set(given) <= known:
            raise self._wrong("rollen", role, words.cad.no_roles(f"rollen.{role}", sorted(known)))
        return tuple(given)
