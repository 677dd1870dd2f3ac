"""A unit now and a report later: what goes together, and that adding twice takes away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.combining import BESIDES, can_join, kept, toggled
from console.model import Choice


def test_a_unit_now_and_an_online_report_later() -> None:
    assert toggled(Choice.PRIO2, (), Choice.ONLINE) == (Choice.ONLINE,)
    assert toggled(Choice.PRIO2, (Choice.ONLINE,), Choice.ONLINE) == ()
    both = toggled(Choice.PRIO2, toggled(Choice.PRIO2, (), Choice.PASSED_ON), Choice.STATION)
    assert both == (Choice.STATION, Choice.PASSED_ON)


@pytest.mark.parametrize(
    ("choice", "besides"),
    [
        (Choice.ONLINE, Choice.PRIO1),
        (Choice.PRIO1, Choice.PRIO2),
        (Choice.ONLINE, Choice.ONLINE),
        (Choice.CONSULT, Choice.ONLINE),
        (Choice.ORDINARY, Choice.ONLINE),
        (Choice.PRIO1, Choice.ADVICE),
        (Choice.PRIO1, Choice.CONSULT),
        (Choice.PRIO1, Choice.ORDINARY),
    ],
)
def test_what_cannot_go_together(choice: Choice, besides: Choice) -> None:
    assert not can_join(choice, besides)
    with pytest.raises(ValueError, match="cannot join"):
        toggled(choice, (), besides)


@given(st.sampled_from(Choice), st.sampled_from(Choice), st.lists(st.sampled_from(BESIDES), max_size=6))
def test_another_choice_keeps_what_still_fits(first: Choice, then: Choice, added: list[Choice]) -> None:
    also: tuple[Choice, ...] = ()
    for each in added:
        if can_join(first, each):
            also = toggled(first, also, each)
    assert all(can_join(then, each) for each in kept(then, also))
    assert kept(first, also) == also
    assert len(set(also)) == len(also)
