"""The log of who read what, and why (Wpg 32a): apart from the journal of the cases, in a chain of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import chain
from console.record.errors import RecordError
from console.record.rows import check_text, to_text

if TYPE_CHECKING:
    from console.record.writer import Transaction


def log_read(transaction: Transaction, who: str, what: str, call_id: str | None, reason: str) -> None:
    """Add a read to the log, in the transaction whose end is awaited before anything is shown.

    `what` is a Dutch verb of the register, such as `getoond` or `gezocht`. `call_id` is None for a search. `reason`
    is why it was read, in the reader's words; without one the read is refused.
    """
    check_text(who, what, call_id, reason)
    if not reason.strip():
        raise RecordError("Zonder reden wordt er niets getoond. Geef aan waarom u dit inziet (Wpg 32a).")
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
