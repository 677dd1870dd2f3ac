"""Why a call was read, as the log of reads keeps it."""

from __future__ import annotations

from typing import Final

HANDLING: Final = "afhandelen van de melding"
"""Of an operator's console; anybody else gives a reason of their own (`meldkamer dossier`)."""

LOOKING_BACK: Final = "naslaan vanaf de console"
"""Of a call that nobody at this console handles."""


TOO_OLD: Final = "inzet die te lang niet bezorgd kon worden"


def related_to(call_id: str) -> str:
    return f"verband met melding {call_id}"


def closed_empty(call_id: str) -> str:
    return f"Melding {call_id} was leeg en is afgesloten als per ongeluk geopend."
