"""What changed between two assessments: answers by their meaning, facts, what the policy said, what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.difference import ChangedAnswer, difference
from console.model import Assessment, Bounds, Choice, Decision, Facts, PolicyStamp, Suggestion

START = datetime(2026, 11, 21, 13, tzinfo=UTC)


def said(least: str, most: str | None = None) -> Suggestion:
    bounds = Bounds(least, most or least)
    return Suggestion(bounds, bounds, ("A5",))


def assessment(number: int = 1, hours: float = 0, **changes: object) -> Assessment:
    moment = START + timedelta(hours=hours)
    made = Assessment(number, moment, moment, None, Facts(), {}, (), (), None)
    return replace(made, **changes)  # type: ignore[arg-type]


def decided(*choices: Choice) -> tuple[Decision, ...]:
    stamp = PolicyStamp("tpdc", "1.0", "a", "b")
    return tuple(
        Decision(number, "26-0001", START, "jan", choice, stamp, {}, said("advies"), False, None, None)
        for number, choice in enumerate(choices)
    )


def test_the_same_is_no_difference() -> None:
    one = assessment(answers={"gaande": "ja"}, suggestion=said("advies"), decisions=decided(Choice.ADVICE))
    found = difference(one, one)
    assert (found.answers, found.facts, found.other_urgency, found.other_choice) == ((), (), False, False)


def test_answers_that_changed_came_or_went_are_named_in_the_order_of_asking() -> None:
    before = assessment(answers={"gaande": "nee", "vorm": "phishing", "wens": "thuis"})
    after = assessment(2, 1, answers={"gaande": "ja", "vorm": "phishing", "gevaar": "nu"})
    assert difference(before, after).answers == (
        ChangedAnswer("gaande", "nee", "ja"),
        ChangedAnswer("wens", "thuis", None),
        ChangedAnswer("gevaar", None, "nu"),
    )


@pytest.mark.parametrize(
    ("before", "after", "later", "same"),
    [
        ("2", "26", 24, True),
        ("0.3333", "24.3333", 24, True),
        ("2", "2", 24, False),
        ("2", "2", 0, True),
        ("2", "25", 24, False),
        ("2", "onbekend", 24, False),
        ("onbekend", "onbekend", 24, True),
    ],
)
def test_hours_are_the_same_when_they_mean_the_same_moment(before: str, after: str, later: float, same: bool) -> None:
    found = difference(
        assessment(answers={"laatste_handeling": before}), assessment(2, later, answers={"laatste_handeling": after})
    )
    assert (found.answers == ()) is same


def test_facts_that_changed_are_named() -> None:
    before = assessment(facts=Facts(address="Brink 4", callback="050"))
    after = assessment(2, 1, facts=Facts(address="Markt 1", callback="050", speaks_freely=False))
    assert difference(before, after).facts == ("address", "speaks_freely")


def test_what_the_policy_says_and_what_was_decided_are_pairs() -> None:
    before = assessment(suggestion=said("advies"), decisions=decided(Choice.CONSULT, Choice.ADVICE))
    after = assessment(2, 1, suggestion=said("advies", "eenheid_prio1"))
    found = difference(before, after)
    assert found.choice == (Choice.ADVICE, None)
    assert found.suggestion == (said("advies"), said("advies", "eenheid_prio1"))
    assert (found.other_urgency, found.other_choice) == (True, True)


def test_a_suggestion_that_is_not_known_yet_is_another_one() -> None:
    one, none = assessment(suggestion=said("advies")), assessment(2)
    assert difference(one, none).other_urgency
    assert not difference(none, none).other_urgency


ANSWERS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]), st.sampled_from(["ja", "nee", "3", "0.5", "onbekend", "", "NaN", "1e9"])
)


@given(ANSWERS, ANSWERS, st.integers(-100, 100))
def test_looking_back_tells_the_opposite(one: dict[str, str], other: dict[str, str], hours: int) -> None:
    before, after = assessment(answers=one), assessment(2, hours, answers=other)
    there, back = difference(before, after).answers, difference(after, before).answers
    assert {(each.question, each.before, each.after) for each in there} == {
        (each.question, each.after, each.before) for each in back
    }
