"""The checklist as plain lines: what is said, and the words that may be typed."""

from __future__ import annotations

from typing import Final

STOP: Final = "stop"
LATER: Final = "later"
BACK: Final = "terug"
HELP_KEY: Final = "?"
STATE: Final = "stand"
WHY: Final = "waarom"
LIST: Final = "lijst"
DONT_KNOW: Final = ("o", "onbekend")

HELP: Final = (
    "Typ het nummer of het woord van uw keuze. j, n en o zijn ja, nee en onbekend.",
    "terug: het vorige antwoord opnieuw. later: deze vraag overslaan. stand: alle antwoorden.",
    "waarom: de reden met de bron. stop: klaar.",
)
FORM_HINT: Final = "Typ een deel van de naam, of lijst voor alle vormen."
TIME_HINT: Final = "Bijvoorbeeld 20m, 3u, 2d, 3w, gisteren 22:10, of o voor onbekend."
NOTHING_TO_UNDO: Final = "Er is nog geen antwoord om te herstellen."
ANSWERS: Final = "Antwoorden:"
YOU_DECIDE: Final = "U beslist. Er is niets opgeslagen en niets verstuurd."


def opening(policy: str, version: str) -> str:
    return f"Urgentiecheck {policy} {version}. Typ ? voor hulp."


def observe(question: str) -> str:
    return f"Zelf waarnemen, niet voorlezen: {question}"


def read_out(question: str) -> str:
    return f"Lees voor: {question}"


def put_off(question: str) -> str:
    return f"Overgeslagen: {question}"


def undone(question: str) -> str:
    return f"Hersteld, weer open: {question}"


def noted(question: str, answer: str) -> str:
    return f"Genoteerd: {question} {answer}."


def read_as(time: str) -> str:
    return f"Gelezen als: {time}."


def no_choice(entry: str) -> str:
    return f"'{entry}' is hier geen keuze."


def several_forms(labels: list[str]) -> str:
    return f"Dat kan {' of '.join(labels)} zijn. Typ meer."


def no_form(entry: str) -> str:
    return f"Geen vorm heet zo: '{entry}'. Typ lijst voor alle vormen, of o."


def urgency(bounds: str) -> str:
    return f"Urgentie: {bounds}."


def after_wish(bounds: str) -> str:
    return f"Na keuze: {bounds}."


def because(outcome: str, reason: str) -> str:
    return f"Ten minste {outcome}, omdat {reason}."


def rule(name: str, why: str, sources: str) -> str:
    return f"  {name}: {why} Bron: {sources}."


def hours_before(hours: str) -> str:
    return f"{hours} uur voor de melding"


def certain(outcome: str) -> str:
    return f"zeker {outcome}"


def between(least: str, most: str) -> str:
    return f"ten minste {least}, kan nog {most} worden"


def sure(outcome: str) -> str:
    return f"Zeker: {outcome}."


def not_sure(bounds: str) -> str:
    return f"Niet zeker: {bounds}."
