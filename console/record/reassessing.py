"""Opening a decided call again: a new assessment beside the earlier ones, of which nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import Stage
from console.record import answering, audit
from console.record.claiming import held
from console.record.errors import RecordError
from console.record.rows import to_text
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.model import Claim
    from console.record.writer import Transaction


def reassess(transaction: Transaction, claim: Claim, since: datetime | None, answers: Mapping[str, str]) -> None:
    """Open the next assessment of a held call that was decided, and record what must be answered anew."""
    row = held(transaction, claim, "herbeoordeling")
    if row["stage"] != Stage.DECIDED:
        raise RecordError(words.record.not_decided(claim.call_id))
    number = row["assessment"] + 1
    reference = to_text(transaction.now if since is None else since)
    transaction.run(
        'INSERT INTO assessment (call_id, number, "from", at, by) VALUES (?, ?, ?, ?, ?)',
        claim.call_id,
        number,
        reference,
        to_text(transaction.now),
        claim.owner,
    )
    transaction.run(
        "UPDATE call SET stage = ?, assessment = ?, draft_choice = NULL WHERE id = ?",
        Stage.IN_PROGRESS,
        number,
        claim.call_id,
    )
    details: audit.Details = {"beoordeling": number, "vanaf": reference}
    audit.write(transaction, claim.owner, "herbeoordeling", claim.call_id, details)
    opened = held(transaction, claim, "herbeoordeling")
    for question, value in answers.items():
        answering.answer(transaction, claim, opened, question, value)
