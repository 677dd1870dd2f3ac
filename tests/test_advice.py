"""The sentences to say: they name questions and values that exist, and none promises, blames or ends the call."""

from __future__ import annotations

import triage_rules
from console.advice import all_lines, lines_for
from console.texts.nl.terms import CLOSING

POLICY = triage_rules.load()
NEVER = (
    "terugkrijg",
    "krijgt u terug",
    "geld terug",
    "garantie",
    "garanderen",
    "had u",
    "waarom deed",
    "hang op",
    "modem",
)


def test_conditions_name_what_the_policy_has() -> None:
    for line in all_lines():
        for question, values in line.when.items():
            known = {value.id for value in POLICY.question(question).values}
            assert set(values) <= known, line.id
        assert set(line.forms) <= {form.id for form in POLICY.forms}, line.id


def test_no_sentence_promises_blames_or_ends_the_call() -> None:
    for text in (*(line.text for line in all_lines()), *CLOSING.values()):
        assert not any(word in text.lower() for word in NEVER), text


def test_the_door_comes_before_the_bank() -> None:
    said = lines_for({"verdachte": "aanwezig", "vorm": "bankhelpdeskfraude", "gaande": "ja"})
    assert said[0].startswith("Doe de deur dicht")
    assert lines_for({}) == ()
