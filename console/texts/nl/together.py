"""What was asked of the shift lead, and what was agreed with the caller."""

from __future__ import annotations

from typing import Final

ASKED: Final = "Overleg"
AGREED: Final = "Afgesproken"
CLOSE: Final = "Tot slot: lees voor"


def question(number: int, when: str, text: str) -> str:
    return f"Vraag {number}, {when}: {text}"


def waits(lasts: str) -> str:
    return f"nog geen antwoord ({lasts})"


def taken_up(who: str, when: str) -> str:
    return f"{who} kijkt ernaar sinds {when}, antwoord volgt"


def answer(who: str, when: str, text: str) -> str:
    return f"ANTWOORD van {who}, {when}: {text}"


def call_back(when: str, number: str) -> str:
    return f"TERUGBELLEN {when} {number}".rstrip()


def call_back_due(when: str, number: str) -> str:
    return f"NU TERUGBELLEN ({when}) {number}".rstrip()


def called_back(when: str) -> str:
    return f"teruggebeld (afspraak {when})"
