"""The bell of the board: once for each thing that becomes a signal, never for what was one at the start."""

from __future__ import annotations

from console.overview.ringing import SignalBell
from console.overview.signals import Signal
from tests.seat import MARCH_2


def signal(kind: str, *calls: str) -> Signal:
    return Signal(kind, "", MARCH_2, calls)


def test_it_rings_once_for_each_new_thing_and_for_several_at_once() -> None:
    rung: list[int] = []
    bell = SignalBell(lambda: rung.append(1), on=True)
    looks = (
        [signal("wacht", "26-0001")],
        [signal("wacht", "26-0001")],
        [signal("wacht", "26-0001", "26-0002"), signal("bezorging")],
        [signal("bezorging")],
        [signal("wacht", "26-0001"), signal("bezorging")],
    )
    heard = []
    for look in looks:
        bell.hear(look)
        heard.append(len(rung))
    assert heard == [0, 0, 1, 1, 2]


def test_switched_off_it_is_silent_and_knows_what_went_by() -> None:
    rung: list[int] = []
    bell = SignalBell(lambda: rung.append(1), on=False)
    bell.hear([])
    bell.hear([signal("wacht", "26-0001")])
    bell.on = True
    bell.hear([signal("wacht", "26-0001")])
    assert rung == []
    bell.hear([signal("wacht", "26-0001"), signal("stil", "26-0001")])
    assert rung == [1]
