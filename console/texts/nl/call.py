"""One call: its keys, its title, and what happened to what was typed."""

from __future__ import annotations

from typing import Final

TITLE: Final = "MELDING"
CHECKLIST: Final = "Urgentiecheck"
NOTE_PROMPT: Final = "Notitie:"

TO_QUESTIONS: Final = "naar vragen"
FACTS: Final = "gegevens"
NOTE: Final = "notitie"
DECIDE: Final = "besluit"
REASON: Final = "reden van afwijken"
CONSULT: Final = "overleg"
ORDINARY: Final = "gewone protocol"
CALL_BACK: Final = "terugbelafspraak"
AGREED: Final = "Vastgelegd wat is afgesproken."
HAND_OVER: Final = "overdragen"
BY_HAND: Final = "inzet zelf doorgegeven"
REASSESS: Final = "opnieuw beoordelen"
FREELY: Final = "niet vrij praten, aan/uit"
HISTORY: Final = "alles over deze melding"
READ_ON: Final = "lees rechts verder"
READ_BACK: Final = "lees rechts terug"
TO_QUEUE: Final = "wachtrij"

THE_NOTE: Final = "De notitie"
THE_FACTS: Final = "De gegevens"
THE_DRAFT: Final = "Wat u typte"

NOTHING_TO_ERASE: Final = "Hier is nog geen antwoord om te wissen."
ERASED: Final = "Antwoord gewist: de vraag staat weer open."
NO_REASON_MISSING: Final = "Er is geen afwijking waarvan de reden ontbreekt."
REASON_KEPT: Final = "Reden vastgelegd."
NO_OPEN_DISPATCH: Final = "Er is geen inzet die nog moet worden doorgegeven."
PASSED_ON_BY_HAND: Final = "Vastgelegd: met de hand doorgegeven."
DECIDED: Final = "Besluit vastgelegd."
REASSESSING: Final = "Opnieuw beoordelen: de antwoorden staan zoals ze stonden. Wijzig wat anders is, dan F5."
CANNOT_SPEAK: Final = "Kan niet vrij praten: stel alleen ja/nee-vragen. ctrl+p neemt het terug."
MAY_SPEAK: Final = "Niet meer vastgelegd dat melder niet vrij kan praten. Vraag: “Kunt u vrij praten?” (F2)"
DANGER_STAYS: Final = "Melder kan niet vrij praten: gevaar blijft ten minste onbekend."
LOST_UNKEPT: Final = "Wat u typte is niet bewaard: de melding is niet meer van u. Neem het over; escape verlaat haar."


def under_policy(policy: str, version: str) -> str:
    return f"beleid {policy} {version}"


def title(call_id: str, lasts: str, promise: str, *, held: bool) -> str:
    return f"{'' if held else 'NIET MEER VAN U - '}{TITLE} {call_id}  {lasts}{'  ' if promise else ''}{promise}"


def caller_said(first_words: str) -> str:
    return f"Melder: {first_words}"


def too_soon(key: str) -> str:
    return f"Toets {key} genegeerd: deze vraag stond nog niet op het scherm. Lees haar en antwoord dan."


def held(key: str, number: int) -> str:
    return f"Toets {key} bleef ingedrukt: vraag {number} staat weer open. Laat los, lees haar en antwoord dan."


def not_kept(what: str, trouble: str) -> str:
    return f"{what}: NOG NIET BEWAARD, blijft hier staan. {trouble}"


def lost_to(owner: str | None) -> str:
    return f"Deze melding is niet meer van u maar van {owner or 'niemand'}. U kunt niets wijzigen."
