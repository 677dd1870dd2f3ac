"""The facts of a call on one line."""

from __future__ import annotations

from typing import Final

NO_ADDRESS: Final = "ADRES ONBEKEND (F2)"
NO_CALL_BACK: Final = "ONBEKEND (F2)"
NO_ROLE: Final = "voor wie?"


def call_back(number: str) -> str:
    return f"terug: {number}"
