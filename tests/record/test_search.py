"""Calls are found by what was typed or said, at the same cost however many there are, and a hit tells little."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import (
    Certainty,
    Choice,
    Device,
    Fact,
    Facts,
    Known,
    Location,
    Person,
    PersonRole,
    Source,
    Special,
    Stage,
    TraceKind,
)
from console.record import RecordError, links, search
from console.record.purge import Purge
from console.record.rows import to_text
from tests.record.support import ADVERSARIAL, START, draft, incoming, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Calls, Reader, Writer
    from console.record.engine import Connection
    from console.record.search import Hit
    from tests.record.support import Clock


def numbers(reader: Reader, question: Callable[..., tuple[Hit, ...]], text: str, limit: int = 50) -> list[str]:
    return [hit.call_id for hit in reader.ask(lambda connection: question(connection, text, limit))]


def test_everything_that_was_typed_or_said_is_found(calls: Calls, reader: Reader) -> None:
    call_id = calls.ring(incoming(first_words="zilveren bestelbus")).call_id
    claim = calls.claim(call_id, "jan")
    calls.tell(claim, Facts(address="Kerkstraat 7, Rolde"))
    calls.note(claim, "dochter onderweg")
    calls.fact(claim, Fact("codewoord appeltaart", Source.SAID, Certainty.SURE))
    calls.person(claim, Person(PersonRole.POSSIBLE_SUSPECT, "Désirée van 't Hof", description="litteken"))
    calls.impression(claim, "verward")
    decision = calls.decide(claim, draft(choice=Choice.ADVICE, deviates=True), None)
    calls.give_reason(claim, decision.id, "overlegd met piket")
    for word in ("zilveren", "KERKSTRAAT", "dochter", "appeltaart", "litteken", "verward", "piket", "best*", "Gieten"):
        assert numbers(reader, search.by_text, word) == [call_id], word
    for name in ("bakker", "Desiree", "hof désirée"):
        assert numbers(reader, search.by_name, name) == [call_id], name
    assert numbers(reader, search.by_name, "zilveren") == []
    assert numbers(reader, search.by_text, "zilveren citroen") == []


def test_the_newest_note_is_found_and_the_one_before_is_not(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.note(claim, "eerst")
    calls.note(claim, "later")
    assert (numbers(reader, search.by_text, "eerst"), numbers(reader, search.by_text, "later")) == ([], ["26-0001"])


def test_what_was_half_typed_is_found_only_as_it_now_stands(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming(name="", location=Location(""))).call_id, "jan")
    for typed in ("Kerk", "Kerkst", "Kerkstraat"):
        calls.tell(claim, Facts(address=typed))
    person = calls.person(claim, Person(PersonRole.CALLER, "Bakk"))
    calls.person(claim, Person(PersonRole.CALLER, "Bakker", "", "dochter"), person)
    fact = calls.fact(claim, Fact("geblo", Source.SEEN, Certainty.SURE))
    calls.fact(claim, Fact("gebloemd", Source.SEEN, Certainty.SURE), fact)
    for typed in ("ver", "verward"):
        calls.impression(claim, typed)
    device = calls.add(claim, Device("lap"))
    calls.change(claim, device, Device("laptop"))
    for half in ("kerk", "kerkst", "bakk", "geblo", "ver", "lap"):
        assert numbers(reader, search.by_text, half) == [], half
        assert numbers(reader, search.by_name, half) == [], half
    for whole in ("kerkstraat", "dochter", "gebloemd", "verward", "laptop"):
        assert numbers(reader, search.by_text, whole) == [claim.call_id], whole
    assert numbers(reader, search.by_name, "bakker") == [claim.call_id]


def test_a_hit_tells_where_to_look_and_nothing_of_what_was_said(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming(first_words="zij wil niet meer leven")).call_id, "jan")
    calls.special(claim, Special.SUICIDALITY, Known.YES)
    calls.decide(claim, draft(choice=Choice.CONSULT), None)
    (hit,) = reader.ask(lambda connection: search.by_number(connection, " 26-0001 "))
    assert hit == search.Hit("26-0001", START, "Gieten", Stage.IN_PROGRESS, Choice.CONSULT, entered_later=False)
    assert {field.name for field in fields(hit)} == {
        "call_id",
        "received_at",
        "place",
        "stage",
        "choice",
        "entered_later",
    }
    assert "leven" not in str(reader.ask(lambda connection: search.by_text(connection, "leven", 50)))


def test_coded_special_data_is_not_in_the_index(calls: Calls, reader: Reader, writer: Writer) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    for kind in Special:
        calls.special(claim, kind, Known.YES)
    calls.answer(claim, "seksueel_beeld", "ja")
    assert numbers(reader, search.by_text, "suicidaliteit") == numbers(reader, search.by_text, "seks*") == []
    assert "seks" not in str(rows(writer, "SELECT names, text FROM words"))


def test_a_trace_is_found_wherever_it_stands_and_each_call_once(calls: Calls, reader: Reader, clock: Clock) -> None:
    for name in ("a", "b"):
        clock.forward(minutes=1)
        claim = calls.claim(calls.ring(incoming(name, location=Location())).call_id, "jan")
        calls.tell(claim, Facts(callback="+31 6 12345678"))
        calls.note(claim, "06-12345678")
    found = reader.ask(lambda connection: search.by_trace(connection, TraceKind.PHONE, ["+31612345678"], 50))
    assert [hit.call_id for hit in found] == ["26-0002", "26-0001"]
    assert reader.ask(lambda connection: search.by_trace(connection, TraceKind.IBAN, ["+31612345678"], 50)) == ()


def test_so_many_as_were_asked_for_the_newest_first(calls: Calls, reader: Reader) -> None:
    for each in range(10):
        calls.ring(incoming(f"a{each}"))
    newest = ["26-0010", "26-0009", "26-0008"]
    assert numbers(reader, search.by_text, "deur", 3) == newest
    found = reader.ask(lambda connection: search.by_trace(connection, TraceKind.PHONE, ["+31612345678"], 3))
    assert [hit.call_id for hit in found] == newest


@pytest.mark.parametrize("text", ["", "  ", "()", '"', "*", "- - -", "\x00", "🏳️"])
def test_a_question_without_a_word_is_refused_in_words(reader: Reader, text: str) -> None:
    for question in (search.by_text, search.by_name):
        with pytest.raises(RecordError, match="geen woord"):
            numbers(reader, question, text)


def test_a_question_of_very_many_words_is_refused_in_words(calls: Calls, reader: Reader) -> None:
    call_id = calls.ring(incoming(first_words=" ".join(f"w{number}" for number in range(40)))).call_id
    most = " ".join(f"w{number}" for number in range(search.MOST_WORDS))
    assert numbers(reader, search.by_text, most) == [call_id]
    with pytest.raises(RecordError, match="meer dan 32 woorden"):
        numbers(reader, search.by_text, f"{most} w32")


OPERATORS = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR(", "names:", "text :", '"', "^", "*", "+", "{", "}", "-", "(", ")"]
)
QUESTIONS = st.lists(st.one_of(OPERATORS, st.text(max_size=6), st.sampled_from(ADVERSARIAL[:-2]))).map(" ".join)


@pytest.mark.parametrize("text", ["0_0", "_", "a_b*", "een_twee drie_"])
def test_an_underscore_parts_words(reader: Reader, text: str) -> None:
    for question in (search.by_text, search.by_name):
        try:
            assert numbers(reader, question, text) == []
        except RecordError as error:
            assert "geen woord" in str(error)  # noqa: PT017 - either answer is right


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(QUESTIONS)
def test_nothing_that_is_typed_is_an_instruction(reader: Reader, text: str) -> None:
    for question in (search.by_text, search.by_name):
        try:
            assert numbers(reader, question, text) == []
        except RecordError as error:
            assert re.search("geen woord|32 woorden", str(error))  # noqa: PT017 - either answer is right


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_any_text_can_be_searched_beside(calls: Calls, reader: Reader, text: str) -> None:
    calls.ring(incoming(name=text, first_words=f"{text} appeltaart"))
    assert numbers(reader, search.by_text, "appeltaart") == ["26-0001"]


def test_tidying_the_index_changes_no_answer(calls: Calls, reader: Reader, writer: Writer) -> None:
    for each in range(60):
        calls.ring(incoming(f"a{each}", first_words=f"appeltaart nummer{each}"))
    questions = ("appeltaart", "nummer7", "nummer*", "Gieten")
    before = [numbers(reader, search.by_text, question, 100) for question in questions]
    Purge(writer, "beheer").tidy()
    assert [numbers(reader, search.by_text, question, 100) for question in questions] == before
    parts = rows(writer, "SELECT count(DISTINCT segid) AS parts FROM words_idx")
    assert parts == [{"parts": 1}]
    writer.submit(lambda transaction: transaction.run("INSERT INTO words (words) VALUES ('integrity-check')")).result()


def walks(connection: Connection, sql: str, values: tuple[str | int, ...]) -> list[str]:
    plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]
    harmless = ("VIRTUAL TABLE INDEX", "(subquery", "found")
    return [step for step in plan if step.startswith("SCAN") and not any(part in step for part in harmless)]


def test_no_question_walks_over_all_calls(calls: Calls, writer: Writer, reader: Reader) -> None:
    """With 2,000 calls in it, so that a planner that looks at sizes sees some."""
    writer.submit(
        lambda transaction: transaction.run(
            """WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 2000)
            INSERT INTO call (id, salt, channel, number, name, address, first_words, received_at, rung_at, stage, fence)
            SELECT 'x-' || n, x'00', '112', '', '', '', '', ?, ?, 'besloten', 0 FROM many""",
            to_text(START),
            to_text(START),
        )
    ).result()
    calls.ring(incoming())
    questions: list[tuple[str, tuple[str | int, ...]]] = [
        (search.BY_WORDS, ('"deur"', 50)),
        (search.BY_TRACE, ("iban", "x", 300, 50)),
        (links._NEWEST_WITH, ("iban", "x", "", "26-0001", 20)),
        (links._SHORT, ("26-0001",)),
        (search._WORDS_OF_CALL, ("26-0001",)),
    ]
    for sql, values in questions:
        assert reader.ask(partial(walks, sql=sql, values=values)) == [], sql
