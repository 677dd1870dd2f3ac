"""Bounds and questions of random small policies, on every partial set of answers, against brute force."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage_rules.small_packs import outcome, random_content, values_of
from triage_rules.compiling import compiled
from triage_rules.errors import ContentError


def check_all_partial_sets(seed: int) -> int:
    """Compare every partial set of answers of one random policy; returns how many there were."""
    content = random_content(random.Random(seed))
    try:
        policy = compiled(content)
    except ContentError:
        return 0
    values = values_of(content)
    rank = {each.id: each.rank for each in policy.outcomes}
    names = list(values)
    possible: dict[tuple[str | None, ...], frozenset[int]] = {}
    for full in product(*values.values()):
        possible[full] = frozenset({rank[outcome(content, dict(zip(names, full, strict=True)))]})
    for at, name in enumerate(names):
        merged: dict[tuple[str | None, ...], frozenset[int]] = {}
        for key, ranks in possible.items():
            open_key = (*key[:at], None, *key[at + 1 :])
            merged[open_key] = merged.get(open_key, frozenset()) | ranks
        assert name in values
        possible |= merged
    for key, ranks in possible.items():
        answers = {name: value for name, value in zip(names, key, strict=True) if value is not None}
        state = policy.resume(answers)
        assert {each.rank for each in state.possible} == ranks, (seed, answers)
        assert policy.evaluator.left(answers) == (min(ranks), max(ranks))
        assert policy.evaluator.final(answers) == state.final
        matters = {
            name
            for at, name in enumerate(names)
            if key[at] is None and any(possible[(*key[:at], value, *key[at + 1 :])] != ranks for value in values[name])
        }
        assert matters <= set(state.open_questions), (seed, answers)
        assert not set(state.irrelevant) & matters
        assert (state.next_question is None) == state.final
    return len(possible)


@pytest.mark.parametrize("seed", range(4))
def test_every_partial_set_of_a_few_small_policies(seed: int) -> None:
    check_all_partial_sets(seed)


@given(st.integers(min_value=1000))
@settings(max_examples=2, deadline=None)
def test_every_partial_set_of_any_small_policy(seed: int) -> None:
    check_all_partial_sets(seed)


@pytest.mark.slow
def test_every_partial_set_of_sixty_small_policies() -> None:
    counts = [count for seed in range(80) if (count := check_all_partial_sets(seed))]
    assert len(counts) >= 60
