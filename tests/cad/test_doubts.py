"""What was sent without a clear outcome: asked after first, and never sent again blindly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cad import doubts, schedule
from console.cad.peer import Abilities, Conflict, Delivered, NoAnswer, NotDelivered, Unclear, Unknown
from console.model import Delivery
from tests.cad.test_courier import ScriptedCad, becomes, until, working

if TYPE_CHECKING:
    from console.model import Dispatch
    from tests.cad.conftest import Room

LOOKS_UP = Abilities(deduplicates=False, looks_up=True)
SETTLES = Abilities(deduplicates=False, looks_up=True, settles_after=0.3)
NEITHER = Abilities(deduplicates=False, looks_up=False)


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "pause_after", lambda *_: 0.05)
    monkeypatch.setattr(doubts, "_FIRST_PAUSE", 0.01)


def left_behind(room: Room) -> Dispatch:
    """A dispatch that an earlier delivery announced and never told the outcome of: it died."""
    made = room.decide()
    room.outbox.sending(made.message_id)
    return made


async def test_what_is_found_is_delivered_and_not_sent_again(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=LOOKS_UP)
    cad.found = Delivered("CAD-7", "ingekort")
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.sent == [made.message_id]
    assert (room.state(made).cad_reference, room.state(made).reason) == ("CAD-7", "ingekort")


async def test_what_is_surely_not_there_is_sent_again(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=LOOKS_UP)
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.sent) >= 2, "a second sending")
        cad.outcome = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert len(cad.looked_up) >= len(cad.sent) - 1


async def test_without_an_answer_it_is_asked_after_again_and_never_sent_blindly(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=LOOKS_UP)
    cad.found = NoAnswer("GMS is niet bereikbaar")
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.looked_up) >= 3, "three questions")
        assert cad.sent == [made.message_id]
        assert room.state(made).state is Delivery.SENT
        assert room.state(made).reason.startswith("Onduidelijk of het is aangekomen")
        cad.found = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.sent == [made.message_id]


async def test_what_the_cad_cannot_tell_is_for_a_person(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=LOOKS_UP)
    cad.found = Conflict("niet te zien")
    made = room.decide()
    async with working(room, cad):
        await becomes(room, made, Delivery.UNCLEAR)
    assert cad.sent == [made.message_id]
    assert room.state(made).reason == "niet te zien"


async def test_a_cad_that_is_still_storing_it_gets_the_time_for_it(room: Room) -> None:
    """It turns up after it was missing at first: sending it again at once would have made a second one."""
    cad = ScriptedCad(Unclear("weg"), abilities=Abilities(deduplicates=False, looks_up=True, settles_after=3600.0))
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.looked_up) >= 3, "questions")
        cad.found = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.sent == [made.message_id]


async def test_after_the_time_for_storing_it_goes_again(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=SETTLES)
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.sent) == 2, "a second sending")
        cad.outcome = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert len(cad.looked_up) >= 2


@pytest.mark.parametrize("found", [Delivered("CAD-1"), Unknown()])
async def test_what_a_dead_delivery_had_begun_is_asked_after_first(room: Room, found: Delivered | Unknown) -> None:
    made = left_behind(room)
    cad = ScriptedCad(abilities=LOOKS_UP)
    cad.found = found
    async with working(room, cad):
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.looked_up == [made.message_id]
    assert cad.sent == ([] if isinstance(found, Delivered) else [made.message_id])


async def test_what_a_dead_delivery_had_begun_is_for_a_person_where_nobody_can_be_asked(room: Room) -> None:
    made = left_behind(room)
    cad = ScriptedCad(abilities=NEITHER)
    async with working(room, cad):
        await becomes(room, made, Delivery.UNCLEAR)
    assert cad.sent == []
    assert "viel uit tijdens het versturen" in room.state(made).reason


@pytest.mark.parametrize("abilities", [LOOKS_UP, NEITHER])
async def test_what_was_surely_not_taken_goes_again_without_a_question(room: Room, abilities: Abilities) -> None:
    cad = ScriptedCad(NotDelivered("dicht"), abilities=abilities)
    made = room.decide()
    async with working(room, cad):
        await until(lambda: len(cad.sent) >= 3, "attempts")
        cad.outcome = Delivered("CAD-1")
        await becomes(room, made, Delivery.DELIVERED)
    assert cad.looked_up == []


async def test_what_is_passed_on_by_voice_while_it_is_asked_after_is_not_sent(room: Room) -> None:
    cad = ScriptedCad(Unclear("weg"), abilities=SETTLES)
    made = room.decide()
    async with working(room, cad):
        await until(lambda: bool(cad.looked_up), "a question")
        room.by_hand(made)
        other = room.decide()
        cad.outcome = Delivered("CAD-1")
        await becomes(room, other, Delivery.DELIVERED)
    assert cad.sent == [made.message_id, other.message_id]
    assert room.state(made).state is Delivery.BY_HAND
