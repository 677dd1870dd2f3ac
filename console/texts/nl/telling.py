"""What is known of a call, as a crew reads it: subject and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import AppointmentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS: Final = "UITVRAAG"
IMPRESSION: Final = "Indruk van de centralist, geen feit"
ADVICE: Final = "Advies gegeven"
SECURED: Final = "Te bewaren"
WISH: Final = {
    "thuis": "slachtoffer wil een agent thuis, neem de aangifte op",
    "geen_bezoek": "slachtoffer wil geen bezoek, aangifte later",
    "weet_niet": "slachtoffer weet nog niet of het aangifte doet",
}
FIELD: Final = {"cents": "bedrag", "account": "rekening of ordernummer", "name": "naam", "at": "tijd"}

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


def suspect_block(answer: str) -> str:
    return f"VERDACHTE - {answer}"


def report_block(wish: str | None) -> str:
    return f"AANGIFTE - {WISH.get(wish or '', 'wens niet gevraagd')}"


def traces_block(*, asked: bool, any_leads: bool) -> str:
    if any_leads:
        return "SPOREN"
    return f"SPOREN - {'gevraagd, geen aanknopingspunten' if asked else 'niet gevraagd of er aanknopingspunten zijn'}"


def lacking(fields: Sequence[str]) -> str:
    return f"voor terughalen nog nodig {', '.join(FIELD[each] for each in fields)}"


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
