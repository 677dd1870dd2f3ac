"""What a unit is told: always a priority and a class of our own, three lines, and the class of an exercise in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.classification import classifications
from console.domain.dispatching import prepare
from console.domain.topics import Topic
from console.model import (
    CallFile,
    Channel,
    Choice,
    Dispatch,
    Facts,
    IncomingCall,
    KnownPerson,
    Location,
    Person,
    PersonRole,
    Role,
    Stage,
)

POLICY = triage_rules.load()
MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
UNITS = [Choice.PRIO1, Choice.PRIO2, Choice.PRIO3]


def call_file(answers: dict[str, str], facts: Facts | None = None, words: str = "", note: str = "") -> CallFile:
    incoming = IncomingCall(
        "x", Channel.EMERGENCY, "06-12345678", "mw. Jansen", Location("Brink 4, Gieten"), words, MOMENT
    )
    return CallFile(
        "26-0001",
        incoming,
        Stage.IN_PROGRESS,
        "a",
        MOMENT,
        1,
        facts or Facts(),
        answers,
        note,
        (),
        (),
        told=facts is not None,
    )


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
    made = prepare(
        file, choice, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=exercise, control_word="rode tulp"
    )
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
        prepare(
            call_file({}),
            Choice.ONLINE,
            policy=POLICY,
            message_id="m",
            by="a",
            at=MOMENT,
            exercise=False,
            control_word="rode tulp",
        )


def test_what_a_crew_must_hear_comes_first() -> None:
    facts = Facts("Markt 1, Assen", "050-5512345", Role.THIRD_PARTY, speaks_freely=False)
    answers = {"vorm": "bankhelpdeskfraude", "verdachte": "onderweg", "laatste_handeling": "0.5"}
    made = prepare(
        call_file(answers, facts),
        Choice.PRIO1,
        policy=POLICY,
        message_id="m",
        by="a",
        at=MOMENT,
        exercise=False,
        control_word="rode tulp",
    )
    assert made.briefing[0] == "PRIO 1 - BANKHELPDESKFRAUDE"
    assert made.briefing[1] == "Markt 1, Assen - mw. Jansen (derde) 050-5512345 - KAN NIET VRIJ PRATEN"
    assert made.briefing[2] == "verdachte: onderweg; laatste handeling: 30 min voor de melding"
    assert "Is het nu nog bezig? niet gevraagd" in made.details


PLACED = Location("Brink 4, Gieten", 53.003, 6.762)


def made_of(
    answers: dict[str, str] | None = None,
    facts: Facts | None = None,
    *,
    location: Location = PLACED,
    words: str = "",
    note: str = "",
) -> Dispatch:
    """A dispatch as it goes for real: no exercise."""
    file = call_file(answers or {}, facts, words, note)
    file = replace(file, incoming=replace(file.incoming, location=location))
    return prepare(
        file,
        Choice.PRIO2,
        policy=POLICY,
        message_id="m",
        by="a.bakker",
        at=MOMENT,
        exercise=False,
        control_word="rode tulp",
    )


def test_coordinates_go_along_with_the_address_they_came_with() -> None:
    where = made_of().location
    assert (where.address, where.lat, where.lon) == ("Brink 4, Gieten", 53.003, 6.762)
    told_the_same = made_of(facts=Facts("Brink 4, Gieten", "050-5512345", Role.VICTIM)).location
    assert (told_the_same.lat, told_the_same.lon) == (53.003, 6.762)


@pytest.mark.parametrize("told", ["Brink 5, Gieten", "brink 4, Gieten", "Brink 4, Gieten ", ""])
def test_coordinates_of_another_address_never_go_along(told: str) -> None:
    assert made_of(facts=Facts(told, "050-5512345")).location == Location(told)


def test_without_an_address_the_crew_is_told_so() -> None:
    made = made_of(location=Location(""))
    assert made.location == Location("")
    assert made.briefing[1] == "ADRES ONBEKEND - vraag na bij melder - mw. Jansen 06-12345678"
    by_coordinates = made_of(location=Location("", 53.003, 6.762))
    assert by_coordinates.briefing[1].startswith("ADRES ONBEKEND")
    assert (by_coordinates.location.lat, by_coordinates.location.lon) == (53.003, 6.762)


def test_an_address_that_was_emptied_stays_empty() -> None:
    made = made_of(facts=Facts("", "06-12345678"))
    assert made.location == Location("")
    assert made.briefing[1].startswith("ADRES ONBEKEND")
    assert "Brink" not in str(made)


def test_what_was_emptied_altogether_stays_empty() -> None:
    made = made_of(facts=Facts())
    assert (made.location, made.callback, made.briefing[1]) == (
        Location(""),
        "",
        "ADRES ONBEKEND - vraag na bij melder - mw. Jansen",
    )


def test_a_callback_that_was_emptied_stays_empty() -> None:
    made = made_of(facts=Facts("Markt 1", ""))
    assert made.callback == ""
    assert made.briefing[1] == "Markt 1 - mw. Jansen"


def test_before_anything_was_told_the_number_that_was_seen_is_called_back() -> None:
    assert made_of().callback == "06-12345678"
    assert made_of(facts=Facts("Markt 1", "050-5512345")).callback == "050-5512345"


@pytest.mark.parametrize(
    ("answers", "form", "code", "label"),
    [
        ({"vorm": "babbeltruc_deur"}, "babbeltruc_deur", "vovsps", "BABBELTRUC AAN DE DEUR"),
        ({"vorm": "onbekend"}, "onbekend", "vodgdc", "ONLINE CRIMINALITEIT, VORM NOG ONBEKEND"),
        ({}, "onbekend", "vodgdc", "ONLINE CRIMINALITEIT, VORM NOG ONBEKEND"),
        ({"vorm": "geen_online_criminaliteit"}, "onbekend", "vodgdc", "GEEN ONLINE CRIMINALITEIT"),
    ],
)
def test_the_class_is_that_of_the_form_and_of_an_unknown_form_that_of_all(
    answers: dict[str, str], form: str, code: str, label: str
) -> None:
    made = made_of(answers)
    assert (made.form, made.classification, made.briefing[0]) == (form, code, f"PRIO 2 - {label}")
    assert made.classification_text == classifications().forms[form].text


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"minderjarig": "ja"}, "slachtoffer minderjarig: ja"),
        ({"kwetsbaar": "ja"}, "slachtoffer kwetsbaar: ja"),
        ({"toegang_open": "onbekend"}, "toegang tot apparaat of rekening: weet niet"),
        ({"gaande": "ja", "minderjarig": "ja"}, "nu gaande: ja; slachtoffer minderjarig: ja"),
        ({"gevaar": "nu", "verdachte": "aanwezig"}, "gevaar: nu in gevaar; verdachte: is er nu"),
        ({"laatste_handeling": "onbekend"}, "laatste handeling: weet niet"),
    ],
)
def test_what_a_crew_must_know_before_it_drives_off_stands_in_the_third_line(
    answers: dict[str, str], told: str
) -> None:
    assert made_of(answers).briefing[2] == told


@pytest.mark.parametrize("question", ["gevaar", "verdachte", "gaande", "toegang_open", "minderjarig", "kwetsbaar"])
def test_what_is_not_the_matter_is_left_out_of_the_third_line(question: str) -> None:
    assert (
        made_of({question: "nee"}, words="hij is weg").briefing[2] == "Uitvraag nog bezig. Eerste woorden: hij is weg"
    )
    assert made_of({question: "nee"}).briefing[2].endswith("Eerste woorden: geen")


def test_note_and_first_words_go_along_as_they_are() -> None:
    made = made_of(words="hij [/b] belt", note="hond in de tuin\x1b[2J")
    assert made.details[:3] == (
        "Melding 14:05 via 112",
        "Eerste woorden: hij [/b] belt",
        "Notitie: hond in de tuin\x1b[2J",
    )
    assert not [line for line in made_of().details if line.startswith(("Notitie", "Eerste woorden"))]


def test_every_question_is_told_with_its_answer_or_as_not_asked() -> None:
    details = made_of({"gaande": "ja", "laatste_handeling": "30"}).details
    assert "Is het nu nog bezig? ja" in details
    assert "Wanneer was het laatste? 30 uur voor de melding" in details
    asked_of_everybody = len(POLICY.questions) + len({Topic.ADDRESS, Topic.REPEAT})
    assert (
        len([line for line in details if line.endswith((": niet gevraagd", "? niet gevraagd"))])
        == asked_of_everybody - 2
    )


@pytest.mark.parametrize(
    ("role", "told", "line"),
    [
        (None, "onbekend", "mw. Jansen 06-1"),
        (Role.VICTIM, "slachtoffer", "mw. Jansen 06-1"),
        (Role.PARENT, "ouder", "mw. Jansen (ouder) 06-1"),
        (Role.OTHER_ROOM, "andere meldkamer", "mw. Jansen (andere meldkamer) 06-1"),
    ],
)
def test_on_whose_behalf_is_told(role: Role | None, told: str, line: str) -> None:
    made = made_of(facts=Facts("Markt 1", "06-1", role))
    assert (made.caller_role, made.briefing[1]) == (told, f"Markt 1 - {line}")


@pytest.mark.parametrize(("freely", "warned"), [(None, False), (True, False), (False, True)])
def test_only_who_cannot_speak_freely_is_warned_of(freely: bool | None, warned: bool) -> None:
    made = made_of(facts=Facts("Markt 1", "06-1", speaks_freely=freely))
    assert ("KAN NIET VRIJ PRATEN" in made.briefing[1]) is warned


def test_who_decided_and_when_goes_along() -> None:
    made = made_of()
    assert (made.message_id, made.incident_id, made.decided_by) == ("m", "26-0001", "a.bakker")
    assert (made.decided_at, made.received_at, made.exercise) == (MOMENT, MOMENT, False)


def test_after_a_reassessment_the_last_act_is_counted_from_there() -> None:
    file = replace(
        call_file({"laatste_handeling": "20.8333"}), assessment=2, reassessed_at=MOMENT + timedelta(hours=20)
    )
    made = prepare(
        file, Choice.PRIO2, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=True, control_word="rode tulp"
    )
    assert "voor de herbeoordeling van 10:05" in made.briefing[2]
    assert any(line.endswith("voor de herbeoordeling van 10:05") for line in made.details)
    assert made.received_at == MOMENT


def test_the_name_that_was_told_stands_above_the_one_that_came_in() -> None:
    file = call_file({})
    assert made_of_file(file).caller_name == "mw. Jansen"
    told = KnownPerson(1, Person(PersonRole.CALLER, "Eva Bos"), MOMENT, "a")
    victim = KnownPerson(2, Person(PersonRole.VICTIM, "mw. Bos"), MOMENT, "a")
    made = made_of_file(replace(file, persons=(victim, told)))
    assert (made.caller_name, made.briefing[1]) == ("Eva Bos", "Brink 4, Gieten - Eva Bos 06-12345678")
    emptied = replace(told, person=Person(PersonRole.CALLER))
    assert made_of_file(replace(file, persons=(emptied,))).caller_name == "mw. Jansen"


def made_of_file(file: CallFile) -> Dispatch:
    return prepare(
        file, Choice.PRIO2, policy=POLICY, message_id="m", by="a", at=MOMENT, exercise=False, control_word="anker"
    )
