"""A CAD that fails again and again is asked with one dispatch at a time; what waits for too long is for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.cad import circuit, courier, follower, link_note, schedule
from console.cad.peer import Delivered, NoAnswer, NotDelivered, Stage, Standing, Unclear
from console.model import Delivery, Dispatch
from console.record import Ageing
from console.times import now
from tests.cad.test_courier import ScriptedCad, becomes, until, working

if TYPE_CHECKING:
    from console.cad.peer import Outcome
    from tests.cad.conftest import Room


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "_LINK_EVERY", 0.2)
    monkeypatch.setattr(courier, "_AGE_EVERY", 0.0)
    monkeypatch.setattr(follower, "_LOOK_EVERY", 0.05)
    monkeypatch.setattr(schedule, "pause_before_asking", lambda *_, **__: 0.1)
    monkeypatch.setattr(link_note, "TOLD_EVERY", 0.0)
    monkeypatch.setattr(circuit, "SHORTEST", timedelta(milliseconds=20))
    monkeypatch.setattr(circuit, "LONGEST", timedelta(milliseconds=200))


async def pauses(room: Room) -> None:
    await until(lambda: room.link().paused_since is not None, "sending to pause")


async def test_after_a_run_of_failures_one_is_tried_at_a_time_and_the_first_success_lets_all_go(room: Room) -> None:
    class Counting(ScriptedCad):
        under_way = 0
        most: list[int] = []  # noqa: RUF012 - of this test only

        async def send(self, dispatch: Dispatch) -> Outcome:
            self.under_way += 1
            if room.link().paused_since is not None:
                self.most.append(self.under_way)
            outcome = await super().send(dispatch)
            self.under_way -= 1
            return outcome

    cad = Counting(NotDelivered("dicht"))
    made = [room.decide(priority=priority) for priority in (3, 2, 1) for _ in range(10)]
    async with working(room, cad):
        await pauses(room)
        link = room.link()
        assert (link.reachable, link.error) == (False, "dicht")
        assert link.next_try_at is not None
        cad.most.clear()
        before = len(cad.sent)
        await until(lambda: len(cad.sent) >= before + 6, "more tries")
        assert set(cad.most) == {1}
        assert cad.sent[0] == made[20].message_id
        cad.outcome = Delivered("CAD-1")
        for each in made:
            await becomes(room, each, Delivery.DELIVERED)
        await until(lambda: room.link().paused_since is None, "the link to be well")


async def test_questions_wait_while_sending_is_paused(room: Room) -> None:
    cad = ScriptedCad()
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
        cad.outcome = NotDelivered("dicht")
        for _ in range(6):
            room.decide()
        await pauses(room)
        asked = len(cad.asked)
        sent = len(cad.sent)
        await until(lambda: len(cad.sent) >= sent + 4, "more tries")
        assert len(cad.asked) <= asked + 2


async def test_a_message_that_the_cad_chokes_on_holds_up_no_other(room: Room) -> None:
    class Choking(ScriptedCad):
        async def send(self, dispatch: Dispatch) -> Outcome:
            self.sent.append(dispatch.message_id)
            return NotDelivered("verslikt") if dispatch.priority == 1 else Delivered("CAD-1")

    bad = [room.decide(priority=1) for _ in range(5)]
    good = [room.decide(priority=2) for _ in range(5)]
    async with working(room, Choking()):
        for each in good:
            await becomes(room, each, Delivery.DELIVERED)
    assert all(room.state(each).state is Delivery.SENT for each in bad)


async def test_a_delivery_that_starts_again_goes_on_with_the_pause_and_tries_at_once(room: Room) -> None:
    cad = ScriptedCad(NotDelivered("dicht"))
    made = [room.decide() for _ in range(6)]
    async with working(room, cad):
        await pauses(room)
    since = room.link().paused_since
    again = ScriptedCad(NotDelivered("dicht"))
    again.gate.clear()
    async with working(room, again):
        await until(lambda: len(again.sent) == 1, "one try")
        assert room.link().paused_since == since
        again.gate.set()
        await until(lambda: len(again.sent) > 4, "the next tries")
        assert again.most_at_once == 1
        again.outcome = Delivered("CAD-1")
        for each in made:
            await becomes(room, each, Delivery.DELIVERED)


async def test_good_health_does_not_end_the_pause_of_the_delivery_before(room: Room) -> None:
    async with working(room, ScriptedCad(NotDelivered("druk", 20.0))):
        for _ in range(circuit.FAILURES):  # none is left that may be tried before its time
            room.decide()
        await pauses(room)
    since = room.link().paused_since
    again = ScriptedCad()
    async with working(room, again):
        await until(lambda: again.probes >= 3, "questions about its health, for nothing may be tried yet")
        assert room.link().paused_since == since


async def test_a_cad_without_anything_to_send_is_asked_whether_it_is_there(room: Room) -> None:
    cad = ScriptedCad()
    cad.health = "GMS is niet bereikbaar"
    async with working(room, cad):
        await pauses(room)
        cad.health = ""
        await until(lambda: room.link().paused_since is None and room.link_error() == "", "the link to be well")


async def test_when_nothing_waits_any_more_good_health_ends_the_pause(room: Room) -> None:
    cad = ScriptedCad(NotDelivered("dicht"))
    made = [room.decide() for _ in range(6)]
    async with working(room, cad):
        await pauses(room)
        health = cad.probes
        await until(lambda: cad.probes > health or len(cad.sent) > 12, "more tries")
        assert room.link().paused_since is not None, "good health alone says nothing while dispatches fail"
        for each in made:
            room.by_hand(each)
        await until(lambda: room.link().paused_since is None, "the link to be well")


async def test_what_waited_too_long_goes_only_when_a_person_says_so(room: Room) -> None:
    late = timedelta()

    def clock() -> datetime:
        return now() + late

    cad = ScriptedCad(NotDelivered("dicht"))
    old, gone, spoken = room.decide(), room.decide(), room.decide()
    async with working(room, cad, clock):
        await until(lambda: len(cad.sent) > 3, "tries")
        late = timedelta(minutes=31)
        for each in (old, gone, spoken):
            await becomes(room, each, Delivery.TOO_OLD)
        cad.outcome = Delivered("CAD-1")
        new = room.decide()
        late = timedelta()
        await becomes(room, new, Delivery.DELIVERED)
        assert room.state(old).state is Delivery.TOO_OLD
        people = Ageing(room.writer)
        people.drop("j.devries", [gone.message_id], "niemand meer nodig")
        people.by_hand("j.devries", spoken.message_id)
        sent = len(cad.sent)
        people.send_after_all("j.devries", [old.message_id])
        await becomes(room, old, Delivery.DELIVERED)
        assert cad.sent[sent:] == [old.message_id]
    assert room.state(gone).state is Delivery.DROPPED
    assert room.state(spoken).state is Delivery.BY_HAND


async def test_what_is_out_when_it_becomes_too_old_is_waited_for(room: Room) -> None:
    late = timedelta()
    cad = ScriptedCad()
    cad.gate.clear()
    made, other = room.decide(), room.decide(priority=3)
    async with working(room, cad, lambda: now() + late):
        await until(lambda: set(cad.sent) == {made.message_id, other.message_id}, "both to leave")
        late = timedelta(minutes=31)
        waiting = [room.decide(priority=3) for _ in range(3)]
        for each in waiting:
            await becomes(room, each, Delivery.TOO_OLD)
        assert room.state(made).state is Delivery.SENT
        cad.gate.set()
        await becomes(room, made, Delivery.DELIVERED)
        await becomes(room, other, Delivery.DELIVERED)


async def test_an_unclear_outcome_counts_as_a_failure(room: Room) -> None:
    cad = ScriptedCad(Unclear("geen antwoord"))
    for _ in range(6):
        room.decide()
    async with working(room, cad):
        await pauses(room)
        assert room.link_error() == "geen antwoord"


async def test_failing_questions_hold_up_no_dispatch(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CAD that takes dispatches and cannot be asked what became of them."""
    for name in ("SHORTEST", "LONGEST"):
        monkeypatch.setattr(circuit, name, timedelta(minutes=10))
    cad = ScriptedCad()
    cad.health = "GMS is niet bereikbaar"
    cad.answer = NoAnswer("GMS geeft een onverwacht antwoord (500)")
    first = room.decide()
    async with working(room, cad):
        await becomes(room, first, Delivery.DELIVERED)
        for _ in range(5):
            await pauses(room)
            made = room.decide()
            await becomes(room, made, Delivery.DELIVERED)


async def test_a_cad_of_which_only_questions_failed_is_asked_one_again(room: Room) -> None:
    cad = ScriptedCad()
    cad.health = "GMS is niet bereikbaar"
    cad.answer = NoAnswer("GMS geeft een onverwacht antwoord (500)")
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
        await pauses(room)
        cad.answer = Standing(Stage.ACCEPTED)
        await becomes(room, made, Delivery.ACCEPTED)
        await until(lambda: room.link().paused_since is None, "the link to be well")
