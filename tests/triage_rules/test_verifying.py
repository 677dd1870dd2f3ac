"""The verifier and the gate of examples: each fault is found, with a call that really shows it."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

import triage_rules
from tests.triage_rules import slow
from tests.triage_rules.mutants import mutants, narrower_lists
from triage_rules import Policy
from triage_rules.comparing import compare
from triage_rules.compiling import compiled
from triage_rules.errors import ContentError
from triage_rules.gate import as_yaml, gate
from triage_rules.proving import Proof
from triage_rules.verifying import Finding, verify
from triage_rules.yaml_reader import read_files

Content = dict[str, Any]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return triage_rules.load()


@pytest.fixture
def content(policy: Policy) -> Content:
    return copy.deepcopy(dict(policy.content))


def rule(content: Content, name: str) -> Content:
    return next(each for each in content["regels"] if each["id"] == name)


def found(content: Content, check: str) -> list[Finding]:
    return [finding for finding in verify(compiled(content)).findings if finding.check == check]


def test_the_policy_itself_is_proved(policy: Policy) -> None:
    report = verify(policy)
    assert report.findings == ()
    assert report.sound
    assert report.rules == 32
    assert report.assumptions == 10
    found_idle = {(notice.check, notice.about) for notice in report.notices}
    assert {about for check, about in found_idle if check == "voorwaarde zonder gevolg"} == {
        "P2d",
        "P2f",
        "P3c",
        "B7",
        "A2",
    }
    assert {check for check, _ in found_idle} == {"voorwaarde zonder gevolg", "antwoorden zonder verschil"}
    assert ("antwoorden zonder verschil", "dader") in found_idle


def test_overlaps_are_the_pairs_that_some_call_fires_together(policy: Policy) -> None:
    overlaps = set(verify(policy).overlaps)
    outcomes = {rule.id: rule.outcome for rule in policy.rules}
    source = random.Random(21)
    for _ in range(20_000):
        fired = list(slow.fired(slow.random_answers(source)))
        for at, one in enumerate(fired):
            for other in fired[at + 1 :]:
                assert outcomes[one] == outcomes[other] or (one, other) in overlaps or (other, one) in overlaps
    assert ("P1a", "A5") in overlaps
    assert ("B3", "A1") not in overlaps
    assert all(slow.RANK[outcomes[one]] > slow.RANK[outcomes[other]] for one, other in overlaps)


def test_a_rule_that_can_never_fire_is_dead(content: Content) -> None:
    rule(content, "P2e")["als"].append({"niet": "NET"})
    [finding] = found(content, "dode regel")
    assert finding.about == "P2e"


def test_a_rule_that_another_always_covers_is_superfluous_and_a_call_shows_it(content: Content) -> None:
    content["regels"].append(
        {
            "id": "P9",
            "uitkomst": "eenheid_prio3",
            "als": [{"vorm": "phishing"}, {"verdachte": "later"}],
            "bron": ["aanname"],
            "waarom": "Proef.",
        }
    )
    [finding] = found(content, "overbodige regel")
    assert finding.about == "P9"
    assert "P2a" in finding.text
    assert finding.story is not None
    assert finding.story.answers["verdachte"] == "later"
    assert slow.outcome(finding.story.answers) == finding.outcome == "eenheid_prio2"


def test_an_answer_that_lowers_the_outcome_is_found_with_both_sides(content: Content) -> None:
    rule(content, "P1c")["als"] = [{"verdachte": "onderweg"}, {"kwetsbaar": "nee"}]
    by_question = {finding.about: finding for finding in found(content, "urgenter verlaagt")}
    assert set(by_question) == {"kwetsbaar", "verdachte"}
    finding = by_question["kwetsbaar"]
    assert finding.story is not None
    lower = compiled(content).resume({**finding.story.answers, "kwetsbaar": "ja"}).at_least
    higher = compiled(content).resume(finding.story.answers).at_least
    assert lower.rank < higher.rank
    assert "Maar als het slachtoffer kwetsbaar is" in finding.text or "Maar als onbekend is" in finding.text


def test_a_promise_that_is_broken_is_found(content: Content) -> None:
    rule(content, "V1")["als"][0]["een_van"][0] = {"gevaar": "bedreigd"}
    [finding] = found(content, "eigenschap")
    assert finding.about == "onbekend_verwijst_nooit"
    assert finding.story is not None
    assert finding.story.answers["gevaar"] == "onbekend"
    assert finding.outcome in {"advies", "online", "bureau"}


def test_an_outcome_or_question_without_a_role_is_found(content: Content) -> None:
    content["uitkomsten"].insert(4, {"id": "wachtlijst", "tekst": "Wachtlijst", "kort": "lijst", "soort": "verwezen"})
    assert [finding.about for finding in found(content, "onbereikbaar")] == ["wachtlijst"]
    rule(content, "B10")["als"] = ["ECHT", {"kwetsbaar": "ja"}, {"gaande": "ja"}]
    assert [finding.about for finding in found(content, "vraag zonder gevolg")] == ["dader"]


def test_idle_limits_and_declarations_are_worth_a_notice(content: Content) -> None:
    content["vragen"][5]["onbekend"]["urgenter_dan"] = ">= 96"
    content["vragen"][9]["niet_oplopend"] = "Proef."
    notices = {(notice.check, notice.about) for notice in verify(compiled(content)).notices}
    assert ("grens zonder gevolg", "laatste_handeling") in notices
    assert ("verklaring zonder gevolg", "kwetsbaar") in notices


def test_every_example_and_boundary_agrees_with_the_table_read_by_hand(policy: Policy) -> None:
    assert len(policy.boundaries) >= 70
    for example in (*policy.examples, *policy.boundaries):
        assert slow.outcome(example.answers) == example.expected, example.id


def test_the_gate_is_closed_only_for_what_no_example_shows(policy: Policy, content: Content) -> None:
    assert gate(policy).findings == ()
    lost = next(each for each in content["grensgevallen"] if each["toont"] == "Regel P2d beslist")
    content["grensgevallen"] = [each for each in content["grensgevallen"] if "P2d" not in each["toont"]]
    found_again = gate(compiled(content))
    assert {finding.check for finding in found_again.findings} == {
        "regel zonder voorbeeld",
        "voorwaarde zonder voorbeeld",
    }
    proposal = found_again.proposals[0]
    assert proposal.why == lost["toont"]
    assert slow.outcome(proposal.answers) == proposal.expected


def test_the_gate_asks_for_every_kind_of_example(content: Content) -> None:
    content["voorbeelden"], content["grensgevallen"] = [], []
    asked = gate(compiled(content))
    kinds = {finding.check for finding in asked.findings}
    assert kinds == {
        "regel zonder voorbeeld",
        "voorwaarde zonder voorbeeld",
        "uitzondering zonder voorbeeld",
        "grens zonder voorbeeld",
        "lijst zonder voorbeeld",
        "groep zonder voorbeeld",
    }
    exceptions = {finding.about for finding in asked.findings if finding.check == "uitzondering zonder voorbeeld"}
    assert exceptions == {"B1", "B4", "B7", "V2"}
    limits = [each for each in asked.proposals if each.why.startswith("De grens van ")]
    assert [each.answers["laatste_handeling"] for each in limits] == ["2", "2.02", "12", "12.02", "47.98", "48"]


def test_two_examples_beside_a_limit_with_the_same_outcome_show_nothing(content: Content) -> None:
    for each in content["grensgevallen"]:
        if each["toont"].startswith("De grens van 2 uur"):
            each["antwoorden"]["verdachte"] = "aanwezig"
            each["verwacht"] = "eenheid_prio1"
    [finding] = gate(compiled(content)).findings
    assert finding.check == "grens zonder voorbeeld"
    assert "2 uur" in finding.text


def test_proposals_are_ready_to_put_in_the_pack(content: Content, tmp_path: Path) -> None:
    content["grensgevallen"] = []
    bare = gate(compiled(content))
    assert len(bare.proposals) >= 70
    (tmp_path / "voorstel.yaml").write_text(as_yaml(bare.proposals), encoding="utf-8")
    content["grensgevallen"] = read_files([tmp_path / "voorstel.yaml"]).content["grensgevallen"]
    assert gate(compiled(content)).findings == ()


def test_an_example_that_gives_something_else_is_named_with_its_reason(content: Content) -> None:
    content["voorbeelden"][0]["verwacht"] = "bureau"
    [finding] = [each for each in gate(compiled(content)).findings if each.check == "voorbeeld"]
    assert finding.about == content["voorbeelden"][0]["id"]
    assert "omdat de verdachte er is" in finding.text


def test_an_incomplete_example_is_named(content: Content) -> None:
    del content["voorbeelden"][5]["antwoorden"]["laatste_handeling"]
    [finding] = [each for each in gate(compiled(content)).findings if each.check == "voorbeeld"]
    assert "laatste_handeling" in finding.text


def stopped(content: Content) -> bool:
    """True when the checks or the examples refuse a pack."""
    try:
        policy = compiled(content)
    except ContentError:
        return True
    proof = Proof(policy)
    return bool(verify(policy, proof).findings or gate(policy, proof).findings)


def test_a_sample_of_wrong_edits_is_stopped(policy: Policy) -> None:
    content = dict(policy.content)
    for mutant in [*list(mutants(content))[::40], *list(narrower_lists(content))[::12]]:
        if changes_meaning(policy, mutant.content):
            assert stopped(mutant.content), mutant.name


def changes_meaning(policy: Policy, content: Content) -> bool:
    try:
        return compiled(content).meaning_hash != policy.meaning_hash
    except ContentError:
        return True


@pytest.mark.slow
def test_wrong_edits_are_stopped_and_the_comparison_shows_each(policy: Policy) -> None:
    content = dict(policy.content)
    wrong = [*mutants(content), *narrower_lists(content)]
    changing = [mutant for mutant in wrong if changes_meaning(policy, mutant.content)]
    assert len(changing) >= 200
    missed = [f"{mutant.kind}: {mutant.name}" for mutant in changing if not stopped(mutant.content)]
    assert len(missed) <= 0.02 * len(changing), missed
    for mutant in changing:
        try:
            other = compiled(mutant.content)
        except ContentError:
            continue
        assert compare(policy, other).changed > 0, mutant.name
