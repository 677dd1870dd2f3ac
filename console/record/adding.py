"""What is done with a dispatch after its decision: adding to it, and passing it on by hand.

An addition waits in the outbox until the CAD has the dispatch that it adds to. When that will never be, it stops as
well, and a person must pass it on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Delivery
from console.record import audit
from console.record.errors import RecordError
from console.record.rows import check_location, check_text, dispatch_to_json, to_text
from console.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import Claim, Dispatch
    from console.record.engine import Row
    from console.record.writer import Transaction

_BY_VOICE: Final = frozenset({Delivery.BY_HAND})
_OPEN: Final = frozenset(Delivery) - set(words.record.ADDITION_CLOSED)
ADDED: Final = "aanvulling"
BY_HAND: Final = "met de hand doorgegeven"


def add(transaction: Transaction, claim: Claim, call: Row, dispatch: Dispatch) -> None:
    """Write an addition of a claim that was found current on `call`; the same one again costs no write."""
    _write(transaction, claim, call, dispatch, to=_OPEN)


def told_by_voice(transaction: Transaction, claim: Claim, call: Row, news: Dispatch) -> None:
    """Write what was told after a dispatch that was passed on by hand; it was never on its way to the CAD."""
    _write(transaction, claim, call, news, to=_BY_VOICE)
    by_hand(transaction, claim.owner, claim.call_id, news.message_id)


def _write(transaction: Transaction, claim: Claim, call: Row, dispatch: Dispatch, *, to: frozenset[Delivery]) -> None:
    check_location(dispatch.location)
    body = dispatch_to_json(dispatch)
    check_text(body)
    standing = transaction.one("SELECT call_id, body FROM dispatch WHERE message_id = ?", dispatch.message_id)
    if standing is not None:
        if (standing["call_id"], standing["body"]) == (claim.call_id, body):
            return
        raise RecordError(words.record.OF_ANOTHER_MESSAGE)
    _demand_base(transaction, claim, dispatch, to)
    now = to_text(transaction.now)
    transaction.run(
        """INSERT INTO dispatch (message_id, call_id, adds_to, added_by, priority, body, created_at, changed_at, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        dispatch.message_id,
        claim.call_id,
        dispatch.adds_to,
        claim.owner,
        dispatch.priority,
        body,
        now,
        now,
        Delivery.READY,
    )
    content = audit.digest(call["salt"], [dispatch.message_id, dispatch.adds_to, body])
    audit.write(transaction, claim.owner, ADDED, claim.call_id, {"bericht": dispatch.message_id, "inhoud": content})


def by_hand(transaction: Transaction, by: str, call_id: str, message_id: str, at: datetime | None = None) -> None:
    """Write that a message of a call was passed on by voice, now or `at`; what was to be added to it stops."""
    check_text(message_id)
    row = transaction.one("SELECT state FROM dispatch WHERE message_id = ? AND call_id = ?", message_id, call_id)
    if row is None:
        raise RecordError(words.record.no_message(call_id, message_id))
    if row["state"] == Delivery.BY_HAND:
        return
    if row["state"] == Delivery.ACCEPTED:
        raise RecordError(words.record.CONFIRMED_ALREADY)
    now = to_text(transaction.now)
    transaction.run(
        "UPDATE dispatch SET state = ?, answered_at = ?, changed_at = ?, next_attempt_at = NULL WHERE message_id = ?",
        Delivery.BY_HAND,
        now if at is None else to_text(at),
        now,
        message_id,
    )
    details: audit.Details = {"bericht": message_id, "was": row["state"]}
    if at is not None:
        details["om"] = to_text(at)
    audit.write(transaction, by, BY_HAND, call_id, details)
    stop(transaction, message_id, Delivery.BY_HAND)


def stop(transaction: Transaction, message_id: str, because: Delivery) -> None:
    """End the additions to a dispatch that are not with the CAD: refused, or unclear where one may have arrived."""
    waiting = transaction.every(
        """SELECT message_id, dispatch.call_id, attempts, cad_reference, salt
        FROM dispatch INDEXED BY dispatch_added_to JOIN call ON call.id = dispatch.call_id
        WHERE adds_to = ? AND state IN ('klaargezet', 'verzonden', 'verouderd') ORDER BY dispatch.seq""",
        message_id,
    )
    now, reason = to_text(transaction.now), words.record.ADDITION_STOPPED[because]
    for row in waiting:
        state = Delivery.UNCLEAR if row["attempts"] else Delivery.REFUSED
        transaction.run(
            """UPDATE dispatch SET state = ?, reason = ?, answered_at = ?, changed_at = ?, next_attempt_at = NULL
            WHERE message_id = ?""",
            state,
            reason,
            now,
            now,
            row["message_id"],
        )
        content = audit.digest(row["salt"], [row["cad_reference"], reason])
        details: audit.Details = {"bericht": row["message_id"], "inhoud": content}
        audit.write(transaction, audit.DELIVERY, state, row["call_id"], details)


def _demand_base(transaction: Transaction, claim: Claim, dispatch: Dispatch, to: frozenset[Delivery]) -> None:
    """Refuse news of a dispatch that is not this call's, has another priority, or does not stand so that it can."""
    base = transaction.one(
        "SELECT state, priority FROM dispatch WHERE message_id = ? AND call_id = ? AND adds_to IS NULL",
        dispatch.adds_to,
        claim.call_id,
    )
    if base is None:
        raise RecordError(words.record.nothing_to_add_to(claim.call_id))
    if base["priority"] != dispatch.priority:
        raise RecordError(words.record.PRIORITY_STAYS)
    if base["state"] not in to:
        raise RecordError(words.record.ADDITION_CLOSED.get(base["state"], words.record.NOT_BY_HAND))
