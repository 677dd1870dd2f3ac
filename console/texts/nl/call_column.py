"""The column beside the checklist: its titles, and what the other calls and the earlier assessment say."""

from __future__ import annotations

from typing import Final

ASK_FIRST: Final = "Vraag eerst (F2)"
DECISION: Final = "Besluit"
TAKEN_OVER: Final = "Overgenomen"
RELATED: Final = "Hangt samen met"
SUGGESTION: Final = "Voorstel"
CHANGED: Final = "Anders dan eerst"
SAY: Final = "Zeg tegen melder"
CALLER: Final = "Melder"

NOT_TOLD: Final = "NOG NIET BIJ DE EENHEID"
NEW_FACTS: Final = "Nieuwe feiten? F12: beoordeel opnieuw"
THE_QUEUE: Final = "wachtrij"
NO_PLACE: Final = "plaats onbekend"
NO_NAME: Final = "naam onbekend"
NO_NUMBER: Final = "nummer onbekend"
NOT_ASKED: Final = "niet gevraagd"


def also_in(call_id: str, when: str, place: str, first_words: str, shared: str) -> str:
    return f"ook in {call_id}, {when}, {place}: {first_words} (zelfde {shared})"


def fails_its_check(kind: str) -> str:
    return f"{kind}, controlecijfer klopt niet"


def other_suggestion(was: str, now: str) -> str:
    return f"voorstel {was} -> {now}"


def other_choice(was: str, now: str) -> str:
    return f"besluit {was} -> {now}"


def nothing_changed(number: int) -> str:
    return f"nog niets (beoordeling {number})"


def between(least: str, most: str) -> str:
    return f"{least} tot {most}"


def how_to_tell(more: int, *, by_telephone: bool) -> str:
    how = "Bel het door aan de uitgifte; F10 legt dat vast." if by_telephone else "F5 en dan a stuurt het na."
    return f"{f'en nog {more}. ' if more else ''}{how}"
