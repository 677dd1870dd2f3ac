"""What the shift lead's board looks like: small with 16 colours, small without colour, and on a wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Appointment, AppointmentKind, CallBack, Channel, Choice, Party
from console.screens.monitor import MonitorApp
from tests.overview.room import Room
from tests.seat import MARCH_2, screen_text
from tests.snapshots.conftest import DRAWN_WITH, Look, TextSnapshots, foreign_colours

if TYPE_CHECKING:
    from textual.pilot import Pilot

MONITOR_LOOKS = (Look((80, 24), colours=False), Look((80, 24), colours=True), Look((160, 50), colours=True))


def an_evening(room: Room) -> None:
    """Something of everything that the board can show."""
    start = room.clock.now
    for minutes, choice in enumerate((Choice.ONLINE, Choice.ONLINE, Choice.STATION, Choice.ADVICE, Choice.PRIO3)):
        room.clock.now = start - timedelta(minutes=50 - 9 * minutes)
        room.take(call_id := room.ring(ago=timedelta(seconds=8 + 7 * minutes)), "k.smit")
        room.clock.forward(seconds=95)
        message = room.decide(call_id, choice, deviates=minutes == 2)
        if message is not None:
            room.outbox.sending(message)
            room.outbox.accepted(message, "26-1")
    room.clock.now = start - timedelta(seconds=200)
    asked = room.take(room.ring(ago=timedelta(seconds=31)), "a.bakker")
    room.calls.consult(asked, "mag ik prio 1? hij komt eraan")
    room.calls.add(asked, Appointment(AppointmentKind.PICKUP, Party.CALLER, "tussen 16:00 en 16:30"))
    room.calls.add(asked, CallBack(start - timedelta(seconds=40)))
    sure = room.take(room.ring(), "j.devries")
    room.calls.answer(sure, "gevaar", "nu")
    for choice in (Choice.PRIO1, Choice.PRIO2):
        room.take(call_id := room.ring(), "m.jansen")
        message = room.decide(call_id, choice)
        assert message is not None
        room.outbox.sending(message)
        if choice is Choice.PRIO2:
            room.outbox.refused(message, "geen adres")
    room.clock.now = start
    for seconds, channel in ((47, Channel.EMERGENCY), (21, Channel.SERVICE), (250, Channel.SERVICE)):
        room.ring(ago=timedelta(seconds=seconds), channel=channel, urgent=seconds == 21)
    room.calls.renew([asked, sure])
    room.outbox.link(reachable=True)


@pytest.mark.parametrize("look", MONITOR_LOOKS, ids=str)
def test_monitor_looks(
    look: Look,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Callable[..., bool],
    text_snapshots: TextSnapshots,
) -> None:
    if not look.colours:
        monkeypatch.setenv("NO_COLOR", "1")
    room = Room(tmp_path, MARCH_2, taking_norm=20, exercise=True)
    an_evening(room)
    app = MonitorApp(room.settings, "ploegchef", room.clock, tmp_path, lambda: 0.0)
    seen: list[str] = []

    async def run_before(pilot: Pilot[int]) -> None:
        anything: Any = app
        for _ in range(2500):
            await pilot.pause(0.02)
            if "uitkomsten" in screen_text(anything):
                break
        seen.append(screen_text(anything))
        assert foreign_colours(anything) == set()

    same = snap_compare(app, terminal_size=look.size, run_before=run_before)
    room.close()
    assert "OEFENING" in seen[-1].splitlines()[0]
    assert set(seen[-1]) <= DRAWN_WITH
    text_snapshots.check(f"monitor-{look.text_name}", seen[-1])
    assert same
