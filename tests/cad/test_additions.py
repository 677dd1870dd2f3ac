"""What adds to a dispatch, the whole way: after it and in order, with its incident, once, never as a second unit."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.cad import courier, follower, schedule
from console.cad.peer import Delivered, NotDelivered, Refused, Stage, Standing, Unclear, Unit
from console.model import Delivery, UnitStatus
from console.times import now
from tests.cad.conftest import wait_for
from tests.cad.killing import kill_while_it_works
from tests.cad.test_courier import ScriptedCad, becomes, until, working
from tests.cad.test_delivery import reaches
from tests.crash.seeds import seed_of

if TYPE_CHECKING:
    from console.cad.peer import Outcome
    from console.model import Dispatch
    from tests.cad.conftest import Programs, Room


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask often: what is tested here is what happens, not how often."""
    monkeypatch.setattr(courier, "_LINK_EVERY", 0.2)
    monkeypatch.setattr(follower, "_LOOK_EVERY", 0.05)
    monkeypatch.setattr(schedule, "pause_before_asking", lambda *_, **__: 0.1)
    monkeypatch.setattr(schedule, "pause_after", lambda *_: 0.1)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("trouble", [NotDelivered("dicht"), Unclear("weg")])
async def test_it_never_leaves_before_its_dispatch_arrived(room: Room, trouble: NotDelivered | Unclear) -> None:
    cad = ScriptedCad(trouble)
    made = room.decide()
    more = room.add(made)
    async with working(room, cad):
        await until(lambda: len(cad.sent) >= 3, "attempts")
        assert set(cad.sent) == {made.message_id}
        cad.outcome = Delivered("CAD-1")
        await becomes(room, more, Delivery.DELIVERED)
    assert cad.sent[-1] == more.message_id


@pytest.mark.usefixtures("hurry")
async def test_what_was_known_last_arrives_last(room: Room) -> None:
    """One that does not get through holds back the later ones: an older address never lands on a newer one."""

    class Stubborn(ScriptedCad):
        async def send(self, dispatch: Dispatch) -> Outcome:
            self.sent.append(dispatch.message_id)
            return NotDelivered("dicht") if dispatch.message_id == stuck else Delivered("CAD-1")

    cad = Stubborn()
    made = room.decide()
    more = [room.add(made) for _ in range(3)]
    stuck = more[0].message_id
    async with working(room, cad):
        await until(lambda: cad.sent.count(stuck) >= 3, "attempts")
        assert set(cad.sent) == {made.message_id, stuck}
        other = room.decide()
        await becomes(room, other, Delivery.DELIVERED)
        stuck = ""
        await becomes(room, more[2], Delivery.DELIVERED)
    arrived = [each for each in dict.fromkeys(reversed(cad.sent)) if each in {one.message_id for one in more}]
    assert arrived == [one.message_id for one in reversed(more)]


@pytest.mark.usefixtures("hurry")
async def test_it_is_followed_to_its_answer_and_no_unit_is_told_of_it(room: Room) -> None:
    cad = ScriptedCad()
    made = room.decide()
    more = room.add(made)
    async with working(room, cad):
        await becomes(room, more, Delivery.DELIVERED)
        cad.answer = Standing(Stage.ACCEPTED, "", Unit("NN 31.01", UnitStatus.EN_ROUTE, now()))
        await becomes(room, more, Delivery.ACCEPTED)
        await until(lambda: room.state(made).unit == "NN 31.01", "the unit")
        cad.asked.clear()
        await until(lambda: len(cad.asked) >= 3, "more questions")
        assert set(cad.asked) == {made.message_id}
    assert (room.state(more).unit, room.state(more).unit_status) == ("", None)


@pytest.mark.usefixtures("hurry")
async def test_a_refused_one_says_why_and_leaves_its_dispatch_alone(room: Room) -> None:
    cad = ScriptedCad()
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
        cad.outcome = Refused("nee")
        more = room.add(made)
        await becomes(room, more, Delivery.REFUSED)
    assert room.state(more).reason == "nee"
    assert room.state(made).state is Delivery.DELIVERED


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("ending", ["refused", "by hand"])
async def test_where_its_dispatch_went_another_way_it_is_not_sent(room: Room, ending: str) -> None:
    cad = ScriptedCad(NotDelivered("dicht"))
    made = room.decide()
    more = room.add(made)
    async with working(room, cad):
        await until(lambda: len(cad.sent) >= 1, "an attempt")
        if ending == "refused":
            cad.outcome = Refused("nee")
        else:
            room.by_hand(made)
        await becomes(room, more, Delivery.REFUSED)
    assert set(cad.sent) == {made.message_id}
    assert "door" in room.state(more).reason


def test_it_is_put_with_its_incident_once_and_sends_nobody(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(cad.url)
    made = room.decide()
    more = [room.add(made), room.add(made)]
    for each in more:
        reaches(room, each, Delivery.ACCEPTED)
    assert cad.effects() == {made.message_id: 1}
    assert cad.additions() == {each.message_id: 1 for each in more}
    assert {room.state(each).cad_reference for each in (made, *more)} == {"CAD-000001"}


def is_in_trouble(room: Room, made: Dispatch) -> bool:
    return bool(room.state(made).reason)


def test_whatever_a_cad_does_to_a_dispatch_it_can_do_to_an_addition(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.ACCEPTED)
    for mode in ("antwoord_kwijt", "half_antwoord", "uit", "fout"):
        cad.set_mode(mode)
        more = room.add(made)
        if mode in {"uit", "fout"}:
            wait_for(partial(is_in_trouble, room, more), what=f"what is wrong in {mode}")
            cad.set_mode("accepteert")
        reaches(room, more, Delivery.ACCEPTED)
        assert cad.additions()[more.message_id] == 1
    for mode in ("weigert", "weigert_direct"):
        cad.set_mode(mode)
        more = room.add(made)
        reaches(room, more, Delivery.REFUSED)
        assert room.state(more).reason == "geen eenheid beschikbaar in dit gebied"
    cad.set_mode("vergeet")
    more = room.add(made)
    reaches(room, more, Delivery.UNCLEAR)
    assert cad.effects() == {made.message_id: 1}
    assert room.state(made).state is Delivery.ACCEPTED


def test_a_delivery_killed_while_sending_it_adds_it_once(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    first = programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.ACCEPTED)
    cad.set_mode("traag")
    more = room.add(made)
    reaches(room, more, Delivery.SENT)
    first.kill()
    programs.deliver(cad.url)
    reaches(room, more, Delivery.ACCEPTED)
    assert (cad.effects(), cad.additions()) == ({made.message_id: 1}, {more.message_id: 1})
    assert room.state(more).attempts == 2


@pytest.mark.slow
def test_random_kills_and_lost_answers_double_no_addition_and_lose_none(room: Room, programs: Programs) -> None:
    seed = seed_of(None)
    chance = random.Random(seed)
    cad = programs.simulator("--modus", "antwoord_kwijt")
    made = [room.decide(priority=chance.choice((1, 2, 3))) for _ in range(60)]
    more = [room.add(chance.choice(made)) for _ in range(200)]
    kill_while_it_works(lambda: programs.deliver(cad.url), 20, chance, room.outbox.pending)
    programs.deliver(cad.url)
    wait_for(lambda: room.outbox.pending() == 0, what="all to be confirmed", seconds=240)
    assert {room.state(each).state for each in (*made, *more)} == {Delivery.ACCEPTED}
    assert cad.effects() == {each.message_id: 1 for each in made}
    assert cad.additions() == {each.message_id: 1 for each in more}
    order = list(cad.additions())
    for base in made:
        mine = [each.message_id for each in more if each.adds_to == base.message_id]
        assert [each for each in order if each in set(mine)] == mine


def test_when_a_unit_thinks_to_be_there_comes_back(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--tempo", "0.5")
    programs.deliver(cad.url)
    made = room.decide()
    wait_for(lambda: room.state(made).expected_at is not None, what="the expected time")
    expected = room.state(made).expected_at
    assert expected is not None
    assert abs((expected - now()).total_seconds()) < 60
