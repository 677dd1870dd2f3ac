"""Whatever a call holds, three lines are enough to drive by, and all that a unit can use stands below them."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.cad import eido, ticketscad_incident
from console.cad.latin import to_latin
from console.cad.page import page
from console.domain import advice
from console.domain.dispatching import addition, prepare
from console.domain.topics import Topic, said_about
from console.model import (
    Advised,
    BankCalled,
    CallFile,
    Certainty,
    Choice,
    Clue,
    Detail,
    Device,
    Dispatch,
    Known,
    KnownDetail,
    Location,
    Payment,
    Referred,
    Role,
    Special,
    Suspect,
)
from console.texts import words
from tests.test_addition import EMPTY, MOMENT, files

POLICY = triage_rules.load()
UNITS = st.sampled_from((Choice.PRIO1, Choice.PRIO2, Choice.PRIO3))
DRIVE_BY = 400
"""Characters of a line that can be taken in while driving; an address and a name of strangers come on top."""

HEAVY = POLICY.outcome("centralist_beslist").rank
"""What lifts a call this far by itself is why a unit goes, or goes faster."""


def dispatched(file: CallFile, choice: Choice = Choice.PRIO1, *, exercise: bool = False) -> Dispatch:
    return prepare(
        file, choice, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=exercise, control_word="rode tulp"
    )


@st.composite
def calls(draw: st.DrawFn) -> CallFile:
    """A call at any moment, with whatever was noted and said to the caller."""
    file = draw(files())
    blank = st.sampled_from(("", " ", "\t\n", "Markt 1"))
    said = draw(st.lists(st.sampled_from([line.id for line in advice.all_lines()]), unique=True, max_size=3))
    told = tuple(KnownDetail(50 + at, Advised(line), MOMENT, "a") for at, line in enumerate(said))
    special = ((draw(st.sampled_from(Special)), Known.YES),) if draw(st.booleans()) else ()
    words_of_caller = draw(st.sampled_from(("", "er staat een man aan de deur", "help " * 2_000)))
    return replace(
        file,
        incoming=replace(
            file.incoming, first_words=words_of_caller, name=draw(blank), location=Location(draw(blank), 53.0, 6.7)
        ),
        details=(*file.details, *told),
        special=special,
        impression=draw(st.sampled_from(("", "erg van slag"))),
    )


@given(calls(), UNITS, st.booleans())
def test_the_first_line_says_how_urgent_and_what(file: CallFile, choice: Choice, exercise: bool) -> None:
    first = dispatched(file, choice, exercise=exercise).briefing[0]
    answer = file.answers.get("vorm", "onbekend")
    form = "" if answer == "onbekend" else words.terms.answer_in_words(POLICY, "vorm", answer)
    said = f"PRIO {choice.priority} - {form.upper() or 'ONLINE CRIMINALITEIT, VORM NOG ONBEKEND'}"
    assert first == (f"OEFENING - {said}" if exercise else said)


@given(calls())
def test_the_second_line_says_where_and_who(file: CallFile) -> None:
    made = dispatched(file)
    second = made.briefing[1]
    assert second.startswith(made.location.address.strip() or "ADRES ONBEKEND - vraag na bij melder")
    assert made.callback.strip() in second
    assert (made.caller_name.strip() or "melder") in second
    if file.facts.role not in {None, Role.VICTIM}:
        assert f"({made.caller_role})" in second
    assert ("KAN NIET VRIJ PRATEN" in second) is (file.facts.speaks_freely is False)
    if elsewhere := re.findall(r"\w+", said_about(file, Topic.WHERE_NOW)):
        assert set(elsewhere) <= set(re.findall(r"\w+", made.location.address)) or "SLACHTOFFER IS NU" in second


@given(calls())
def test_the_third_line_says_what_goes_on_and_every_danger(file: CallFile) -> None:
    """The policy itself says which answers weigh so much that a crew must hear them before it drives off."""
    third = dispatched(file).briefing[2]
    assert third
    weighty = [
        (question, value)
        for question, value in file.answers.items()
        if question != "vorm" and POLICY.resume({question: value}).at_least.rank >= HEAVY
    ]
    for question, value in weighty:
        assert words.terms.answer_in_words(POLICY, question, value) in third, question
    if "laatste_handeling" in file.answers:
        assert "laatste handeling: " in third
    if not weighty:
        assert len(third) <= DRIVE_BY


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (question.id, value.id)
        for question in POLICY.questions
        for value in question.values
        if question.id != "vorm" and POLICY.resume({question.id: value.id}).at_least.rank >= HEAVY
    ],
)
def test_each_answer_that_weighs_by_itself_stands_in_the_third_line(question: str, value: str) -> None:
    third = dispatched(replace(EMPTY, answers={question: value})).briefing[2]
    assert words.terms.answer_in_words(POLICY, question, value) in third


def said_of(detail: Detail) -> tuple[str, ...]:
    """What must be read of something noted, in any order."""
    match detail:
        case Payment(payee, cents, account, name, at):
            paid = "bedrag onbekend" if cents is None else f"{cents // 100},{cents % 100:02} euro"
            return (paid, payee.value, account, name, at)
        case Clue(kind, text, value, valid):
            return (kind.value, value or text, "" if valid else "mogelijk verkeerd verstaan")
        case Suspect(description, direction, vehicle, plate):
            return (description, direction, vehicle, plate)
        case Device(what, state):
            return (what, state)
        case BankCalled(by, name):
            return (by.value, name)
        case _:
            return ()


@given(calls())
def test_all_that_was_noted_stands_below_with_what_is_certain_and_who_said_it(file: CallFile) -> None:
    details = dispatched(file).details
    for known in file.details:
        lines = [each for each in details if re.match(rf"(?!Feit|Persoon)[A-Z][a-z ]+ {known.number}: ", each)]
        noted = not known.taken_back and not isinstance(known.detail, Advised | Referred)
        assert len(lines) == noted
        assert not [part for part in said_of(known.detail) if noted and part not in lines[0]]
        if isinstance(known.detail, Advised):
            said = advice.line(known.detail.line)
            assert said is not None
            assert said.text in details[-1]
    for fact in file.told_facts:
        if fact.fact.certainty is not Certainty.WRONG:
            source = f"({fact.fact.source.value}, {fact.fact.certainty.value}"
            assert [each for each in details if fact.fact.text in each and source in each]
    assert not [each for each in POLICY.questions if not any(line.startswith(each.label) for line in details)]


@given(calls())
def test_what_the_law_protects_most_is_told_to_nobody(file: CallFile) -> None:
    without = dispatched(replace(file, special=()))
    assert dispatched(file) == without


@given(calls(), calls())
def test_the_lines_of_an_addition_are_enough_as_well(before: CallFile, after: CallFile) -> None:
    base = dispatched(before)
    made = addition(after, [base], policy=POLICY, message_id="n", by="b", at=MOMENT, exercise=False)
    if made is None:
        return
    assert (made.adds_to, made.incident_id, made.priority, made.control_word) == ("m", "26-0001", 1, "rode tulp")
    assert made.briefing[0].startswith("AANVULLING, GEEN NIEUWE INZET - PRIO 1 - ")
    assert made.location.address.strip() in made.briefing[1]
    assert made.callback.strip() in made.briefing[1]
    assert made.briefing[2]
    assert made.details


@given(calls(), st.booleans())
def test_they_come_first_whatever_carries_them(file: CallFile, exercise: bool) -> None:
    made = dispatched(file, exercise=exercise)
    lines = [eido.clean(line) for line in made.briefing]
    note = eido.build(made, "mk.example")["notesComponent"][0]["notesActionComments"]
    assert note.startswith("".join(f"<p>{html.escape(line)}</p>" for line in lines))
    description = str(ticketscad_incident.build(made, 1, 2).body["description"])
    assert description.startswith("\n".join(to_latin(line) for line in lines))
    printed = "".join(page(made).split())
    assert "".join("".join(lines).split()) in printed
