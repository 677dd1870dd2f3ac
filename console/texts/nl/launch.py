"""Starting the console."""

from __future__ import annotations

from typing import Final

NAME: Final = "NAAM"
NAME_HELP: Final = "werk onder deze naam (alleen in een oefening)"
ONLY_IN_EXERCISE: Final = "--als werkt alleen in een oefening. Zet oefening aan, of laat --als weg."


def refused(sentence: str) -> str:
    return f"meldkamer: {sentence}"
