"""How a paper form gets on disk: the call, what was said, its decision and that it was passed on, in one transaction.

The unit went when somebody called for it, so nothing of it may reach the CAD by itself: its dispatch never stands in
the outbox as something to send, but as passed on by hand at that moment. Where the form does not say that anybody was
told, it is unclear, and a person must ask.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from console.model import Claim, Delivery, TraceOrigin
from console.record import adding, answering, audit, claiming, deciding, on_paper, policies, reserving, ringing
from console.record.errors import RecordError
from console.record.rows import check_text, to_text, to_time
from console.safe_text import one_line
from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.model import Dispatch, OnPaper, Trace
    from console.record.engine import Row
    from console.record.values import PaperEntry
    from console.record.writer import Transaction

_RESERVED: Final = re.compile(r"([0-9]{2})-([0-9]{4,9})")
_OWN_COUNT: Final = re.compile(r"P[0-9]{1,6}")


def enter(
    transaction: Transaction, entry: PaperEntry, by: str, traces: Mapping[TraceOrigin, tuple[Trace, ...]]
) -> Claim:
    """Write a form and give the claim of its call; when it was decided nobody holds the call after this.

    The same `entry.token` again gives the call that stands.
    """
    paper = entry.paper
    check_text(entry.token, by, paper.number, paper.passed_to, paper.unit, paper.handled_by)
    standing = transaction.one("SELECT call_id FROM paper_form WHERE token = ?", entry.token)
    if standing is not None:
        return Claim(standing["call_id"], by, 1)
    _demand_order(paper, transaction.now)
    _demand_whole(entry)
    claim = ringing.enter(transaction, entry.incoming, _call_id(transaction, paper), by, traces[TraceOrigin.INCOMING])
    _write_form(transaction, entry, claim)
    policies.begin(transaction, claim, entry.policy)
    call = claiming.held(transaction, claim, on_paper.CALL)
    answering.tell(transaction, claim, call, entry.facts, traces[TraceOrigin.TOLD])
    for question, value in entry.answers.items():
        answering.answer(transaction, claim, call, question, value)
    answering.note(transaction, claim, call, entry.note, traces[TraceOrigin.NOTE])
    if entry.decision is not None:
        dispatch = None if entry.dispatch is None else replace(entry.dispatch, incident_id=claim.call_id)
        decision = deciding.decide(transaction, claim, call, entry.decision, dispatch, None, made_at=paper.decided_at)
        if entry.why:
            deciding.give_reason(transaction, claim, call["salt"], decision.id, entry.why)
        if dispatch is not None:
            _passed_on(transaction, claim, call["salt"], dispatch, paper)
        claiming.release(transaction, claim)
    return claim


def _demand_order(paper: OnPaper, now: datetime) -> None:
    """Refuse moments that cannot be: ahead of us, or out of the order in which things happen."""
    known = [
        (words.record.CALLED, paper.called_at),
        (words.record.DECIDED, paper.decided_at),
        (words.record.PASSED_ON, paper.passed_on_at),
    ]
    happened = [(what, at) for what, at in known if at is not None]
    for what, at in happened:
        if at > now:
            raise RecordError(words.record.ahead(what, said_time(at, now)))
    for (before, one), (after, another) in pairwise(happened):
        if another < one:
            raise RecordError(words.record.out_of_order(before, said_time(one, now), after, said_time(another, now)))


def _demand_whole(entry: PaperEntry) -> None:
    paper = entry.paper
    if (entry.decision is None) != (paper.decided_at is None):
        raise RecordError(words.record.DECISION_AND_ITS_TIME)


def _call_id(transaction: Transaction, paper: OnPaper) -> str | None:
    """Give the number of a form that was reserved for it, or None where the room counted by itself (P1, P2)."""
    if _OWN_COUNT.fullmatch(paper.number):
        same = transaction.one(
            "SELECT call_id, at, by FROM paper_form WHERE number = ? AND called_at = ?",
            paper.number,
            to_text(paper.called_at),
        )
        if same is not None:
            raise RecordError(_used(transaction, paper.number, same))
        return None
    found = _RESERVED.fullmatch(paper.number)
    if found is None or not reserving.is_reserved(transaction, int(found[1]), int(found[2])):
        raise RecordError(words.record.not_a_paper_number(paper.number))
    call_id = reserving.call_id(int(found[1]), int(found[2]))
    row = transaction.one("SELECT call_id, at, by FROM paper_form WHERE call_id = ?", call_id)
    if row is not None:
        raise RecordError(_used(transaction, call_id, row))
    return call_id


def _used(transaction: Transaction, number: str, row: Row) -> str:
    return words.record.form_used(
        number, row["call_id"], one_line(row["by"]), said_time(to_time(row["at"]), transaction.now)
    )


def _write_form(transaction: Transaction, entry: PaperEntry, claim: Claim) -> None:
    paper = entry.paper
    row = transaction.one(
        """INSERT INTO paper_form
            (call_id, token, number, called_at, decided_at, passed_on_at, passed_to, unit, handled_by, at, by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *""",
        claim.call_id,
        entry.token,
        paper.number,
        to_text(paper.called_at),
        None if paper.decided_at is None else to_text(paper.decided_at),
        None if paper.passed_on_at is None else to_text(paper.passed_on_at),
        paper.passed_to,
        paper.unit,
        paper.handled_by,
        to_text(transaction.now),
        claim.owner,
    )
    assert row is not None  # noqa: S101 - RETURNING gives one row
    call = claiming.held(transaction, claim, on_paper.FORM)
    content = audit.digest(call["salt"], audit.content(on_paper.entered_of(row).paper))
    audit.write(transaction, claim.owner, on_paper.FORM, claim.call_id, {"inhoud": content})


def _passed_on(transaction: Transaction, claim: Claim, salt: bytes, dispatch: Dispatch, paper: OnPaper) -> None:
    """Settle the dispatch in the transaction that made it: nobody who sends ever sees it as something to send."""
    if paper.passed_on_at is not None:
        adding.by_hand(transaction, claim.owner, claim.call_id, dispatch.message_id, at=paper.passed_on_at)
        return
    transaction.run(
        "UPDATE dispatch SET state = ?, reason = ? WHERE message_id = ?",
        Delivery.UNCLEAR,
        words.record.PASSED_ON_UNKNOWN,
        dispatch.message_id,
    )
    content = audit.digest(salt, ["", words.record.PASSED_ON_UNKNOWN])
    details: audit.Details = {"bericht": dispatch.message_id, "inhoud": content}
    audit.write(transaction, claim.owner, Delivery.UNCLEAR, claim.call_id, details)
