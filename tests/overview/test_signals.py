"""Signals: each at its threshold and not before, one line per kind, the most pressing first."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.model import Appointment, AppointmentKind, CallBack, Choice, Party
from console.overview import signals
from console.settings import SIGNALS
from tests.overview.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.overview.figures import Figures

NAMES = sorted(SIGNALS)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path)
    room.outbox.link(reachable=True)
    yield room
    room.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Figures]]:
    room = Room(tmp_path_factory.mktemp("druk"))
    chance = Random(3)
    for _ in range(200):
        room.anything(chance)
    yield room, room.look()
    room.close()


def heard(room: Room) -> list[tuple[str, str]]:
    """Kind and words of every signal now; the delivery is seen each time, so that only what is meant is heard."""
    room.outbox.link(reachable=True)
    found = signals.of(room.look(), signals.thresholds(room.settings), room.clock.now, "GMS")
    return [(each.kind, each.words) for each in found]


def test_a_quiet_room_has_none(room: Room) -> None:
    assert heard(room) == []


def test_a_call_waits_too_long_from_its_threshold_on(room: Room) -> None:
    first = room.ring()
    room.clock.forward(seconds=59.999)
    assert heard(room) == []
    room.clock.forward(seconds=0.001)
    assert heard(room) == [("wacht", f"{first} wacht te lang")]
    room.ring(ago=timedelta(minutes=5))
    assert heard(room) == [("wacht", "2 meldingen wachten te lang, langst 26-0002")]


def test_a_hundred_that_wait_are_all_counted(room: Room) -> None:
    for _ in range(100):
        room.ring(ago=timedelta(minutes=5))
    assert heard(room) == [("wacht", "100 meldingen wachten te lang, langst 26-0001")]


def test_a_refused_dispatch_is_one_at_once_and_each_by_itself(room: Room) -> None:
    for number in (1, 2):
        room.take(call_id := room.ring())
        message = room.decide(call_id, Choice.PRIO1 if number == 2 else Choice.PRIO3)
        assert message is not None
        room.outbox.sending(message)
        room.outbox.refused(message, "geen adres")
    assert heard(room) == [
        ("bevestiging", "GMS weigert de inzet prio 1 van 26-0002: geef hem door"),
        ("bevestiging", "GMS weigert de inzet prio 3 van 26-0001: geef hem door"),
    ]


def test_an_unconfirmed_dispatch_is_one_after_a_while(room: Room) -> None:
    room.take(call_id := room.ring())
    room.decide(call_id, Choice.PRIO2)
    assert heard(room) == []
    room.clock.forward(seconds=30)
    assert heard(room) == [("bevestiging", f"GMS bevestigt de inzet prio 2 van {call_id} niet")]


def test_what_is_too_old_is_one_line_and_comes_after_what_is_not(room: Room) -> None:
    for _ in range(3):
        room.take(call_id := room.ring())
        room.decide(call_id, Choice.PRIO1)
        room.clock.forward(seconds=20)
    room.outbox.set_aside(room.sent, room.clock.now - timedelta(seconds=30))
    assert heard(room) == [("verouderd", "2 inzetten zijn verouderd en gaan niet meer vanzelf: nog sturen?")]
    glance = room.look().glance
    assert [each.call_id for each in glance.dispatches] == ["26-0003", "26-0001", "26-0002"]
    assert (glance.dispatches_count, glance.too_old) == (3, 2)


def test_a_question_and_a_silent_console(room: Room) -> None:
    claim = room.take(room.ring(), "a.bakker")
    room.calls.consult(claim, "mag prio 1?")
    room.clock.forward(seconds=121)
    assert [kind for kind, _ in heard(room)] == ["overleg", "stil", "prio1"]
    assert heard(room)[0][1] == "a.bakker vraagt overleg over 26-0001"
    room.calls.renew([claim])
    room.calls.reply("26-0001", 1, "ja", "ovd")
    assert [kind for kind, _ in heard(room)] == ["prio1"]


def test_promises_are_signals_when_they_are_due(room: Room) -> None:
    claim = room.take(room.ring())
    room.calls.add(claim, CallBack(room.clock.now + timedelta(minutes=1)))
    room.calls.add(claim, Appointment(AppointmentKind.WINDOW, Party.UNIT, "over 1 minuut"))
    room.calls.add(claim, Appointment(AppointmentKind.PICKUP, Party.UNIT, "over 1 minuut"))
    assert heard(room) == []
    room.clock.forward(minutes=1)
    room.calls.renew([claim])
    assert [words for kind, words in heard(room) if kind == "afspraak"] == [
        "Terugbellen is beloofd en niet gedaan: 26-0001",
        "Het afgesproken tijdvak van 26-0001 is voorbij",
    ]


def test_a_delivery_that_is_gone_and_a_cad_that_is_down(room: Room) -> None:
    room.outbox.link(reachable=False, error="weg")
    after = signals.thresholds(room.settings)
    (down,) = signals.of(room.look(), after, room.clock.now, "GMS")
    assert down.kind == "koppeling"
    (gone,) = signals.of(room.look(), after, room.clock.now + timedelta(seconds=16), "GMS")
    assert (gone.kind, gone.since) == ("bezorging", room.clock.now)


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 40_000)), st.sampled_from(NAMES), st.integers(0, 20_000))
def test_a_longer_threshold_never_makes_a_signal(
    busy: tuple[Room, Figures], chosen: dict[str, int], name: str, more: int
) -> None:
    room, figures = busy
    after = {each: timedelta(seconds=seconds) for each, seconds in (SIGNALS | chosen).items()}
    longer = after | {name: after[name] + timedelta(seconds=more)}
    calls = calls_by_kind(figures, after, room)
    for kind, found in calls_by_kind(figures, longer, room).items():
        assert found <= calls[kind]


@given(st.integers(0, 40_000), st.integers(0, 40_000))
def test_what_is_a_signal_stays_one_while_nothing_changes(busy: tuple[Room, Figures], one: int, other: int) -> None:
    room, figures = busy
    after = signals.thresholds(room.settings)
    earlier, later = sorted((one, other))
    now = calls_by_kind(figures, after, room, earlier)
    then = calls_by_kind(figures, after, room, later)
    for kind, found in now.items():
        assert found <= then.get(kind, set()) or kind == "koppeling"


@given(st.integers(-40_000, 40_000))
def test_at_any_moment_a_signal_is_old_enough_and_its_kind_has_one_line(busy: tuple[Room, Figures], at: int) -> None:
    room, figures = busy
    moment = room.clock.now + timedelta(seconds=at)
    after = signals.thresholds(room.settings)
    found = signals.of(figures, after, moment, "GMS")
    for each in found:
        at_once = (
            each.kind in {"bezorging", "koppeling", "stil", "verouderd"}
            or "weigert" in each.words
            or "Onduidelijk" in each.words
        )
        assert at_once or moment - each.since >= after[each.kind]
    lines = [each.words for each in found]
    assert len(lines) == len(set(lines)) or any(each.kind == "bevestiging" for each in found)


def calls_by_kind(
    figures: Figures, after: dict[str, timedelta], room: Room, seconds: int = 0
) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for each in signals.of(figures, after, room.clock.now + timedelta(seconds=seconds), "GMS"):
        found.setdefault(each.kind, set()).update((each.kind, call_id) for call_id in each.calls)
    return found
