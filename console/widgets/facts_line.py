"""Where the caller is, how to call back, for whom they call: always in sight during a call, never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.dispatching import address_of, callback_of
from console.safe_text import one_line
from console.words import ROLE, SPEAKS_FREELY

if TYPE_CHECKING:
    from console.model import CallFile


def facts_words(file: CallFile, width: int) -> str:
    """Give the facts in one line where they fit, else the address on a line of its own."""
    address = one_line(address_of(file)) or "ADRES ONBEKEND (F2)"
    rest = [
        f"terug: {one_line(callback_of(file)) or 'ONBEKEND (F2)'}",
        ROLE[file.facts.role] if file.facts.role else "voor wie?",
        SPEAKS_FREELY[file.facts.speaks_freely],
    ]
    if file.facts.speaks_freely is False:
        rest.insert(0, rest.pop())
    together = " | ".join([address, *rest])
    return f" {together}" if cell_len(together) < width else f" {address}\n {' | '.join(rest)}"
