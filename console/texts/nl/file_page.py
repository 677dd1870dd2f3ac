"""Everything that was recorded of a call, on one page to read."""

from __future__ import annotations

from typing import Final

INCOMING: Final = "Binnengekomen"
RELATED: Final = "Hangt samen met (enter opent)"
DELIVERIES: Final = "Berichten aan {cad_name}"
DETAILS: Final = "Vastgelegd bij de melding"
CONSULTATIONS: Final = "Overleg met de OvD-OC"
TRANSFERS: Final = "Van hand gewisseld"
PERSONS: Final = "Personen"
TOLD_FACTS: Final = "Feiten"
IMPRESSION: Final = "Indruk van de centralist (oordeel, geen feit)"
SPECIAL: Final = "Bijzondere gegevens (artikel 5 Wpg)"
SPECIAL_HIDDEN: Final = "niet getoond; s toont ze en legt dat vast"
NOTE: Final = "Notitie"
ADDITION: Final = "aanvulling"
TRACES: Final = "Sporen"

TIME: Final = "tijd"
CHANNEL: Final = "kanaal"
NUMBER: Final = "nummer"
NAME: Final = "naam"
PLACE: Final = "plaats"
STANDS: Final = "stand"
ADDRESS: Final = "adres"
CALL_BACK: Final = "terugbellen"
CALLS_FOR: Final = "belt"
SPEAKS: Final = "praten"

NO_PLACE: Final = "plaats onbekend"
NO_DETAILS: Final = "geen gegevens"
TAKEN_BACK: Final = "antwoord gewist"
NOTHING_DECIDED: Final = "nog geen besluit"
NO_REASON_YET: Final = "nog geen reden gegeven"
QUEUE: Final = "wachtrij"


def assessment(number: int, since: str, by: str) -> str:
    return f"Beoordeling {number}, vanaf {since}" + (f" door {by}" if by else "")


def said(moment: str, by: str, what: str) -> str:
    return f"{moment}  {by}: {what}"


def suggestion(urgency: str, after_wish: str, rules: str) -> str:
    return f"voorstel toen: urgentie {urgency}; na keuze {after_wish}" + (f" (regels {rules})" if rules else "")


def policy(name: str, version: str, meaning_hash: str) -> str:
    return f"beleid {name} {version} (kenmerk {meaning_hash[:12]})"


def deviates(reason: str) -> str:
    return f"wijkt af van het voorstel: {reason}"


def also(choices: str) -> str:
    return f"daarnaast: {choices}"


def with_owner(stage: str, owner: str) -> str:
    return f"{stage} bij {owner}" if owner else stage


def related(call_id: str, when: str, place: str, first_words: str, shared: str) -> str:
    return f"{call_id}  {when}  {place}: {first_words} (zelfde {shared})"


def delivery(moment: str, what: str, state: str) -> str:
    return f"{moment}  {what}: {state}"


def priority(priority: int) -> str:
    return f"prio {priority}"


def transfer(moment: str, by: str, from_owner: str, to_owner: str, reason: str) -> str:
    return f"{moment}  {by}: {from_owner} -> {to_owner}: {reason}"


def fact(number: int, source: str, certainty: str, text: str, about: int | None) -> str:
    whom = f", over persoon {about}" if about is not None else ""
    return f"{number}. [{source}, {certainty}{whom}] {text}"


def changed_since(moment: str, by: str) -> str:
    return f"({moment}, {by})"


def changed(what: str) -> str:
    return f"anders dan eerst: {what}"
