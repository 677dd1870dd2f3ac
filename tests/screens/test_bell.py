"""The sound: one ring for each thing that happens, none for a look or a tick."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.model import Board, Channel, Consultation, Delivery, DeliveryState, Link, QueueRow, Stage
from console.screens.bell import Bell
from tests.seat import MARCH_2, OPERATOR

ROW = QueueRow("26-0001", Channel.SERVICE, "", "", "", MARCH_2, Stage.IN_PROGRESS, "bas", None, None, None, False)
WAITING = replace(ROW, stage=Stage.WAITING, owner=None)
ASKED = replace(ROW, owner=OPERATOR, consultation=Consultation(1, "26-0001", "mag dit?", MARCH_2, OPERATOR))
IN_FIVE_MINUTES = MARCH_2 + timedelta(minutes=5)
PROMISED = replace(ROW, call_back_at=IN_FIVE_MINUTES)


def sent(state: Delivery, owner: str = "bas") -> QueueRow:
    return replace(ROW, owner=owner, delivery=DeliveryState("bericht", "26-0001", 1, state, MARCH_2))


def board(*rows: QueueRow) -> Board:
    return Board(rows, Link(None, None, None), 1)


class Listening:
    """A bell whose rings are counted."""

    def __init__(self, *, on: bool = True) -> None:
        self.rung = 0
        self.bell = Bell(self._count, OPERATOR, on=on)

    def _count(self) -> None:
        self.rung += 1

    def hear(self, *rows: QueueRow, in_call: bool = False) -> int:
        """How often it rings at this look and at the two after it."""
        before = self.rung
        for _ in range(3):
            self.bell.hear(board(*rows), MARCH_2, in_call=in_call)
            self.bell.tick(MARCH_2, in_call=in_call)
        return self.rung - before


def test_what_was_there_when_the_operator_sat_down_does_not_ring() -> None:
    room = Listening()
    assert room.hear(WAITING, sent(Delivery.REFUSED), replace(PROMISED, call_back_at=MARCH_2)) == 0


def test_a_call_rings_when_it_comes_in_and_when_it_comes_back() -> None:
    room = Listening()
    assert room.hear() == 0
    assert room.hear(WAITING) == 1
    assert room.hear(WAITING, replace(WAITING, call_id="26-0002")) == 1
    assert room.hear(ROW) == 0, "taken"
    assert room.hear(WAITING) == 1, "handed back to the queue"


@pytest.mark.parametrize("state", [Delivery.REFUSED, Delivery.UNCLEAR])
def test_a_dispatch_that_came_back_rings_once(state: Delivery) -> None:
    room = Listening()
    room.hear(sent(Delivery.SENT))
    assert room.hear(sent(state)) == 1
    assert room.hear(sent(Delivery.BY_HAND)) == 0


def test_what_goes_well_does_not_ring() -> None:
    room = Listening()
    room.hear(sent(Delivery.READY))
    for state in (Delivery.SENT, Delivery.DELIVERED, Delivery.ACCEPTED):
        assert room.hear(sent(state)) == 0


def test_an_answer_rings_for_whoever_asked() -> None:
    room = Listening()
    room.hear(ASKED)
    assert room.hear(replace(ASKED, consultation=None)) == 1
    others = replace(ASKED, owner="bas", consultation=Consultation(1, "26-0001", "mag dit?", MARCH_2, "bas"))
    room.hear(others)
    assert room.hear(replace(others, consultation=None)) == 0
    room.hear(ASKED)
    assert room.hear() == 0, "a call that was decided is no answer"


def test_a_promise_rings_when_it_falls_due() -> None:
    room = Listening()
    room.hear(PROMISED)
    room.bell.tick(IN_FIVE_MINUTES - timedelta(seconds=1))
    assert room.rung == 0
    for _ in range(3):
        room.bell.tick(IN_FIVE_MINUTES)
        room.bell.hear(board(PROMISED), IN_FIVE_MINUTES)
    assert room.rung == 1


def test_several_things_at_once_are_one_ring() -> None:
    room = Listening()
    room.hear(PROMISED)
    room.bell.hear(board(PROMISED, WAITING, sent(Delivery.REFUSED)), IN_FIVE_MINUTES)
    assert room.rung == 1


def test_in_a_call_only_what_concerns_its_operator_is_heard() -> None:
    room = Listening()
    room.hear(ASKED, in_call=True)
    assert room.hear(ASKED, replace(WAITING, call_id="26-0002"), in_call=True) == 0
    assert room.hear(ASKED, sent(Delivery.REFUSED), in_call=True) == 0
    assert room.hear(ASKED, sent(Delivery.UNCLEAR, OPERATOR), in_call=True) == 1
    assert room.hear(replace(ASKED, consultation=None), in_call=True) == 1


def test_a_bell_that_is_off_is_silent_and_remembers() -> None:
    room = Listening(on=False)
    room.hear()
    assert room.hear(WAITING) == 0
    room.bell.on = True
    assert room.hear(WAITING) == 0
    assert room.hear(WAITING, replace(WAITING, call_id="26-0002")) == 1


def test_a_thing_of_others_rings_once() -> None:
    room = Listening()
    room.bell.once("terugbellen 26-0001")
    room.bell.once("terugbellen 26-0001")
    assert room.rung == 1
