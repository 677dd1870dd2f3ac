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


def bank_called(party: str, name: str) -> str:
    return f"bank of winkel gebeld door {party}" + (f" ({name})" if name else "")
