"""Outcomes and bounds of the real policy, against an evaluator that shares nothing with it."""

from __future__ import annotations

import random

import pytest

import triage_rules
from tests.triage_rules import slow
from triage_rules import Policy


@pytest.fixture(scope="module")
def policy() -> Policy:
    return triage_rules.load()


def test_every_example_gives_what_it_must(policy: Policy) -> None:
    assert len(policy.examples) >= 24
    for example in policy.examples:
        state = policy.resume(example.answers)
        assert state.outcome is not None, example.id
        assert (example.id, state.outcome.id) == (example.id, example.expected)
        assert slow.outcome(example.answers) == example.expected


def check_full(policy: Policy, answers: dict[str, str]) -> None:
    """The state under a full set of answers says what the slow evaluator says, and names the rules it names."""
    state = policy.resume(answers)
    fired = slow.fired(answers)
    expected = slow.outcome(answers)
    assert state.final, answers
    assert state.outcome is not None
    assert state.outcome.id == state.at_least.id == state.at_most.id == expected, answers
    assert [rule.id for rule in state.rules] == [rule for rule, outcome in fired.items() if outcome == expected]
    assert state.open_questions == ()


def check_partial(policy: Policy, answers: dict[str, str]) -> None:
    """Bounds, finality and the questions that matter are exactly what trying all completions shows."""
    state = policy.resume(answers)
    outcomes = {}
    for full in slow.completions(answers):
        outcomes[tuple(full[question] for question in slow.VALUES)] = slow.outcome(full)
    ranks = {slow.RANK[outcome] for outcome in outcomes.values()}
    assert {outcome.rank for outcome in state.possible} == ranks, answers
    assert state.at_least.rank == min(ranks)
    assert state.at_most.rank == max(ranks)
    assert state.final == (len(ranks) == 1)
    free = [question for question in slow.VALUES if question not in answers]
    mattering = []
    for question in free:
        at = list(slow.VALUES).index(question)
        groups: dict[tuple[str, ...], set[str]] = {}
        for full_key, outcome in outcomes.items():
            groups.setdefault((*full_key[:at], *full_key[at + 1 :]), set()).add(outcome)
        if any(len(group) > 1 for group in groups.values()):
            mattering.append(question)
    assert sorted(state.open_questions) == sorted(mattering), answers
    assert sorted(state.irrelevant) == sorted(set(free) - set(mattering))


def test_full_sets_of_answers(policy: Policy) -> None:
    source = random.Random(2026)
    for _ in range(4000):
        check_full(policy, slow.random_answers(source))


def test_partial_sets_of_answers(policy: Policy) -> None:
    source = random.Random(42)
    for _ in range(250):
        check_partial(policy, slow.random_answers(source, source.randint(1, 3)))


@pytest.mark.slow
def test_a_million_full_sets_of_answers(policy: Policy) -> None:
    source = random.Random(7)
    for _ in range(1_000_000):
        answers = slow.random_answers(source)
        outcome = policy.resume(answers).outcome
        assert outcome is not None
        assert outcome.id == slow.outcome(answers), answers


def test_a_more_urgent_answer_never_lowers_the_outcome(policy: Policy) -> None:
    source = random.Random(11)
    for _ in range(1500):
        answers = slow.random_answers(source)
        question = source.choice(slow.MONOTONE)
        ranks = []
        for value in slow.VALUES[question]:
            outcome = policy.resume({**answers, question: value}).outcome
            assert outcome is not None
            ranks.append(outcome.rank)
        assert ranks == sorted(ranks), (question, answers)


def test_not_knowing_of_danger_never_refers(policy: Policy) -> None:
    source = random.Random(13)
    for _ in range(1500):
        answers = slow.random_answers(source)
        answers[source.choice(["gevaar", "verdachte", "gaande", "toegang_open"])] = "onbekend"
        outcome = policy.resume(answers).outcome
        assert outcome is not None
        assert outcome.rank >= slow.RANK["centralist_beslist"]


def test_danger_is_prio_1_at_least_but_not_final_while_it_may_be_no_online_crime(policy: Policy) -> None:
    state = policy.start().answer("gevaar", "nu")
    assert state.at_least.id == "eenheid_prio1"
    assert state.at_most.id == "terug_naar_gms"
    assert not state.final
    assert state.open_questions == ("vorm",)
    assert state.answer("vorm", "phishing").final


def test_urgency_is_the_call_as_if_a_visit_were_wanted(policy: Policy) -> None:
    refused = next(policy.resume(example.answers) for example in policy.examples if example.id == "V30")
    assert refused.outcome is not None
    assert refused.outcome.id == "online"
    assert refused.urgency.outcome is not None
    assert refused.urgency.outcome.id == "eenheid_prio3"
    wanted = refused.answer("wens", "thuis")
    assert wanted.urgency == wanted
