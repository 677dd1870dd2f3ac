"""What to say to the caller at once: read from data, chosen by the answers so far, never an input of a rule."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from console.model import Advised, BankCalled
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.model import CallFile


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to read out, and when it fits: all named answers, one of the forms when forms are named.

    `note` is for the operator and not read out. `unit` means: only once somebody confirmed that a unit comes. `id` is
    what is recorded when it was said.
    """

    id: str
    text: str
    note: str
    when: Mapping[str, tuple[str, ...]]
    forms: tuple[str, ...]
    unit: bool

    def fits(self, answers: Mapping[str, str], *, unit: bool) -> bool:
        """Tell whether this helps in the situation that the answers describe."""
        if self.unit and not unit:
            return False
        if self.forms and answers.get("vorm") not in self.forms:
            return False
        return all(answers.get(question) in values for question, values in self.when.items())


@lru_cache(maxsize=1)
def all_lines() -> tuple[Line, ...]:
    """Read the packaged sentences, most urgent first."""
    entries = tomllib.loads(files(words.__name__).joinpath("zeg.toml").read_text(encoding="utf-8"))["zeg"]
    return tuple(
        Line(
            id=entry["id"],
            text=entry["tekst"],
            note=entry.get("let_op", ""),
            when={question: tuple(values) for question, values in entry.get("als", {}).items()},
            forms=tuple(entry.get("vormen", ())),
            unit=entry.get("eenheid", False),
        )
        for entry in entries
    )


def fitting(answers: Mapping[str, str], *, unit: bool = False) -> tuple[Line, ...]:
    """Give what fits the answers, most urgent first; nothing is said before there is an answer.

    `unit` tells whether somebody confirmed that a unit comes: police that may not come are not promised.
    """
    return tuple(line for line in all_lines() if line.fits(answers, unit=unit)) if answers else ()


def line(line_id: str) -> Line | None:
    """Give the line with this id; None for one that left the list since it was recorded."""
    return next((each for each in all_lines() if each.id == line_id), None)


def to_say(file: CallFile, answers: Mapping[str, str]) -> tuple[Line, ...]:
    """Give what helps in this situation, most urgent first, and what was said, also when it fits no more."""
    wanted = {each.id for each in fitting(answers, unit=any(each.state.arranged for each in file.deliveries))}
    said = lines_said(file)
    return tuple(each for each in all_lines() if each.id in wanted or each.id in said)


def lines_said(file: CallFile) -> dict[str, int]:
    """The lines that were said, by id, with the number under which each is recorded."""
    return {
        each.detail.line: each.number
        for each in file.details
        if isinstance(each.detail, Advised) and not each.taken_back
    }


def banks_called(file: CallFile) -> dict[int, BankCalled]:
    """The calls to a bank or shop, by the number under which each is recorded."""
    return {
        each.number: each.detail for each in file.details if isinstance(each.detail, BankCalled) and not each.taken_back
    }
