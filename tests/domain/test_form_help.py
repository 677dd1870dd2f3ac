"""The help per crime form: every form has some, it is thickest where staff know least, and it says what it rests on."""

from __future__ import annotations

import pytest

import triage_rules
from console.domain.form_help import FormHelp, all_help, help_for, traces_of
from tests.spoken import forbidden, too_long

POLICY = triage_rules.load()
KNOW_LEAST_FIRST = (
    "ddos",
    "hacken",
    "phishing",
    "diefstal_data",
    "sextortion",
    "cyberpesten",
    "aan_verkoopfraude",
    "geldezel",
    "hulpvraagfraude",
    "helpdeskfraude",
)
"""The forms of S4.12, the one that most people do not know how to handle first."""


def of(form: str) -> FormHelp:
    """The help of a form, that must be there."""
    found = help_for(form)
    assert found is not None, form
    return found


def test_every_form_of_the_policy_has_help_and_no_other() -> None:
    assert {each.id for each in all_help()} == {form.id for form in POLICY.forms}


@pytest.mark.parametrize("form", [form.id for form in POLICY.forms])
def test_every_form_says_something_to_do_and_something_to_read_out_at_the_close(form: str) -> None:
    assert of(form).doing
    assert of(form).prevention.endswith(".")
    assert not forbidden(of(form).prevention)
    assert not too_long(of(form).prevention)


@pytest.mark.parametrize("form", [form.id for form in POLICY.forms])
def test_no_form_asks_more_than_four_questions_and_none_blames(form: str) -> None:
    assert len(of(form).asking) <= 4
    for question in of(form).asking:
        assert question.endswith("?"), question
        assert not forbidden(question)
        assert not too_long(question)


def test_there_is_most_to_read_where_fewest_know_what_to_do() -> None:
    figures = {each.id: each.unsure for each in all_help() if each.unsure is not None}
    assert tuple(sorted(figures, key=lambda form: -figures[form])) == KNOW_LEAST_FIRST
    lines = [len(of(form).doing) for form in KNOW_LEAST_FIRST]
    assert lines == sorted(lines, reverse=True)
    assert lines[0] >= 2 * lines[-1]


def test_what_was_not_read_back_is_never_given_as_established() -> None:
    for law in (law for each in all_help() for law in each.law):
        assert law.established == bool(law.source), law


def test_whether_a_form_can_be_reported_online_has_a_source_where_the_policy_says_that_it_can() -> None:
    for form in POLICY.forms:
        if form.online:
            assert of(form.id).online_source, form.id
        elif form.online is None:
            assert not of(form.id).online_source, form.id


def test_traces_are_those_of_the_form_and_then_those_of_every_crime() -> None:
    always = traces_of(None)
    assert {"nummers", "rekeningen"} <= {each.id for each in always}
    assert traces_of("bestaat niet") == always
    for form in POLICY.forms:
        traces = traces_of(form.id)
        assert traces[-len(always) :] == always
        assert len({each.id for each in traces}) == len(traces), form.id


def test_nobody_is_ever_asked_for_images() -> None:
    for form in ("sextortion", "beeldmisbruik", "grooming"):
        assert any("Vraag nooit om" in line for line in of(form).doing), form
