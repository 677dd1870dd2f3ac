"""What an investigator can go on with: the list, its fields, and what is offered from the note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import ClueKind, Payee, Securing

if TYPE_CHECKING:
    from collections.abc import Sequence

TRACES: Final = "sporen"
KEEP_OFFERED: Final = "leg herkend spoor vast"
TO_LIST: Final = "naar de lijst"
TO_LINE: Final = "andere helft"
DONE: Final = "klaar"
ROW_UP: Final = "regel omhoog"
ROW_DOWN: Final = "regel omlaag"
OPEN: Final = "open of bevestig"
TAKE_BACK: Final = "haal terug"
ASKED: Final = "gevraagd te bewaren"
SECURED: Final = "veiliggesteld"
ABSENT: Final = "niet aanwezig"
NOT_ASKED: Final = "weer niet gevraagd"
NEW_PAYMENT: Final = "nieuwe betaling"
NEW_DEVICE: Final = "nieuw apparaat"
NEW_SUSPECT: Final = "signalement"
NO_LEADS: Final = "geen aanknopingspunten"

PROMPT: Final = "Nieuw spoor:"
HOW: Final = "Typ een rekening, nummer of ander spoor; enter legt vast, tab: lijst."
IN_LIST: Final = "b betaling, a apparaat, s signalement, k geen aanknopingspunten; tab: nieuw spoor."
AT_CLUE: Final = "backspace neemt dit spoor terug."
AT_ENTRY: Final = "enter opent dit, backspace neemt het terug."
AT_CHECK: Final = "g gevraagd te bewaren, v veiliggesteld, n niet aanwezig, o weer niet gevraagd."
AT_NEW: Final = "enter voegt toe."
AT_NO_LEADS: Final = "k: gevraagd, en er zijn geen aanknopingspunten. Nogmaals k neemt het terug."
ONLY_CHECKS: Final = "Dit kan alleen bij een regel van de sporenlijst."
NOTHING_TO_TAKE_BACK: Final = "Hier valt niets terug te nemen."
THERE_ARE_LEADS: Final = "Er staan aanknopingspunten vast; neem die eerst terug als ze niet kloppen."

NOTHING_OFFERED: Final = "In de notitie staat niets dat herkend is en nog niet vastligt."
ALREADY_KEPT: Final = "Dit stond al vast."

COLUMN: Final = "Sporen (F3)"
KEPT: Final = "Vastgelegd"
CHECKLIST: Final = "Te bewaren"
PAYMENTS: Final = "Betalingen"
DEVICES: Final = "Apparaten"
SUSPECT: Final = "Verdachte"
LEADS: Final = "Aanknopingspunten"
MORE: Final = "(hieronder staat meer)"
NOTHING_KEPT: Final = "(nog niets)"
ADD_PAYMENT: Final = "+ betaling (b)"
ADD_DEVICE: Final = "+ apparaat (a)"
ADD_SUSPECT: Final = "+ signalement, richting, voertuig, kenteken (s)"

CLUE: Final = {
    ClueKind.IBAN: "IBAN",
    ClueKind.PHONE: "telefoon",
    ClueKind.REMOTE: "meekijken",
    ClueKind.URL: "webadres",
    ClueKind.MAIL: "e-mail",
    ClueKind.AMOUNT: "bedrag",
    ClueKind.TIME: "tijdstip",
    ClueKind.WALLET: "cryptoadres",
    ClueKind.ACCOUNT: "account",
    ClueKind.OTHER: "overig",
}
FAILS: Final = {
    ClueKind.IBAN: "CONTROLECIJFER KLOPT NIET",
    ClueKind.WALLET: "CONTROLECIJFER KLOPT NIET",
    ClueKind.PHONE: "BESTAAT NIET",
    ClueKind.URL: "BESTAAT ZO NIET",
    ClueKind.AMOUNT: "NIET DUIDELIJK",
}
SECURING: Final = {
    Securing.ASKED: "gevraagd",
    Securing.SECURED: "veiliggesteld",
    Securing.ABSENT: "niet aanwezig",
}
PAYEE: Final = {
    Payee.BANK: "bankrekening",
    Payee.SHOP: "webwinkel of leverancier",
    Payee.EXCHANGE: "cryptobeurs",
    Payee.GIFT_CARD: "cadeaukaart",
    Payee.CASH: "contant of goederen",
    Payee.OTHER: "overig of onbekend",
}
FIELD: Final = {"cents": "bedrag", "account": "rekening- of ordernummer", "name": "naam", "at": "tijd"}

PAYMENT_TITLE: Final = "BETALING - enter: volgende, escape: klaar"
TO_WHOM: Final = "“Waar ging het geld naartoe?” (bank én winkel kunnen het tegenhouden)"
HOW_MUCH: Final = "“Hoeveel?”"
ACCOUNT: Final = "“Naar welke rekening, of welk ordernummer of cryptoadres?”"
NAME: Final = "“Op wiens naam?”"
WHEN: Final = "“Hoe laat precies?”"
ALL_THERE: Final = "Alles wat een bank of winkel nodig heeft staat er."
UNREADABLE_AMOUNT: Final = (
    "Dit is geen bedrag in euro. Typ bijvoorbeeld 1250,50. Bij escape blijft het staan als spoor."
)
SUSPECT_TITLE: Final = "VERDACHTE - wat te zien is, geen oordeel; enter: volgende, escape: klaar"
DESCRIPTION: Final = "“Hoe zag die eruit?” (signalement)"
DIRECTION: Final = "“Welke kant op?”"
VEHICLE: Final = "“Welk voertuig?”"
PLATE: Final = "“Welk kenteken?”"
DEVICE_TITLE: Final = "APPARAAT - enter: volgende, escape: klaar"
WHAT: Final = "Welk apparaat? (telefoon, laptop, USB-stick)"
STATE: Final = "Hoe staat het erbij? (aan, meekijken open, wifi uit)"
SOME_DEVICE: Final = "apparaat"
NEXT: Final = "volgende"
PREVIOUS: Final = "vorige"


def title(call_id: str) -> str:
    return f"SPOREN {call_id} - escape: klaar, alles is meteen bewaard"


def read_as(clues: Sequence[str]) -> str:
    return f"enter legt vast: {'; '.join(clues)}"


def kept(clues: Sequence[str]) -> str:
    return f"Vastgelegd: {'; '.join(clues)}."


def offered(clue: str, more: int) -> str:
    rest = f" (daarna nog {more})" if more else ""
    return f"{clue} herkend: ctrl+o legt vast{rest}"


def sure_to_take_back(what: str) -> str:
    return f"Terugnemen: {what}? enter neemt het terug, escape laat het staan."


def taken_back(what: str) -> str:
    return f"Teruggenomen: {what}. Het blijft in het dossier staan als teruggenomen."


def still_needed(fields: Sequence[str]) -> str:
    return f"voor terughalen nog nodig: {', '.join(fields)}"


def to(payee: str) -> str:
    return f"naar {payee}"


def no_leads(*, said: bool, leads: bool) -> str:
    if leads:
        return "er zijn aanknopingspunten (zie boven)"
    return f"[x] {NO_LEADS}: gevraagd, en er zijn er geen (k)" if said else f"[ ] {NO_LEADS} (k): nog niet gezegd"


def summary(clues: int, payments: int, devices: int, suspects: int) -> str:
    counted = (
        (clues, "spoor", "sporen"),
        (payments, "betaling", "betalingen"),
        (suspects, "signalement", "signalementen"),
        (devices, "apparaat", "apparaten"),
    )
    return ", ".join(f"{number} {one if number == 1 else more}" for number, one, more in counted if number)
