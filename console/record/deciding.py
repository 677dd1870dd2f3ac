"""How a decision gets on disk: the decision, its audit row and its dispatch in the caller's one transaction."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from console.model import Choice, Decision, Delivery, Dispatch, Stage
from console.record import audit, claiming
from console.record.errors import DecidedMeanwhile, RecordError
from console.record.rows import canonical, check_location, check_text, decision_of, dispatch_to_json, to_text, to_time
from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.model import Claim
    from console.record.engine import Row
    from console.record.values import DecisionDraft
    from console.record.writer import Transaction


def standing(
    transaction: Transaction, claim: Claim, draft: DecisionDraft, dispatch: Dispatch | None
) -> Decision | None:
    """Give the decision that this token already stands for, or None; another content under one token is refused.

    A claim that went stale since does not matter here: the operator must learn that the decision was recorded.
    """
    row = transaction.one("SELECT * FROM decision WHERE token = ?", draft.token)
    if row is None:
        return None
    stored = decision_of(row)
    sent = transaction.one("SELECT body FROM dispatch WHERE decision_id = ?", stored.id)
    same = (
        (stored.call_id, stored.by) == (claim.call_id, claim.owner)
        and (stored.choice, stored.policy, stored.answers) == (draft.choice, draft.policy, draft.answers)
        and (stored.suggestion, stored.deviates, stored.also) == (draft.suggestion, draft.deviates, draft.also)
        and (None if sent is None else sent["body"]) == (None if dispatch is None else dispatch_to_json(dispatch))
    )
    if same:
        return stored
    raise RecordError(words.record.confirmation_used(stored.call_id))


def decide(
    transaction: Transaction,
    claim: Claim,
    call: Row,
    draft: DecisionDraft,
    dispatch: Dispatch | None,
    after: int | None,
    *,
    made_at: datetime | None = None,
) -> Decision:
    """Write decision, dispatch, stage and audit row of a claim that was found current, on its `call`.

    `after` is the newest decision that was seen, 0 for none; when there is a newer one this is refused. `made_at` is
    when it was taken on paper; its dispatch then counts as asked for at that moment.
    """
    if after is not None:
        _demand_newest(transaction, claim.call_id, after)
    body = _checked(transaction, draft, dispatch)
    texts = [canonical(each) for each in (draft.policy, draft.answers, draft.suggestion)]
    check_text(*texts)
    now = to_text(transaction.now)
    taken = None if made_at is None else to_text(made_at)
    row = transaction.one(
        """INSERT INTO decision (call_id, assessment, token, at, by, choice, policy, answers, suggestion, deviates,
            also, message_id, made_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        claim.call_id,
        call["assessment"],
        draft.token,
        now,
        claim.owner,
        draft.choice,
        *texts,
        draft.deviates,
        canonical(draft.also),
        None if dispatch is None else dispatch.message_id,
        taken,
    )
    assert row is not None  # noqa: S101 - RETURNING gives one row
    decision = Decision(
        id=row["id"],
        call_id=claim.call_id,
        at=to_time(now),
        by=claim.owner,
        choice=draft.choice,
        policy=draft.policy,
        answers=dict(draft.answers),
        suggestion=draft.suggestion,
        deviates=draft.deviates,
        reason=None,
        message_id=None if dispatch is None else dispatch.message_id,
        also=draft.also,
        made_at=None if taken is None else to_time(taken),
    )
    if dispatch is not None and body is not None:
        _put_out(transaction, decision, dispatch, body)
    transaction.run(
        "UPDATE call SET stage = ?, draft_choice = NULL WHERE id = ?",
        call["stage"] if draft.choice == Choice.CONSULT else Stage.DECIDED,
        claim.call_id,
    )
    content = decided(
        draft.token, draft.choice, draft.answers, draft.suggestion, draft.deviates, draft.also, body, taken
    )
    audit.write(
        transaction,
        claim.owner,
        "besloten",
        claim.call_id,
        {
            "besluit": decision.id,
            "beleid": " ".join(astuple(draft.policy)),
            "bericht": decision.message_id,
            "inhoud": audit.digest(call["salt"], content),
        },
    )
    return decision


def decided(
    token: str,
    choice: str,
    answers: object,
    suggestion: object,
    deviates: bool,
    also: Sequence[str],
    body: str | None,
    made_at: str | None,
) -> list[object]:
    """Give what of a decision is digested: the digest of one without `also` or `made_at` is as it was before them."""
    more: list[object] = [list(also)] if also else []
    return [token, choice, answers, suggestion, deviates, body, *more, *([made_at] if made_at else [])]


def _demand_newest(transaction: Transaction, call_id: str, after: int) -> None:
    row = transaction.one(
        "SELECT * FROM decision WHERE call_id = ? AND id > ? ORDER BY id DESC LIMIT 1", call_id, after
    )
    if row is not None:
        newer = decision_of(row)
        raise DecidedMeanwhile(newer, said_time(newer.at, transaction.now))


def _checked(transaction: Transaction, draft: DecisionDraft, dispatch: Dispatch | None) -> str | None:
    """Refuse what must not be recorded; give the text of the dispatch as it will stand in the outbox."""
    _check_also(draft)
    priority = draft.choice.priority
    if priority is not None and (dispatch is None or dispatch.priority != priority):
        raise RecordError(words.record.other_priority(priority))
    if dispatch is None:
        return None
    check_location(dispatch.location)
    body = dispatch_to_json(dispatch)
    check_text(body)
    if transaction.one("SELECT 1 FROM dispatch WHERE message_id = ?", dispatch.message_id) is not None:
        raise RecordError(words.record.OF_EARLIER_DECISION)
    return body


def _check_also(draft: DecisionDraft) -> None:
    if any(each.priority is not None for each in draft.also):
        raise RecordError(words.record.SECOND_UNIT)
    if len({draft.choice, *draft.also}) <= len(draft.also):
        raise RecordError(words.record.TWICE)


def _put_out(transaction: Transaction, decision: Decision, dispatch: Dispatch, body: str) -> None:
    now = to_text(transaction.now)
    asked = now if decision.made_at is None else to_text(decision.made_at)
    transaction.run(
        """INSERT INTO dispatch (message_id, call_id, decision_id, priority, body, created_at, changed_at, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        dispatch.message_id,
        decision.call_id,
        decision.id,
        dispatch.priority,
        body,
        asked,
        now,
        Delivery.READY,
    )


def draft_choice(transaction: Transaction, claim: Claim, choice: Choice | None) -> None:
    """Keep a choice that is not confirmed yet."""
    call = claiming.held(transaction, claim, "keuze")
    if call["draft_choice"] == choice:
        return
    transaction.run("UPDATE call SET draft_choice = ? WHERE id = ?", choice, claim.call_id)
    audit.write(transaction, claim.owner, "keuze", claim.call_id, {"inhoud": audit.digest(call["salt"], choice)})


def give_reason(transaction: Transaction, claim: Claim, salt: bytes, decision_id: int, reason: str) -> None:
    """Write the reason of a deviating decision, once."""
    check_text(reason)
    if not reason.strip():
        raise RecordError(words.record.EMPTY_REASON)
    row = transaction.one(
        "SELECT deviates, reason FROM decision WHERE id = ? AND call_id = ?", decision_id, claim.call_id
    )
    if row is None:
        raise RecordError(words.record.no_decision(claim.call_id, decision_id))
    if row["reason"] == reason:
        return
    if row["reason"] is not None:
        raise RecordError(words.record.REASON_STANDS)
    if not row["deviates"]:
        raise RecordError(words.record.NO_REASON_NEEDED)
    transaction.run(
        "UPDATE decision SET reason = ?, reason_at = ?, reason_by = ? WHERE id = ?",
        reason,
        to_text(transaction.now),
        claim.owner,
        decision_id,
    )
    audit.write(
        transaction,
        claim.owner,
        "reden gegeven",
        claim.call_id,
        {"besluit": decision_id, "inhoud": audit.digest(salt, reason)},
    )
