"""Passed on by telephone or radio."""

from __future__ import annotations

from typing import Final

CONFIRM: Final = "ja, vastleggen"
HOW: Final = "enter: ja, vastleggen - escape: nee"


def title(priority: int, *, addition: bool) -> str:
    return f"DOORGEGEVEN: {'aanvulling op de ' if addition else ''}inzet prio {priority}"


NEWS_QUESTION: Final = "Hebt u dit nieuws per telefoon of portofoon doorgegeven, en heeft de uitgifte het herhaald?"


def already_there(cad_name: str, *, sure: bool) -> str:
    stands = f"staat ook in {cad_name}" if sure else f"kan ook in {cad_name} staan"
    return f"Let op: hij {stands}. Zeg dat erbij: er hoeft maar één eenheid te gaan."


def question(cad_name: str, control_word: str) -> str:
    """A unit that does not know the control word is a false one to the caller who was told it."""
    word = f" met controlewoord “{control_word}”" if control_word else ""
    return (
        f"Hebt u deze inzet{word} per telefoon of portofoon doorgegeven, en heeft de uitgifte hem herhaald?\n"
        f"Daarna gaat hij niet meer naar {cad_name}."
    )
