"""The figures on the board are those of the record: counted another way, in any order of events, over the DST night."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.model import Appointment, AppointmentKind, Choice, Known, Location, Party, Special
from console.record import Reader, RecordError, engine, glance
from tests.overview.room import NIGHT_OF_THE_CLOCK, Room, counted, shown
from tests.record.support import START, paper_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from console.model import Claim


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, taking_norm=20)
    yield room
    room.close()


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.sampled_from((None, 0, 20)))
def test_every_figure_equals_a_count_of_all_rows(seed: int, norm: int | None) -> None:
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder), taking_norm=norm)
        try:
            for _ in range(60):
                room.anything(chance)
                if chance.random() < 0.2:
                    assert shown(room.look()) == counted(room)
            assert shown(room.look()) == counted(room)
        finally:
            room.close()


def test_a_board_that_starts_late_counts_the_same(room: Room) -> None:
    chance = Random(7)
    for _ in range(150):
        room.anything(chance)
    late = Room.__new__(Room)
    late.__dict__ = dict(room.__dict__)
    late.overlook = type(room.overlook).open(room.settings, room.clock)
    assert shown(late.look()) == counted(room) == shown(room.look())
    late.overlook.close()


def test_a_board_that_starts_late_reads_back_page_by_page(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "PAGE", 3)
    for minutes in range(10):
        room.clock.now = NIGHT_OF_THE_CLOCK - timedelta(minutes=90 - 9 * minutes)
        room.ring()
    room.clock.now = NIGHT_OF_THE_CLOCK
    assert room.look().hour.calls == counted(room)["calls"] == 6


def test_an_answer_is_weighed_at_the_next_look(room: Room) -> None:
    claim = room.take(room.ring())
    assert (len(room.look().prio1.possible), len(room.look().prio1.certain)) == (1, 0)
    room.calls.answer(claim, "gevaar", "nu")
    assert (len(room.look().prio1.possible), len(room.look().prio1.certain)) == (0, 1)
    room.calls.answer(claim, "gevaar", "nee")
    room.calls.answer(claim, "verdachte", "nee")
    assert (len(room.look().prio1.possible), len(room.look().prio1.certain)) == (0, 0)


def test_the_rhythm_counts_what_fell_in_the_hour(room: Room) -> None:
    for minutes in (0, 1, 9, 58):
        room.clock.now = NIGHT_OF_THE_CLOCK - timedelta(minutes=minutes)
        room.ring()
    room.clock.now = NIGHT_OF_THE_CLOCK
    hour = room.look().hour
    assert (hour.calls, hour.rhythm) == (4, (1, *[0] * 9, 1, 2))
    room.clock.forward(minutes=2)
    assert room.look().hour.calls == 3


def test_who_still_waits_too_long_counts_as_too_late(room: Room) -> None:
    room.take(room.ring(ago=timedelta(seconds=5)))
    room.ring(ago=timedelta(seconds=300))
    room.ring(ago=timedelta(seconds=3))
    hour = room.look().hour
    assert (hour.in_time, hour.to_take) == (1, 2)


def test_of_an_address_only_a_town_is_given(room: Room) -> None:
    for address in ("Brink 4, Gieten", "Brink 4 Gieten", "Brink 4, 9461 AS Gieten", "Assen"):
        room.ring(location=Location(address))
    assert sorted(call.place for call in room.look().glance.longest) == ["", "Assen", "Gieten", "Gieten"]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("mag prio 1, 14:05 gebeld?", "mag prio 1, 14:05 gebeld?"),
        ("bel 06-12345678 terug", "bel [verborgen] terug"),
        ("bel 06 12 34 56 78 terug", "bel [verborgen] terug"),
        ("is NL91ABNA0417164300 bekend", "is [verborgen] bekend"),
        ("mail jan@example.nl of 9461 AS", "mail [verborgen] of [verborgen] AS"),
    ],
)
def test_a_question_is_shown_without_numbers_of_people(room: Room, question: str, says: str) -> None:
    room.calls.consult(room.take(room.ring()), question)
    (asked,) = room.look().glance.asked
    assert asked.question == says


def test_a_question_about_special_data_is_not_shown(room: Room) -> None:
    telling: list[Callable[[Claim], None]] = [
        lambda claim: room.calls.special(claim, Special.SUICIDALITY, Known.YES),
        lambda claim: room.calls.answer(claim, "gevaar", "zelf"),
        lambda claim: room.calls.answer(claim, "seksueel_beeld", "ja"),
    ]
    for number, tell in enumerate(telling):
        claim = room.take(room.ring(), f"jan{number}")
        room.calls.consult(claim, "wat doe ik hiermee?")
        assert room.look().glance.asked[number].question is not None
        tell(claim)
        assert room.look().glance.asked[number].question is None


def test_a_call_without_a_readable_policy_is_said_to_be_unknown(room: Room) -> None:
    claim = room.calls.claim(room.ring(), "jan")
    room.policies.begin(claim, "0" * 64)
    prio1 = room.look().prio1
    assert (prio1.unknown, prio1.possible, prio1.certain) == (1, (), ())


def test_a_window_is_over_at_its_end_also_in_the_night_of_the_clock(room: Room) -> None:
    claim = room.take(room.ring())
    room.calls.add(claim, Appointment(AppointmentKind.WINDOW, Party.UNIT, "tussen 02:15 en 02:30"))
    (window,) = room.look().windows
    assert window.by == NIGHT_OF_THE_CLOCK + timedelta(minutes=10)
    room.clock.forward(minutes=11)
    (window,) = room.look().windows
    assert window.by is not None
    assert window.by < room.clock.now


def test_news_of_another_program_is_news_and_a_look_ends_it(room: Room) -> None:
    room.look()
    assert not room.overlook.changed()
    room.ring()
    assert room.overlook.changed()
    room.look()
    assert not room.overlook.changed()


def test_a_record_that_was_replaced_is_refused(room: Room) -> None:
    room.look()
    here = room.settings.home / "dossier.db"
    here.rename(here.with_name("weg.db"))
    here.write_bytes(b"")
    with pytest.raises(RecordError, match="vervangen"):
        room.overlook.changed()


def doing(statement: str) -> Callable[[engine.Connection], object]:
    return lambda connection: connection.execute(statement)


def test_its_connection_cannot_write(room: Room) -> None:
    room.ring()
    with Reader.open(room.writer.home, clock=room.clock) as reader:
        for statement in ("DELETE FROM call", "UPDATE call SET owner = 'x'", "CREATE TABLE x (a)", "VACUUM"):
            with pytest.raises(RecordError):
                reader.ask(doing(statement))
    connection = room.overlook._reader._connection
    connection.execute("PRAGMA query_only = 0")  # even without our own guard the file is open for reading only
    with pytest.raises(engine.sqlite.OperationalError, match="readonly"):
        connection.execute("DELETE FROM call")
    assert room.look().hour.calls == 1


def test_no_question_of_the_board_reads_all_calls(room: Room) -> None:
    """A finished call costs nothing: every table is entered by an index of open things, or by the last number seen."""
    room.take(room.ring())
    connection = room.overlook._reader._connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    room.look()
    room.ring()
    room.look()
    connection.set_trace_callback(None)
    selects = [each for each in asked if each.lstrip().startswith(("SELECT", "WITH"))]
    assert len(selects) > 20
    scans = []
    for select in selects:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {select}").fetchall()
        scans += [row["detail"] for row in plan if row["detail"].startswith("SCAN")]
    small = ("first", "open", "link", "(", "call USING INDEX call_open", "call USING INDEX call_to_call_back")
    indexed = (
        "dispatch USING INDEX dispatch_unsettled",
        "dispatch USING COVERING INDEX dispatch_unsettled",
        "consultation USING INDEX consultation_open",
    )
    assert [each for each in scans if not each.removeprefix("SCAN ").startswith(small + indexed)] == []


@pytest.mark.parametrize("choice", [Choice.PRIO1, Choice.PRIO3])
def test_a_confirmed_dispatch_without_a_unit_is_on_the_board(room: Room, choice: Choice) -> None:
    room.take(call_id := room.ring())
    message = room.decide(call_id, choice)
    assert message is not None
    room.outbox.sending(message)
    room.outbox.accepted(message, "26-1")
    (unit,) = room.look().glance.units
    assert (unit.call_id, unit.priority) == (call_id, choice.priority)


def test_a_call_from_paper_says_nothing_of_the_last_hour(room: Room) -> None:
    room.clock.now = START + timedelta(hours=2)
    room.calls.enter(paper_entry("P1"), "jan")
    hour = room.look().hour
    assert (hour.calls, hour.taking, hour.deciding, hour.outcomes, hour.in_time) == (0, None, None, (), 0)
