"""Facts apart from judgement, persons by role, special data as a code: added, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.model import (
    Certainty,
    Channel,
    Fact,
    Known,
    KnownFact,
    KnownPerson,
    Person,
    PersonRole,
    Source,
    Special,
)
from console.record import NotYours, RecordError, engine
from console.record.access import SEEN, AccessLog
from tests.record.support import ADVERSARIAL, rows

if TYPE_CHECKING:
    from console.record import Calls, Home, Reader, Writer
    from tests.record.support import Clock

SUSPECT = Person(PersonRole.POSSIBLE_SUSPECT, "Mark", "06-12345678", "man, grijze auto")
FACT = Fact("Hij zei van de bank te zijn", Source.SAID, Certainty.LIKELY, person=1)


def test_a_case_keeps_facts_judgement_and_persons_apart(calls: Calls, reader: Reader, clock: Clock) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    assert calls.person(claim, SUSPECT) == 1
    assert calls.person(claim, Person(PersonRole.WITNESS)) == 2
    assert calls.fact(claim, FACT) == 1
    calls.impression(claim, "Melder klinkt angstig")
    calls.special(claim, Special.SUICIDALITY, Known.UNKNOWN)
    file = reader.file(claim.call_id)
    assert file.persons == (
        KnownPerson(1, SUSPECT, clock.now, "jan"),
        KnownPerson(2, Person(PersonRole.WITNESS), clock.now, "jan"),
    )
    assert file.told_facts == (KnownFact(1, FACT, clock.now, "jan"),)
    assert (file.impression, file.special) == ("Melder klinkt angstig", ((Special.SUICIDALITY, Known.UNKNOWN),))


def test_a_correction_is_a_new_row_and_the_old_one_stays(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.person(claim, SUSPECT)
    calls.fact(claim, FACT)
    clock.forward(minutes=1)
    checked = Fact(FACT.text, Source.CHECKED, Certainty.WRONG)
    assert calls.fact(claim, checked, 1) == 1
    assert calls.person(claim, Person(PersonRole.THIRD_PARTY), 1) == 1
    calls.special(claim, Special.SEXUAL_IMAGES, Known.YES)
    calls.special(claim, Special.SEXUAL_IMAGES, Known.NO)
    file = reader.file(claim.call_id)
    assert [known.fact for known in file.told_facts] == [checked]
    assert [known.person.role for known in file.persons] == [PersonRole.THIRD_PARTY]
    assert file.special == ((Special.SEXUAL_IMAGES, Known.NO),)
    assert [row["certainty"] for row in rows(writer, "SELECT certainty FROM fact ORDER BY seq")] == [
        "aannemelijk",
        "onjuist",
    ]
    assert len(rows(writer, "SELECT * FROM special")) == 2


def test_the_same_again_costs_no_row(calls: Calls, writer: Writer) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    for _ in range(2):
        calls.impression(claim, "rustig")
        calls.special(claim, Special.SUICIDALITY, Known.NO)
    assert len(rows(writer, "SELECT * FROM impression")) == len(rows(writer, "SELECT * FROM special")) == 1


def test_what_cannot_be_is_refused_in_words(calls: Calls, writer: Writer) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    before = rows(writer, "SELECT * FROM audit")
    with pytest.raises(RecordError, match="geen persoon 1"):
        calls.fact(claim, FACT)
    with pytest.raises(RecordError, match="feit is leeg"):
        calls.fact(claim, Fact(" ", Source.SEEN, Certainty.SURE))
    with pytest.raises(RecordError, match="geen nummer 1 om te verbeteren"):
        calls.person(claim, SUSPECT, 1)
    with pytest.raises(RecordError, match="half teken"):
        calls.impression(claim, "\ud800")
    assert rows(writer, "SELECT * FROM audit") == before


def test_who_lost_the_call_can_say_nothing_of_it(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.claim(claim.call_id, "jan")
    for say in (
        lambda: calls.person(claim, SUSPECT),
        lambda: calls.fact(claim, Fact("x", Source.SEEN, Certainty.SURE)),
        lambda: calls.impression(claim, "x"),
        lambda: calls.special(claim, Special.SUICIDALITY, Known.YES),
    ):
        with pytest.raises(NotYours):
            say()
    file = reader.file(claim.call_id)
    assert (file.persons, file.told_facts, file.impression, file.special) == ((), (), "", ())


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_any_text_comes_back_as_it_was_said(calls: Calls, reader: Reader, text: str) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.person(claim, Person(PersonRole.CALLER, text, text, text))
    calls.fact(claim, Fact(f"feit: {text}", Source.SEEN, Certainty.SURE))
    calls.impression(claim, text)
    file = reader.file(claim.call_id)
    assert file.persons[0].person == Person(PersonRole.CALLER, text, text, text)
    assert (file.told_facts[0].fact.text, file.impression) == (f"feit: {text}", text)


def test_the_audit_holds_nothing_of_what_was_said(calls: Calls, writer: Writer) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.person(claim, Person(PersonRole.CALLER, "Geheimnaam"))
    calls.fact(claim, Fact("Geheimfeit", Source.SAID, Certainty.SURE))
    calls.impression(claim, "Geheimindruk")
    calls.special(claim, Special.SUICIDALITY, Known.YES)
    told = str(rows(writer, "SELECT who, what, call_id, details FROM audit"))
    assert "Geheim" not in told
    assert "suicid" not in told
    assert [row["what"] for row in rows(writer, "SELECT what FROM audit ORDER BY seq")][1:] == [
        "persoon",
        "feit",
        "indruk",
        "bijzonder gegeven",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'x'",
        "UPDATE fact SET text = 'x'",
        "UPDATE impression SET text = 'x'",
        "UPDATE special SET value = 'nee'",
        "UPDATE access_log SET reason = 'x'",
        "DELETE FROM access_log WHERE seq = 2",
        "INSERT OR REPLACE INTO access_log SELECT * FROM access_log WHERE seq = 2",
        "INSERT OR REPLACE INTO fact SELECT * FROM fact",
        "DELETE FROM person",
        "DELETE FROM impression",
        "DELETE FROM special",
    ],
)
def test_nothing_that_was_said_can_be_changed(calls: Calls, writer: Writer, home: Home, statement: str) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.person(claim, SUSPECT)
    calls.fact(claim, FACT)
    calls.impression(claim, "rustig")
    calls.special(claim, Special.SUICIDALITY, Known.YES)
    AccessLog(writer).read("beheer", SEEN, [claim.call_id] * 3, "klacht 1")
    connection = engine.connect(home.database)
    try:
        with pytest.raises(engine.sqlite.IntegrityError, match="append-only"):
            connection.execute(statement)
        connection.execute("DELETE FROM access_log WHERE seq <= 2")
        assert [row["seq"] for row in connection.execute("SELECT seq FROM access_log").fetchall()] == [3]
    finally:
        connection.close()


@pytest.mark.parametrize("why", ["", "  ", "x" * 501])
def test_reading_needs_a_reason(writer: Writer, why: str) -> None:
    with pytest.raises(RecordError, match=r"[Rr]eden"):
        AccessLog(writer).read("beheer", SEEN, ["26-0001"], why)
    assert rows(writer, "SELECT * FROM access_log") == []
