"""The road of a dispatch: most urgent first, only forward, never lost and never sent when it may not be."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import Choice, Delivery, UnitStatus
from console.record import Calls, Home, NotToSend, Outbox, Reader, UnknownDispatch, Writer
from console.record.rows import to_text
from console.record.verifying import verify
from tests.record.support import ADVERSARIAL, START, dispatch, draft, incoming, rows, sent_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from console.model import DeliveryState
    from tests.record.support import Clock


LATER = START + timedelta(seconds=30)


def state_of(outbox: Outbox, reader: Reader, message_id: str) -> DeliveryState:
    assert outbox is not None
    for row in reader.board().rows:
        for state in reader.deliveries(row.call_id):
            if state.message_id == message_id:
                return state
    raise AssertionError(f"{message_id} is not on the board")


def test_most_urgent_first_then_oldest(calls: Calls, outbox: Outbox, clock: Clock) -> None:
    names = [("a", 3), ("b", 1), ("c", 2), ("d", 1), ("e", 3)]
    message = {}
    for name, priority in names:
        message[name] = sent_out(calls, name, priority)
        clock.forward(seconds=1)
    due = [parcel.dispatch.message_id for parcel in outbox.due(clock.now, 10)]
    assert due == [message[name] for name in ("b", "d", "c", "a", "e")]
    assert [parcel.dispatch.message_id for parcel in outbox.due(clock.now, 2)] == due[:2]


def test_a_parcel_holds_what_was_decided(calls: Calls, outbox: Outbox, clock: Clock) -> None:
    call_id = calls.ring(incoming()).call_id
    sent = dispatch(call_id, details=tuple(ADVERSARIAL))
    calls.decide(calls.claim(call_id, "jan"), draft(), sent)
    (parcel,) = outbox.due(clock.now, 1)
    assert parcel.dispatch == sent
    assert (parcel.state.state, parcel.state.attempts, parcel.state.created_at) == (Delivery.READY, 0, START)


def test_postponed_is_due_at_its_moment_and_says_why(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock
) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    until = START + timedelta(seconds=30)
    assert outbox.postpone(message_id, until, "geen verbinding")
    assert outbox.due(until - timedelta(milliseconds=1), 10) == []
    clock.now = until
    (parcel,) = outbox.due(until, 10)
    assert (parcel.state.state, parcel.state.reason, parcel.state.attempts) == (Delivery.SENT, "geen verbinding", 1)
    outbox.sending(message_id)
    state = state_of(outbox, reader, message_id)
    assert (state.attempts, state.sent_at, state.next_attempt_at) == (2, START, None)


def test_what_a_dead_sender_announced_is_due_at_once(calls: Calls, outbox: Outbox, clock: Clock) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    (parcel,) = outbox.due(clock.now, 10)
    assert (parcel.dispatch.message_id, parcel.state.attempts) == (message_id, 1)


def test_the_whole_way_with_its_times(calls: Calls, outbox: Outbox, reader: Reader, clock: Clock) -> None:
    message_id = sent_out(calls, "a")
    clock.forward(seconds=1)
    outbox.sending(message_id)
    clock.forward(seconds=1)
    assert outbox.delivered(message_id, "GMS-7")
    clock.forward(seconds=1)
    assert outbox.accepted(message_id, "GMS-7")
    at = START + timedelta(seconds=20)
    assert outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, at)
    state = state_of(outbox, reader, message_id)
    assert state.state == Delivery.ACCEPTED
    assert (state.sent_at, state.delivered_at, state.answered_at) == (
        START + timedelta(seconds=1),
        START + timedelta(seconds=2),
        START + timedelta(seconds=3),
    )
    assert (state.cad_reference, state.unit, state.unit_status, state.unit_status_at) == (
        "GMS-7",
        "11-01",
        UnitStatus.EN_ROUTE,
        at,
    )
    assert outbox.due(clock.now, 10) == []
    assert outbox.pending() == 0


def test_a_refusal_says_why(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    assert outbox.refused(message_id, "onbekend adres")
    state = state_of(outbox, reader, message_id)
    assert (state.state, state.reason, state.answered_at) == (Delivery.REFUSED, "onbekend adres", START)


def test_the_same_news_again_is_no_news_and_leaves_no_trace(calls: Calls, outbox: Outbox, writer: Writer) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    assert outbox.accepted(message_id, "GMS-7")
    assert outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START)
    before = rows(writer, "SELECT * FROM audit")
    assert not outbox.accepted(message_id, "GMS-7")
    assert not outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START)
    assert rows(writer, "SELECT * FROM audit") == before


def test_news_of_an_older_stage_changes_nothing_but_is_in_the_audit(
    calls: Calls, outbox: Outbox, reader: Reader, writer: Writer
) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.accepted(message_id, "GMS-7")
    before = state_of(outbox, reader, message_id)
    assert not outbox.delivered(message_id, "GMS-8")
    assert not outbox.postpone(message_id, START, "te laat")
    for _ in range(3):
        assert not outbox.unclear(message_id, "geen antwoord")
    assert state_of(outbox, reader, message_id) == before
    late = rows(writer, "SELECT what FROM audit WHERE what = 'te laat'")
    assert len(late) == 3


@pytest.mark.parametrize("end", ["accepted", "refused", "unclear", "by_hand"])
def test_what_has_its_answer_may_not_leave_again(calls: Calls, outbox: Outbox, writer: Writer, end: str) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    if end == "by_hand":
        calls.by_hand(calls.claim("26-0001", "jan"), message_id)
    else:
        getattr(outbox, end)(message_id, "antwoord")
    with pytest.raises(NotToSend, match="niet"):
        outbox.sending(message_id)
    assert rows(writer, "SELECT attempts FROM dispatch") == [{"attempts": 1}]
    assert rows(writer, "SELECT what FROM audit ORDER BY seq DESC LIMIT 1") == [{"what": "te laat"}]


def test_what_was_unclear_can_become_clear(calls: Calls, outbox: Outbox, reader: Reader, clock: Clock) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    assert outbox.unclear(message_id, "geen antwoord na 30 s")
    assert outbox.due(clock.now, 10) == []
    assert outbox.pending() == 0
    assert outbox.accepted(message_id, "GMS-7")
    state = state_of(outbox, reader, message_id)
    assert (state.state, state.reason) == (Delivery.ACCEPTED, "")


REPORTS: dict[str, Callable[[Outbox, str], object]] = {
    "sending": lambda outbox, message_id: outbox.sending(message_id),
    "postpone": lambda outbox, message_id: outbox.postpone(message_id, START, "fout"),
    "delivered": lambda outbox, message_id: outbox.delivered(message_id, "GMS-7"),
    "accepted": lambda outbox, message_id: outbox.accepted(message_id, "GMS-7"),
    "refused": lambda outbox, message_id: outbox.refused(message_id, "nee"),
    "unclear": lambda outbox, message_id: outbox.unclear(message_id, "?"),
    "unit": lambda outbox, message_id: outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, START),
}
RANK = {
    Delivery.READY: 0,
    Delivery.SENT: 1,
    Delivery.UNCLEAR: 2,
    Delivery.DELIVERED: 3,
    Delivery.ACCEPTED: 4,
    Delivery.REFUSED: 5,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(REPORTS)), max_size=9))
def test_whatever_is_reported_the_state_only_goes_forward(home: Home, steps: list[str]) -> None:
    with Writer.open(home) as writer, Reader.open(home) as reader:
        calls, outbox = Calls(writer), Outbox(writer)
        message_id = sent_out(calls, str(uuid.uuid4()))
        call_id = rows(writer, "SELECT call_id FROM dispatch WHERE message_id = ?", message_id)[0]["call_id"]
        before = reader.deliveries(call_id)[0]
        for step in steps:
            try:
                REPORTS[step](outbox, message_id)
            except NotToSend:
                assert step == "sending"
                assert before.state not in {Delivery.READY, Delivery.SENT}
            after = reader.deliveries(call_id)[0]
            backward = (before.state, after.state) == (Delivery.DELIVERED, Delivery.UNCLEAR)
            assert RANK[after.state] >= RANK[before.state] or backward
            assert after.state == Delivery.READY or after.attempts > 0 or after.state == Delivery.REFUSED
            assert after.sent_at == before.sent_at or before.sent_at is None
            before = after


def test_nothing_is_delivered_that_was_never_sent(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    message_id = sent_out(calls, "a")
    assert not outbox.delivered(message_id, "GMS-7")
    assert not outbox.accepted(message_id, "GMS-7")
    assert not outbox.unclear(message_id, "?")
    assert state_of(outbox, reader, message_id).state == Delivery.READY
    assert outbox.refused(message_id, "dit adres kan GMS niet aan")


def test_when_a_unit_thinks_to_be_there_is_told_until_it_is(
    calls: Calls, outbox: Outbox, reader: Reader, writer: Writer, home: Home
) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.accepted(message_id, "GMS-7")
    soon, later = START + timedelta(minutes=8), START + timedelta(minutes=12)

    def expected() -> datetime | None:
        return state_of(outbox, reader, message_id).expected_at

    assert outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START)
    assert expected() is None
    assert outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, LATER, expected_at=soon)
    assert (expected(), state_of(outbox, reader, message_id).unit_status_at) == (soon, START)
    assert not outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START, expected_at=soon)
    assert not outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START)
    assert outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, START)
    assert expected() == soon
    assert outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, START, expected_at=later)
    assert not outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START, expected_at=soon)
    assert expected() == later
    assert outbox.unit(message_id, "11-01", UnitStatus.ON_SCENE, START, expected_at=later)
    assert expected() is None
    told = [json.loads(row["details"]).get("verwacht") for row in rows(writer, "SELECT details FROM audit")]
    assert [each for each in told if each] == [to_text(soon), to_text(soon), to_text(later)]
    assert verify(home).whole


def test_the_expected_moment_is_that_of_the_unit_that_is_shown(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.accepted(message_id, "GMS-7")
    first, second = START + timedelta(minutes=8), START + timedelta(minutes=3)
    outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, START, expected_at=first)
    outbox.unit(message_id, "11-02", UnitStatus.ASSIGNED, START, expected_at=second)
    state = state_of(outbox, reader, message_id)
    assert (state.unit, state.expected_at) == ("11-01", first)
    outbox.unit(message_id, "11-01", UnitStatus.CLOSED, START)
    state = state_of(outbox, reader, message_id)
    assert (state.unit, state.expected_at) == ("11-02", second)


def test_units_each_go_forward_and_the_furthest_is_shown(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock
) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.accepted(message_id, "GMS-7")

    def shown() -> tuple[str, UnitStatus | None]:
        state = state_of(outbox, reader, message_id)
        return state.unit, state.unit_status

    assert outbox.unit(message_id, "11-01", UnitStatus.ASSIGNED, START)
    assert outbox.unit(message_id, "11-02", UnitStatus.EN_ROUTE, START)
    assert shown() == ("11-02", UnitStatus.EN_ROUTE)
    assert not outbox.unit(message_id, "11-02", UnitStatus.ASSIGNED, START)
    assert outbox.unit(message_id, "11-01", UnitStatus.ON_SCENE, START)
    assert shown() == ("11-01", UnitStatus.ON_SCENE)
    assert outbox.unit(message_id, "11-01", UnitStatus.CLOSED, START)
    assert shown() == ("11-02", UnitStatus.EN_ROUTE)
    assert [state.message_id for state in outbox.watched(5)] == [message_id]
    assert outbox.unit(message_id, "11-02", UnitStatus.CLOSED, START)
    assert outbox.watched(5) == []
    assert reader.board().rows == ()
    assert clock.now == START


def test_the_end_of_the_incident_itself_closes_it(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.accepted(message_id, "GMS-7")
    outbox.unit(message_id, "11-01", UnitStatus.ON_SCENE, START)
    outbox.unit(message_id, "", UnitStatus.CLOSED, START)
    assert reader.board().rows == ()


def test_watched_are_the_delivered_first_then_the_freshest_news(calls: Calls, outbox: Outbox, clock: Clock) -> None:
    names = {name: sent_out(calls, name, 2) for name in "abcde"}
    for name in "abcd":
        clock.forward(seconds=1)
        outbox.sending(names[name])
        outbox.delivered(names[name], name)
    for name in "ab":
        clock.forward(seconds=1)
        outbox.accepted(names[name], name)
    assert [state.message_id for state in outbox.watched(10)] == [names[name] for name in "cdba"]
    assert [state.message_id for state in outbox.watched(1)] == [names["c"]]
    assert outbox.pending() == 3
    clock.forward(hours=13)
    assert [state.message_id for state in outbox.watched(10)] == [names["c"], names["d"]]


def test_the_link_says_since_when(outbox: Outbox, reader: Reader, clock: Clock, writer: Writer) -> None:
    assert reader.board().link.reachable is None
    outbox.link(False, "geweigerd")
    for _ in range(3):
        clock.forward(seconds=5)
        outbox.link(reachable=False, error="time-out")
    link = reader.board().link
    assert (link.reachable, link.since, link.seen_at, link.error) == (
        False,
        START,
        START + timedelta(seconds=15),
        "time-out",
    )
    clock.forward(seconds=5)
    outbox.link(True, "")
    link = reader.board().link
    assert (link.reachable, link.since, link.seen_at, link.error) == (True, clock.now, clock.now, "")
    assert len(rows(writer, "SELECT * FROM audit WHERE what = 'koppeling'")) == 2


def test_an_unknown_message_is_named(outbox: Outbox) -> None:
    for report in REPORTS.values():
        with pytest.raises(UnknownDispatch, match="xyz"):
            report(outbox, "xyz")


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_what_the_cad_says_comes_back_to_the_letter(calls: Calls, outbox: Outbox, reader: Reader, text: str) -> None:
    message_id = sent_out(calls, "a")
    outbox.sending(message_id)
    outbox.delivered(message_id, text)
    outbox.unit(message_id, text, UnitStatus.ASSIGNED, START)
    outbox.refused(message_id, f"r{text}")
    outbox.link(False, text)
    state = state_of(outbox, reader, message_id)
    assert (state.cad_reference, state.unit, state.reason) == (text, text, f"r{text}")
    assert reader.board().link.error == text


def test_two_programs_each_see_what_the_other_did(tmp_path: Path, home: Home, calls: Calls) -> None:
    message_id = sent_out(calls, "a")
    with Writer.open(home) as delivering:
        outbox = Outbox(delivering)
        outbox.sending(message_id)
        outbox.refused(message_id, "vol")
    claim = calls.claim("26-0001", "jan")
    calls.decide(claim, draft("nog eens", Choice.PRIO1), dispatch("26-0001"))
    with Writer.open(home) as delivering:
        assert Outbox(delivering).pending() == 1
    assert tmp_path in home.path.parents
