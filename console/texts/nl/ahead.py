"""A moment ahead: what may be typed, how it is read back, and what is wrong with it."""

from __future__ import annotations

from typing import Final

OVER: Final = "over"
EXAMPLES: Final = "20m, 1u30, 16:30 of morgen 9:00"

TOO_LONG: Final = f"Dat is te lang. Typ bijvoorbeeld {EXAMPLES}."
NOTHING: Final = f"Er staat niets. Typ bijvoorbeeld {EXAMPLES}."
UNREADABLE: Final = f"Dit kan ik niet lezen. Typ bijvoorbeeld {EXAMPLES}."
BEHIND: Final = "Dat is al geweest. Typ een moment dat nog komt."
TOO_FAR: Final = "Dat is meer dan een maand vooruit. Controleer het getal en de eenheid."


def needs_a_unit(number: str) -> str:
    return f"Zet de eenheid erbij: {number}m (minuten) of {number}u (uur), of typ een tijd zoals 16:30."


def never_is(clock: str) -> str:
    return f"{clock} bestaat die nacht niet: de klok gaat dan van 02:00 naar 03:00."


def no_day(word: str) -> str:
    return f"'{word}' is geen dag. Typ vandaag, morgen, ma tot en met zo, of dag-maand zoals 12-11."


def read_back(moment: str, lasts: str) -> str:
    return f"{moment}, {OVER} {lasts}"
