"""The queue: its keys, its search line, its counts."""

from __future__ import annotations

from typing import Final

TITLE: Final = "WACHTRIJ"
NEW: Final = "nieuw"
TAKE_OVER: Final = "overnemen"
SEARCH: Final = "zoek"
CLEAR_SEARCH: Final = "zoeken wissen"
LEAVE: Final = "stoppen"
TO_LIST: Final = "naar de lijst"
CLEAR: Final = "wissen"

FILTER_HINT: Final = "zoek op nummer, plaats, woorden of behandelaar"
NOTHING_FOUND: Final = "Geen melding past bij wat u zoekt. Escape toont ze weer allemaal."


def waiting(count: int, longest: str | None) -> str:
    return f"{count} wachtend" + (f", langste {longest}" if longest else "")


def in_progress(count: int) -> str:
    return f"{count} in behandeling"


def unconfirmed(count: int, longest: str | None) -> str:
    return f"{count} zonder bevestiging" + (f" ({longest})" if longest else "")


def searching(shown: int, total: int) -> str:
    return f"ZOEKEN: {shown} van {total} getoond, escape wist"
