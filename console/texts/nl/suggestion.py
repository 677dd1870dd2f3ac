"""What the policy says, in the words of the room."""

from __future__ import annotations

from typing import Final

URGENCY: Final = "URGENTIE"
AFTER_WISH: Final = "NA KEUZE"
NOTHING_ASKS: Final = "omdat nog geen antwoord om meer vraagt"


def still_open(count: int) -> str:
    return "nog 1 vraag telt mee" if count == 1 else f"nog {count} vragen tellen mee"


def certain(outcome: str) -> str:
    return f"zeker: {outcome}"


def between(least: str, most: str) -> str:
    return f"ten minste: {least}; kan nog: {most}"


def because(reason: str, rules: str, sources: str) -> str:
    return f"omdat {reason} ({rules}; {sources})"


def certain_line(title: str, outcome: str) -> str:
    return f"{title}  zeker: {outcome}"


def least_line(title: str, outcome: str) -> str:
    return f"{title}  ten minste: {outcome}"


def most_line(title: str, outcome: str) -> str:
    return f"{' ' * len(title)}  kan nog:    {outcome}"


def or_ordinary(outcome: str) -> str:
    return f"{outcome} (of gewone protocol)"
