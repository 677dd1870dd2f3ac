"""Paper forms: recorded with their own moments, under their own number, and never once sent to the CAD."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import Channel, Choice, Delivery, Location, Stage, UnitStatus
from console.record import Calls, Home, NotToSend, Outbox, Reader, RecordError, Writer, on_paper, search
from console.record.contents import faults
from console.record.reserving import PaperNumbers
from console.record.verifying import verify
from tests.record.support import ADVERSARIAL, CALLED, START, Clock, dispatch, draft, incoming, rows
from tests.record.support import paper_entry as entry
from tests.record.tampering import opened

if TYPE_CHECKING:
    from pathlib import Path

BY = "j.devries"
LATER = START.replace(year=2100)


@pytest.fixture
def reserved(writer: Writer) -> tuple[str, ...]:
    return PaperNumbers(writer).current().call_ids


@pytest.mark.usefixtures("reserved")
def test_a_form_is_a_call_with_its_own_number_and_moments(calls: Calls, reader: Reader, home: Home) -> None:
    made = entry()
    calls.enter(made, BY)
    file = reader.file("26-9001")
    assert file.entered is not None
    assert (file.entered.paper, file.entered.at, file.entered.by) == (made.paper, START, BY)
    assert (file.incoming.received_at, file.stage, file.owner) == (CALLED, Stage.DECIDED, None)
    assert (file.facts, file.answers, file.note) == (made.facts, made.answers, made.note)
    (decision,) = file.decisions
    assert (decision.at, decision.by, decision.made_at) == (START, BY, made.paper.decided_at)
    assert decision.taken_at == made.paper.decided_at
    (sent,) = file.deliveries
    assert (sent.state, sent.created_at, sent.answered_at, sent.attempts, sent.sent_at) == (
        Delivery.BY_HAND,
        made.paper.decided_at,
        made.paper.passed_on_at,
        0,
        None,
    )
    assert reader.policy_of("26-9001") == "abc"
    assert reader.board().rows == ()
    assert [hit.entered_later for hit in reader.ask(lambda found: search.by_number(found, "26-9001"))] == [True]
    assert verify(home).whole


@pytest.mark.usefixtures("reserved")
def test_what_is_not_decided_yet_is_in_the_queue_of_who_entered_it(calls: Calls, reader: Reader) -> None:
    claim = calls.enter(entry(choice=None), BY)
    calls.answer(claim, "gaande", "ja")
    (row,) = reader.board().rows
    assert (row.call_id, row.owner, row.stage, row.received_at) == ("26-9001", BY, Stage.IN_PROGRESS, CALLED)
    assert row.entered_later
    calls.decide(claim, draft("nu"), dispatch("26-9001", 1, "nu"))
    assert [each.state for each in reader.deliveries("26-9001")] == [Delivery.READY]
    assert reader.file("26-9001").decisions[0].made_at is None


@pytest.mark.usefixtures("reserved")
def test_a_unit_that_nobody_was_told_of_is_for_a_person_and_never_sent(
    calls: Calls, outbox: Outbox, reader: Reader, home: Home
) -> None:
    calls.enter(entry(passed_on_at=None), BY)
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert (row.delivery.state, row.entered_later) == (Delivery.UNCLEAR, True)
    assert "niet dat deze inzet is doorgegeven" in row.delivery.reason
    assert outbox.due(LATER, 10) == []
    with pytest.raises(NotToSend):
        outbox.sending(row.delivery.message_id)
    calls.by_hand(calls.claim("26-9001", BY), row.delivery.message_id)
    assert reader.board().rows == ()
    assert verify(home).whole


def test_the_statistics_can_tell_when_it_was_taken_from_when_it_was_entered(calls: Calls, writer: Writer) -> None:
    PaperNumbers(writer).current()
    calls.enter(entry(), BY)
    calls.decide(calls.claim(calls.ring(incoming()).call_id, "jan"), draft("gewoon", Choice.ADVICE), None)
    found = rows(
        writer,
        """SELECT call.id, received_at, rung_at, made_at, decision.at FROM call JOIN decision ON call_id = call.id
        ORDER BY call.seq""",
    )
    assert [(row["id"], row["received_at"] < row["rung_at"], row["made_at"] is not None) for row in found] == [
        ("26-9001", True, True),
        ("26-0001", False, False),
    ]


@pytest.mark.usefixtures("reserved")
def test_the_same_confirmation_again_is_one_call_and_a_number_is_used_once(calls: Calls, writer: Writer) -> None:
    first = calls.enter(entry(), BY)
    before = rows(writer, "SELECT * FROM audit")
    assert calls.enter(entry(), BY) == first
    with pytest.raises(RecordError, match=r"26-9001 is al ingevoerd als melding 26-9001, door j\.devries"):
        calls.enter(entry(token="een ander"), BY)
    assert rows(writer, "SELECT * FROM audit") == before


def test_a_room_that_counted_by_itself_gets_the_next_number(calls: Calls, reader: Reader) -> None:
    calls.ring(incoming())
    assert calls.enter(entry("P1"), BY).call_id == "26-0002"
    entered = reader.file("26-0002").entered
    assert entered is not None
    assert entered.paper.number == "P1"
    with pytest.raises(RecordError, match="P1 is al ingevoerd als melding 26-0002"):
        calls.enter(entry("P1", token="nog eens"), BY)
    assert calls.enter(entry("P1", token="andere storing", called_at=CALLED + timedelta(minutes=1)), BY).call_id


@pytest.mark.parametrize("number", ["26-9021", "26-0001", "27-9001", "9001", "", "P", "26-9001 ", *ADVERSARIAL])
def test_another_number_is_refused(calls: Calls, reserved: tuple[str, ...], number: str) -> None:
    assert reserved[-1] == "26-9020"
    calls.ring(incoming())
    with pytest.raises(RecordError, match="gereserveerd"):
        calls.enter(entry(number), BY)


@pytest.mark.usefixtures("reserved")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"called_at": START + timedelta(minutes=1)}, "Gebeld om .* ligt in de toekomst"),
        ({"decided_at": START + timedelta(minutes=1)}, "Besloten om .* ligt in de toekomst"),
        ({"passed_on_at": START + timedelta(minutes=1)}, "Doorgegeven om .* ligt in de toekomst"),
        ({"decided_at": CALLED - timedelta(minutes=1)}, "Besloten om 04:59 ligt vóór gebeld om 05:00"),
        ({"passed_on_at": CALLED + timedelta(minutes=4)}, "Doorgegeven om 05:04 ligt vóór besloten om 05:05"),
        ({"decided_at": None, "passed_on_at": None}, "hoort de tijd"),
        ({"decision": None, "dispatch": None}, "hoort de tijd"),
        ({"dispatch": None}, "prioriteit"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    calls: Calls, writer: Writer, changes: dict[str, Any], why: str
) -> None:
    before = rows(writer, "SELECT * FROM audit")
    with pytest.raises(RecordError, match=why):
        calls.enter(entry(**changes), BY)
    assert rows(writer, "SELECT * FROM audit") == before
    assert rows(writer, "SELECT * FROM call") == []


@pytest.mark.usefixtures("reserved")
@pytest.mark.parametrize("text", ADVERSARIAL)
def test_what_stands_on_a_form_comes_back_as_it_was_written(
    calls: Calls, reader: Reader, home: Home, text: str
) -> None:
    made = entry(passed_to=text, unit=text, handled_by=text, note=text)
    calls.enter(made, BY)
    file = reader.file("26-9001")
    assert file.entered is not None
    assert (file.entered.paper, file.note) == (made.paper, text)
    assert verify(home).whole


@pytest.mark.usefixtures("reserved")
def test_a_reason_goes_with_a_decision_that_deviates(calls: Calls, reader: Reader, home: Home) -> None:
    deviating = draft("een", Choice.PRIO2, deviates=True)
    calls.enter(entry(decision=deviating, why="melder klonk bang"), BY)
    assert reader.file("26-9001").decisions[0].reason == "melder klonk bang"
    assert verify(home).whole


@pytest.mark.usefixtures("reserved")
@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE paper_form SET passed_on_at = '2026-11-21T12:59:00.000Z'",
        "UPDATE paper_form SET by = 'a.ander'",
        "UPDATE paper_form SET at = '2026-11-21T12:59:00.000Z'",
        "DELETE FROM paper_form",
        "UPDATE decision SET made_at = NULL",
        "UPDATE decision SET made_at = '2026-11-21T12:59:00.000Z'",
        "UPDATE call SET received_at = '2026-11-21T12:59:00.000Z'",
        "UPDATE dispatch SET state = 'klaargezet'",
    ],
)
def test_a_form_that_was_altered_is_found(calls: Calls, home: Home, crime: str) -> None:
    calls.enter(entry(), BY)
    assert verify(home).whole
    with opened(home) as connection:
        connection.execute(crime)
        assert len(list(faults(connection))) == 1


@pytest.mark.usefixtures("reserved")
@pytest.mark.parametrize(
    "statement", ["UPDATE paper_form SET unit = 'x'", "DELETE FROM paper_form", "UPDATE decision SET made_at = NULL"]
)
def test_a_form_stands(calls: Calls, writer: Writer, statement: str) -> None:
    calls.enter(entry(), BY)
    with pytest.raises(RecordError):
        writer.submit(lambda transaction, sql: transaction.run(sql), statement).result()


def test_paper_gets_new_numbers_once_one_of_them_was_entered(calls: Calls, writer: Writer, reader: Reader) -> None:
    paper = PaperNumbers(writer)
    first = paper.current()
    calls.enter(entry(), BY)
    second = paper.current()
    assert not set(first.call_ids) & set(second.call_ids)
    assert paper.current() == second
    free = reader.ask(on_paper.free_numbers)
    assert free == (*first.call_ids[1:], *second.call_ids)


MINUTES = st.integers(-30, 30)
CHOICES = st.sampled_from([None, Choice.PRIO1, Choice.PRIO3, Choice.ONLINE, Choice.ORDINARY])


@given(
    forms=st.lists(
        st.tuples(st.sampled_from(["26-9001", "26-9002", "26-9003", "P1", "P2"]), CHOICES, MINUTES, MINUTES, MINUTES),
        max_size=8,
    ),
    told=st.booleans(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_entered_nothing_is_sent_and_time_runs_one_way(
    tmp_path_factory: pytest.TempPathFactory,
    forms: list[tuple[str, Choice | None, int, int, int]],
    told: bool,
) -> None:
    path: Path = tmp_path_factory.mktemp("huis") / "data"
    home = Home.prepare(path)
    with Writer.open(home, clock=Clock()) as writer, Reader.open(home, clock=Clock()) as reader:
        calls, outbox = Calls(writer), Outbox(writer)
        PaperNumbers(writer).current()
        taken: list[str] = []
        for at, (number, choice, called, decided, passed) in enumerate(forms):
            moments: dict[str, Any] = {"called_at": START + timedelta(minutes=called)}
            if choice is not None:
                moments["decided_at"] = START + timedelta(minutes=decided)
            if choice is not None and choice.priority is not None:
                moments["passed_on_at"] = START + timedelta(minutes=passed) if told else None
            with suppress(RecordError):
                taken.append(calls.enter(entry(number, choice, token=f"t{at}", **moments), BY).call_id)
        assert outbox.due(LATER, 100) == []
        assert outbox.watched(100) == []
        assert outbox.pending() == 0
        assert len(set(taken)) == len(taken)
        for call_id in taken:
            file = reader.file(call_id)
            assert file.entered is not None
            for sent in file.deliveries:
                assert sent.state in {Delivery.BY_HAND, Delivery.UNCLEAR}
                assert not outbox.delivered(sent.message_id, "GMS-1") or sent.state is Delivery.UNCLEAR
                with pytest.raises(NotToSend):
                    outbox.sending(sent.message_id)
                outbox.unit(sent.message_id, "11-01", UnitStatus.EN_ROUTE, START)
            paper = file.entered.paper
            moments_of = [paper.called_at, paper.decided_at, paper.passed_on_at, file.entered.at]
            happened = [each for each in moments_of if each is not None]
            assert happened == sorted(happened)
    assert verify(home).whole


def test_the_channel_and_place_of_a_form_are_those_of_the_call(calls: Calls, reader: Reader) -> None:
    came = incoming(None, channel=Channel.SERVICE, location=Location("Dorpsstraat 1, Assen"), received_at=CALLED)
    calls.enter(entry("P7", incoming=came), BY)
    assert reader.file("26-0001").incoming == came
