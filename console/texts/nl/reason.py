"""The reason of a deviation."""

from __future__ import annotations

from typing import Final

GROUNDS: Final = (
    "Wat de melder vertelde past niet in de vragen",
    "Indruk van de situatie of van de melder",
    "Geen eenheid beschikbaar",
    "Uitdrukkelijke wens van het slachtoffer",
    "In overleg met OvD-OC",
    "Bekend adres, bekende persoon of lopende zaak",
)
"""The short list; free text stands beside it."""

OWN_WORDS: Final = "eigen woorden"
CONFIRM: Final = "vastleggen"
KEYS: Final = "toetsen"

STANDS: Final = "Uw besluit staat vast en is verwerkt. De reden helpt het beleid beter maken."
IN_OWN_WORDS: Final = "In eigen woorden"
CHOOSE: Final = "Kies een cijfer, of t voor eigen woorden. escape: later (F7)."
ENTER_RECORDS: Final = "enter legt deze reden vast, escape: later (F7)."
ENTER_RECORDS_OWN: Final = "enter legt uw woorden vast, escape: later (F7)."
CHOOSE_FIRST: Final = "Kies eerst een cijfer, of t voor eigen woorden."
TYPE_FIRST: Final = "Typ eerst een reden, of escape: later (F7)."


def title(choice: str, at: str) -> str:
    return f"Waarom: {choice}, {at}?"
