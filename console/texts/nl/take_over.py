"""Taking over a colleague's call."""

from __future__ import annotations

from typing import Final

WHY: Final = "Waarom neemt u de melding over?"
HOW: Final = "enter neemt over, escape gaat terug."
TYPE_FIRST: Final = "Typ eerst een reden: uw collega krijgt die te zien."


def title(call_id: str, owner: str | None) -> str:
    return f"OVERNEMEN {call_id} van {owner}"


def what_it_does(owner: str | None, silent_since: str | None) -> str:
    silent = f" Geen teken van die console sinds {silent_since}." if silent_since else ""
    return f"{owner} kan daarna niets meer in deze melding.{silent}"
