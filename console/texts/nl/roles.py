"""What a role may not do: which one may, and who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DOING: Final = {
    "overzicht": "Het overzicht zien",
    "wachtrij": "In de console werken",
    "naslaan": "Andere meldingen inzien",
    "behandelen": "Meldingen behandelen",
    "besluiten": "Besluiten",
    "doorgeven": "Vastleggen wat is doorgegeven",
    "verouderd": "Over oude inzetten beslissen",
    "papier": "Meldingen van papier invoeren",
    "noodpakket": "Het noodpakket afdrukken",
    "overleg": "Een vraag beantwoorden",
    "overnemen": "Een melding overnemen",
    "inzien": "Het dossier inzien",
    "bewaren": "Het dossier nagaan, bewaren en opschonen",
    "beleid": "Het beleid wijzigen",
    "rapport": "Een rapport maken",
    "sleutels": "Een sleutel zetten of wissen",
}


def refused(right: str, takes: Sequence[str], yours: Sequence[str], account: str, *, only_in_exercise: bool) -> str:
    """Such as: Besluiten mag als centralist of ovd; u hebt uitgifte. De functioneel beheerder geeft rollen."""
    has = f"u hebt {' en '.join(yours)}" if yours else f"{account} heeft geen rol"
    there = " (die geldt alleen in een oefening)" if only_in_exercise else ""
    *first, last = takes
    which = f"{', '.join(first)} of {last}" if first else last
    return f"{DOING[right]} mag als {which}; {has}{there}. De functioneel beheerder geeft rollen."
