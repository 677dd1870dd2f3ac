"""The semantic difference between two policies, and replaying what was decided."""

from __future__ import annotations

import copy
import random
from itertools import product
from math import prod
from typing import Any

import pytest

import triage_rules
from tests.triage_rules import slow
from tests.triage_rules.small_packs import random_content
from triage_rules import Policy
from triage_rules.comparing import Recorded, compare, replay
from triage_rules.compiling import compiled
from triage_rules.errors import ContentError, PolicyError


@pytest.fixture(scope="module")
def policy() -> Policy:
    return triage_rules.load()


@pytest.fixture
def content(policy: Policy) -> dict[str, Any]:
    return copy.deepcopy(dict(policy.content))


def test_nothing_differs_from_itself(policy: Policy) -> None:
    found = compare(policy, policy)
    assert found.cells == ()
    assert found.flips == ()
    assert (found.changed, found.added, found.lost) == (0, {}, {})
    assert found.sets == prod(len(question.classes) for question in policy.questions)


def test_a_moved_limit_is_counted_told_and_shown_by_examples(policy: Policy, content: dict[str, Any]) -> None:
    content["parameters"][1]["waarde"] = "24"
    new = compiled(content)
    found = compare(policy, new)
    first = found.cells[0]
    assert (first.before.id, first.after.id) == ("centralist_beslist", "eenheid_prio3")
    assert first.rules_before == ("B1",)
    assert first.rules_after == ("P3d",)
    assert 12 < float(first.story.answers["laatste_handeling"]) <= 24
    assert "18 uur geleden" in first.story.text
    assert "V18" in {flip.id for flip in found.flips}
    for cell in found.cells:
        assert slow.outcome(cell.story.answers) == cell.before.id
        assert new.evaluator.outcome(cell.story.answers).id == cell.after.id
        assert 0 < cell.share < 1
        assert 0 < cell.likely < 1


def test_what_was_added_and_lost_is_named(policy: Policy, content: dict[str, Any]) -> None:
    content["regels"] = [rule for rule in content["regels"] if rule["id"] != "P2a"]
    next(rule for rule in content["regels"] if rule["id"] == "T0")["bron"] = ["S0.19"]
    found = compare(policy, compiled(content))
    assert found.lost["regels"] == ("P2a",)
    assert set(found.lost["bronnen per regel"]) == {"P2a S1.05", "P2a S1.17", "T0 S0.17"}
    assert found.added == {"bronnen per regel": ("T0 S0.19",)}


def test_a_question_that_only_one_policy_asks_counts_with_all_its_values(
    policy: Policy, content: dict[str, Any]
) -> None:
    content["vragen"] = [question for question in content["vragen"] if question["id"] != "dader"]
    content["regels"] = [rule for rule in content["regels"] if rule["id"] != "B10"]
    for example in (*content["voorbeelden"], *content["grensgevallen"]):
        example["antwoorden"].pop("dader", None)
    new = compiled(content)
    one, other = compare(policy, new), compare(new, policy)
    assert one.sets == other.sets == compare(policy, policy).sets
    assert one.changed == other.changed > 0
    assert {cell.rules_before for cell in one.cells} == {("B10",)}
    assert one.lost["vragen"] == ("dader",)


def test_a_question_of_another_kind_cannot_be_compared(policy: Policy, content: dict[str, Any]) -> None:
    hours = content["vragen"][5]
    content["vragen"][5] = {**content["vragen"][6], "id": hours["id"]}
    content["begrippen"] |= {name: {hours["id"]: "ja"} for name in ("STOP", "NET", "OUD", "GRIJS")}
    rule = next(rule for rule in content["regels"] if rule["id"] == "V2")
    rule["als"][0] = {hours["id"]: "onbekend"}
    content["voorbeelden"], content["grensgevallen"] = [], []
    with pytest.raises(PolicyError, match="van soort veranderd"):
        compare(policy, compiled(content))


@pytest.mark.parametrize("seed", range(25))
def test_counts_agree_with_trying_every_set_of_two_small_policies(seed: int) -> None:
    source = random.Random(seed)
    policies: list[Policy] = []
    while len(policies) < 2:
        try:
            policies.append(compiled(random_content(source, hours=False)))
        except ContentError:
            continue
    old, new = policies
    shared = {question.id: question.classes for question in old.questions}
    assert shared == {question.id: question.classes for question in new.questions}
    counted: dict[tuple[str, str], int] = {}
    for values in product(*shared.values()):
        answers = dict(zip(shared, values, strict=True))
        ends = old.evaluator.outcome(answers).id, new.evaluator.outcome(answers).id
        if ends[0] != ends[1]:
            counted[ends] = counted.get(ends, 0) + 1
    found = compare(old, new)
    assert {(cell.before.id, cell.after.id): cell.sets for cell in found.cells} == counted
    assert (found.changed == 0) == (old.meaning_hash == new.meaning_hash)


def test_decisions_are_replayed_under_another_policy(policy: Policy, content: dict[str, Any]) -> None:
    decisions = []
    for example in policy.examples:
        state = policy.resume(example.answers)
        least, most = state.at_least.id, state.at_most.id
        decisions.append(Recorded(example.id, example.answers, least, most, least))
    decisions.append(Recorded("oud", {"gaande": "ja", "weer": "nat"}, "advies", "advies", "advies"))
    decisions.append(
        Recorded("half", {"gaande": "ja", "vorm": "open"}, "centralist_beslist", "terug_naar_gms", "overleg")
    )
    same = list(replay(policy, decisions))
    assert [each.decision.id for each in same if each.changed] == []
    assert [each.decision.id for each in same if each.problem] == ["oud"]
    content["parameters"][1]["waarde"] = "24"
    changed = [each for each in replay(compiled(content), decisions) if each.changed]
    assert [(each.decision.id, each.at_least, each.rules) for each in changed] == [("V18", "eenheid_prio3", ("P3d",))]
