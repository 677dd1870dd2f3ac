"""What a choice asks besides: appointments, pickups, to whom; no more than is asked, nothing lost on another choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.model import (
    Appointment,
    AppointmentKind,
    CallFile,
    Channel,
    Choice,
    Detail,
    Facts,
    IncomingCall,
    KnownDetail,
    Location,
    Party,
    PassedOn,
    Related,
    Shared,
    Stage,
    TraceKind,
)
from console.widgets.follow_up import LETTERS, FollowUp, Typing, follow_up
from tests.seat import MARCH_2

INCOMING = IncomingCall(None, Channel.EMERGENCY, "06-12345678", "mw. Jansen", Location("Brink 4"), "", MARCH_2)
FILE = CallFile("26-0412", INCOMING, Stage.IN_PROGRESS, "j.devries", MARCH_2, 1, Facts(), {}, "", (), ())


def related(call_id: str, minutes: int, kind: TraceKind = TraceKind.PHONE) -> Related:
    return Related(call_id, (Shared(kind, "+31612345678", True),), MARCH_2 - timedelta(minutes=minutes), "", "")


def recorded(*details: Detail) -> tuple[KnownDetail, ...]:
    return tuple(KnownDetail(number, each, MARCH_2, "j.devries") for number, each in enumerate(details, 1))


def asked(*choices: Choice, file: CallFile = FILE, others: tuple[Related, ...] = ()) -> FollowUp:
    return follow_up(file, choices, others, MARCH_2)


def pressed(follow: FollowUp, letter: str, text: str = "") -> FollowUp:
    """Press a letter, and type the line where it asks one."""
    answered = follow.press(letter)
    assert answered is not None
    return follow.typed(answered, text) if isinstance(answered, Typing) else answered


@pytest.mark.parametrize("choice", [each for each in Choice if each not in {Choice.STATION, Choice.PRIO3}])
def test_most_outcomes_ask_nothing_of_an_appointment(choice: Choice) -> None:
    follow = asked(choice)
    assert [follow.press(letter) for letter in "cmrh"] == [None] * 4
    assert follow.details == ()


@pytest.mark.parametrize(
    ("choice", "kind"), [(Choice.STATION, AppointmentKind.STATION), (Choice.PRIO3, AppointmentKind.WINDOW)]
)
@pytest.mark.parametrize(("letter", "by"), [("c", Party.OPERATOR), ("m", Party.CALLER), ("r", Party.SERVICE_CENTRE)])
def test_an_appointment_says_who_arranges_it_and_when(
    choice: Choice, kind: AppointmentKind, letter: str, by: Party
) -> None:
    follow = asked(choice)
    assert any("wie regelt het?" in line for line in follow.lines())
    follow = pressed(follow, letter, " di 10:00  bureau Assen ")
    assert follow.details == (Appointment(kind, by, "di 10:00 bureau Assen"),)
    assert any("di 10:00 bureau Assen" in line and by.value in line for line in follow.lines())
    assert pressed(asked(choice), letter).details == (Appointment(kind, by, ""),)


def test_what_is_on_record_is_not_recorded_again_and_a_change_keeps_its_number() -> None:
    agreed = Appointment(AppointmentKind.STATION, Party.CALLER, "di 10:00")
    file = replace(FILE, details=recorded(PassedOn("RSC"), agreed))
    follow = asked(Choice.STATION, file=file)
    assert pressed(follow, "m", "di 10:00").details == ()
    changed = pressed(follow, "m", "wo 11:00")
    assert changed.details == (Appointment(AppointmentKind.STATION, Party.CALLER, "wo 11:00"),)
    assert [changed.number_of(each) for each in changed.details] == [2]
    taken_back = replace(file, details=tuple(replace(each, taken_back=True) for each in file.details))
    assert asked(Choice.STATION, file=taken_back).number_of(agreed) is None


@pytest.mark.parametrize(
    ("letter", "to"),
    [("k", "andere meldkamer"), ("s", "RSC"), ("e", "recherche"), ("z", "zeden"), ("y", "cybercrimeteam")],
)
def test_to_whom_a_call_is_passed_on(letter: str, to: str) -> None:
    follow = asked(Choice.PASSED_ON)
    assert follow.lines()[0] == "Doorzetten aan wie?"
    follow = pressed(follow, letter)
    assert follow.details == (PassedOn(to),)
    assert f"[x] {letter} {to}" in "\n".join(follow.lines())
    assert asked(Choice.ONLINE).press(letter) is None


def test_another_service_is_named_and_no_name_is_no_answer() -> None:
    assert pressed(asked(Choice.PASSED_ON), "w", "GGD").details == (PassedOn("GGD"),)
    assert pressed(asked(Choice.PASSED_ON), "w", "  ").details == ()


def test_a_caller_who_was_cut_off_ends_in_the_earlier_call() -> None:
    others = (related("26-0400", 90), related("26-0411", 4), related("26-0390", 2, TraceKind.IBAN))
    follow = asked(Choice.PASSED_ON, others=others)
    assert "26-0411, 4 min geleden" in follow.lines()[-1]
    follow = pressed(follow, "v")
    assert follow.passed_to() == PassedOn("eerdere melding", "26-0411")
    follow = pressed(follow, "v")
    assert follow.details == (PassedOn("eerdere melding", "26-0400"),)
    assert pressed(follow, "v").passed_to() == PassedOn("eerdere melding", "26-0411")
    assert asked(Choice.PASSED_ON).press("v") is None


def test_an_announced_pickup_is_planned_first() -> None:
    file = replace(FILE, answers={"verdachte": "later"})
    follow = asked(file=file)
    assert "eerst plan met OvD-OC, onopvallend" in follow.lines()[0]
    follow = pressed(follow, "h", "15:30 aan de deur")
    assert follow.details == (Appointment(AppointmentKind.PICKUP, Party.OPERATOR, "15:30 aan de deur"),)


def test_what_is_asked_follows_the_choice_and_what_was_said_stays() -> None:
    follow = pressed(asked(Choice.STATION), "m", "di 10:00")
    assert follow.choosing((Choice.ONLINE,)).details == ()
    assert follow.choosing((Choice.PRIO2, Choice.STATION)).details == follow.details
    both = asked(Choice.PRIO3, Choice.STATION)
    both = pressed(pressed(both, "c", "14-16 uur"), "r", "morgen")
    assert [(each.kind, each.when) for each in both.details if isinstance(each, Appointment)] == [
        (AppointmentKind.WINDOW, "14-16 uur"),
        (AppointmentKind.STATION, "morgen"),
    ]


def test_no_letter_of_a_decision_means_two_things() -> None:
    assert "a" not in LETTERS
    assert not set(LETTERS) & set("jno")
