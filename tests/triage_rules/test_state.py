"""A state is a value: answering, correcting, reopening and resuming, whatever the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import triage_rules
from tests.triage_rules import slow
from triage_rules import AnswerError

if TYPE_CHECKING:
    import random

POLICY = triage_rules.load()


@st.composite
def answer_sets(draw: st.DrawFn) -> dict[str, str]:
    chosen = draw(st.sets(st.sampled_from(sorted(slow.VALUES))))
    answers = {question: draw(st.sampled_from(slow.VALUES[question])) for question in sorted(chosen)}
    if answers.get("laatste_handeling", "onbekend") != "onbekend":
        answers["laatste_handeling"] = str(draw(st.integers(0, 10_000)))
    return answers


@given(answer_sets(), st.randoms(use_true_random=False))
def test_the_order_of_answering_does_not_matter(answers: dict[str, str], source: random.Random) -> None:
    order = list(answers)
    source.shuffle(order)
    state = POLICY.start()
    for question in order:
        state = state.answer(question, answers[question])
    resumed = POLICY.resume(answers)
    assert state == resumed
    assert hash(state) == hash(resumed)
    assert state.node == resumed.node
    assert dict(state.answers) == answers
    assert POLICY.resume(dict(state.answers)) == state


@given(answer_sets(), st.sampled_from(sorted(slow.VALUES)), st.data())
def test_reopening_undoes_an_answer_and_answering_again_replaces_it(
    answers: dict[str, str], question: str, data: st.DataObject
) -> None:
    before = POLICY.resume({name: value for name, value in answers.items() if name != question})
    once = before.answer(question, data.draw(st.sampled_from(slow.VALUES[question])))
    again = data.draw(st.sampled_from(slow.VALUES[question]))
    assert once.reopen(question) == before
    assert once.reopen(question).node == before.node
    assert once.answer(question, again) == before.answer(question, again)
    assert before.reopen(question) is before


@given(answer_sets(), st.sampled_from(sorted(slow.VALUES)), st.data())
def test_an_answer_only_narrows_what_is_possible(answers: dict[str, str], question: str, data: st.DataObject) -> None:
    before = POLICY.resume({name: value for name, value in answers.items() if name != question})
    after = before.answer(question, data.draw(st.sampled_from(slow.VALUES[question])))
    assert before.at_least.rank <= after.at_least.rank <= after.at_most.rank <= before.at_most.rank
    assert set(after.open_questions) <= set(before.open_questions)
    assert question not in after.open_questions


@given(st.floats(min_value=0, allow_nan=False, allow_infinity=False))
@settings(max_examples=300)
def test_hours_are_recorded_as_a_decimal_that_means_the_same_number(hours: float) -> None:
    recorded = POLICY.start().answer("laatste_handeling", hours).answers["laatste_handeling"]
    assert float(recorded) == hours
    assert "e" not in recorded
    assert POLICY.resume({"laatste_handeling": recorded}).answers["laatste_handeling"] == recorded


@pytest.mark.parametrize(
    ("given_hours", "recorded"),
    [(0.5, "0.5"), (504, "504"), ("2.50", "2.5"), (0, "0"), (-0.0, "0"), (1e22, "1" + "0" * 22)],
)
def test_hours_are_recorded_short(given_hours: object, recorded: str) -> None:
    assert POLICY.start().answer("laatste_handeling", given_hours).answers["laatste_handeling"] == recorded


@pytest.mark.parametrize(
    "bad", [-1, -0.1, float("nan"), float("inf"), True, None, "3u", "", "1e3", "9" * 400, 10**400, [3]]
)
def test_what_is_no_number_of_hours_is_refused(bad: object) -> None:
    with pytest.raises(AnswerError) as caught:
        POLICY.start().answer("laatste_handeling", bad)
    assert caught.value.question == "laatste_handeling"
    assert "onbekend" in caught.value.allowed


@pytest.mark.parametrize(
    "bad", ["misschien", "no", "NEE", "nvt", "open", "", True, False, None, 1, "[/b]\x1b[2J" * 1000]
)
def test_an_unknown_answer_is_refused_in_dutch_with_what_is_allowed(bad: object) -> None:
    with pytest.raises(AnswerError, match="Toegestaan: nee, onbekend, ja") as caught:
        POLICY.start().answer("gaande", bad)
    assert (caught.value.question, caught.value.allowed) == ("gaande", ("nee", "onbekend", "ja"))
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_an_unknown_question_is_refused_wherever_it_comes_in() -> None:
    with pytest.raises(AnswerError, match="Onbekende vraag"):
        POLICY.start().answer("bedrag", "100")
    with pytest.raises(AnswerError, match="Onbekende vraag"):
        POLICY.start().reopen("bedrag")
    for value in ("100", "open"):
        with pytest.raises(AnswerError, match="Onbekende vraag"):
            POLICY.resume({"bedrag": value})


def test_open_is_not_asked_and_unknown_is_asked() -> None:
    start = POLICY.start()
    assert POLICY.resume({"gaande": "open"}) == start
    unknown = start.answer("gaande", "onbekend")
    assert "gaande" in start.open_questions
    assert "gaande" not in unknown.open_questions
    assert unknown.at_least.id == "centralist_beslist"


def test_a_question_that_does_not_apply_counts_as_no_and_cannot_matter() -> None:
    state = POLICY.start().answer("seksueel_beeld", "ja").answer("poging", "ja")
    with_form = state.answer("vorm", "phishing")
    assert with_form.not_applicable == ("seksueel_beeld",)
    assert with_form.node == POLICY.resume({"vorm": "phishing", "poging": "ja", "seksueel_beeld": "nee"}).node
    assert "seksueel_beeld" in POLICY.start().answer("vorm", "ddos").irrelevant
    assert with_form.answer("vorm", "hacken").not_applicable == ()
    assert with_form.answer("vorm", "hacken").answers["seksueel_beeld"] == "ja"


def test_an_unknown_form_counts_as_another_form() -> None:
    start = POLICY.start()
    assert start.answer("vorm", "onbekend").node == start.answer("vorm", "anders").node


def test_questions_come_in_the_order_of_danger_event_and_wish() -> None:
    state = POLICY.start()
    assert state.open_questions[:2] == ("gevaar", "verdachte")
    assert state.open_questions[-2:] == ("wens", "kan_online")
    state = state.answer("gevaar", "nee").answer("verdachte", "nee")
    assert state.open_questions[0] == "vorm"
    state = state.answer("vorm", "phishing")
    assert state.open_questions[:2] == ("gaande", "toegang_open")


def test_work_moves_to_a_fresh_diagram_before_the_old_one_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = triage_rules.load()
    early = policy.start().answer("gaande", "ja")
    monkeypatch.setattr("triage_rules.policy._ROOM", 0)
    late = policy.start().answer("gaande", "ja")
    assert early.workings is not late.workings
    assert early == late
    assert early.answer("vorm", "phishing").because == late.answer("vorm", "phishing").because


def test_a_state_does_not_change_under_its_holder() -> None:
    state = POLICY.start().answer("gaande", "ja")
    state.answer("gaande", "nee").answer("vorm", "phishing")
    assert dict(state.answers) == {"gaande": "ja"}
    with pytest.raises(TypeError):
        state.answers["gaande"] = "nee"  # type: ignore[index]
