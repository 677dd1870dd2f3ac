"""A call that is opened again: a new assessment, and every version of the earlier ones as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Choice, Delivery, Facts, Given, Role, Stage
from console.record import Calls, NotYours, RecordError, UnknownCall
from tests.record.support import START, Clock, dispatch, draft, incoming, rows

if TYPE_CHECKING:
    from console.model import Claim
    from console.record import Outbox, Reader, Writer


@pytest.fixture
def claim(calls: Calls, clock: Clock) -> Claim:
    """A call in which two questions were answered and a unit was sent."""
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.answer(claim, "gaande", "onbekend")
    calls.answer(claim, "gaande", "nee")
    calls.answer(claim, "gevaar", "nee")
    calls.tell(claim, Facts(address="Brink 4", role=Role.VICTIM))
    calls.decide(claim, draft("eerste", Choice.PRIO2), dispatch(claim.call_id, 2, "bericht-1"))
    clock.forward(hours=2)
    return claim


def test_it_opens_with_its_own_moment_and_what_was_answered(
    claim: Claim, calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    calls.reassess(claim)
    file = reader.file(claim.call_id)
    assert (file.stage, file.owner, file.assessment) == (Stage.IN_PROGRESS, "jan", 2)
    assert (file.assessed_from, file.reassessed_at, file.incoming.received_at) == (clock.now, clock.now, START)
    assert file.answers == {"gaande": "nee", "gevaar": "nee"}
    assert [row.assessment for row in reader.board().rows] == [2]
    assert rows(writer, "SELECT who, what FROM audit ORDER BY seq DESC LIMIT 1") == [
        {"who": "jan", "what": "herbeoordeling"}
    ]


def test_a_first_assessment_is_timed_from_when_the_call_came_in(claim: Claim, reader: Reader) -> None:
    file = reader.file(claim.call_id)
    assert (file.assessment, file.reassessed_at, file.assessed_from) == (1, None, START)


def test_every_version_stays(claim: Claim, calls: Calls, reader: Reader, clock: Clock) -> None:
    first_decision = reader.file(claim.call_id).decisions[0]
    (only,) = reader.versions(claim.call_id)
    calls.reassess(claim, since=START + timedelta(hours=1), answers={"laatste_handeling": "3"})
    calls.answer(claim, "gaande", "ja")
    calls.answer(claim, "gevaar", None)
    calls.tell(claim, Facts(address="Markt 1", role=Role.VICTIM))
    first, second = reader.versions(claim.call_id)
    assert first == only
    assert (first.number, first.assessed_from, first.opened_at, first.opened_by) == (1, START, START, None)
    assert first.answers == {"gaande": "nee", "gevaar": "nee"}
    assert first.given == tuple(
        Given(question, value, START, "jan")
        for question, value in (("gaande", "onbekend"), ("gaande", "nee"), ("gevaar", "nee"))
    )
    assert (first.facts.address, first.decisions, first.suggestion) == (
        "Brink 4",
        (first_decision,),
        first_decision.suggestion,
    )
    assert (second.number, second.assessed_from, second.opened_at, second.opened_by) == (
        2,
        START + timedelta(hours=1),
        clock.now,
        "jan",
    )
    assert second.answers == {"gaande": "ja", "laatste_handeling": "3"}
    assert [(given.question, given.value) for given in second.given] == [
        ("laatste_handeling", "3"),
        ("gaande", "ja"),
        ("gevaar", None),
    ]
    assert (second.facts.address, second.decisions, second.suggestion) == ("Markt 1", (), None)
    made = calls.decide(claim, draft("tweede", Choice.PRIO1), dispatch(claim.call_id))
    first, second = reader.versions(claim.call_id)
    assert (first.decisions, second.decisions) == ((first_decision,), (made,))
    assert reader.file(claim.call_id).decisions == (first_decision, made)


def test_nothing_new_is_nothing_changed(claim: Claim, calls: Calls, reader: Reader) -> None:
    calls.reassess(claim)
    first, second = reader.versions(claim.call_id)
    assert (second.answers, second.facts) == (first.answers, first.facts)
    assert (second.given, second.decisions) == ((), ())


def test_the_earlier_dispatch_goes_its_own_way(claim: Claim, calls: Calls, reader: Reader, outbox: Outbox) -> None:
    calls.reassess(claim)
    outbox.sending("bericht-1")
    outbox.accepted("bericht-1", "GMS-7")
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert (row.stage, row.delivery.state) == (Stage.IN_PROGRESS, Delivery.ACCEPTED)
    assert [each.state for each in reader.file(claim.call_id).deliveries] == [Delivery.ACCEPTED]


def test_a_reason_that_is_still_owed_stays_owed(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    made = calls.decide(claim, draft("eerste", Choice.ADVICE, deviates=True), None)
    calls.reassess(claim)
    calls.decide(claim, draft("tweede", Choice.ADVICE), None)
    assert [row.reason_missing for row in reader.board().rows] == [True]
    calls.give_reason(claim, made.id, "melder twijfelde")
    first, second = reader.versions(claim.call_id)
    assert [each.reason for each in (*first.decisions, *second.decisions)] == ["melder twijfelde", None]


def test_a_call_that_left_the_board_comes_back_on_it(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.decide(claim, draft(choice=Choice.ADVICE), None)
    calls.release(claim)
    assert reader.board().rows == ()
    again = calls.claim(claim.call_id, "piet")
    calls.reassess(again)
    assert [(row.stage, row.owner) for row in reader.board().rows] == [(Stage.IN_PROGRESS, "piet")]
    calls.release(again)
    assert [(row.stage, row.owner) for row in reader.board().rows] == [(Stage.WAITING, None)]


def test_only_a_decided_call_in_hand_is_opened_again(claim: Claim, calls: Calls, reader: Reader) -> None:
    calls.reassess(claim)
    with pytest.raises(RecordError, match="nog niet besloten"):
        calls.reassess(claim)
    calls.decide(claim, draft("overleg", Choice.CONSULT), None)
    with pytest.raises(RecordError, match="nog niet besloten"):
        calls.reassess(claim)
    calls.take_over(claim.call_id, "piet", owner="jan", reason="x")
    with pytest.raises(NotYours):
        calls.reassess(claim)
    assert [version.number for version in reader.versions(claim.call_id)] == [1, 2]


def test_it_is_all_or_nothing(claim: Claim, calls: Calls, reader: Reader) -> None:
    with pytest.raises(RecordError, match="half teken"):
        calls.reassess(claim, answers={"laatste_handeling": "\ud800"})
    with pytest.raises(ValueError, match="time zone"):
        calls.reassess(claim, since=START.replace(tzinfo=None))
    file = reader.file(claim.call_id)
    assert (file.stage, file.assessment, len(reader.versions(claim.call_id))) == (Stage.DECIDED, 1, 1)


def test_a_half_made_choice_of_before_is_gone(claim: Claim, calls: Calls, reader: Reader) -> None:
    calls.draft_choice(claim, Choice.PRIO1)
    calls.reassess(claim)
    assert reader.file(claim.call_id).draft_choice is None


def test_versions_of_an_unknown_call(reader: Reader) -> None:
    with pytest.raises(UnknownCall, match="26-0042"):
        reader.versions("26-0042")
