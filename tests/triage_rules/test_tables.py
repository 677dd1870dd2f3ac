"""The tables for reading say what the policy says, and nothing twice."""

from __future__ import annotations

import csv
import io
import random

import pytest

import triage_rules
from tests.triage_rules import slow
from triage_rules import Policy
from triage_rules.conditions import ALWAYS, NEVER, Test
from triage_rules.tables import as_csv, as_markdown, in_words, rows


@pytest.fixture(scope="module")
def policy() -> Policy:
    return triage_rules.load()


def test_the_first_row_that_fits_gives_the_outcome(policy: Policy) -> None:
    source = random.Random(30)
    for form in policy.forms:
        table = rows(policy, form)
        for _ in range(150):
            answers = {**slow.random_answers(source), "vorm": form.id}
            if form.id in slow.NVT:
                answers["seksueel_beeld"] = "nee"
            classes = policy.resume(answers).classes
            first = next(row for row in table if all(classes[name] in cell for name, cell in row.cells.items()))
            assert first.outcome.id == slow.outcome(answers), (answers, first)


def test_no_row_is_there_for_nothing(policy: Policy) -> None:
    for form in policy.forms:
        table = rows(policy, form)
        for at, row in enumerate(table):
            for other in table[:at] + table[at + 1 :]:
                if other.rule is row.rule:
                    wider = all(name in row.cells and row.cells[name] <= cell for name, cell in other.cells.items())
                    assert not wider, (form.id, row, other)
    by_form = {form.id: {row.rule.id for row in rows(policy, form)} for form in policy.forms}
    assert "A4" not in by_form["sextortion"]
    assert by_form["geen_online_criminaliteit"] == {"T0"}
    assert "B5" in by_form["anders"]


def test_csv_has_a_column_per_question(policy: Policy) -> None:
    table = list(csv.DictReader(io.StringIO(as_csv(policy))))
    assert set(table[0]) == {"vorm", "regel", "uitkomst", "bron", "waarom", *slow.VALUES}
    row = next(row for row in table if row["vorm"] == "phishing" and row["regel"] == "P2e")
    assert row["laatste_handeling"] == "hoogstens 2 uur"
    assert row["uitkomst"] == "eenheid_prio2"


def test_markdown_cells_cannot_be_broken_out_of(policy: Policy) -> None:
    for line in as_markdown(policy).splitlines():
        assert "<script" not in line
        if line.startswith("|"):
            assert line.endswith("|")


def test_conditions_read_as_words_of_the_pack(policy: Policy) -> None:
    terms = policy.parts.terms
    assert in_words(policy, ALWAYS) == "altijd"
    assert in_words(policy, NEVER) == "nooit"
    assert in_words(policy, terms["ECHT"]) in {"ECHT", "niet HARMLOZE_POGING"}
    assert in_words(policy, terms["OUD"]) == "laatste_handeling minstens 2 dagen"
    assert in_words(policy, Test("gaande", frozenset({"nee", "ja"}))) == "gaande niet onbekend"
    forms = frozenset(slow.SNEL | slow.LANG)
    assert in_words(policy, Test("vorm", forms)) == "vorm SNEL of LANG"
