"""Somebody with the file in hands who knows the program: no trigger stops them, and they can hash as well as we."""

# ruff: noqa: S608 - table names are fixed

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from console.record import engine
from console.record.chain import START, Log, bytes_of, hash_of

if TYPE_CHECKING:
    from console.record import Home

Crime = Callable[[engine.Connection, Log, int], None]


@contextmanager
def opened(home: Home) -> Iterator[engine.Connection]:
    """The file, with nothing in the way."""
    connection = engine.connect(home.database)
    try:
        connection.execute("PRAGMA foreign_keys = 0")
        for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {row['name']}")
        yield connection
    finally:
        connection.close()


def rehash(connection: engine.Connection, log: Log, first: int = 1) -> None:
    """Write the hashes of a log anew from row `first` on, so that it is a proper chain again."""
    before = connection.execute(f"SELECT hash FROM {log.table} WHERE seq = ?", (first - 1,)).fetchone()
    last = START if before is None else before["hash"]
    for row in connection.execute(f"SELECT * FROM {log.table} WHERE seq >= ? ORDER BY seq", (first,)).fetchall():
        new = hash_of(last, bytes_of(log, row["seq"], row))
        connection.execute(f"UPDATE {log.table} SET prev = ?, hash = ? WHERE seq = ?", (last, new, row["seq"]))
        last = new


def content(connection: engine.Connection, log: Log, seq: int) -> tuple[Any, ...]:
    found = connection.execute(f"SELECT {', '.join(log.columns)} FROM {log.table} WHERE seq = ?", (seq,)).fetchone()
    return tuple(found)


def put(connection: engine.Connection, log: Log, seq: int, values: tuple[Any, ...]) -> None:
    names = ", ".join(f"{column} = ?" for column in log.columns)
    connection.execute(f"UPDATE {log.table} SET {names} WHERE seq = ?", (*values, seq))


def edit(connection: engine.Connection, log: Log, seq: int) -> None:
    connection.execute(f"UPDATE {log.table} SET who = 'een ander' WHERE seq = ?", (seq,))


def edit_and_hash(connection: engine.Connection, log: Log, seq: int) -> None:
    edit(connection, log, seq)
    row = connection.execute(f"SELECT * FROM {log.table} WHERE seq = ?", (seq,)).fetchone()
    new = hash_of(row["prev"], bytes_of(log, seq, row))
    connection.execute(f"UPDATE {log.table} SET hash = ? WHERE seq = ?", (new, seq))


def delete(connection: engine.Connection, log: Log, seq: int) -> None:
    connection.execute(f"DELETE FROM {log.table} WHERE seq = ?", (seq,))


def delete_and_close_up(connection: engine.Connection, log: Log, seq: int) -> None:
    delete(connection, log, seq)
    for row in connection.execute(f"SELECT seq FROM {log.table} WHERE seq > ? ORDER BY seq", (seq,)).fetchall():
        connection.execute(f"UPDATE {log.table} SET seq = seq - 1 WHERE seq = ?", (row["seq"],))


def insert(connection: engine.Connection, log: Log, seq: int) -> None:
    later = connection.execute(f"SELECT seq FROM {log.table} WHERE seq >= ? ORDER BY seq DESC", (seq,)).fetchall()
    for row in later:
        connection.execute(f"UPDATE {log.table} SET seq = seq + 1 WHERE seq = ?", (row["seq"],))
    names = ", ".join((*log.columns, "prev", "hash"))
    connection.execute(
        f"INSERT INTO {log.table} (seq, {names}) SELECT ?, {names} FROM {log.table} WHERE seq = ?", (seq, seq + 1)
    )


def insert_before_the_first(connection: engine.Connection, log: Log, seq: int) -> None:
    names = ", ".join((*log.columns, "prev", "hash"))
    connection.execute(
        f"INSERT INTO {log.table} (seq, {names}) SELECT 0, {names} FROM {log.table} WHERE seq = ?", (seq,)
    )


def swap(connection: engine.Connection, log: Log, seq: int) -> None:
    one, other = content(connection, log, seq), content(connection, log, seq + 1)
    put(connection, log, seq, other)
    put(connection, log, seq + 1, one)


def damage(connection: engine.Connection, log: Log, seq: int) -> None:
    connection.execute(f"UPDATE {log.table} SET who = CAST(x'ff6a61ff' AS TEXT) WHERE seq = ?", (seq,))


def cut_tail(connection: engine.Connection, log: Log, seq: int) -> None:
    connection.execute(f"DELETE FROM {log.table} WHERE seq > ?", (seq,))
    connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (seq, log.table))


def rewrite(connection: engine.Connection, log: Log, seq: int) -> None:
    edit(connection, log, seq)
    rehash(connection, log, seq)


FOUND_BY_THE_CHAIN: list[Crime] = [
    edit,
    edit_and_hash,
    delete,
    delete_and_close_up,
    insert,
    insert_before_the_first,
    swap,
    damage,
]
FOUND_BY_AN_ANCHOR: list[Crime] = [cut_tail, rewrite]
