"""What the delivery does with each outcome, against a real record and CADs that can be made to say anything."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.cad import courier, follower, schedule
from console.cad.courier import Courier
from console.cad.peer import (
    Abilities,
    Conflict,
    Delivered,
    NoAnswer,
    NoCad,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unit,
    Unknown,
)
from console.model import Delivery, Dispatch, UnitStatus
from console.record import Busy
from console.times import now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from console.cad.peer import Cad, Outcome
    from tests.cad.conftest import Room


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask often: what is tested here is what happens, not how often."""
    monkeypatch.setattr(courier, "_LINK_EVERY", 0.2)
    monkeypatch.setattr(follower, "_LOOK_EVERY", 0.05)
    monkeypatch.setattr(schedule, "pause_before_asking", lambda *_, **__: 0.1)


class ScriptedCad:
    """A CAD that says what it is told to say, and counts what it is asked."""

    def __init__(self, outcome: Outcome | None = None, *, abilities: Abilities | None = None) -> None:
        self.abilities = abilities or Abilities(deduplicates=True, looks_up=False)
        self.outcome: Outcome = outcome or Delivered("CAD-1")
        self.answer: Standing | Unknown | NoAnswer = Standing(Stage.RECEIVED)
        self.health = ""
        self.found: Delivered | Conflict | Unknown | NoAnswer = Unknown()
        self.sent: list[str] = []
        self.looked_up: list[str] = []
        self.asked: list[str] = []
        self.probes = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def send(self, dispatch: Dispatch) -> Outcome:
        self.sent.append(dispatch.message_id)
        await self._pass()
        return self.outcome

    async def look_up(self, dispatch: Dispatch) -> Delivered | Conflict | Unknown | NoAnswer:
        self.looked_up.append(dispatch.message_id)
        return self.found

    async def standing(self, message_id: str, reference: str) -> Standing | Unknown | NoAnswer:  # noqa: ARG002
        self.asked.append(message_id)
        await self._pass()
        return self.answer

    async def trouble(self) -> str:
        self.probes += 1
        return self.health

    async def _pass(self) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        self.at_once -= 1


async def never() -> bool:
    return False


@asynccontextmanager
async def working(
    room: Room, cad: Cad | NoCad, clock: Callable[[], datetime] = now, others_before: datetime | None = None
) -> AsyncIterator[None]:
    stop = asyncio.Event()
    made = Courier(cad, room.writer, room.outbox, name="GMS", clock=clock, others_before=others_before)
    task = asyncio.create_task(made.work(stop, never))
    try:
        yield
    finally:
        stop.set()
        await task


async def until(predicate: Callable[[], bool], what: str) -> None:
    for _ in range(6000):
        if predicate():
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"waited in vain: {what}")


async def becomes(room: Room, made: Dispatch, state: Delivery) -> None:
    await until(lambda: room.state(made).state is state, f"{made.message_id} to be {state.value}")


async def test_what_is_urgent_overtakes_what_was_read_before_it_came(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "_TICK", 0.0)  # what was read is old at once
    cad = ScriptedCad()
    cad.gate.clear()
    waiting = [room.decide(priority=3).message_id for _ in range(10)]
    async with working(room, cad):
        await until(lambda: cad.at_once == courier.AT_ONCE, "the first ones to be under way")
        urgent = room.decide(priority=1).message_id
        cad.gate.set()
        await until(lambda: len(cad.sent) == len(waiting) + 1, "all of them")
    assert cad.sent == [*waiting[: courier.AT_ONCE], urgent, *waiting[courier.AT_ONCE :]]


@pytest.mark.parametrize(
    ("outcome", "deduplicates", "state"),
    [
        (Delivered("CAD-1"), True, Delivery.DELIVERED),
        (Refused("nee"), True, Delivery.REFUSED),
        (Conflict("iets anders"), True, Delivery.UNCLEAR),
        (Unclear("weg"), False, Delivery.UNCLEAR),
    ],
)
async def test_an_outcome_that_ends_the_sending_is_recorded_and_not_repeated(
    room: Room,
    outcome: Outcome,
    deduplicates: bool,
    state: Delivery,
) -> None:
    cad = ScriptedCad(outcome, abilities=Abilities(deduplicates=deduplicates, looks_up=False))
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, state)
        other = room.decide()
        await becomes(room, other, state)
    assert cad.sent == [made.message_id, other.message_id]


@pytest.mark.parametrize("outcome", [Unclear("weg"), NotDelivered("dicht")])
async def test_an_outcome_that_leaves_it_open_is_repeated_with_the_same_id(room: Room, outcome: Outcome) -> None:
    cad = ScriptedCad(outcome)
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.sent) >= 2, "a second attempt")
        assert room.state(made).reason in {"weg", "dicht"}
        cad.outcome = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert set(cad.sent) == {made.message_id}


async def test_the_plan_for_the_next_attempt_survives_a_restart(room: Room) -> None:
    made = room.decide()
    async with working(room, ScriptedCad(NotDelivered("druk", 20.0))):
        await until(lambda: room.state(made).next_attempt_at is not None, "the plan")
    planned = room.state(made).next_attempt_at
    assert planned is not None
    assert planned - now() > timedelta(seconds=10)
    later = ScriptedCad()
    async with working(room, later):
        other = room.decide()
        await becomes(room, other, Delivery.DELIVERED)
        assert later.sent == [other.message_id]
    async with working(room, later, lambda: planned + timedelta(milliseconds=1)):
        await becomes(room, made, Delivery.DELIVERED)


async def test_at_most_four_requests_and_two_questions_are_under_way(room: Room) -> None:
    cad = ScriptedCad()
    made = [room.decide() for _ in range(10)]
    async with working(room, cad):
        await until(lambda: all(room.state(each).state is Delivery.DELIVERED for each in made), "all to be delivered")
        cad.gate.clear()
        cad.asked.clear()
        await until(lambda: cad.at_once == 2, "two questions")
        more = [room.decide() for _ in range(10)]
        await until(lambda: cad.at_once == 4, "four requests")
        cad.gate.set()
        await until(lambda: all(room.state(each).state is Delivery.DELIVERED for each in more), "the others")
    assert cad.most_at_once == 4


async def test_questions_never_take_all_the_room(room: Room) -> None:
    cad = ScriptedCad()
    made = [room.decide() for _ in range(6)]
    async with working(room, cad):
        await until(lambda: all(room.state(each).state is Delivery.DELIVERED for each in made), "all to be delivered")
        cad.gate.clear()
        await until(lambda: cad.at_once == 2, "two questions that hang")
        urgent = room.decide()
        await until(lambda: urgent.message_id in cad.sent, "the urgent one to leave")
        cad.gate.set()


async def test_the_intent_is_on_disk_before_the_request_leaves(room: Room) -> None:
    made = room.decide()
    seen: list[Delivery] = []

    class Looking(ScriptedCad):
        async def send(self, dispatch: Dispatch) -> Outcome:
            seen.append(room.state(dispatch).state)
            return Delivered("CAD-1")

    async with working(room, Looking()):
        await becomes(room, made, Delivery.DELIVERED)
    assert seen == [Delivery.SENT]


async def test_what_a_dispatcher_and_a_unit_do_comes_back(room: Room) -> None:
    cad = ScriptedCad()
    made = room.decide()
    at = now().replace(microsecond=0)
    async with working(room, cad):
        cad.answer = Standing(Stage.ACCEPTED, "", Unit("NN 31.01", UnitStatus.EN_ROUTE, at))
        await until(lambda: room.state(made).unit_status is UnitStatus.EN_ROUTE, "the unit")
        assert room.state(made).state is Delivery.ACCEPTED
        assert room.state(made).unit_status_at == at
        cad.answer = Standing(
            Stage.ACCEPTED, "", Unit("NN 31.01", UnitStatus.ON_SCENE, datetime(2001, 1, 1, tzinfo=UTC))
        )
        await until(lambda: room.state(made).unit_status is UnitStatus.ON_SCENE, "the unit to arrive")
        arrived = room.state(made).unit_status_at
        assert arrived is not None
        assert now() - arrived < timedelta(minutes=1)
        cad.answer = Standing(Stage.REFUSED, "toch niet")
        await becomes(room, made, Delivery.REFUSED)
        assert room.state(made).reason == "toch niet"


async def test_when_a_unit_thinks_to_be_there_follows_what_it_says_last(room: Room) -> None:
    cad = ScriptedCad()
    made = room.decide()
    at = now().replace(microsecond=0)

    def says(status: UnitStatus, expected: datetime | None) -> None:
        cad.answer = Standing(Stage.ACCEPTED, "", Unit("NN 31.01", status, at, expected))

    async with working(room, cad):
        for minutes in (12, 9):
            says(UnitStatus.EN_ROUTE, at + timedelta(minutes=minutes))
            await until(lambda: room.state(made).expected_at == at + timedelta(minutes=minutes), "the time")  # noqa: B023
        for unbelievable in (at - timedelta(days=1), at + timedelta(days=300), datetime(1, 1, 1, tzinfo=UTC), None):
            asked = len(cad.asked)
            says(UnitStatus.EN_ROUTE, unbelievable)
            await until(lambda: len(cad.asked) >= asked + 3, "more questions")  # noqa: B023
            assert room.state(made).expected_at == at + timedelta(minutes=9)
        says(UnitStatus.ON_SCENE, None)
        await until(lambda: room.state(made).unit_status is UnitStatus.ON_SCENE, "the unit to arrive")
        assert room.state(made).expected_at is None


async def test_a_cad_that_keeps_denying_what_it_took_is_for_a_person(room: Room) -> None:
    cad = ScriptedCad()
    cad.answer = Unknown()
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.UNCLEAR)
    assert len(cad.asked) >= 3
    assert len(cad.sent) == 1


async def test_good_health_does_not_cover_up_that_dispatches_fail(room: Room) -> None:
    cad = ScriptedCad(NotDelivered("GMS is even niet beschikbaar (503)", 30.0))
    async with working(room, cad):
        await until(lambda: room.link_error() == "", "the link to be well")
        made = room.decide()
        await until(lambda: room.state(made).attempts > 0, "an attempt")
        await until(lambda: room.link_error() != "", "the link to say so")
        probes = cad.probes
        await until(lambda: cad.probes >= probes + 3, "health questions in between")
        assert room.link_error() == "GMS is even niet beschikbaar (503)"


async def test_a_link_that_falls_silent_is_noticed_without_any_dispatch(room: Room) -> None:
    cad = ScriptedCad()
    async with working(room, cad):
        await until(lambda: room.link_error() == "", "the link to be well")
        cad.health = "GMS is niet bereikbaar"
        await until(lambda: room.link_error() == "GMS is niet bereikbaar", "the link to say so")
        cad.health = ""
        await until(lambda: room.link_error() == "", "the link to be well again")


async def test_without_a_cad_nothing_leaves_and_the_screens_say_why(room: Room) -> None:
    made = room.decide()
    async with working(room, NoCad("geen CAD ingesteld: zet cad_url")):
        await until(lambda: room.link_error() == "geen CAD ingesteld: zet cad_url", "the link to say so")
    assert room.state(made).state is Delivery.READY


async def test_a_fault_of_ours_in_one_dispatch_does_not_stop_the_others(room: Room) -> None:
    class Faulty(ScriptedCad):
        async def send(self, dispatch: Dispatch) -> Outcome:
            self.sent.append(dispatch.message_id)
            if dispatch.priority == 1:
                raise ZeroDivisionError
            return Delivered("CAD-1")

    cad = Faulty()
    bad, good = room.decide(priority=1), room.decide(priority=2)
    async with working(room, cad):
        await becomes(room, good, Delivery.DELIVERED)
    assert room.state(bad).state is Delivery.SENT
    assert cad.sent.count(bad.message_id) == 1


async def test_a_busy_record_holds_an_answer_back_but_does_not_lose_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []
    record = room.outbox.delivered

    def busy_at_first(message_id: str, cad_reference: str, remark: str) -> bool:
        tries.append(message_id)
        if len(tries) < 3:
            raise Busy("Het dossier is bezet.")
        return record(message_id, cad_reference, remark)

    monkeypatch.setattr(room.outbox, "delivered", busy_at_first)
    cad = ScriptedCad()
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.sent == [made.message_id]


async def test_a_record_that_cannot_be_read_for_a_while_does_not_end_the_delivery(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = room.decide()
    with monkeypatch.context() as broken:
        broken.setattr(room.outbox, "due", busy)
        cad = ScriptedCad()
        async with working(room, cad):
            await asyncio.sleep(0)
            broken.undo()
            await becomes(room, made, Delivery.DELIVERED)


def busy(*_: object) -> object:
    raise Busy("Het dossier is bezet.")


async def test_what_hangs_at_the_end_is_cut_and_sent_again_with_the_same_id(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.cad.courier._GRACE", 0.05)
    made = room.decide()
    hanging = ScriptedCad()
    hanging.gate.clear()
    async with working(room, hanging):
        await until(lambda: hanging.sent == [made.message_id], "the request to leave")
    assert room.state(made).state is Delivery.SENT
    after = ScriptedCad()
    async with working(room, after):
        await becomes(room, made, Delivery.DELIVERED)
    assert after.sent == [made.message_id]


async def test_it_ends_by_itself_when_it_may(room: Room) -> None:
    made = room.decide()
    cad = ScriptedCad()

    async def finished() -> bool:
        return room.state(made).state is Delivery.DELIVERED

    carrying = Courier(cad, room.writer, room.outbox, name="GMS", clock=now)
    assert await carrying.work(asyncio.Event(), finished) is True


async def test_what_another_cad_holds_is_not_asked_of_this_one(room: Room) -> None:
    """Its number could be somebody else's incident there."""
    cad = ScriptedCad()
    theirs = room.decide()
    room.outbox.sending(theirs.message_id)
    room.outbox.delivered(theirs.message_id, "26-0001 #1")
    room.outbox.accepted(theirs.message_id, "26-0001 #1")
    async with working(room, cad, others_before=now() + timedelta(milliseconds=1)):
        await until(lambda: cad.probes > 1, "the link to be looked at")
        ours = room.decide()
        await until(lambda: ours.message_id in cad.asked, "ours to be asked about")
    assert theirs.message_id not in cad.asked
