"""Searching in all calls, and reading one of them."""

from __future__ import annotations

from typing import Final

TITLE: Final = "LOGBOEK"
HINT: Final = "nummer, telefoon, IBAN, naam of woord; enter zoekt"
SEARCH: Final = "zoek"
SEARCH_LABEL: Final = "Zoek:"
TO_QUEUE: Final = "wachtrij"
BACK: Final = "terug"
READ: Final = "lezen"
RESULTS: Final = "naar de lijst"
OTHER_SEARCH: Final = "andere vraag"
OPEN: Final = "aannemen"
FOLLOW: Final = "verband openen"
SHOW_SPECIAL: Final = "bijzondere gegevens"

TYPE_FIRST: Final = "Typ waarop u zoekt; enter zoekt. Wat u opent, wordt vastgelegd (Wpg)."
NOTHING_FOUND: Final = "Geen melding gevonden. Zoek op een ander nummer, een naam of een woord."
COLUMNS: Final = ("melding", "binnen", "invoer", "plaats", "staat", "besluit")
SPECIAL_SHOWN: Final = "Bijzondere gegevens getoond; dat u ze hebt ingezien is vastgelegd (Wpg)."
NO_SPECIAL: Final = "Bijzondere gegevens staan al op deze bladzijde."
LEADS_NOWHERE: Final = "Op deze regel staat geen andere melding."


def found(count: int, query: str) -> str:
    return f"{count} gevonden: {query}" if count != 1 else f"1 gevonden: {query}"


def title(call_id: str) -> str:
    return f"LOGBOEK {call_id}"


def in_a_call(in_hand: str, wanted: str) -> str:
    return f"U bent in melding {in_hand}. Ga met escape terug naar de wachtrij en open {wanted} daar."
