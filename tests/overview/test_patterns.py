"""What goes on over many calls: counted, compared with the same hours by the Dutch clock, and without a trace given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Location
from console.model.overview import Rising
from console.times import DUTCH
from tests.overview.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.model.overview import Linked

EVENING = datetime(2026, 11, 10, 20, 0, tzinfo=DUTCH)
"""The Tuesday evening sixteen days after the clock went back, so that the weeks before it span that night."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, EVENING - timedelta(weeks=5))
    yield room
    room.close()


def calls(
    room: Room, count: int, weeks: int = 0, *, minutes: int = 60, form: str = "sextortion", town: str = ""
) -> None:
    """So many calls of a form from a town, so many weeks before the evening by the Dutch clock."""
    for number in range(count):
        room.clock.now = EVENING - timedelta(weeks=weeks) - timedelta(minutes=minutes - number)
        claim = room.take(room.ring(number=f"050-55{weeks}{minutes:03}{number}", location=Location(town)))
        room.calls.answer(claim, "vorm", form)


def rising(room: Room) -> list[Rising]:
    room.clock.now = EVENING
    return list(room.look().rising)


def linked(room: Room) -> list[Linked]:
    return list(room.look().linked)


def test_a_form_that_comes_more_than_twice_as_often_is_rising(room: Room) -> None:
    calls(room, 1, 5)
    for weeks, count in ((4, 1), (3, 2), (2, 0), (1, 1)):
        calls(room, count, weeks)
    calls(room, 4)
    assert rising(room) == []
    calls(room, 1, minutes=20)
    assert rising(room) == [Rising("sextortion", 5, 2, 4)]


@pytest.mark.parametrize(("minutes", "before"), [(179, 2), (183, 0)])
def test_the_same_hours_are_those_of_the_clock_on_the_wall(room: Room, minutes: int, before: int) -> None:
    """Three weeks back it was summer time: what was within three hours of eight by the clock then counts."""
    calls(room, 1, 5)
    calls(room, 2, 3, minutes=minutes)
    calls(room, 5)
    assert rising(room) == [Rising("sextortion", 5, before, 4)]


def test_a_town_can_rise_and_unknown_forms_cannot(room: Room) -> None:
    calls(room, 1, 5)
    calls(room, 4, form="anders", town="Kerkstraat 1, Assen")
    assert rising(room) == [Rising("Assen", 4, 0, 4)]


def test_without_an_earlier_week_nothing_is_said(room: Room) -> None:
    calls(room, 9)
    assert rising(room) == []


def test_few_calls_are_no_pattern(room: Room) -> None:
    calls(room, 1, 5)
    calls(room, 3)
    assert rising(room) == []


def test_what_three_calls_share_is_counted_and_not_named(room: Room) -> None:
    room.clock.now = EVENING
    for number, town in enumerate(("Assen", "Gieten", "Assen")):
        claim = room.take(room.ring(number=f"050-551{number}234", location=Location(f"Weg {number}, {town}")))
        room.calls.note(claim, "geld naar NL91ABNA0417164300")
        assert (linked(room) == []) == (number < 2)
    (found,) = linked(room)
    assert (found.kind.value, found.calls, found.towns, found.since) == ("iban", 3, 2, room.clock.now)
    assert "0417164300" not in str(room.look())


def test_what_was_shared_long_ago_is_no_pattern_of_now(room: Room) -> None:
    room.clock.now = EVENING
    for number in range(3):
        claim = room.take(room.ring(number=f"050-552{number}234", location=Location("")))
        room.calls.note(claim, "NL91ABNA0417164300")
        room.clock.forward(hours=2.5)
    assert linked(room) == []


def test_a_trace_that_fails_its_own_check_links_nothing(room: Room) -> None:
    room.clock.now = EVENING
    for number in range(3):
        claim = room.take(room.ring(number=f"050-553{number}234", location=Location("")))
        room.calls.note(claim, "NL92ABNA0417164300")
    assert linked(room) == []


def test_they_are_not_looked_for_at_each_look(room: Room) -> None:
    room.overlook.patterns_every = timedelta(seconds=20)
    room.look()
    asked: list[str] = []
    connection = room.overlook._reader._connection
    connection.set_trace_callback(asked.append)
    room.look()
    assert not any("FROM trace" in each for each in asked)
    room.clock.forward(seconds=20)
    room.look()
    connection.set_trace_callback(None)
    assert any("FROM trace" in each for each in asked)
