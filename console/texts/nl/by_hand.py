"""Passed on by telephone or radio."""

from __future__ import annotations

from typing import Final

CONFIRM: Final = "ja, vastleggen"
HOW: Final = "enter: ja, vastleggen - escape: nee"


def title(priority: int, *, addition: bool) -> str:
    return f"DOORGEGEVEN: {'aanvulling op de ' if addition else ''}inzet prio {priority}"


def question(cad_name: str) -> str:
    return (
        "Hebt u deze inzet per telefoon of portofoon doorgegeven, en heeft de uitgifte hem herhaald?\n"
        f"Daarna gaat hij niet meer naar {cad_name}."
    )
