"""The facts of a call on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_ADDRESS: Final = "ADRES ONBEKEND"
NO_CALL_BACK: Final = "terug: ONBEKEND"
NO_ROLE: Final = "voor wie?"


def ask_first(missing: Sequence[str]) -> str:
    return f"VRAAG EERST (F2): {', '.join(missing)}"


def call_back(number: str) -> str:
    return f"terug: {number}"
