"""When a choice departs from the suggestion (policy.md, what the operator sees, 3)."""

from __future__ import annotations

import pytest

import triage_rules
from console.domain.deviation import deviates
from console.model import Bounds, Choice

POLICY = triage_rules.load()


@pytest.mark.parametrize(
    ("choice", "least", "most", "expected"),
    [
        (Choice.PRIO2, "eenheid_prio2", "eenheid_prio2", False),
        (Choice.PRIO1, "eenheid_prio2", "eenheid_prio2", True),
        (Choice.PRIO3, "eenheid_prio2", "eenheid_prio2", True),
        (Choice.ONLINE, "eenheid_prio2", "eenheid_prio2", True),
        (Choice.PHONE_REPORT, "eenheid_prio2", "eenheid_prio2", True),
        (Choice.PRIO2, "advies", "eenheid_prio1", False),
        (Choice.STATION, "online", "online", False),
        (Choice.ONLINE, "bureau", "bureau", True),
        (Choice.PHONE_REPORT, "online", "online", False),
        (Choice.ADVICE, "online", "online", True),
        (Choice.ORDINARY, "online", "online", True),
        (Choice.ORDINARY, "advies", "terug_naar_gms", False),
        (Choice.PRIO1, "terug_naar_gms", "terug_naar_gms", True),
    ],
)
def test_outside_the_bounds_is_a_deviation(choice: Choice, least: str, most: str, expected: bool) -> None:
    assert deviates(choice, Bounds(least, most), POLICY) is expected


@pytest.mark.parametrize("choice", list(Choice))
def test_under_u_beslist_nothing_deviates(choice: Choice) -> None:
    assert not deviates(choice, Bounds("centralist_beslist", "eenheid_prio2"), POLICY)


@pytest.mark.parametrize("outcome", [outcome.id for outcome in POLICY.outcomes])
@pytest.mark.parametrize("choice", [Choice.CONSULT, Choice.PASSED_ON])
def test_asking_and_passing_on_never_deviate(choice: Choice, outcome: str) -> None:
    assert not deviates(choice, Bounds(outcome, outcome), POLICY)
