"""Where the caller is, how to call back, for whom they call: always in sight during a call, never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.dispatching import address_of, callback_of
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from console.model import CallFile


def facts_words(file: CallFile, width: int) -> str:
    """Give the facts in one line where they fit, else the address on a line of its own."""
    address = one_line(address_of(file)) or words.facts_line.NO_ADDRESS
    rest = [
        words.facts_line.call_back(one_line(callback_of(file)) or words.facts_line.NO_CALL_BACK),
        words.terms.ROLE[file.facts.role] if file.facts.role else words.facts_line.NO_ROLE,
        words.terms.SPEAKS_FREELY[file.facts.speaks_freely],
    ]
    if file.facts.speaks_freely is False:
        rest.insert(0, rest.pop())
    together = " | ".join([address, *rest])
    return f" {together}" if cell_len(together) < width else f" {address}\n {' | '.join(rest)}"
