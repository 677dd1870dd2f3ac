"""What the policy says on screen: the same bounds in panel and dialog, each reason under its own line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.texts.nl.terms import OUTCOME_SHORT
from console.widgets.suggestion import bounds_words, suggestion_words
from triage_rules import Question

POLICY = triage_rules.load()


def values_of(question: Question) -> list[str]:
    """Every value to choose, and hours at both sides of each limit."""
    return [value.id for value in question.values] + (["0.5", "5", "30", "504"] if question.kind == "uren" else [])


ANY_ANSWERS = st.fixed_dictionaries(
    {},
    optional={question.id: st.sampled_from(values_of(question)) for question in POLICY.questions},
)
FRAUD = {"gevaar": "nee", "verdachte": "nee", "vorm": "bankhelpdeskfraude", "gaande": "nee", "toegang_open": "ja"}
"""Somebody still has access: prio 2 as long as a visit is wanted (P2c)."""
CALM = {
    **FRAUD,
    "toegang_open": "nee",
    "laatste_handeling": "504",
    "poging": "nee",
    "seksueel_beeld": "nee",
    "minderjarig": "nee",
    "kwetsbaar": "nee",
    "slachtoffer_in_nederland": "ja",
    "dader": "onbekende",
    "kan_online": "ja",
}


def lines(answers: dict[str, str]) -> list[str]:
    return [words.text for words in suggestion_words(POLICY.resume(answers))]


def test_with_nothing_answered_nothing_is_certain_and_no_reason_is_made_up() -> None:
    said = lines({})
    assert said[0] == "URGENTIE  ten minste: advies"
    assert said[1].strip().startswith("kan nog:    prio 1")
    assert said[2] == "omdat nog geen antwoord om meer vraagt"
    assert said[-1] == f"nog {len(POLICY.start().open_questions)} vragen tellen mee"


def test_certain_is_a_word_and_ends_the_questions() -> None:
    said = lines({"gevaar": "nu", "vorm": "phishing"})
    assert said[0] == "URGENTIE  zeker: prio 1"
    assert said[1].startswith("omdat ")
    assert "(P1a; S0.39)" in said[1]
    assert not any("tellen mee" in line or "kan nog" in line for line in said)


def test_after_the_wish_each_line_has_its_own_reason() -> None:
    said = lines({**FRAUD, "minderjarig": "nee", "slachtoffer_in_nederland": "ja", "wens": "geen_bezoek"})
    assert [line for line in said if line.startswith(("URGENTIE", "NA KEUZE"))] == [said[0], said[2]]
    assert said[0] == "URGENTIE  zeker: prio 2"
    assert "(P2c; S0.43, S1.19)" in said[1]
    assert said[2] == "NA KEUZE  zeker: u beslist"
    assert "(B8; S0.43, S1.19)" in said[3]


@given(answers=ANY_ANSWERS)
def test_the_line_after_the_choice_stands_only_once_the_wish_was_asked(answers: dict[str, str]) -> None:
    said = lines(answers)
    assert any(line.startswith("NA KEUZE") for line in said) is ("wens" in answers)


@given(answers=ANY_ANSWERS)
def test_dialog_and_panel_say_the_same_bounds(answers: dict[str, str]) -> None:
    state = POLICY.resume(answers)
    for title, side in (("URGENTIE", state.urgency), ("NA KEUZE", state)):
        said = [words.text for words in suggestion_words(state)]
        heads = [number for number, line in enumerate(said) if line.startswith(title)]
        if not heads:
            assert title == "NA KEUZE"
            continue
        start = heads[0]
        dialog = bounds_words(side)
        least = OUTCOME_SHORT[side.at_least.id]
        if side.final:
            assert (said[start], dialog) == (f"{title}  zeker: {least}", f"zeker: {least}")
        else:
            most = said[start + 1].removeprefix(" " * len(title)).strip().removeprefix("kan nog:").strip()
            assert said[start] == f"{title}  ten minste: {least}"
            assert dialog == f"ten minste: {least}; kan nog: {most}"


@given(answers=ANY_ANSWERS)
def test_the_reason_names_the_rules_that_fired_for_that_line(answers: dict[str, str]) -> None:
    state = POLICY.resume(answers)
    said = [words.text for words in suggestion_words(state)]
    reasons = [line for line in said if line.startswith("omdat")]
    sides = [state.urgency, state] if "wens" in answers else [state.urgency]
    assert len(reasons) == len(sides)
    for reason, side in zip(reasons, sides, strict=True):
        if side.final or side.at_least.id != "advies":
            assert all(rule.id in reason for rule in side.because.rules)


@given(answers=ANY_ANSWERS)
def test_what_an_answer_would_change_is_told_for_more_urgent_visits_only_and_at_most_twice(
    answers: dict[str, str],
) -> None:
    urgency = POLICY.resume(answers).urgency
    texts = {change.text: change.outcome for change in urgency.could_become}
    told = [texts[line] for line in lines(answers) if line in texts]
    assert len(told) <= 2
    assert all(outcome.id.startswith("eenheid_prio") and outcome.rank > urgency.at_least.rank for outcome in told)


def test_what_one_answer_would_raise_to_a_visit_is_told() -> None:
    assert "prio 2 als de verdachte later komt" in lines({"gevaar": "nee"})
    assert not [line for line in lines({"gevaar": "zelf"}) if " als " in line]


def test_one_open_question_is_not_called_questions() -> None:
    almost = dict(CALM)
    del almost["kan_online"]
    assert lines(almost | {"wens": "thuis"})[-1] == "nog 1 vraag telt mee"


def test_that_it_may_turn_out_another_matter_stands_beside_the_most_urgent_visit() -> None:
    assert bounds_words(POLICY.resume({"gevaar": "nee"})) == "ten minste: advies; kan nog: prio 1 (of gewone protocol)"
