"""Reasons, next questions and what would make it different: exact, against trying everything."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

import triage_rules
from tests.triage_rules import slow
from triage_rules import Policy, State


@pytest.fixture(scope="module")
def policy() -> Policy:
    return triage_rules.load()


def partial_states(policy: Policy, seed: int, count: int) -> list[State]:
    source = random.Random(seed)
    return [policy.resume(slow.random_answers(source, source.randint(0, 10))) for _ in range(count)]


def test_a_reason_forces_its_floor_and_no_smaller_set_does(policy: Policy) -> None:
    for state in partial_states(policy, 1, 150):
        reason = state.because
        assert reason.outcome == state.at_least
        given = {name: state.answers[name] for name, _ in reason.answers}
        assert policy.resume(given).at_least == state.at_least
        for name in given:
            less = policy.resume({each: value for each, value in given.items() if each != name})
            assert less.at_least.rank < state.at_least.rank
        for size in range(len(given)):
            for names in combinations(state.answers, size):
                smaller = policy.resume({name: state.answers[name] for name in names})
                assert smaller.at_least.rank < state.at_least.rank, (dict(state.answers), names)


def test_a_reason_names_rules_that_fire_whatever_else_is_answered(policy: Policy) -> None:
    source = random.Random(2)
    for state in partial_states(policy, 3, 400):
        reason = state.because
        assert reason.rules
        assert reason.text
        given = {name: state.answers[name] for name, _ in reason.answers}
        for _ in range(10):
            full = {**slow.random_answers(source), **given}
            fired = slow.fired(full)
            firing = [rule for rule in reason.rules if rule.id in fired]
            assert firing
            assert all(slow.RANK[rule.outcome] >= state.at_least.rank for rule in firing)


def test_rules_are_named_even_where_none_fires_for_certain(policy: Policy) -> None:
    answers = {
        "toegang_open": "ja",
        "laatste_handeling": "12",
        "poging": "nee",
        "seksueel_beeld": "ja",
        "kwetsbaar": "ja",
        "slachtoffer_in_nederland": "ja",
        "dader": "onbekende",
        "wens": "thuis",
        "kan_online": "nee",
    }
    state = policy.resume(answers)
    assert state.at_least.id == "eenheid_prio3"
    assert [rule.id for rule in state.rules] == ["P2c", "P3c"]
    assert all(state.truth(rule) is None for rule in state.rules)


def test_what_one_answer_makes_certain_is_all_there_is(policy: Policy) -> None:
    for state in partial_states(policy, 5, 120):
        expected = set()
        for name in state.open_questions:
            for value in policy.question(name).classes:
                level = state.workings.diagram.level_of[name]
                code = state.workings.diagram.code_of[level][value]
                after = state.at(state.workings.diagram.restrict(state.node, level, code))
                if after.final or after.at_least.rank > state.at_least.rank:
                    expected.add((name, value, after.at_least.id, after.final))
        found = {
            (name, value, change.outcome.id, change.final)
            for change in state.could_become
            for name, value in change.answers
        }
        assert found == expected
        ranks = [change.outcome.rank for change in state.could_become]
        assert ranks == sorted(ranks, reverse=True)


def test_the_nearest_way_to_another_outcome_leads_there_and_none_is_nearer(policy: Policy) -> None:
    source = random.Random(8)
    for _ in range(25):
        state = policy.resume(slow.random_answers(source))
        ways = {change.outcome.id: change for change in state.alternatives}
        assert state.at_least.id not in ways
        assert set(ways) == set(slow.ORDER) - {state.at_least.id}
        for outcome, change in ways.items():
            changed = {**state.answers, **{name: example_of(policy, name, value) for name, value in change.answers}}
            assert slow.outcome(changed) == outcome
        single = {
            slow.outcome({**state.answers, question: value})
            for question, values in slow.VALUES.items()
            for value in values
        }
        for outcome in single - {state.at_least.id}:
            assert len(ways[outcome].answers) == 1


def example_of(policy: Policy, name: str, value: str) -> str:
    """A recorded answer of this class."""
    line = policy.question(name).line
    if line is None or value == "onbekend":
        return value
    return str(next(span.middle for span in line.spans if span.name == value))


def test_asking_the_next_question_always_ends_in_the_outcome(policy: Policy) -> None:
    source = random.Random(9)
    for _ in range(200):
        full = slow.random_answers(source)
        state = policy.start()
        asked = []
        while state.next_question is not None:
            asked.append(state.next_question)
            state = state.answer(state.next_question, full[state.next_question])
        assert state.outcome is not None
        assert state.outcome.id == slow.outcome(full)
        blocks = [policy.question(name).block for name in asked]
        assert blocks == sorted(blocks, key=["gevaar", "gebeurtenis", "wens"].index)
        danger = [name for name in asked if policy.question(name).block == "gevaar"]
        assert danger == [name for name in slow.VALUES if name in danger]


def test_the_expected_number_of_questions_is_the_optimum_within_the_blocks(policy: Policy) -> None:
    """Against a second, direct computation over answers instead of nodes, for calls with few questions left."""
    asker = policy.workings.asker
    source = random.Random(10)
    for _ in range(40):
        answers = slow.random_answers(source, 4)
        state = policy.resume(answers)
        assert asker.expected(state.node) == pytest.approx(cheapest(policy, state))


def cheapest(policy: Policy, state: State) -> float:
    """The least expected number of questions, by trying every question at every step."""
    if state.final:
        return 0.0
    order = [policy.question(name) for name in slow.VALUES if name in state.open_questions]
    block = min(order, key=lambda each: ["gevaar", "gebeurtenis", "wens"].index(each.block)).block
    choices = [each for each in order if each.block == block]
    if block != "gebeurtenis":
        choices = choices[:1]
    return min(
        1
        + sum(
            question.priors[value] * cheapest(policy, state.answer(question.id, example_of(policy, question.id, value)))
            for value in question.classes
        )
        for question in choices
    )


def test_the_line_about_the_next_question_is_short_and_true(policy: Policy) -> None:
    state = policy.resume({"vorm": "hulpvraagfraude", "gevaar": "nee", "verdachte": "nee", "gaande": "nee"})
    state = state.answer("toegang_open", "nee").answer("laatste_handeling", 20)
    assert (state.next_question, state.why_next) == ("poging", "beslist als ja")
    assert policy.start().why_next == "ten minste prio 1 als gevaar voor zichzelf of nu in gevaar"
    assert policy.resume(policy.examples[0].answers).why_next == ""
    for each in partial_states(policy, 12, 200):
        assert len(each.why_next) < 160


def test_evaluating_in_bulk_says_the_same_as_a_state(policy: Policy) -> None:
    source = random.Random(14)
    for _ in range(2000):
        full = slow.random_answers(source)
        assert policy.evaluator.outcome(full).id == slow.outcome(full)
        part = {name: value for name, value in full.items() if source.random() < 0.5}
        state = policy.resume(part)
        assert policy.evaluator.left(part) == (state.at_least.rank, state.at_most.rank)
        assert policy.evaluator.final(part) == state.final


def test_evaluating_in_bulk_refuses_what_a_state_refuses(policy: Policy) -> None:
    calm = next(dict(example.answers) for example in policy.examples if example.id == "V18")
    for name, value in (
        ("vorm", "fiets"),
        ("laatste_handeling", "-1"),
        ("laatste_handeling", "nan"),
        ("gaande", "open"),
    ):
        with pytest.raises(triage_rules.AnswerError) as caught:
            policy.evaluator.outcome({**calm, name: value})
        assert caught.value.question == name
    with pytest.raises(triage_rules.AnswerError, match="open"):
        policy.evaluator.outcome({name: value for name, value in calm.items() if name != "vorm"})
