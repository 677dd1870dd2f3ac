"""That somebody gave this machine a secret or took one away: its name and place, never the secret or its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.record import audit
from console.record.rows import check_text

if TYPE_CHECKING:
    from console.record.writer import Transaction, Writer

SET: Final = "geheim gezet"
WIPED: Final = "geheim gewist"

KEY_RING: Final = "sleutelbos"
SERVICE: Final = "dienst"


class SecretsLog:
    """The rows of the audit about secrets, written through one writer."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def note(self, who: str, what: str, name: str, place: str) -> None:
        """Put in the audit that `who` did `what` with the secret `name` in this place; on disk when it returns."""
        self._writer.submit(_note, who, what, name, place).result()


def _note(transaction: Transaction, who: str, what: str, name: str, place: str) -> None:
    check_text(who, what, name, place)
    audit.write(transaction, who, what, None, {"geheim": name, "plaats": place})
