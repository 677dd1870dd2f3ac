"""Sending what became known after a dispatch."""

from __future__ import annotations

from typing import Final

SEND: Final = "verstuur"
NOTHING_NEW: Final = "Er is niets nieuws sinds wat al verstuurd is."
ENTER_SENDS: Final = "enter verstuurt deze aanvulling, escape gaat terug."
SENT: Final = "Aanvulling vastgelegd; zij gaat nu weg."


def title(call_id: str) -> str:
    return f"AANVULLING {call_id}"


def to_the_cad(cad_name: str, priority: int) -> str:
    return f"Naar {cad_name}, bij de inzet prio {priority}, alleen wat nieuw is:"


def try_again(trouble: str) -> str:
    return f"{trouble} enter probeert dezelfde aanvulling opnieuw."
