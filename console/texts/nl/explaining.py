"""What a question or a crime form means."""

from __future__ import annotations

from typing import Final

ORDERED: Final = "Antwoorden, het meest urgente eerst:"
UNORDERED: Final = "Antwoorden (niet van meer naar minder urgent):"
WHY: Final = "Waarom deze vraag: zij telt mee voor"
BY_FREQUENCY: Final = "Wat het vaakst voorkomt staat eerst (proef: ruim twee derde bankhelpdeskfraude)."
DO: Final = "Doe nu"
ASK: Final = "Vraag ook"
LAW: Final = "Mogelijk strafbaar als (een aanwijzing, geen beschuldiging)"
TRACES: Final = "Sporen om te bewaren"
AT_THE_STATION: Final = "Online aangifte: nee, het beleid zegt op het bureau (S0.24). Het bureau kan altijd."
ONLINE_UNKNOWN: Final = "Online aangifte: niet bekend of het kan, CONTROLEREN op politie.nl. Het bureau kan altijd."


def quoted(text: str) -> str:
    return f"“{text}”"


def observed(text: str) -> str:
    return f"Zelf waarnemen, niet voorlezen: {text}"


def value(label: str, clause: str) -> str:
    return f"  {label}: als {clause}" if label else f"  als {clause}"


def rules(outcome: str, named: str) -> str:
    return f"  {outcome}: {named}"


def source(source_id: str, passage: str) -> str:
    return f"  {source_id}: “{passage}”"


def form(label: str, definition: str) -> str:
    return f"  {label}: {definition}"


def also_known_as(names: str) -> str:
    return f"Ook: {names}"


def item(text: str) -> str:
    return f"  - {text}"


def asked(text: str) -> str:
    return f"  - “{text}”"


def consult(whom: str) -> str:
    return f"Overleg: {whom}"


def online(source: str) -> str:
    return f"Online aangifte: ja ({source}). Het bureau kan altijd."


def not_online(source: str) -> str:
    known = f" ({source})" if source else " (controleren)"
    return f"Online aangifte: nee{known}. Het bureau kan altijd."


def law(text: str, source: str) -> str:
    return f"  - {text} ({source})"


def indication(text: str) -> str:
    return f"  - indicatie (controleren): {text}"


def at_the_close(text: str) -> str:
    return f"Bij het afsluiten: “{text}”"
