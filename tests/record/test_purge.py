"""What is too old goes whole, with proof; what somebody must still do stays; a run that breaks off can go on."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.model import (
    CallBack,
    Certainty,
    Choice,
    DraftPlace,
    Fact,
    Facts,
    Known,
    Person,
    PersonRole,
    Source,
    Special,
    Suspect,
    UnitStatus,
)
from console.record import RecordError, UnknownCall, engine, purge
from console.record.access import SEEN, AccessLog
from console.record.chain import Log
from console.record.contents import PURGED
from console.record.parts import dump, parts
from console.record.policies import Policies
from console.record.purge import Purge, plan
from console.record.rows import canonical
from console.record.verifying import verify
from console.record.writer import Transaction
from tests.record.support import START, dispatch, draft, incoming, paper_entry, rows, sent_out
from tests.record.tampering import opened

if TYPE_CHECKING:
    from console.record import Calls, Home, Outbox, Reader, Writer
    from tests.record.support import Clock

DAY = timedelta(days=1)
SECRET = "appeltaartgeheim"


def finished(calls: Calls, name: str, words: str = SECRET) -> str:
    """A call with something in every table, and decided."""
    call_id = calls.ring(incoming(name, name=words, first_words=words)).call_id
    claim = calls.claim(call_id, "jan")
    Policies(calls._writer).begin(claim, "abc")
    calls.tell(claim, Facts(address=words))
    calls.answer(claim, "gaande", "ja")
    calls.note(claim, f"{words} NL91 ABNA 0417 1643 00")
    calls.person(claim, Person(PersonRole.WITNESS, words))
    calls.fact(claim, Fact(words, Source.SAID, Certainty.SURE, person=1))
    calls.impression(claim, words)
    calls.special(claim, Special.SUICIDALITY, Known.NO)
    calls.add(claim, Suspect(words, plate="AB-123-C"))
    calls.reply(call_id, calls.consult(claim, words), words, "lead")
    calls.decide(claim, draft(f"eerst {name}", Choice.ADVICE), None)
    calls.reassess(claim)
    calls.hand_over(claim, "piet", words)
    taken = calls.claim(call_id, "piet")
    calls.draft_text(taken, DraftPlace.QUESTION, f"{words} half")
    calls.draft_text(taken, DraftPlace.QUESTION, f"{words} heel")
    calls.decide(taken, draft(f"besluit {name}", Choice.ADVICE), None)
    return call_id


def everything(purger: Purge, before: datetime) -> int:
    total = 0
    while taken := purger.calls(before):
        total += taken
    return total


def tables_of(reader: Reader, call_id: str) -> dict[str, list[dict[str, Any]]]:
    return reader.ask(lambda connection: dump(connection, call_id))


def test_every_table_of_a_call_is_known(reader: Reader) -> None:
    found = [part.table for part in reader.ask(parts)]
    assert found[-1] == "call"
    assert found.index("unit") < found.index("dispatch") < found.index("decision")
    assert set(found) >= {
        *("call", "told", "answer", "decision", "dispatch", "unit"),
        *("trace", "person", "fact", "impression", "special", "detail", "consultation"),
    }
    assert {"audit", "access_log", "counter", "link"}.isdisjoint(found)


def test_a_call_goes_with_everything_and_the_audit_says_so(
    calls: Calls, outbox: Outbox, reader: Reader, writer: Writer, clock: Clock, home: Home
) -> None:
    message = sent_out(calls, "a")
    outbox.sending(message)
    outbox.accepted(message, "C1")
    calls.add_to_dispatch(calls.claim("26-0001", "jan"), dispatch("26-0001", adds_to=message))
    (added,) = (parcel.dispatch.message_id for parcel in outbox.due(START, 5))
    outbox.sending(added)
    outbox.accepted(added, "C1")
    outbox.unit(message, "A1", UnitStatus.CLOSED, START)
    other = finished(calls, "b")
    paper = calls.enter(paper_entry("P1", note=SECRET), "jan").call_id
    before = {call_id: tables_of(reader, call_id) for call_id in ("26-0001", other, paper)}
    assert {table for found in before.values() for table, content in found.items() if content} == set(before[other])
    trail = rows(writer, "SELECT * FROM audit")
    clock.forward(days=2)
    assert everything(Purge(writer, "beheer"), clock.now - DAY) == 3
    for call_id, tables in before.items():
        with pytest.raises(UnknownCall):
            reader.file(call_id)
        assert not any(tables_of(reader, call_id).values())
        (proof,) = rows(writer, "SELECT * FROM audit WHERE call_id = ? AND what = ?", call_id, PURGED)
        details = json.loads(proof["details"])
        assert details["inhoud"] == hashlib.sha256(canonical(tables).encode()).hexdigest()
        assert {name: count for name, count in details.items() if name != "inhoud"} == {
            f"rijen_{table}": len(content) for table, content in tables.items() if content
        }
    assert rows(writer, "SELECT * FROM audit")[: len(trail)] == trail
    assert rows(writer, "SELECT * FROM words") == []
    assert SECRET not in str(rows(writer, "SELECT * FROM audit"))
    writer.close()
    assert SECRET.encode() not in home.database.read_bytes()


def test_what_somebody_must_still_do_stays(calls: Calls, reader: Reader, writer: Writer, clock: Clock) -> None:
    calls.ring(incoming("wacht"))
    calls.claim(calls.ring(incoming("bezig")).call_id, "jan")
    sent_out(calls, "onderweg")
    claim = calls.claim(calls.ring(incoming("reden")).call_id, "jan")
    calls.decide(claim, draft("reden", Choice.ADVICE, deviates=True), None)
    for name in ("terugbellen", "overleg"):
        claim = calls.claim(finished(calls, name), "piet")
        if name == "overleg":
            calls.consult(claim, "en nu?")
        else:
            calls.add(claim, CallBack(START))
    done = finished(calls, "klaar")
    clock.forward(days=2)
    found = reader.ask(lambda connection: plan(connection, clock.now - DAY, clock.now - DAY))
    assert (found.calls, found.oldest, found.newest) == (1, done, done)
    assert found.unfinished == tuple(f"26-000{number}" for number in range(1, 7))
    assert everything(Purge(writer, "beheer"), clock.now - DAY) == 1
    assert len(rows(writer, "SELECT * FROM call")) == 6


def test_what_is_not_old_enough_stays(calls: Calls, reader: Reader, writer: Writer, clock: Clock) -> None:
    finished(calls, "oud")
    clock.forward(days=1)
    young = finished(calls, "jong")
    assert everything(Purge(writer, "beheer"), clock.now) == 1
    assert reader.file(young).note.startswith(SECRET)
    assert [row["rowid"] for row in rows(writer, "SELECT rowid FROM words")] == [2]


def test_nothing_of_what_went_is_left_in_the_file_beside_what_stays(
    calls: Calls, writer: Writer, clock: Clock, home: Home
) -> None:
    """Not in freed space, nor in the index of words, whose terms could tell what was said."""
    went, stays = "qzperzik", "xyfiets"
    finished(calls, "oud", f"{went} {went}1 {went}2")
    clock.forward(days=2)
    finished(calls, "jong", stays)
    writer.submit(Transaction.run, "PRAGMA secure_delete = 0").result()
    assert everything(Purge(writer, "beheer"), clock.now - DAY) == 1
    assert rows(writer, "PRAGMA secure_delete") == [{"secure_delete": 1}]
    writer.close()
    data = home.database.read_bytes()
    assert stays.encode() in data
    assert went.encode() not in data
    assert b"perzik" not in data


def test_looking_changes_nothing(calls: Calls, reader: Reader, writer: Writer, clock: Clock) -> None:
    finished(calls, "a")
    AccessLog(writer).read("beheer", SEEN, ["26-0001"] * 2, "klacht")
    clock.forward(days=2)
    questions = ("SELECT * FROM call", "SELECT * FROM audit", "SELECT * FROM access_log")
    before = [rows(writer, question) for question in questions]
    found = reader.ask(lambda connection: plan(connection, clock.now - DAY, clock.now - DAY))
    assert (found.calls, found.reads, found.unfinished) == (1, 1, ())
    assert [rows(writer, question) for question in questions] == before


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(
    calls: Calls, writer: Writer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "STEP", 2)
    for each in range(5):
        finished(calls, f"a{each}")
    clock.forward(days=2)
    assert Purge(writer, "beheer").calls(clock.now - DAY) == 2
    assert len(rows(writer, "SELECT * FROM call")) == 3
    assert everything(Purge(writer, "beheer"), clock.now - DAY) == 3
    destroyed = rows(writer, "SELECT call_id FROM audit WHERE what = ? ORDER BY seq", PURGED)
    assert [row["call_id"] for row in destroyed] == [f"26-{number:04d}" for number in range(1, 6)]


def test_a_step_that_fails_takes_nothing(calls: Calls, writer: Writer, clock: Clock) -> None:
    for each in range(3):
        finished(calls, f"a{each}")
    writer.submit(
        lambda transaction: transaction.run(
            """CREATE TRIGGER stuk BEFORE DELETE ON trace WHEN OLD.call_id = '26-0003'
            BEGIN SELECT RAISE(ABORT, 'stuk'); END"""
        )
    ).result()
    clock.forward(days=2)
    before = rows(writer, "SELECT * FROM audit")
    with pytest.raises(RecordError):
        Purge(writer, "beheer").calls(clock.now - DAY)
    assert rows(writer, "SELECT * FROM audit") == before
    assert len(rows(writer, "SELECT * FROM call")) == len(rows(writer, "SELECT rowid FROM words")) == 3


def test_the_log_of_reading_loses_its_oldest_with_proof(
    writer: Writer, reader: Reader, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "READS_PER_STEP", 2)
    log = AccessLog(writer)
    log.read("beheer", SEEN, ["26-0001", "26-0002", "26-0003"], "klacht 1")
    clock.forward(days=2)
    log.read("beheer", SEEN, ["26-0004"], "klacht 2")
    clock.forward(days=-3)
    log.read("beheer", SEEN, ["26-0005"], "klok een dag terug")
    clock.forward(days=3)
    last = rows(writer, "SELECT hash FROM access_log WHERE seq = 2")[0]["hash"]
    purger = Purge(writer, "beheer")
    assert reader.ask(lambda connection: plan(connection, clock.now, clock.now - DAY)).reads == 3
    assert [purger.reads(clock.now - DAY) for _ in range(3)] == [2, 1, 0]
    assert [row["call_id"] for row in rows(writer, "SELECT * FROM access_log")] == ["26-0004", "26-0005"]
    first, second = (json.loads(row["details"]) for row in rows(writer, "SELECT details FROM audit ORDER BY seq"))
    assert first == {"eerste": 1, "laatste": 2, "aantal": 2, "kop": last.hex()}
    assert (second["eerste"], second["laatste"], second["aantal"]) == (3, 3, 1)


def test_the_newest_read_stays_so_that_the_chain_goes_on(writer: Writer, clock: Clock, home: Home) -> None:
    AccessLog(writer).read("beheer", SEEN, ["26-0001", "26-0002"], "klacht 1")
    clock.forward(days=2)
    purger = Purge(writer, "beheer")
    assert [purger.reads(clock.now), purger.reads(clock.now)] == [1, 0]
    AccessLog(writer).read("beheer", SEEN, ["26-0003"], "klacht 2")
    assert [row["seq"] for row in rows(writer, "SELECT seq FROM access_log")] == [2, 3]
    assert verify(home).whole


def test_after_a_purge_the_record_is_whole_and_tampering_still_shows(
    calls: Calls, writer: Writer, clock: Clock, home: Home
) -> None:
    finished(calls, "oud")
    AccessLog(writer).read("beheer", SEEN, ["26-0001"] * 3, "klacht 1")
    clock.forward(days=2)
    finished(calls, "jong")
    AccessLog(writer).read("beheer", SEEN, ["26-0002"] * 3, "klacht 2")
    purger = Purge(writer, "beheer")
    assert (everything(purger, clock.now - DAY), purger.reads(clock.now - DAY)) == (1, 3)
    verdict = verify(home)
    assert verdict.whole, verdict.faults
    assert verdict.heads[Log.READS].seq == 6
    with opened(home) as connection:
        connection.execute("DELETE FROM access_log WHERE seq = 4")
    (fault,) = verify(home).faults
    assert (fault.log, fault.row) == (Log.READS, 4)


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE person SET name = 'x'",
        "UPDATE person SET role = 'derde'",
        "UPDATE fact SET certainty = 'zeker', text = 'x'",
        "UPDATE impression SET text = 'x'",
        "UPDATE special SET value = 'ja'",
        "DELETE FROM fact",
        "DELETE FROM special",
        "INSERT INTO person SELECT seq + 1, call_id, number, role, 'y', phone, description, at, by FROM person",
        "UPDATE fact SET by = 'piet'",
    ],
)
def test_what_was_said_cannot_be_changed_unseen(calls: Calls, home: Home, crime: str) -> None:
    finished(calls, "a")
    assert verify(home).whole
    with opened(home) as connection:
        connection.execute(crime)
    assert not verify(home).whole


def test_the_room_works_on_while_it_is_cleaned(calls: Calls, writer: Writer, home: Home, clock: Clock) -> None:
    finished(calls, "oud")
    clock.forward(days=2)
    busy = engine.connect(home.database)
    try:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="bezet"):
            Purge(writer, "beheer").calls(clock.now - DAY)
        busy.execute("ROLLBACK")
    finally:
        busy.close()
    assert Purge(writer, "beheer").calls(clock.now - DAY) == 1
    claim = calls.claim(calls.ring(incoming("nieuw")).call_id, "jan")
    assert claim.call_id == "26-0002"
    calls.decide(claim, draft("nieuw"), dispatch(claim.call_id))
