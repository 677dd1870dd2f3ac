"""Dispatches that waited too long: never sent by themselves, and each person's word counts once."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import Delivery
from console.record import Ageing, Calls, NotToSend, Outbox, Reader, RecordError, Writer
from console.record.verifying import verify
from tests.record.support import START, Clock, dispatch, draft, incoming, rows, sent_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Home

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def ageing(writer: Writer) -> Ageing:
    return Ageing(writer)


def states(writer: Writer) -> dict[str, str]:
    return {row["message_id"]: row["state"] for row in rows(writer, "SELECT message_id, state FROM dispatch")}


def aged(calls: Calls, outbox: Outbox, clock: Clock, name: str = "a", priority: int = 1) -> str:
    message_id = sent_out(calls, name, priority)
    clock.forward(minutes=31)
    assert outbox.too_old(clock.now - HALF_AN_HOUR, 10) == [message_id]
    assert outbox.set_aside([message_id], clock.now - HALF_AN_HOUR) == 1
    return message_id


def due(outbox: Outbox, clock: Clock) -> list[str]:
    return [each.dispatch.message_id for each in outbox.due(clock.now, 10, not_before=clock.now - HALF_AN_HOUR)]


def test_what_waited_too_long_is_neither_due_nor_pending_and_may_not_leave(
    calls: Calls, outbox: Outbox, clock: Clock, writer: Writer, reader: Reader
) -> None:
    old = sent_out(calls, "a")
    clock.forward(minutes=31)
    new = sent_out(calls, "b", 3)
    assert due(outbox, clock) == [new]
    with pytest.raises(NotToSend):
        outbox.sending(old, not_before=clock.now - HALF_AN_HOUR)
    assert states(writer) == {old: "verouderd", new: "klaargezet"}
    assert outbox.pending() == 1
    assert reader.board().too_old == 1
    assert [row.delivery.state for row in reader.board().rows if row.delivery] == [Delivery.TOO_OLD, Delivery.READY]
    with pytest.raises(NotToSend):
        outbox.sending(old)


@pytest.mark.parametrize("tried", [False, True])
def test_sent_after_all_it_is_as_new_and_ages_again(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock, writer: Writer, home: Home, tried: bool
) -> None:
    old = sent_out(calls, "a")
    if tried:
        outbox.sending(old)
        outbox.postpone(old, clock.now, "dicht")
    clock.forward(minutes=31)
    outbox.set_aside([old], clock.now - HALF_AN_HOUR)
    assert ageing.send_after_all("j.devries", [old]) == 1
    assert ageing.send_after_all("a.bakker", [old]) == 0
    assert due(outbox, clock) == [old]
    (row,) = rows(writer, "SELECT who, call_id, at FROM audit WHERE what = 'toch versturen'")
    assert (row["who"], row["call_id"]) == ("j.devries", "26-0001")
    clock.forward(minutes=31)
    assert due(outbox, clock) == []
    assert outbox.set_aside(outbox.too_old(clock.now - HALF_AN_HOUR, 10), clock.now - HALF_AN_HOUR) == 1
    ageing.send_after_all("j.devries", [old])
    outbox.sending(old, not_before=clock.now - HALF_AN_HOUR)
    outbox.delivered(old, "CAD-1")
    assert states(writer) == {old: "afgeleverd"}
    assert verify(home).whole


def test_not_needed_any_more_stands_with_its_reason_and_is_not_sent(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock, writer: Writer, reader: Reader, home: Home
) -> None:
    old = aged(calls, outbox, clock)
    for empty in ("", "  "):
        with pytest.raises(RecordError):
            ageing.drop("j.devries", [old], empty)
    assert ageing.drop("j.devries", [old], "al ter plaatse geweest") == 1
    assert ageing.send_after_all("a.bakker", [old]) == 0
    with pytest.raises(RecordError):
        ageing.by_hand("a.bakker", old)
    (state,) = reader.deliveries("26-0001")
    assert (state.state, state.reason, state.answered_at) == (Delivery.DROPPED, "al ter plaatse geweest", clock.now)
    assert state.state.settled
    assert not state.state.arranged
    assert due(outbox, clock) == []
    with pytest.raises(NotToSend):
        outbox.sending(old)
    assert reader.board().rows == ()
    (row,) = rows(writer, "SELECT who, details FROM audit WHERE what = 'niet_meer_nodig'")
    assert row["who"] == "j.devries"
    assert "ter plaatse" not in row["details"]
    assert verify(home).whole


def test_passed_on_by_voice_from_the_list_needs_no_call_in_hand(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock, writer: Writer, home: Home
) -> None:
    old = aged(calls, outbox, clock)
    ageing.by_hand("j.devries", old)
    assert states(writer) == {old: "met_de_hand"}
    (row,) = rows(writer, "SELECT who FROM audit WHERE what = 'met de hand doorgegeven'")
    assert row["who"] == "j.devries"
    assert verify(home).whole


@pytest.mark.parametrize("said", ["send", "drop"])
def test_what_was_added_goes_where_its_dispatch_goes(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock, writer: Writer, home: Home, said: str
) -> None:
    call_id = calls.ring(incoming("a")).call_id
    claim = calls.claim(call_id, "jan")
    base = dispatch(call_id, 1, "basis")
    calls.decide(claim, draft("een"), base)
    clock.forward(minutes=20)
    calls.add_to_dispatch(claim, dispatch(call_id, 1, "nieuws-1", adds_to="basis"))
    clock.forward(minutes=20)
    calls.add_to_dispatch(claim, dispatch(call_id, 1, "nieuws-2", adds_to="basis"))
    outbox.set_aside(["basis"], clock.now - HALF_AN_HOUR)
    clock.forward(minutes=20)
    before = clock.now - HALF_AN_HOUR
    assert outbox.too_old(before, 10) == ["nieuws-1"]
    outbox.set_aside(["nieuws-1"], before)
    assert states(writer) == {"basis": "verouderd", "nieuws-1": "verouderd", "nieuws-2": "klaargezet"}
    if said == "drop":
        assert ageing.drop("jan", ["basis", "nieuws-1"], "al geholpen") == 1
        assert set(states(writer).values()) == {"niet_meer_nodig"}
    else:
        assert ageing.send_after_all("jan", ["basis", "nieuws-1"]) == 1
        for message_id in ("basis", "nieuws-1", "nieuws-2"):
            assert due(outbox, clock) == [message_id]
            outbox.sending(message_id, not_before=before)
            outbox.delivered(message_id, "CAD-1")
    assert verify(home).whole


def test_newer_news_waits_for_older_news_that_waits_for_a_person(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock
) -> None:
    call_id = calls.ring(incoming("a")).call_id
    claim = calls.claim(call_id, "jan")
    calls.decide(claim, draft("een"), dispatch(call_id, 1, "basis"))
    outbox.sending("basis")
    outbox.delivered("basis", "CAD-1")
    calls.add_to_dispatch(claim, dispatch(call_id, 1, "nieuws-1", adds_to="basis"))
    clock.forward(minutes=31)
    outbox.set_aside(["nieuws-1"], clock.now - HALF_AN_HOUR)
    calls.add_to_dispatch(claim, dispatch(call_id, 1, "nieuws-2", adds_to="basis"))
    assert due(outbox, clock) == []
    ageing.send_after_all("jan", ["nieuws-1"])
    assert due(outbox, clock) == ["nieuws-1"]


def test_a_late_word_of_the_cad_stands(
    calls: Calls, outbox: Outbox, ageing: Ageing, clock: Clock, writer: Writer
) -> None:
    old = sent_out(calls, "a")
    outbox.sending(old)
    clock.forward(minutes=31)
    outbox.set_aside([old], clock.now - HALF_AN_HOUR)
    assert outbox.delivered(old, "CAD-1")
    assert ageing.send_after_all("jan", [old]) == 0
    assert ageing.drop("jan", [old], "hoeft niet") == 0
    assert states(writer) == {old: "afgeleverd"}


STEPS: dict[str, Callable[[Outbox, Ageing, str, datetime], object]] = {
    "sending": lambda outbox, _, message_id, __: outbox.sending(message_id),
    "sending if fresh": lambda outbox, _, message_id, before: outbox.sending(message_id, not_before=before),
    "postpone": lambda outbox, _, message_id, __: outbox.postpone(message_id, START, "fout"),
    "delivered": lambda outbox, _, message_id, __: outbox.delivered(message_id, "GMS-7"),
    "refused": lambda outbox, _, message_id, __: outbox.refused(message_id, "nee"),
    "unclear": lambda outbox, _, message_id, __: outbox.unclear(message_id, "?"),
    "set aside": lambda outbox, _, message_id, before: outbox.set_aside([message_id], before),
    "send after all": lambda _, ageing, message_id, __: ageing.send_after_all("jan", [message_id]),
    "drop": lambda _, ageing, message_id, __: ageing.drop("jan", [message_id], "hoeft niet"),
    "later": lambda *_: None,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_whatever_happens_only_a_person_lets_go_what_was_set_aside(home: Home, steps: list[str]) -> None:
    clock = Clock()
    with Writer.open(home, clock=clock) as writer, Reader.open(home, clock=clock) as reader:
        calls, outbox, ageing = Calls(writer), Outbox(writer), Ageing(writer)
        message_id = sent_out(calls, str(uuid.uuid4()))
        (call,) = rows(writer, "SELECT call_id FROM dispatch WHERE message_id = ?", message_id)
        before = reader.deliveries(call["call_id"])[0]
        for step in steps:
            clock.forward(minutes=20 if step == "later" else 0)
            try:
                STEPS[step](outbox, ageing, message_id, clock.now - HALF_AN_HOUR)
            except NotToSend:
                assert step.startswith("sending")
            after = reader.deliveries(call["call_id"])[0]
            if before.state is Delivery.DROPPED:
                assert after == before
            if before.state is Delivery.TOO_OLD and after.state is not Delivery.TOO_OLD:
                word_of_the_cad = after.attempts > 0 and step in {"delivered", "refused"}
                assert step in {"send after all", "drop"} or word_of_the_cad
            if after.attempts > before.attempts:
                assert before.state in {Delivery.READY, Delivery.SENT}
            if after.state is Delivery.DROPPED:
                assert before.state in {Delivery.TOO_OLD, Delivery.DROPPED}
            before = after
    assert verify(home).whole


def test_of_two_operators_and_a_delivery_at_once_one_wins(
    calls: Calls, outbox: Outbox, clock: Clock, home: Home
) -> None:
    """Real connections at the same moment: sent after all, dropped and set aside again, many times over."""
    old = [sent_out(calls, f"melding {number}") for number in range(30)]
    clock.forward(minutes=31)
    outbox.set_aside(old, clock.now - HALF_AN_HOUR)
    done: dict[str, list[str]] = {"send": [], "drop": []}
    ready = threading.Barrier(2)

    def say(what: str) -> None:
        with Writer.open(home, clock=clock) as writer:
            mine = Ageing(writer)
            for message_id in old:
                ready.wait()
                said = (
                    mine.send_after_all("jan", [message_id]) if what == "send" else mine.drop("piet", [message_id], "x")
                )
                done[what] += [message_id] * said

    threads = [threading.Thread(target=say, args=(what,)) for what in done]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done["send"] + done["drop"]) == sorted(old)
    assert sorted(due_now(outbox, clock)) == sorted(done["send"])
    assert verify(home).whole


def due_now(outbox: Outbox, clock: Clock) -> list[str]:
    return [each.dispatch.message_id for each in outbox.due(clock.now, 100, not_before=clock.now - HALF_AN_HOUR)]


def test_a_postponed_dispatch_goes_at_once_when_the_cad_is_well_again(
    calls: Calls, outbox: Outbox, clock: Clock
) -> None:
    sent = sent_out(calls, "a")
    outbox.sending(sent)
    outbox.postpone(sent, START + timedelta(seconds=20), "dicht")
    clock.forward(seconds=5)
    assert outbox.due(clock.now, 5) == []
    assert [each.dispatch.message_id for each in outbox.due(clock.now, 5, well_since=clock.now)] == [sent]
    outbox.postpone(sent, START + timedelta(seconds=20), "alweer dicht")
    assert outbox.due(clock.now, 5, well_since=clock.now) == []


def test_the_link_tells_that_sending_is_paused_and_until_when(outbox: Outbox, reader: Reader, clock: Clock) -> None:
    assert outbox.last_link() is None
    outbox.link(False, "dicht", paused_since=clock.now, next_try=clock.now + timedelta(seconds=7))
    for link in (reader.board().link, outbox.last_link()):
        assert link is not None
        assert (link.paused_since, link.next_try_at) == (START, START + timedelta(seconds=7))
    outbox.link(True)
    assert reader.board().link.paused_since is None
