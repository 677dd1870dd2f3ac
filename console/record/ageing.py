"""Dispatches that could not be delivered for too long: set aside by the delivery, and what an operator says of each.

What is set aside is never sent by itself: nobody can tell any more whether a unit still helps, or went already. From
`verouderd` there are three ways on, each a person's word, on record with name and time in the transaction that does it:

    send after all  -> klaargezet, as if it were new
    passed on       -> met_de_hand
    not needed      -> niet_meer_nodig, with the reason

Each of them looks at the state within its own transaction, so that of two operators one is told that it was done, and
a word that comes from the CAD in between stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Delivery
from console.record import adding, audit
from console.record.errors import RecordError, UnknownDispatch
from console.record.rows import check_text, to_text
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.record.engine import Row
    from console.record.writer import Transaction, Writer

SEND_AFTER_ALL: Final = "toch versturen"

_TOO_OLD: Final = """SELECT message_id FROM dispatch INDEXED BY dispatch_age
    WHERE state IN ('klaargezet', 'verzonden') AND coalesce(renewed_at, created_at) < ?
    ORDER BY coalesce(renewed_at, created_at) LIMIT ?"""


class Ageing:
    """What operators say of the dispatches that were set aside; their calls need not be in anybody's hands."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def send_after_all(self, by: str, message_ids: Sequence[str]) -> int:
        """Let what is still set aside of these go, with what was added to it; gives how many of them that were."""
        return self._writer.submit(_send_after_all, by, message_ids).result()

    def drop(self, by: str, message_ids: Sequence[str], reason: str) -> int:
        """Record that what is still set aside of these need not go, and why; gives how many that were."""
        return self._writer.submit(_drop, by, message_ids, reason).result()

    def by_hand(self, by: str, message_id: str) -> None:
        """Record that one was passed on by voice. Raises RecordError when it is not set aside any more."""
        self._writer.submit(_by_hand, by, message_id).result()


def too_old(transaction: Transaction, not_before: datetime, limit: int) -> list[str]:
    """Give what is on its way and older than this, the oldest first."""
    return [row["message_id"] for row in transaction.every(_TOO_OLD, to_text(not_before), limit)]


def set_aside(transaction: Transaction, message_ids: Sequence[str], not_before: datetime) -> int:
    """Set aside what of these is on its way and older than this; gives how many that were."""
    before = to_text(not_before)
    return sum(put_by(transaction, row_of(transaction, each), before) for each in message_ids)


def put_by(transaction: Transaction, row: Row, not_before: str) -> bool:
    """Set a dispatch aside where it is on its way and older than this; tells whether it was."""
    if row["state"] not in {Delivery.READY, Delivery.SENT} or (row["renewed_at"] or row["created_at"]) >= not_before:
        return False
    transaction.run(
        "UPDATE dispatch SET state = ?, changed_at = ?, next_attempt_at = NULL WHERE message_id = ?",
        Delivery.TOO_OLD,
        to_text(transaction.now),
        row["message_id"],
    )
    details: audit.Details = {"bericht": row["message_id"], "was": row["state"], "pogingen": row["attempts"]}
    audit.write(transaction, audit.DELIVERY, Delivery.TOO_OLD, row["call_id"], details)
    return True


def _send_after_all(transaction: Transaction, by: str, message_ids: Sequence[str]) -> int:
    found = 0
    for row in _set_aside(transaction, message_ids):
        found += 1
        for each in (row, *_added_to(transaction, row)):
            _renew(transaction, by, each)
    return found


def _renew(transaction: Transaction, by: str, row: Row) -> None:
    """Let a dispatch count as new. One that may have left before keeps a time for its next attempt: that a person said
    so settles the doubt about it."""
    now = to_text(transaction.now)
    transaction.run(
        "UPDATE dispatch SET state = ?, renewed_at = ?, changed_at = ?, next_attempt_at = ? WHERE message_id = ?",
        Delivery.READY,
        now,
        now,
        now if row["attempts"] else None,
        row["message_id"],
    )
    details: audit.Details = {"bericht": row["message_id"], "was": row["state"]}
    audit.write(transaction, by, SEND_AFTER_ALL, row["call_id"], details)


def _drop(transaction: Transaction, by: str, message_ids: Sequence[str], reason: str) -> int:
    check_text(reason)
    if not reason.strip():
        raise RecordError(words.record.WHY_DROPPED)
    found = 0
    for row in _set_aside(transaction, message_ids):
        found += 1
        for each in (row, *_added_to(transaction, row)):
            _let_go(transaction, by, each, reason)
    return found


def _let_go(transaction: Transaction, by: str, row: Row, reason: str) -> None:
    now = to_text(transaction.now)
    transaction.run(
        """UPDATE dispatch SET state = ?, reason = ?, answered_at = ?, changed_at = ?, next_attempt_at = NULL
        WHERE message_id = ?""",
        Delivery.DROPPED,
        reason,
        now,
        now,
        row["message_id"],
    )
    content = audit.digest(row["salt"], [row["cad_reference"], reason])
    details: audit.Details = {"bericht": row["message_id"], "was": row["state"], "inhoud": content}
    audit.write(transaction, by, Delivery.DROPPED, row["call_id"], details)


def _by_hand(transaction: Transaction, by: str, message_id: str) -> None:
    for row in _set_aside(transaction, [message_id]):
        adding.by_hand(transaction, by, row["call_id"], message_id)
        return
    raise RecordError(words.record.NOT_SET_ASIDE)


def _set_aside(transaction: Transaction, message_ids: Sequence[str]) -> Iterator[Row]:
    """Give what of these is set aside, each as it stands when it is its turn: one may go along with another."""
    for message_id in message_ids:
        row = row_of(transaction, message_id)
        if row["state"] == Delivery.TOO_OLD:
            yield row


def _added_to(transaction: Transaction, row: Row) -> list[Row]:
    """Give what was added to a dispatch and did not leave yet: it goes where that goes."""
    return transaction.every(
        """SELECT dispatch.*, call.salt
        FROM dispatch INDEXED BY dispatch_added_to JOIN call ON call.id = dispatch.call_id
        WHERE adds_to = ? AND state IN ('klaargezet', 'verzonden', 'verouderd') ORDER BY dispatch.seq""",
        row["message_id"],
    )


def row_of(transaction: Transaction, message_id: str) -> Row:
    """Give a message with the key of the digests of its call. Raises UnknownDispatch."""
    row = transaction.one(
        "SELECT dispatch.*, call.salt FROM dispatch JOIN call ON call.id = call_id WHERE message_id = ?", message_id
    )
    if row is None:
        raise UnknownDispatch(message_id)
    return row
