"""The tables come once, whole, and keep what was said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.model import UnitStatus
from console.record import Calls, Outbox, Reader, RecordError, Writer, access, engine, schema
from console.record.rows import canonical, dispatch_to_json
from console.record.verifying import verify
from tests.record import tampering
from tests.record.support import START, dispatch, draft, incoming, lines, rows, run, sent_out, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.record import Home


@pytest.fixture
def connection(home: Home, writer: Writer) -> Iterator[engine.Connection]:
    assert writer.home == home
    connection = engine.connect(home.database)
    yield connection
    connection.close()


def tables(connection: engine.Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name")]


def test_opening_again_changes_nothing(home: Home, connection: engine.Connection) -> None:
    before = tables(connection)
    for _ in range(2):
        Writer.open(home).close()
    assert tables(connection) == before
    assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_every_table_is_strict(connection: engine.Connection) -> None:
    found = connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    loose = {row["name"] for row in found if not row["strict"]}
    assert {row["name"] for row in found} >= {"call", "answer", "decision", "dispatch", "audit"}
    assert loose <= {"sqlite_schema", "sqlite_sequence"}


def test_many_programs_may_start_at_once(home: Home) -> None:
    code = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
print("klaar", flush=True)
sys.stdin.readline()
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    call = IncomingCall(sys.argv[2], Channel.SERVICE, "", "", Location(), "", datetime.now(UTC))
    print(Calls(writer).ring(call).call_id)
"""
    programs = [start(code, home.path, str(number)) for number in range(6)]
    for program in programs:
        assert next(lines(program)) == "klaar"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    numbers = {program.communicate(timeout=60)[0].strip() for program in programs}
    assert numbers == {f"26-{number:04d}" for number in range(1, 7)}
    assert {file.name for file in home.path.iterdir()} == {"dossier.db", "anker"}


def test_a_current_file_costs_no_migration(home: Home) -> None:
    Writer.open(home).close()
    loaded = run(
        """
import sys
from pathlib import Path
from console.record import Home, Writer
Writer.open(Home.prepare(Path(sys.argv[1]))).close()
print(*sys.modules)
""",
        home.path,
    ).split()
    assert "console.record.writer" in loaded
    assert {"sqlite_utils", "click", "textual", "pydantic"}.isdisjoint(loaded)


def test_a_file_of_a_newer_program_is_left_alone(home: Home, connection: engine.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    for opened in (Writer.open, Reader.open):
        with pytest.raises(RecordError, match="nieuwere versie"):
            opened(home)


def test_a_reader_waits_for_a_program_that_may_update(home: Home, connection: engine.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    with pytest.raises(RecordError, match="oudere versie"):
        Reader.open(home)


def test_a_step_that_fails_leaves_nothing_behind(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*schema._FIRST_TABLES, "CREATE TABLE call (dubbel TEXT) STRICT")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_FIRST_TABLES", broken)
        with pytest.raises(RecordError, match="onverwachte fout"):
            Writer.open(home)
    connection = engine.connect(home.database)
    try:
        assert tables(connection) == []
    finally:
        connection.close()
    with Writer.open(home) as writer:
        assert Calls(writer).ring(incoming()).created


def test_a_record_from_before_the_chain_is_chained_as_it_stands(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an earlier program: two calls, one held, with their audit as it was written then."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", schema._STEPS[:2])
        patch.setattr(schema, "VERSION", 2)
        Writer.open(home).close()
    connection = engine.connect(home.database)
    try:
        for number, owner in ((1, "jan"), (2, None)):
            connection.execute(
                """INSERT INTO call (id, salt, channel, number, name, address, first_words, received_at, rung_at, stage,
                    owner, claimed_at, fence)
                VALUES (?, zeroblob(32), '112', '', '', '', '', '2026-11-21T12:00:00.123Z', '', 'wacht',
                    ?, '2026-11-21T12:00:01.123Z', 1)""",
                (f"26-000{number}", owner),
            )
            connection.execute(
                """INSERT INTO audit (at, who, terminal, os_user, what, call_id, details)
                VALUES ('2026-11-21T12:00:00.123Z', 'intake', '', '', 'binnengekomen', ?, '{}')""",
                (f"26-000{number}",),
            )
        connection.execute("INSERT INTO counter (year, last) VALUES (26, 2)")
    finally:
        connection.close()
    with Writer.open(home) as writer, Reader.open(home) as reader:
        trail = rows(writer, "SELECT seq, who, what, details FROM audit")
        assert trail[:2] == [
            {"seq": number, "who": "intake", "what": "binnengekomen", "details": "{}"} for number in (1, 2)
        ]
        assert trail[2:] == [{"seq": 3, "who": "bijwerken", "what": "keten begonnen", "details": '{"rijen":2}'}]
        assert {row.call_id: row.stale_since is not None for row in reader.board().rows} == {
            "26-0001": True,
            "26-0002": False,
        }
        assert reader.file("26-0001").assessment == 1
        calls = Calls(writer)
        calls.answer(calls.claim("26-0002", "piet"), "gaande", "ja")
        calls.ring(incoming())
    assert verify(home).faults == ()
    with tampering.opened(home) as connection:
        connection.execute("UPDATE audit SET who = 'piet' WHERE seq = 1")
    assert [fault.row for fault in verify(home).faults] == [1]


def test_an_outbox_of_before_additions_goes_on_as_it_stood(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an earlier program: a call with a decision, its dispatch as that program wrote it, and a unit."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", schema._STEPS[:4])
        patch.setattr(schema, "VERSION", 4)
        Writer.open(home).close()
    fields = json.loads(dispatch_to_json(dispatch("26-0001", 1, "bericht-1")))
    body = canonical({name: value for name, value in fields.items() if name not in {"control_word", "adds_to"}})
    made = draft()
    values = [canonical(each) for each in (made.policy, made.answers, made.suggestion)]
    connection = engine.connect(home.database)
    try:
        connection.execute(
            """INSERT INTO call (id, salt, channel, number, name, address, first_words, received_at, rung_at, stage,
                fence)
            VALUES ('26-0001', zeroblob(32), '112', '', '', '', '', '2026-11-21T12:00:00.123Z', '', 'besloten', 1)"""
        )
        connection.execute(
            """INSERT INTO decision (call_id, token, at, by, choice, policy, answers, suggestion, deviates, message_id)
            VALUES ('26-0001', 'een', '2026-11-21T12:00:00.123Z', 'jan', 'eenheid_prio1', ?, ?, ?, 0, 'bericht-1')""",
            values,
        )
        connection.execute(
            """INSERT INTO dispatch (seq, message_id, call_id, decision_id, priority, body, created_at, changed_at,
                state, attempts, sent_at, reason, cad_reference, unit, unit_status, unit_status_at)
            VALUES (7, 'bericht-1', '26-0001', 1, 1, ?, '2026-11-21T12:00:00.123Z', '2026-11-21T12:00:01.123Z',
                'bevestigd', 2, '2026-11-21T12:00:01.123Z', '', 'GMS-7', '11-01', 'aanrijdend',
                '2026-11-21T12:00:02.123Z')""",
            (body,),
        )
        connection.execute(
            """INSERT INTO unit (message_id, unit, status, at)
            VALUES ('bericht-1', '11-01', 'aanrijdend', '2026-11-21T12:00:02.123Z')"""
        )
        before = dict(connection.execute("SELECT * FROM dispatch").fetchone())
    finally:
        connection.close()
    with Writer.open(home) as writer, Reader.open(home) as reader:
        (after,) = rows(writer, "SELECT * FROM dispatch")
        assert after == before | {"adds_to": None, "added_by": None, "expected_at": None, "renewed_at": None}
        assert rows(writer, "SELECT * FROM unit") == [
            {
                "seq": 1,
                "message_id": "bericht-1",
                "unit": "11-01",
                "status": "aanrijdend",
                "at": "2026-11-21T12:00:02.123Z",
                "expected_at": None,
            }
        ]
        assert reader.dispatches("26-0001") == (dispatch("26-0001", 1, "bericht-1"),)
        (decision,) = reader.file("26-0001").decisions
        assert (decision.also, reader.file("26-0001").incoming.urgent) == ((), None)
        assert Outbox(writer).unit("bericht-1", "11-01", UnitStatus.CLOSED, START)
        assert rows(writer, "PRAGMA foreign_key_check") == []
        assert rows(writer, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def said(writer: Writer) -> list[list[dict[str, Any]]]:
    tables = ("audit", "access_log", "answer", "told", "decision", "transfer", "assessment")
    return [rows(writer, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - fixed names


APPEND_ONLY = [
    ("UPDATE audit SET who = 'x'", "append-only"),
    ("DELETE FROM audit", "append-only"),
    ("INSERT OR REPLACE INTO audit SELECT * FROM audit", "append-only"),
    (
        (
            "REPLACE INTO audit (seq, at, who, terminal, os_user, what, details, prev, hash) "
            "VALUES (1, '', '', '', '', '', '', zeroblob(32), zeroblob(32))"
        ),
        "append",
    ),
    ("UPDATE access_log SET reason = 'x'", "append-only"),
    ("DELETE FROM access_log", "append-only"),
    ("UPDATE transfer SET reason = 'x'", "append-only"),
    ("UPDATE assessment SET number = 3", "append-only"),
    ("UPDATE decision SET assessment = 2", "decision stands"),
    ("UPDATE answer SET value = 'nee'", "append-only"),
    ("UPDATE told SET address = ''", "append-only"),
    ("UPDATE decision SET choice = 'advies'", "decision stands"),
    ("UPDATE decision SET answers = '{}'", "decision stands"),
    ("UPDATE decision SET reason = 'anders'", "reason stands"),
]


@pytest.mark.parametrize(("statement", "words"), APPEND_ONLY)
def test_what_was_recorded_cannot_be_changed(
    writer: Writer, calls: Calls, connection: engine.Connection, statement: str, words: str
) -> None:
    sent_out(calls, "a")
    claim = calls.take_over("26-0001", "piet", owner="jan", reason="weg")
    calls.reassess(claim)
    writer.submit(access.log_read, "beheer", "getoond", "26-0001", "klacht").result()
    calls.answer(claim, "gaande", "ja")
    connection.execute("INSERT INTO told (call_id, at, by, address, callback) VALUES ('26-0001', '', '', 'x', '')")
    connection.execute("UPDATE decision SET reason = 'eerst'")
    before = said(writer)
    with pytest.raises(engine.sqlite.IntegrityError, match=words):
        connection.execute(statement)
    assert said(writer) == before


def test_an_answer_belongs_to_a_call(connection: engine.Connection) -> None:
    with pytest.raises(engine.sqlite.IntegrityError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO answer (call_id, question, value, at, by) VALUES ('x', 'y', 'z', '', '')")
