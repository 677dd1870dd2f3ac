"""What a key means in the checklist, and what to press instead."""

from __future__ import annotations

from typing import Final

CERTAIN: Final = "Het voorstel is zeker. F5 is besluit; met de pijltjes wijzigt u een antwoord."
NOTHING_FITS: Final = "Geen vorm begint zo. Typ een ander woord, of 0 voor onbekend."
TYPE_OR_CHOOSE: Final = "Typ een paar letters of een cijfer; daarna enter."
JUMP: Final = "Typ het nummer van de vraag, of escape."
UNKNOWN_KEY: Final = "o onbekend"
TIME_EXAMPLES: Final = f"20m  3u  2d  3w  gisteren 22:10  {UNKNOWN_KEY}"


def choose(keys: str) -> str:
    return f"Kies {keys}."


def means_nothing(character: str, keys: str) -> str:
    return f"'{character}' kan hier niet. Kies {keys}."


def choose_digit(first: str, last: str) -> str:
    return f"Kies {first} tot en met {last}, of 0 voor onbekend."


def jumped_too_far(number: str, count: int) -> str:
    return f"Vraag {number or '?'} bestaat niet: er zijn er {count}."
