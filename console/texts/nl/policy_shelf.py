"""The policies that a room keeps, where one is missing."""

from __future__ import annotations

from typing import Final

ACTIVE_UNREADABLE: Final = "Welk beleid actief is, valt niet te lezen."
NO_HASH: Final = "Dit is geen kenmerk van een beleid."


def not_kept(text_hash: str) -> str:
    return f"Beleid {text_hash} is hier niet bewaard."
