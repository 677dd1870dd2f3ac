"""What calls share: written with what holds it, found again from another call, and gone with what held it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.db import Database

from console.model import (
    Certainty,
    Channel,
    Fact,
    Facts,
    Location,
    Person,
    PersonRole,
    Shared,
    Source,
    TraceKind,
    TraceOrigin,
)
from console.record import links, schema
from console.record.writer import Transaction
from tests.record.support import ADVERSARIAL, incoming, rows

if TYPE_CHECKING:
    from console.record import Calls, Reader, Writer
    from tests.record.support import Clock

MONTH = timedelta(days=30)
ACCOUNT = "NL91 ABNA 0417 1643 00"
SHRINKING = (
    "DROP TRIGGER access_log_only_loses_its_oldest",
    "CREATE TRIGGER access_log_never_shrinks BEFORE DELETE ON access_log BEGIN SELECT 1; END",
)
SHARED_ACCOUNT = Shared(TraceKind.IBAN, "NL91ABNA0417164300", valid=True)


def ring(calls: Calls, name: str, **changes: object) -> str:
    fields: dict[str, object] = {"number": "", "location": Location(), "first_words": ""}
    return calls.ring(incoming(name, **(fields | changes))).call_id


def found(reader: Reader, call_id: str) -> list[str]:
    return [each.call_id for each in reader.related(call_id, MONTH)]


def test_a_call_says_at_once_what_it_shares(calls: Calls, reader: Reader, clock: Clock) -> None:
    first = ring(calls, "a", location=Location("Brink 4, 9401 HS Assen"), first_words=f"ophaler. geld naar {ACCOUNT}")
    clock.forward(minutes=14)
    second = ring(calls, "b", first_words="overgemaakt naar nl91abna0417164300")
    (related,) = reader.related(second, MONTH)
    assert (related.call_id, related.shared, related.place) == (first, (SHARED_ACCOUNT,), "Assen")
    assert related.words == f"ophaler. geld naar {ACCOUNT}"
    assert found(reader, first) == [second]


def test_every_place_of_a_call_is_looked_at(calls: Calls, reader: Reader) -> None:
    call_id = ring(calls, "a", number="06-12345678", first_words="anydesk 123 456 789")
    claim = calls.claim(call_id, "jan")
    calls.tell(claim, Facts(callback="050-5512345", address="Brink 4, Gieten"))
    calls.note(claim, "via www.ing-veilig.nl")
    calls.fact(claim, Fact(f"naar {ACCOUNT}", Source.SAID, Certainty.LIKELY))
    calls.person(claim, Person(PersonRole.POSSIBLE_SUSPECT, phone="+31612345679"))
    stands = {(known.trace.kind, known.trace.value): known.origin for known in reader.file(call_id).traces}
    assert stands == {
        (TraceKind.PHONE, "+31612345678"): TraceOrigin.INCOMING,
        (TraceKind.REMOTE, "anydesk 123456789"): TraceOrigin.INCOMING,
        (TraceKind.PHONE, "+31505512345"): TraceOrigin.TOLD,
        (TraceKind.ADDRESS, "brink 4 gieten"): TraceOrigin.TOLD,
        (TraceKind.DOMAIN, "ing-veilig.nl"): TraceOrigin.NOTE,
        (TraceKind.IBAN, "NL91ABNA0417164300"): TraceOrigin.FACT,
        (TraceKind.PHONE, "+31612345679"): TraceOrigin.PERSON,
    }


def test_the_newest_note_counts_and_a_trace_keeps_its_first_moment(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.note(claim, f"{ACCOUNT} 06-12345678")
    since = clock.now
    clock.forward(minutes=1)
    calls.note(claim, f"{ACCOUNT} en 06-12345679")
    traces = {known.trace.value: known.at for known in reader.file(claim.call_id).traces}
    assert traces == {"NL91ABNA0417164300": since, "+31612345679": clock.now}
    calls.note(claim, "")
    assert reader.file(claim.call_id).traces == ()
    assert rows(writer, "SELECT * FROM trace") == []


def test_a_fact_that_is_wrong_links_nothing(calls: Calls, reader: Reader) -> None:
    other = ring(calls, "a", first_words=ACCOUNT)
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    number = calls.fact(claim, Fact(ACCOUNT, Source.SAID, Certainty.UNSURE))
    assert found(reader, claim.call_id) == [other]
    calls.fact(claim, Fact(ACCOUNT, Source.CHECKED, Certainty.WRONG), number)
    assert found(reader, claim.call_id) == []


def test_what_is_wrong_by_its_own_check_links_and_says_so(calls: Calls, reader: Reader) -> None:
    ring(calls, "a", first_words="NL91ABNA0417164301")
    other = ring(calls, "b", first_words="nl91 abna 0417 1643 01")
    assert reader.related(other, MONTH)[0].shared == (Shared(TraceKind.IBAN, "NL91ABNA0417164301", valid=False),)


def test_what_is_older_than_the_window_is_not_shown(calls: Calls, reader: Reader, clock: Clock) -> None:
    ring(calls, "a", number="06-12345678")
    clock.forward(days=31)
    late = ring(calls, "b", number="06-12345678")
    assert found(reader, late) == []
    assert [each.call_id for each in reader.related(late, timedelta(days=32))] == ["26-0001"]


def test_those_that_share_most_come_first_then_the_newest(calls: Calls, reader: Reader, clock: Clock) -> None:
    both = ring(calls, "both", number="06-12345678", first_words=ACCOUNT)
    clock.forward(minutes=1)
    older = ring(calls, "older", number="06-12345678", received_at=clock.now)
    clock.forward(minutes=1)
    newer = ring(calls, "newer", number="06-12345678", received_at=clock.now)
    assert found(reader, ring(calls, "new", number="06-12345678", first_words=ACCOUNT)) == [both, newer, older]


def test_a_number_that_everybody_shares_gives_the_newest_few(calls: Calls, reader: Reader, clock: Clock) -> None:
    for each in range(links.MOST_RELATED + 10):
        clock.forward(minutes=1)
        ring(calls, f"a{each}", number="06-12345678", received_at=clock.now)
    last = ring(calls, "b", number="06-12345678")
    assert found(reader, last) == [f"26-{number:04d}" for number in range(30, 10, -1)]


def test_a_call_of_which_nothing_is_known_shares_nothing(calls: Calls, reader: Reader) -> None:
    ring(calls, "a")
    assert found(reader, ring(calls, "b")) == []
    assert found(reader, "26-9999") == []


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_any_text_is_kept_with_its_traces(calls: Calls, reader: Reader, text: str) -> None:
    call_id = ring(calls, "a", number=text, location=Location(text), first_words=f"{text}\n{ACCOUNT}")
    claim = calls.claim(call_id, "jan")
    calls.note(claim, text)
    calls.tell(claim, Facts(address=text, callback=text))
    other = ring(calls, "b", first_words=ACCOUNT)
    assert call_id in found(reader, other)
    assert reader.file(call_id).note == text


def test_a_refused_note_leaves_no_trace(calls: Calls, writer: Writer) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.claim(claim.call_id, "jan")
    with pytest.raises(Exception, match="niet meer van u"):
        calls.note(claim, ACCOUNT)
    assert rows(writer, "SELECT * FROM trace") == []


def test_calls_of_an_earlier_version_get_their_traces_and_words(calls: Calls, reader: Reader, writer: Writer) -> None:
    """The step that adds the tables, on a file that already has calls."""
    call_id = ring(calls, "a", number="06-12345678", first_words="grijze auto")
    claim = calls.claim(call_id, "jan")
    calls.note(claim, ACCOUNT)
    calls.tell(claim, Facts(address="Brink 4, Gieten"))
    before = rows(writer, "SELECT kind, value, text, valid, origin, at FROM trace ORDER BY kind, value")
    words = rows(writer, "SELECT rowid, names, text FROM words")
    step = schema.VERSION - 1 - schema._STEPS[::-1].index(schema._dossier_tables)
    tables = ("trace", "person", "fact", "impression", "special", "words")
    for statement in (*(f"DROP TABLE {table}" for table in tables), "DROP INDEX call_by_age", *SHRINKING):
        writer.submit(Transaction.run, statement).result()
    writer.submit(
        lambda transaction: schema._STEPS[step](Database(transaction.connection, execute_plugins=False))
    ).result()
    assert rows(writer, "SELECT kind, value, text, valid, origin, at FROM trace ORDER BY kind, value") == before
    assert rows(writer, "SELECT rowid, names, text FROM words") == words
    assert reader.file(call_id).note == ACCOUNT
