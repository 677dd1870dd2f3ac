"""What to say to the caller, with a tick for what was said."""

from __future__ import annotations

from typing import Final

from console.model import Party

PARTY: Final = {
    Party.CALLER: "melder",
    Party.OPERATOR: "centralist",
    Party.UNIT: "eenheid",
    Party.SERVICE_CENTRE: "RSC",
}

SAYING: Final = "zeg-regels afvinken"
HOW_TO_TICK: Final = "afvinken: ctrl+t"
LINE_RECORDED: Final = "Vastgelegd: dit is gezegd."
BANK_RECORDED: Final = "Vastgelegd: de bank of winkel is gebeld."
ABOUT_THE_BANK: Final = "Een bank of winkel kan een betaling soms nog tegenhouden. Leg vast wie er belde."


def title(call_id: str) -> str:
    return f"ZEG TEGEN MELDER {call_id} - enter: gezegd, escape: klaar"


def bank_called(party: str, name: str) -> str:
    return f"bank of winkel gebeld door {party}" + (f" ({name})" if name else "")


def ticks(said: int, *, bank: bool) -> str:
    return f"[{'x' if bank else ' '}] bank gebeld [{'x' if said else ' '}] {f'{said} ' if said else ''}gezegd"


def by_whom(party: str) -> str:
    return f"bank gebeld: {party}"


def more(count: int) -> str:
    return f"nog {count}, en afvinken: ctrl+t"


def quoted(text: str) -> str:
    return f"“{text}”"
