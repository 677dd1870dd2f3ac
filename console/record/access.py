"""The log of who read what, and why (Wpg 32a): apart from the journal of the cases, in a chain of its own.

It is for checking lawfulness only; nothing else may be computed from it (Wpg 32a lid 2). No search term stands in it,
the calls that were shown do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.record import chain
from console.record.errors import RecordError
from console.record.rows import check_text, to_text
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.record.writer import Transaction, Writer

SEEN: Final = "ingezien"
SEEN_SPECIAL: Final = "ingezien met bijzondere gegevens"
SEARCHED: Final = "gezocht"
SEARCHED_HERE: Final = "gezocht in de console"
FOUND: Final = "getoond als zoekresultaat"
OPENED: Final = "geopend in de console"
LINKED: Final = "getoond als verband"
EXPORTED: Final = "geëxporteerd"
EXPORTED_SPECIAL: Final = "geëxporteerd met bijzondere gegevens"
COPIED: Final = "reservekopie gemaakt"
RESTORED: Final = "reservekopie teruggezet"
COMPARED: Final = "naast een reservekopie gelegd"
PACKED: Final = "noodpakket gemaakt"
PRINTED: Final = "noodpakket afgedrukt"

LONGEST_REASON: Final = 500


def log_read(transaction: Transaction, who: str, what: str, call_id: str | None, reason: str) -> None:
    """Add a read to the log, in the transaction whose end is awaited before anything is shown.

    `what` is a Dutch verb of the register, such as `getoond` or `gezocht`. `call_id` is None for a search. `reason`
    is why it was read, in the reader's words; without one the read is refused.
    """
    check_text(who, what, call_id, reason)
    if not reason.strip():
        raise RecordError(words.record.WHY_READ)
    if len(reason) > LONGEST_REASON:
        raise RecordError(words.record.reason_too_long(LONGEST_REASON))
    transaction.log(
        chain.Log.READS,
        {
            "at": to_text(transaction.now),
            "who": who,
            "terminal": transaction.terminal,
            "os_user": transaction.os_user,
            "what": what,
            "call_id": call_id,
            "reason": reason,
        },
    )


class AccessLog:
    """The log of reading of a record, written through one writer."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def read(self, who: str, what: str, call_ids: Iterable[str | None], reason: str) -> None:
        """Log that `who` read these calls (None for a question about all); on disk when it returns."""
        self._writer.submit(_log, who, what, tuple(call_ids), reason).result()


def _log(transaction: Transaction, who: str, what: str, call_ids: tuple[str | None, ...], reason: str) -> None:
    for call_id in call_ids:
        log_read(transaction, who, what, call_id, reason)
