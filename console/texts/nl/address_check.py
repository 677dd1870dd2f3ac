"""What is still wrong with the place that a unit would be sent to, and what to ask."""

from __future__ import annotations

from typing import Final

MISSING: Final = "Er is geen adres: vraag “Waar bent u nu?” (F2)."
ONLY_A_POINT: Final = "Er is geen adres, alleen een punt op de kaart van de centrale: vraag “Waar bent u nu?” (F2)."
NO_NUMBER: Final = "In het adres staat geen huisnummer: vraag het na (F2)."
NO_PLACE: Final = "In het adres staat geen plaats: vraag het na (F2)."
NOT_ASKED_BACK: Final = "Dit adres komt van de centrale en is niet nagevraagd: laat melder het herhalen (F2)."
OF_VICTIM: Final = "Melder belt voor een ander: vraag of het slachtoffer op dit adres is (F2)."


def incomplete(address: str) -> str:
    return f"Het adres is niet volledig ({address}): vraag straat, huisnummer en plaats (F2)."


def victim_elsewhere(place: str) -> str:
    return f"LET OP: slachtoffer is nu: {place}. De eenheid gaat naar het adres hierboven. Klopt dat niet? F2."


def changed(confirmed: str) -> str:
    return f"Het adres is gewijzigd nadat het was nagevraagd; toen was het {confirmed} (F2)."


def other_place(came_in: str) -> str:
    return f"De centrale gaf een ander adres: {came_in}."
