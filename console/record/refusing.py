"""What was refused at a terminal before it became anything: one row of the audit, and nothing of what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.record import audit
from console.record.rows import check_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.model.attempts import Attempt
    from console.record.writer import Transaction, Writer

REFUSED: Final = "geweigerd"
"""The verb of the register, for whatever was refused to whoever sat there."""


class Refusals:
    """The refusals of a record, written through one writer."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def attempted(self, who: str, what: Attempt, times: int, variable: str = "") -> None:
        """Put in the audit that a way out of the console was tried so many times, and refused."""
        self._writer.submit(_attempted, who, what, times, variable).result()

    def not_allowed(self, who: str, what: str, right: str, roles: Sequence[str]) -> None:
        """Put in the audit that the roles of `who` did not allow `what`, a word of our own, for lack of a right."""
        self._writer.submit(not_allowed, who, what, right, roles, None, 1).result()


def not_allowed(
    transaction: Transaction, who: str, what: str, right: str, roles: Sequence[str], call_id: str | None, times: int
) -> None:
    """Add the row of what a role did not allow, so many times, with the call where there is one of that number."""
    check_text(who, what, call_id)
    known = call_id is not None and transaction.one("SELECT 1 FROM call WHERE id = ?", call_id) is not None
    details: audit.Details = {"handeling": what, "recht": str(right), "rollen": ", ".join(roles), "keer": times}
    audit.write(transaction, who, REFUSED, call_id if known else None, details)


def _attempted(transaction: Transaction, who: str, what: Attempt, times: int, variable: str) -> None:
    check_text(who, variable)
    named = {"naam": variable} if variable else {}
    audit.write(transaction, who, REFUSED, None, {"poging": what.value, "keer": times, **named})
