"""What a unit is told: always a priority and a class of our own, three lines, and the class of an exercise in one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.dispatching import classifications, prepare
from console.model import CallFile, Channel, Choice, Facts, IncomingCall, Location, Role, Stage

POLICY = triage_rules.load()
MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
UNITS = [Choice.PRIO1, Choice.PRIO2, Choice.PRIO3]


def call_file(answers: dict[str, str], facts: Facts | None = None, words: str = "", note: str = "") -> CallFile:
    incoming = IncomingCall(
        "x", Channel.EMERGENCY, "06-12345678", "mw. Jansen", Location("Brink 4, Gieten"), words, MOMENT
    )
    return CallFile("26-0001", incoming, Stage.IN_PROGRESS, "a", MOMENT, 1, facts or Facts(), answers, note, (), ())


@given(
    answers=st.fixed_dictionaries(
        {},
        optional={
            question.id: st.sampled_from([value.id for value in question.values]) for question in POLICY.questions
        },
    ),
    words=st.text(max_size=200),
    note=st.text(max_size=200),
    choice=st.sampled_from(UNITS),
    exercise=st.booleans(),
)
def test_whatever_was_answered_a_dispatch_can_be_made(
    answers: dict[str, str], words: str, note: str, choice: Choice, exercise: bool
) -> None:
    file = call_file(answers, words=words, note=note)
    made = prepare(file, choice, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=exercise)
    assert made.priority == choice.priority
    assert len(made.briefing) == 3
    assert all(made.briefing)
    assert made.briefing[0].startswith("OEFENING") is exercise
    assert (made.classification == classifications().exercise.code) is exercise


def test_every_form_of_the_policy_has_a_class() -> None:
    forms = {form.id for form in POLICY.forms} - {"geen_online_criminaliteit"}
    assert forms <= set(classifications().forms)


def test_no_unit_goes_where_none_was_chosen() -> None:
    with pytest.raises(ValueError, match="no unit"):
        prepare(call_file({}), Choice.ONLINE, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=False)


def test_what_a_crew_must_hear_comes_first() -> None:
    facts = Facts("Markt 1, Assen", "050-5512345", Role.THIRD_PARTY, speaks_freely=False)
    answers = {"vorm": "bankhelpdeskfraude", "verdachte": "onderweg", "laatste_handeling": "0.5"}
    made = prepare(
        call_file(answers, facts), Choice.PRIO1, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=False
    )
    assert made.briefing[0] == "PRIO 1 - BANKHELPDESKFRAUDE"
    assert made.briefing[1] == "Markt 1, Assen - mw. Jansen (derde) 050-5512345 - KAN NIET VRIJ PRATEN"
    assert made.briefing[2] == "verdachte: onderweg; laatste handeling: 30 min voor de melding"
    assert "Is het nu nog bezig?: niet gevraagd" in made.details
