"""Which SQLite is trusted, and that every connection is set the way the promises need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.record import Busy, EngineRefused, RecordError, engine
from tests.record.support import run

if TYPE_CHECKING:
    from pathlib import Path

    from console.record import Home, Writer


@pytest.mark.parametrize(
    "version", [(3, 51, 3), (3, 51, 10), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6), (3, 44, 12)]
)
def test_a_repaired_sqlite_is_trusted(version: tuple[int, int, int]) -> None:
    engine.check_version(version)


@pytest.mark.parametrize(
    "version",
    [(3, 51, 2), (3, 51, 0), (3, 50, 6), (3, 49, 9), (3, 45, 7), (3, 44, 5), (3, 43, 9), (3, 40, 1), (2, 99, 9)],
)
def test_a_sqlite_that_can_lose_calls_is_refused_with_what_to_do(version: tuple[int, int, int]) -> None:
    with pytest.raises(EngineRefused, match=r"SQLite \d+\.\d+\.\d+ .*Installeer"):
        engine.check_version(version)


SETTINGS = (
    "journal_mode",
    "synchronous",
    "foreign_keys",
    "recursive_triggers",
    "trusted_schema",
    "cell_size_check",
    "temp_store",
    "busy_timeout",
    "query_only",
)


@pytest.mark.parametrize("read_only", [False, True])
def test_every_connection_has_every_setting(home: Home, writer: Writer, read_only: bool) -> None:
    assert writer.home == home
    connection = engine.connect(home.database, read_only=read_only)
    try:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}
    finally:
        connection.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
        "busy_timeout": 1000 if read_only else 0,
        "query_only": int(read_only),
    }


def test_the_writer_uses_such_a_connection(writer: Writer) -> None:
    settings = writer.look(
        lambda transaction: [
            transaction.every(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
    ).result()
    assert settings == ["wal", 2, 0]


def test_a_setting_that_does_not_hold_is_refused(tmp_path: Path) -> None:
    """A file in memory cannot have a write-ahead log, so it stands in for any SQLite that ignores a setting."""
    connection = engine.sqlite.connect(tmp_path / "x.db", isolation_level=None)
    try:
        connection.execute("BEGIN")
        with pytest.raises(EngineRefused, match="weigert de instelling"):
            engine._demand(connection, "journal_mode", "wal")
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["gewoon", "a b?c#d%25é", "'; --", "x" * 200])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.db"
    path.touch()
    engine.connect(path).close()
    assert path.stat().st_size > 0
    assert [other.name for other in tmp_path.iterdir()] == [path.name]


def test_a_connection_never_makes_a_file(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(RecordError, match="niet te openen"):
            engine.connect(tmp_path / "weg.db", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"dit is geen database" * 500)
    with pytest.raises(RecordError, match="geen dossier"):
        engine.connect(path)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SQLITE_FULL", "schijf is vol"),
        ("SQLITE_READONLY", "alleen-lezen"),
        ("SQLITE_IOERR", "schijf geeft een fout"),
        ("SQLITE_CORRUPT", "beschadigd"),
        ("SQLITE_NOTADB", "geen dossier"),
        ("SQLITE_CANTOPEN", "niet te openen"),
        ("SQLITE_PERM", "geen rechten"),
        ("SQLITE_MISUSE", "SQLITE_MISUSE"),
    ],
)
def test_each_fault_has_a_sentence_that_says_what_to_do(code: str, words: str) -> None:
    error = engine.sqlite.OperationalError("x")
    error.sqlite_errorcode = getattr(engine.sqlite, code) | (3 << 8)  # an extended code counts as its primary one
    error.sqlite_errorname = code
    with pytest.raises(RecordError, match=words) as raised:
        engine.explain(error)
    assert str(raised.value).endswith(".")
    assert raised.value.__cause__ is error


@pytest.mark.parametrize("code", ["SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"])
def test_a_taken_file_is_busy(code: str) -> None:
    error = engine.sqlite.OperationalError("x")
    error.sqlite_errorcode = getattr(engine.sqlite, code)
    with pytest.raises(Busy, match="opnieuw"):
        engine.explain(error)


def test_one_process_uses_one_sqlite(tmp_path: Path) -> None:
    """Two libraries on one file break each other's locks; migrating must take the same one as writing."""
    used = run(
        """
import sys
from pathlib import Path
from console.record import Home, Writer, engine
with Writer.open(Home.prepare(Path(sys.argv[1]) / "map")):
    from sqlite_utils.utils import sqlite3
    print(engine.sqlite.sqlite_version == sqlite3.sqlite_version, engine.sqlite.connect is sqlite3.connect)
""",
        tmp_path,
    )
    assert used == "True True"
