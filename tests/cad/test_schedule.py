"""Pauses: short for what is urgent, never shorter than a CAD asks, never without end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.cad import schedule

PRIORITIES = st.sampled_from((1, 2, 3))


@given(st.integers(1, 100_000), PRIORITIES)
def test_a_cad_that_returns_is_served_within_the_priority_s_limit(attempts: int, priority: int) -> None:
    assert 0.25 <= schedule.pause_after(attempts, priority) <= schedule.LONGEST_PAUSE[priority]


@given(st.integers(1, 20), PRIORITIES, st.floats(0, 1e9))
def test_the_pause_a_cad_asks_for_is_given_within_reason(attempts: int, priority: int, asked: float) -> None:
    pause = schedule.pause_after(attempts, priority, asked)
    assert pause >= min(asked, schedule.LONGEST_ASKED_PAUSE)
    assert pause <= max(schedule.LONGEST_PAUSE[priority], schedule.LONGEST_ASKED_PAUSE)


def test_pauses_differ_so_that_no_crowd_forms() -> None:
    assert len({schedule.pause_after(4, 3) for _ in range(20)}) > 10


@given(st.floats(-1e6, 1e9), st.booleans())
def test_asking_slows_down_with_silence_and_never_stops(quiet: float, answered: bool) -> None:
    pause = schedule.pause_before_asking(quiet, answered=answered)
    assert 1.0 <= pause <= 60.0
    assert pause <= schedule.pause_before_asking(quiet + 60, answered=answered)
