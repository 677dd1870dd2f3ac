"""What to say to the caller at once: read from data, chosen by the answers so far, never an input of a rule."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to read out, and when it fits: all named answers, and one of the forms when forms are named."""

    id: str
    text: str
    when: Mapping[str, tuple[str, ...]]
    forms: tuple[str, ...]

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Tell whether this helps in the situation that the answers describe."""
        if self.forms and answers.get("vorm") not in self.forms:
            return False
        return all(answers.get(question) in values for question, values in self.when.items())


@lru_cache(maxsize=1)
def all_lines() -> tuple[Line, ...]:
    """Read the packaged sentences, most urgent first."""
    entries = tomllib.loads(files("console").joinpath("advice.toml").read_text(encoding="utf-8"))["zeg"]
    return tuple(
        Line(
            id=entry["id"],
            text=entry["tekst"],
            when={question: tuple(values) for question, values in entry.get("als", {}).items()},
            forms=tuple(entry.get("vormen", ())),
        )
        for entry in entries
    )


def lines_for(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Give the sentences that fit the answers, most urgent first; nothing is said before there is an answer."""
    return tuple(line.text for line in all_lines() if line.fits(answers)) if answers else ()
