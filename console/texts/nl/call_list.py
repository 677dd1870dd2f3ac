"""The list of calls: its columns, and how each call stands in the few cells there are."""

from __future__ import annotations

from typing import Final

from console.model import Channel, Delivery
from console.texts.nl import terms

TAKE: Final = "aannemen"

NOBODY_WAITS: Final = "Er wachten geen meldingen."
COLUMNS: Final = ("wacht", "kan.", "nummer", "plaats", "melder zegt", "staat")
CHANNEL: Final = {Channel.EMERGENCY: "112", Channel.SERVICE: "0900", Channel.OTHER: "and."}
DELIVERY: Final = {**terms.DELIVERY, Delivery.BY_HAND: "met de hand", Delivery.DROPPED: "vervallen"}
REASON_MISSING: Final = "reden?"
URGENT: Final = "SPOED"
CONSULTED: Final = "OVERLEG"
CALL_BACK_NOW: Final = "TERUGBELLEN NU"


def back_in_queue(stage: str) -> str:
    return f"{stage} terug"


def dispatch(priority: int, state: str, *, otherwise: bool) -> str:
    return f"prio {priority} {state}{' ANDERS' if otherwise else ''}"


def silent(owner: str) -> str:
    return f"STIL {owner}"


def hours(count: int) -> str:
    return f"{count} uur"


def days(count: int) -> str:
    return f"{count} dagen" if count < 10 else f"{count} dgn"


def short_hours(count: int) -> str:
    return f"{count} u" if count < 100 else f"{count // 24} d"


def call_back(when: str) -> str:
    return f"TERUG {when}"


def consulted(waits: str) -> str:
    return f"{CONSULTED} {waits}"


def under_way(state: str, waits: str) -> str:
    return f"{state} {waits}"


def not_confirmed(waits: str) -> str:
    return f"ONBEVESTIGD {waits}"
