"""What is known of a call, as a crew reads it: subject and what is said of it."""

from __future__ import annotations

from typing import Final

from console.model import AppointmentKind

NOTE: Final = "Notitie"
FIRST_WORDS: Final = "Eerste woorden"
ROLE: Final = "Melder is"
SPEAKS_FREELY: Final = "Vrij praten"
SUSPECT: Final = "Signalement"
CLUE: Final = "Spoor"
PAYMENT: Final = "Betaling"
DEVICE: Final = "Apparaat"
BANK_CALLED: Final = "Bank gebeld"
APPOINTMENT: Final = {
    AppointmentKind.WINDOW: "Afgesproken tijdvak",
    AppointmentKind.PICKUP: "Aangekondigde ophaling",
}
"""An appointment at a station is no matter of a unit."""

YES: Final = "ja"
NO: Final = "NEE"
NOT_ASKED: Final = "niet gevraagd"
NOTHING_SAID: Final = "zonder omschrijving"
DIRECTION: Final = "richting"
VEHICLE: Final = "voertuig"
PLATE: Final = "kenteken"
MISHEARD: Final = "(klopt niet, mogelijk verkeerd verstaan)"
NO_AMOUNT: Final = "bedrag onbekend"


def person(number: int) -> str:
    return f"Persoon {number}"


def fact(number: int) -> str:
    return f"Feit {number}"


def about_person(number: int) -> str:
    return f"over persoon {number}"


def before_call(hours: str) -> str:
    return f"{hours} voor de melding"


def before_reassessment(hours: str, at: str) -> str:
    return f"{hours} voor de herbeoordeling van {at}"


def to_payee(payee: str) -> str:
    return f"naar {payee}"


def called_by(who: str) -> str:
    return f"door {who}"


def agreed_by(who: str) -> str:
    return f"afgesproken door {who}"


def euros(whole: int, cents: int) -> str:
    return f"{whole},{cents:02} euro"
