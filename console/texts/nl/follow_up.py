"""What a decision still asks: appointments, announced pickups, to whom a call is passed on."""

from __future__ import annotations

from typing import Final

from console.model import AppointmentKind, Party

ARRANGED_BY: Final = {
    "c": (Party.OPERATOR, "ik (centralist)"),
    "m": (Party.CALLER, "melder zelf"),
    "r": (Party.SERVICE_CENTRE, "RSC"),
}
PASS_TO: Final = {
    "k": "andere meldkamer",
    "s": "RSC",
    "e": "recherche",
    "z": "zeden",
    "y": "cybercrimeteam",
}
EARLIER: Final = "eerdere melding"
OTHER_KEY: Final = "w"
EARLIER_KEY: Final = "v"
PICKUP_KEY: Final = "h"

APPOINTMENT: Final = {
    AppointmentKind.STATION: "Afspraak bureau",
    AppointmentKind.WINDOW: "Tijdvak eenheid",
    AppointmentKind.PICKUP: "Aangekondigde ophaling",
}
WHO_ARRANGES: Final = "wie regelt het?"
TO_WHOM: Final = "Doorzetten aan wie?"
STILL_TO_WHOM: Final = "Naar wie doorgezet? F5 en de letter."
ANOTHER_SERVICE: Final = "andere dienst (typ welke)"
PICKUP_PLAN: Final = "Ophaling aangekondigd: eerst plan met OvD-OC, onopvallend."
PICKUP_WHEN: Final = f"{PICKUP_KEY} leg vast wanneer"
NO_TIME: Final = "tijd nog niet genoemd"
CHANGE: Final = "wijzigt"

ASK_WHEN: Final = {
    AppointmentKind.STATION: "Wanneer, en op welk bureau?",
    AppointmentKind.WINDOW: "Welk tijdvak?",
    AppointmentKind.PICKUP: "Wanneer, en waar, komt de ophaler?",
}
ASK_SERVICE: Final = "Welke dienst?"
ENTER_KEEPS: Final = "enter neemt het over, escape niet."


def arranges(who: str) -> str:
    return f"afspraak: {who}"


def to(whom: str) -> str:
    return f"doorzetten: {whom}"


def appointment(kind: AppointmentKind, by: Party, when: str) -> str:
    return f"{APPOINTMENT[kind]}: {when or NO_TIME}, regelt: {by.value}"


def passed_on(to: str, call_id: str) -> str:
    return f"Gaat verder in {to} {call_id}" if call_id else f"Doorgezet: {to}"


def earlier(call_id: str, when: str, more: int) -> str:
    others = f" (nog {more}: nogmaals {EARLIER_KEY})" if more else ""
    return f"{EARLIER_KEY} {EARLIER} {call_id}, {when}, zelfde nummer{others}"
