"""Which national class (LMC) each crime form goes under in a CAD: a table that is data of the control room.

The packaged one is a proposal from an unofficial list; the setting `classificatie` names the room's own copy. Whatever
is wrong with it is said at the start, by file and line, and not when a unit must go.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch
from console.model import UNKNOWN
from console.texts import words
from console.toml_lines import read, where
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PACKAGED: Final = "classification.toml"
_EXERCISE, _CODES, _FORMS = "oefening", "codes", "vormen"
_PARTS: Final = {_EXERCISE, _CODES, _FORMS}


class ClassificationError(PolicyError):
    """The table cannot be used; the text is a Dutch sentence: file and line, why, what belongs there."""


@dataclass(frozen=True, slots=True)
class Classification:
    """A code of the national list with its text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassificationTable:
    """Which national class each crime form goes under."""

    exercise: Classification
    forms: Mapping[str, Classification]

    def of(self, form: str, *, exercise: bool) -> Classification:
        """Give the class of a form; a practice dispatch never carries a real one."""
        return self.exercise if exercise else self.forms[form]

    def codes(self) -> set[str]:
        """Give every code that a dispatch can carry."""
        return {self.exercise.code, *(each.code for each in self.forms.values())}


@lru_cache(maxsize=4)
def classifications(path: Path | None = None) -> ClassificationTable:
    """Read and check the table of this control room, or the packaged one.

    Raises:
        ClassificationError: it is not there, or does not say what it should.
    """
    if path is None:
        return read_classifications(files("console").joinpath(_PACKAGED).read_text(encoding="utf-8"), _PACKAGED)
    try:
        return read_classifications(path.read_bytes().decode("utf-8"), str(path), of=classifications().forms)
    except OSError as error:
        raise ClassificationError(words.classification.wrong(path, in_dutch(error))) from error
    except UnicodeDecodeError as error:
        raise ClassificationError(words.classification.wrong(path, utf8_in_dutch(error))) from error


def read_classifications(text: str, file: str, of: Iterable[str] = (UNKNOWN,)) -> ClassificationTable:
    """Read a table from its TOML text, that must name all crime forms of `of`; see `classifications`."""
    try:
        found = read(text)
    except tomllib.TOMLDecodeError as error:
        why = words.classification.no_toml(toml_in_dutch(error))
        raise ClassificationError(words.classification.wrong(file, why)) from error
    if found.keys() != _PARTS or not all(isinstance(part, dict) for part in found.values()):
        raise ClassificationError(words.classification.wrong(file, words.classification.PARTS))
    exercise = found[_EXERCISE]
    if exercise.keys() != {"code", "tekst"} or not all(map(_is_text, exercise.values())):
        raise ClassificationError(
            words.classification.wrong(where(file, text, _EXERCISE), words.classification.EXERCISE)
        )
    for code, name in found[_CODES].items():
        if not _is_text(name):
            raise ClassificationError(
                words.classification.wrong(where(file, text, _CODES, code), words.classification.no_text(code))
            )
    if missing := sorted(set(of) - found[_FORMS].keys()):
        why = words.classification.forms_missing(missing)
        raise ClassificationError(words.classification.wrong(where(file, text, _FORMS), why))
    return ClassificationTable(
        exercise=Classification(exercise["code"], exercise["tekst"]),
        forms={form: _class_of(form, code, found[_CODES], file, text) for form, code in found[_FORMS].items()},
    )


def _class_of(form: str, code: Any, codes: Mapping[str, str], file: str, text: str) -> Classification:
    if not isinstance(code, str) or code not in codes:
        raise ClassificationError(
            words.classification.wrong(where(file, text, _FORMS, form), words.classification.no_such_code(form, code))
        )
    return Classification(code, codes[code])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()
