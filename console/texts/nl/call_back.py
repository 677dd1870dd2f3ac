"""Promises to call back: made, due, kept."""

from __future__ import annotations

from typing import Final

from console.texts.nl.ahead import EXAMPLES

WHEN: Final = f"Wanneer belt u terug? ({EXAMPLES})"
SET_AGAIN: Final = f"Verzetten? Typ een nieuwe tijd ({EXAMPLES})."
ENTER_IS_DONE: Final = "enter zonder tijd: er is teruggebeld. escape gaat terug."
TYPE_A_TIME: Final = "Typ een tijd, enter legt hem vast. escape gaat terug."
TITLE: Final = "TERUGBELAFSPRAAK"
DUE: Final = "NU TERUGBELLEN"


def title(call_id: str) -> str:
    return f"{TITLE} {call_id}"


def number(shown: str) -> str:
    return f"Nummer: {shown}"


def no_number() -> str:
    return "Nummer ONBEKEND: vul het aan met F2."


def promised(when: str) -> str:
    return f"Er staat: terugbellen {when}."


def means(read_back: str) -> str:
    return f"{read_back}. enter legt vast."


def agreed(read_back: str) -> str:
    return f"Terugbelafspraak: {read_back}."


def one_due(call_id: str, at: str) -> str:
    return f"{call_id} ({at})"


def due(calls: str) -> str:
    return f"{DUE}: {calls}. Open de melding; ctrl+r legt vast dat het gedaan is."
