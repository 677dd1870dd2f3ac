"""Who holds a call: taken, renewed, given back, handed over, taken over. Every change of hands raises the fence.

Nothing here happens by itself: a claim whose lease ran out stands until a person takes it over and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Claim, Stage
from console.record import audit, drafting
from console.record.errors import AlreadyClaimed, Denied, NotYours, RecordError, UnknownCall
from console.record.leasing import is_fresh
from console.record.rows import check_text, to_text, to_time
from console.safe_text import one_line
from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.record.engine import Row
    from console.record.writer import Transaction

REASON_SHOWN: Final = 200
"""Characters of a reason that fit in a refusal; the call's file has them all."""


def claim(transaction: Transaction, call_id: str, by: str) -> Claim:
    """Give a free call, or one that is already theirs, to `by`."""
    check_text(call_id, by)
    row = _call(transaction, call_id)
    if row["owner"] not in {None, by}:
        audit.write(transaction, by, "aannemen geweigerd", call_id, {"eigenaar": row["owner"]})
        raise Denied(AlreadyClaimed(call_id, row["owner"], to_time(row["claimed_at"])))
    taken = _give(transaction, row, by)
    audit.write(transaction, by, "aangenomen", call_id, {"volgnummer": taken.fence})
    return taken


def take_over(transaction: Transaction, call_id: str, by: str, owner: str, reason: str) -> Claim:
    """Take a call from `owner` for `by`."""
    check_text(call_id, by, owner, reason)
    _demand_reason(reason, words.record.WHY_TAKE_OVER)
    row = _call(transaction, call_id)
    if row["owner"] is None:
        raise RecordError(words.record.nobodys(call_id))
    if row["owner"] == by:
        raise RecordError(words.record.yours(call_id))
    if row["owner"] != owner:
        audit.write(transaction, by, "overnemen geweigerd", call_id, {"eigenaar": row["owner"]})
        raise Denied(AlreadyClaimed(call_id, row["owner"], to_time(row["claimed_at"])))
    taken = _give(transaction, row, by)
    _tell_transfer(transaction, row, by, taken, reason, what="overgenomen")
    return taken


def hand_over(transaction: Transaction, claimed: Claim, to: str | None, note: str) -> None:
    """Give a held call to the colleague `to`, or back to the queue."""
    row = held(transaction, claimed, "overgedragen")
    check_text(to, note)
    _demand_reason(note, words.record.WHY_HAND_OVER)
    if to is not None and not to.strip():
        raise RecordError(words.record.TO_WHOM)
    if to == claimed.owner:
        raise RecordError(words.record.YOURS_ALREADY)
    if to is None:
        let_go(transaction, row, _stage_put_back(row))
        now_held = claimed
    else:
        now_held = _give(transaction, row, to)
    _tell_transfer(transaction, row, claimed.owner, None if to is None else now_held, note, what="overgedragen")


def release(transaction: Transaction, claimed: Claim) -> None:
    """Put a held call back in the queue."""
    row = held(transaction, claimed, "teruggezet")
    let_go(transaction, row, _stage_put_back(row))
    audit.write(transaction, claimed.owner, "teruggezet", claimed.call_id, {"volgnummer": claimed.fence})


def outdated(transaction: Transaction, claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Sort out, without writing, which claims need a new sign and which are no longer held."""
    aged: list[Claim] = []
    lost: list[Claim] = []
    for each in claims:
        row = transaction.one(
            "SELECT owner, call.fence, seen_at FROM call JOIN lease ON call_id = id WHERE id = ?", each.call_id
        )
        if row is None or (row["owner"], row["fence"]) != (each.owner, each.fence):
            lost.append(each)
        elif not is_fresh(to_time(row["seen_at"]), transaction.now):
            aged.append(each)
    return aged, lost


def renew(transaction: Transaction, claims: Sequence[Claim]) -> None:
    """Give claims a sign of life; one that is no longer held keeps what its new holder wrote."""
    for each in claims:
        transaction.run(
            "UPDATE lease SET seen_at = ? WHERE call_id = ? AND fence = ?",
            to_text(transaction.now),
            each.call_id,
            each.fence,
        )


def held(transaction: Transaction, claimed: Claim, what: str) -> Row:
    """Give the call of a claim that is current; what a stale claim tried is denied and goes in the audit."""
    check_text(claimed.call_id, claimed.owner)
    row = _call(transaction, claimed.call_id)
    if (row["owner"], row["fence"]) == (claimed.owner, claimed.fence):
        return row
    audit.write(transaction, claimed.owner, f"{what} geweigerd", claimed.call_id, {"volgnummer": claimed.fence})
    raise Denied(NotYours(words.record.not_yours(claimed.call_id, _where_it_went(transaction, row, claimed))))


def _call(transaction: Transaction, call_id: str) -> Row:
    row = transaction.one(
        """SELECT id, salt, owner, claimed_at, fence, stage, note, received_at, draft_choice, assessment
        FROM call WHERE id = ?""",
        call_id,
    )
    if row is None:
        raise UnknownCall(call_id)
    return row


def _demand_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise RecordError(sentence)


def _give(transaction: Transaction, row: Row, to: str) -> Claim:
    """Make `to` the holder. What the one before had only prepared goes, unless it was `to`."""
    given = Claim(row["id"], to, row["fence"] + 1)
    now = to_text(transaction.now)
    transaction.run(
        """UPDATE call SET owner = ?, claimed_at = ?, fence = ?, stage = ?,
            draft_choice = CASE WHEN owner IS ? THEN draft_choice END WHERE id = ?""",
        to,
        now,
        given.fence,
        Stage.DECIDED if row["stage"] == Stage.DECIDED else Stage.IN_PROGRESS,
        to,
        given.call_id,
    )
    if row["owner"] != to:
        drafting.end_all(transaction, given.call_id)
    start_lease(transaction, given)
    return given


def start_lease(transaction: Transaction, given: Claim) -> None:
    """Begin the lease of a new claim; the one before it ends with this."""
    transaction.run(
        "INSERT OR REPLACE INTO lease (call_id, fence, seen_at) VALUES (?, ?, ?)",
        given.call_id,
        given.fence,
        to_text(transaction.now),
    )


def let_go(transaction: Transaction, row: Row, stage: Stage) -> None:
    """Make a held call nobody's, in this stage; what was only prepared in it goes."""
    transaction.run(
        "UPDATE call SET owner = NULL, claimed_at = NULL, stage = ?, draft_choice = NULL WHERE id = ?",
        stage,
        row["id"],
    )
    drafting.end_all(transaction, row["id"])
    transaction.run("DELETE FROM lease WHERE call_id = ?", row["id"])


def _stage_put_back(row: Row) -> Stage:
    return Stage.DECIDED if row["stage"] == Stage.DECIDED else Stage.WAITING


def _tell_transfer(transaction: Transaction, row: Row, by: str, to: Claim | None, reason: str, *, what: str) -> None:
    fence = row["fence"] if to is None else to.fence
    owner = None if to is None else to.owner
    transaction.run(
        """INSERT INTO transfer (call_id, at, by, "from", "to", reason, fence) VALUES (?, ?, ?, ?, ?, ?, ?)""",
        row["id"],
        to_text(transaction.now),
        by,
        row["owner"],
        owner,
        reason,
        fence,
    )
    details: audit.Details = {
        "van": row["owner"],
        "aan": owner,
        "volgnummer": fence,
        "inhoud": audit.digest(row["salt"], reason),
    }
    audit.write(transaction, by, what, row["id"], details)


def _where_it_went(transaction: Transaction, row: Row, claimed: Claim) -> str:
    """Say who has a call now and how it got there, in words for the one who had it."""
    if row["owner"] == claimed.owner:
        return words.record.ON_ANOTHER_SCREEN
    went = transaction.one(
        """SELECT * FROM transfer WHERE call_id = ? AND fence >= ? AND NOT ("to" IS ? AND fence = ?)
        ORDER BY seq DESC LIMIT 1""",
        row["id"],
        claimed.fence,
        claimed.owner,
        claimed.fence,
    )
    how = "" if went is None else _went(went, transaction)
    if row["owner"] is None:
        return words.record.in_the_queue(how)
    return words.record.of_a_colleague(one_line(row["owner"]), how)


def _went(row: Row, transaction: Transaction) -> str:
    say = words.record.taken_over if row["by"] == row["to"] else words.record.handed_over
    reason = one_line(row["reason"], REASON_SHOWN)
    return say(one_line(row["by"]), said_time(to_time(row["at"]), transaction.now), reason)
