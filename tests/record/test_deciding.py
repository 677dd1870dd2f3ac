"""What stands beside a decision, and a second decision that nobody meant to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.model import Choice
from console.record import DecidedMeanwhile, RecordError, audit, engine
from console.record.verifying import verify
from tests.record.support import dispatch, draft, incoming, rows
from tests.record.tampering import opened

if TYPE_CHECKING:
    from console.model import Claim
    from console.record import Calls, Home, Reader, Writer

WITH_REPORT = (Choice.ONLINE,)


@pytest.fixture
def claim(calls: Calls) -> Claim:
    return calls.claim(calls.ring(incoming()).call_id, "jan")


def test_a_unit_now_and_a_report_later_are_one_decision(calls: Calls, reader: Reader, home: Home, claim: Claim) -> None:
    made = draft(also=WITH_REPORT)
    sent = dispatch(claim.call_id)
    decision = calls.decide(claim, made, sent)
    assert decision.also == WITH_REPORT
    assert reader.file(claim.call_id).decisions == (decision,)
    assert calls.decide(claim, made, sent) == decision
    with pytest.raises(RecordError, match="al gebruikt"):
        calls.decide(claim, draft(), sent)
    assert verify(home).whole


def test_the_digest_of_a_decision_without_anything_beside_it_is_as_it_always_was(
    calls: Calls, writer: Writer, claim: Claim
) -> None:
    made = draft(choice=Choice.ADVICE)
    calls.decide(claim, made, None)
    (salt,) = (row["salt"] for row in rows(writer, "SELECT salt FROM call"))
    (told,) = rows(writer, "SELECT details FROM audit WHERE what = 'besloten'")
    before = [made.token, made.choice, made.answers, made.suggestion, made.deviates, None]
    assert audit.digest(salt, before) in told["details"]


@pytest.mark.parametrize(
    ("choice", "also", "words"),
    [
        (Choice.PRIO1, (Choice.PRIO3,), "geen tweede eenheid"),
        (Choice.ADVICE, (Choice.ONLINE, Choice.PRIO1), "geen tweede eenheid"),
        (Choice.ONLINE, (Choice.ONLINE,), "dubbel"),
        (Choice.ADVICE, (Choice.ONLINE, Choice.ONLINE), "dubbel"),
    ],
)
def test_nonsense_beside_a_decision_is_refused(
    calls: Calls, writer: Writer, claim: Claim, choice: Choice, also: tuple[Choice, ...], words: str
) -> None:
    sent = dispatch(claim.call_id) if choice.priority else None
    with pytest.raises(RecordError, match=words):
        calls.decide(claim, draft(choice=choice, also=also), sent)
    assert rows(writer, "SELECT * FROM decision") == []


@pytest.mark.parametrize("also", ["[]", '["bureau"]', '["online","advies"]', "x", '["x"]'])
def test_what_stands_beside_a_decision_cannot_be_changed(calls: Calls, home: Home, claim: Claim, also: str) -> None:
    calls.decide(claim, draft(also=WITH_REPORT), dispatch(claim.call_id))
    connection = engine.connect(home.database)
    try:
        with pytest.raises(engine.sqlite.IntegrityError, match="decision stands"):
            connection.execute("UPDATE decision SET also = ?", (also,))
    finally:
        connection.close()
    with opened(home) as connection:
        connection.execute("UPDATE decision SET also = ?", (also,))
    assert not verify(home).whole


def test_a_decision_that_was_not_seen_stops_a_second_one(
    calls: Calls, reader: Reader, writer: Writer, claim: Claim
) -> None:
    first = calls.decide(claim, draft("een"), dispatch(claim.call_id), after=0)
    before = rows(writer, "SELECT * FROM audit")
    with pytest.raises(DecidedMeanwhile, match=r"al besloten door jan \(14:00\)") as refusal:
        calls.decide(claim, draft("twee", Choice.PRIO2), dispatch(claim.call_id, 2), after=0)
    assert refusal.value.decision == first
    assert reader.file(claim.call_id).decisions == (first,)
    assert rows(writer, "SELECT * FROM audit") == before
    second = calls.decide(claim, draft("twee", Choice.PRIO2), dispatch(claim.call_id, 2), after=first.id)
    assert reader.file(claim.call_id).decisions == (first, second)


def test_the_same_confirmation_again_is_not_a_second_decision(calls: Calls, claim: Claim) -> None:
    made, sent = draft("een"), dispatch(claim.call_id)
    assert calls.decide(claim, made, sent, after=0) == calls.decide(claim, made, sent, after=0)


def test_a_decision_about_another_call_is_none_about_this_one(calls: Calls, claim: Claim) -> None:
    other = calls.claim(calls.ring(incoming("b")).call_id, "jan")
    calls.decide(other, draft("een", Choice.ADVICE), None, after=0)
    assert calls.decide(claim, draft("twee", Choice.ADVICE), None, after=0).call_id == claim.call_id
