"""What a unit is told: the three lines to drive by, and later what was new since."""

from __future__ import annotations

from typing import Final

NO_ADDRESS: Final = "ADRES ONBEKEND - vraag na bij melder"
FORM_UNKNOWN: Final = "online criminaliteit, vorm nog onbekend"
CALLER: Final = "melder"
ROLE_UNKNOWN: Final = "onbekend"
CANNOT_TALK_FREELY: Final = "KAN NIET VRIJ PRATEN"
WORTH_TELLING: Final = {
    "gevaar": "gevaar",
    "verdachte": "verdachte",
    "gaande": "nu gaande",
    "toegang_open": "toegang tot apparaat of rekening",
    "minderjarig": "slachtoffer minderjarig",
    "kwetsbaar": "slachtoffer kwetsbaar",
}
"""What a crew must hear before it drives off."""

EXERCISE: Final = "OEFENING - "
ONLY_NEWS: Final = "AANVULLING, GEEN NIEUWE INZET - "
CHANGED: Final = "GEWIJZIGD - "
GONE: Final = "VERVALLEN"
MORE_NOTE: Final = "Notitie, vervolg"
ADDRESS: Final = "Adres"
CALLBACK: Final = "Terugbellen"
NOT_KNOWN: Final = "ONBEKEND"

NOT_BOTH_EXERCISE: Final = "De inzet en deze console zijn niet allebei een oefening. Geef nieuws door per telefoon."
NOTHING_ASKED: Final = "Er is nog geen inzet gevraagd. Neem eerst een besluit."


def urgency(priority: int, form: str) -> str:
    return f"PRIO {priority} - {form}"


def last_act(hours: str) -> str:
    return f"laatste handeling: {hours}"


def still_asking(first_words: str) -> str:
    return f"Uitvraag nog bezig. Eerste woorden: {first_words or 'geen'}"


def came_in(at: str, channel: str) -> str:
    return f"Melding {at} via {channel}"


def new_address(where: str) -> str:
    return f"NIEUW ADRES: {where}"


def victim_is_at(place: str) -> str:
    return f"SLACHTOFFER IS NU: {place}"


def was_first(now: str, then: str) -> str:
    return f"{now} (eerst: {then})"
