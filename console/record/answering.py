"""How an answer gets on disk: a new version each time, in the assessment that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import audit
from console.record.rows import check_text, to_text

if TYPE_CHECKING:
    from console.model import Claim
    from console.record.engine import Row
    from console.record.writer import Transaction


def answer(transaction: Transaction, claim: Claim, call: Row, question: str, value: str | None) -> None:
    """Write an answer, or with None that the question is open again, of a claim that was found current on `call`."""
    check_text(question, value)
    transaction.run(
        "INSERT INTO answer (call_id, assessment, question, value, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        claim.call_id,
        call["assessment"],
        question,
        value,
        to_text(transaction.now),
        claim.owner,
    )
    content = audit.digest(call["salt"], [question, value])
    audit.write(transaction, claim.owner, "beantwoord", claim.call_id, {"inhoud": content})
