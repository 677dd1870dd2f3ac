"""Passed on by voice while the delivery is at work: cancelled at once with name and time, never sent after it, and said
where the CAD had it already. Real processes; the moment of passing on falls anywhere."""

from __future__ import annotations

import json
import random
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from console.model import Delivery
from console.record import RecordError
from console.record.engine import connect
from console.record.verifying import verify
from tests.cad.conftest import wait_for

if TYPE_CHECKING:
    from console.model import DeliveryState, Dispatch
    from tests.cad.conftest import Programs, Room, Simulator

CAME_ANYWAY = "Dit was al onderweg en staat ook in de CAD."


def reaches(room: Room, made: Dispatch, state: Delivery) -> None:
    wait_for(lambda: room.state(made).state is state, what=f"the dispatch to be {state}")


def passed_on(room: Room, made: Dispatch) -> tuple[str, str]:
    """Who passed it on according to the log, and what it was at that moment."""
    with closing(connect(room.home.database, read_only=True)) as connection:
        (row,) = connection.execute(
            "SELECT who, details FROM audit WHERE what = 'met de hand doorgegeven' AND details LIKE ?",
            (f"%{made.message_id}%",),
        ).fetchall()
    return row["who"], json.loads(row["details"])["was"]


def sent_after(room: Room, made: Dispatch) -> int:
    """How many attempts were announced after it was passed on."""
    with closing(connect(room.home.database, read_only=True)) as connection:
        (row,) = connection.execute(
            """SELECT count(*) AS number FROM audit WHERE what = 'verzonden' AND details LIKE ?1 AND seq >
                (SELECT seq FROM audit WHERE what = 'met de hand doorgegeven' AND details LIKE ?1)""",
            (f"%{made.message_id}%",),
        ).fetchall()
    return int(row["number"])


def test_what_is_out_at_that_moment_is_never_sent_again_and_that_the_cad_has_it_too_is_said(
    room: Room, programs: Programs
) -> None:
    cad = programs.simulator("--modus", "traag")
    delivery = programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.SENT)
    room.by_hand(made)
    assert room.state(made).state is Delivery.BY_HAND
    assert passed_on(room, made) == ("j.devries", "verzonden")
    wait_for(lambda: room.state(made).delivered_at, what="the answer that was on its way")
    came = room.state(made)
    assert (came.state, came.attempts, came.cad_reference) == (Delivery.BY_HAND, 1, "CAD-000001")
    assert came.reason.startswith(CAME_ANYWAY)
    delivery.kill()
    programs.deliver(cad.url)
    last = room.decide()
    reaches(room, last, Delivery.ACCEPTED)
    assert cad.effects()[made.message_id] == 1
    assert room.state(made) == came
    assert verify(room.home).whole


@pytest.mark.parametrize("mode", ["uit", "storing", "druk", "antwoord_kwijt"])
def test_when_the_cad_comes_back_it_does_not_go_after_all(room: Room, programs: Programs, mode: str) -> None:
    cad = programs.simulator("--modus", mode)
    programs.deliver(cad.url)
    made = room.decide()
    wait_for(lambda: room.state(made).next_attempt_at, what="an attempt that failed")
    room.by_hand(made)
    attempts = room.state(made).attempts
    cad.set_mode("accepteert")
    reaches(room, room.decide(), Delivery.ACCEPTED)
    assert room.state(made).state is Delivery.BY_HAND
    assert (room.state(made).attempts, sent_after(room, made)) == (attempts, 0)
    assert cad.effects().get(made.message_id, 0) == (1 if mode == "antwoord_kwijt" else 0)


def test_what_was_to_be_added_stops_with_it_and_an_addition_can_be_passed_on_by_itself(
    room: Room, programs: Programs
) -> None:
    cad = programs.simulator("--modus", "storing")
    programs.deliver(cad.url)
    made = room.decide()
    added = room.add(made)
    wait_for(lambda: room.state(made).next_attempt_at, what="an attempt that failed")
    room.by_hand(made)
    assert room.state(added).state is Delivery.REFUSED
    room.by_hand(added)
    cad.set_mode("accepteert")
    other = room.decide()
    reaches(room, other, Delivery.ACCEPTED)
    cad.set_mode("traag")
    news = room.add(other)
    reaches(room, news, Delivery.SENT)
    room.by_hand(news)
    wait_for(lambda: room.state(news).delivered_at, what="the answer that was on its way")
    assert room.state(news).reason.startswith(CAME_ANYWAY)
    assert [room.state(each).state for each in (made, added, news)] == [Delivery.BY_HAND] * 3
    assert made.message_id not in cad.effects()
    assert (cad.additions().get(added.message_id, 0), cad.additions()[news.message_id]) == (0, 1)
    assert verify(room.home).whole


SEED = 20261122


def test_at_whatever_moment_it_is_passed_on_it_is_sent_once_or_not_and_never_after(
    room: Room, programs: Programs
) -> None:
    cad = programs.simulator("--tempo", "0.01")
    programs.deliver(cad.url)
    reaches(room, room.decide(), Delivery.ACCEPTED)
    chance = random.Random(SEED)
    confirmed: list[Dispatch] = []
    by_hand: list[Dispatch] = []
    for _ in range(60):
        made = room.decide()
        for _look in range(chance.randrange(12)):  # anywhere between the outbox and the dispatcher's word
            room.state(made)
        (by_hand if is_passed_on(room, made) else confirmed).append(made)
    settles(room, cad, by_hand)
    moments = {passed_on(room, made)[1] for made in by_hand}
    assert len(moments) > 1, f"seed {SEED}: every one was {moments}"
    for made in confirmed:
        assert (room.state(made).state, cad.effects()[made.message_id]) == (Delivery.ACCEPTED, 1)
    for made in by_hand:
        stands = room.state(made)
        assert stands.state is Delivery.BY_HAND
        assert sent_after(room, made) == 0
        assert cad.effects().get(made.message_id, 0) == stands.attempts, f"seed {SEED}"
        assert told(stands, passed_on(room, made)[1])
    assert verify(room.home).whole


def is_passed_on(room: Room, made: Dispatch) -> bool:
    """Pass it on by voice; False where the CAD had confirmed it by then."""
    try:
        room.by_hand(made)
    except RecordError:
        return False
    return True


def settles(room: Room, cad: Simulator, by_hand: list[Dispatch]) -> None:
    """Wait until the answers that were on their way came in."""
    wait_for(
        lambda: all(room.state(made).delivered_at for made in by_hand if cad.effects().get(made.message_id)),
        what="the last answers",
    )


def told(stands: DeliveryState, was: str) -> bool:
    """What came in after it was passed on is said; what had come in before was on the screen then."""
    if stands.delivered_at is None or was == Delivery.DELIVERED:
        return True
    return stands.reason.startswith(CAME_ANYWAY)
