"""Looks how the file of the record is without changing a byte beside it: for who examines a machine, not for a program
that works with it.

A connection that may only read still makes SQLite's shared-memory file, or writes in it. So a file that no program has
open is read as one that nobody changes, and a log that was left behind is read through shared memory that stays shut.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.model import Link
from console.record import chain, engine, schema
from console.record.access import COPIED
from console.record.anchoring import AnchorError, read_line
from console.record.chain import Log
from console.record.errors import RecordError
from console.record.rows import link_of, to_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOOKED_BACK: Final = 500
_TAIL: Final = 16_384


@dataclass(frozen=True, slots=True)
class Library:
    """Which SQLite this is: its module, its version, whether threads may use it."""

    module: str
    version: str
    threads: bool


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was seen: steps of its tables and of this program's, what SQLite says of the file, the heads of the logs.

    `broken` is the first row of a log that does not follow from the one before or is not the one that was anchored,
    None where all is well; `rows` are how many the logs have, `anchored` how many of the audit an anchor covers.
    """

    steps: int
    wanted: int
    damage: str
    broken: tuple[str, int] | None
    rows: int
    anchored: int | None
    copied_at: datetime | None
    began_at: datetime | None
    link: Link


def library() -> Library:
    """Say which SQLite is used.

    Raises:
        EngineRefused: it is one that can lose what was committed.
    """
    connection = engine.sqlite.connect(":memory:")
    try:
        options = {row[0] for row in connection.execute("PRAGMA compile_options").fetchall()}
    finally:
        connection.close()
    engine.check_version(engine.sqlite.sqlite_version_info)
    return Library(
        engine.sqlite.__name__.partition(".")[0], engine.sqlite.sqlite_version, "THREADSAFE=0" not in options
    )


def checkup(database: Path, anchor_file: Path) -> Checkup:
    """Look at a record that is there.

    Raises:
        RecordError: it cannot be read.
    """
    with _reading(database) as connection:
        try:
            return _look(connection, anchor_file)
        except engine.sqlite.Error as error:
            engine.explain(error)


def _look(connection: engine.Connection, anchor_file: Path) -> Checkup:
    steps = int(connection.execute("PRAGMA user_version").fetchone()[0])
    damage = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if damage != "ok" or steps != schema.VERSION:
        return Checkup(steps, schema.VERSION, damage, None, 0, None, None, None, link_of(None))
    anchors = _anchors(anchor_file)
    heads = {log: chain.head(connection, log) for log in Log}
    broken = next((found for log in Log if (found := _broken(connection, log, anchors.get(log, {})))), None)
    covered = anchors.get(Log.AUDIT)
    return Checkup(
        steps=steps,
        wanted=schema.VERSION,
        damage=damage,
        broken=broken,
        rows=sum(head.seq for head in heads.values()),
        anchored=max(covered) if covered else None,
        copied_at=_moment(connection, "SELECT at FROM access_log WHERE what = ? ORDER BY seq DESC LIMIT 1", COPIED),
        began_at=_moment(connection, "SELECT at FROM audit WHERE seq = ?", 1),
        link=link_of(connection.execute("SELECT * FROM link").fetchone()),
    )


def _moment(connection: engine.Connection, sql: str, value: str | int) -> datetime | None:
    row = connection.execute(sql, (value,)).fetchone()
    return None if row is None else to_time(row["at"])


def _broken(connection: engine.Connection, log: Log, anchors: dict[int, bytes]) -> tuple[str, int] | None:
    """Follow the newest rows, and hold what is anchored beside its row; the whole is `dossier verifieer`'s work."""
    head = chain.head(connection, log)
    rows = connection.execute(
        f"SELECT * FROM {log.table} WHERE seq > ? ORDER BY seq",  # noqa: S608 - fixed name
        (head.seq - _LOOKED_BACK,),
    ).fetchall()
    before: bytes | None = None
    for row in rows:
        follows = before is None or row["prev"] == before
        if not follows or row["hash"] != chain.hash_of(row["prev"], chain.bytes_of(log, row["seq"], row)):
            return log.table, row["seq"]
        before = row["hash"]
    for seq, known in sorted(anchors.items()):
        found = connection.execute(f"SELECT hash FROM {log.table} WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
        if (found is None and seq > head.seq) or (found is not None and found["hash"] != known):
            return log.table, seq
    return None


def _anchors(file: Path) -> dict[Log, dict[int, bytes]]:
    """Give the newest anchors of each log; a line that cannot be read is for `dossier verifieer` to judge."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, 2) - _TAIL))
            lines = stream.read().decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RecordError(str(file)) from error
    found: dict[Log, dict[int, bytes]] = {}
    for line in lines:
        try:
            anchor = read_line(line)
        except AnchorError:
            continue
        found.setdefault(anchor.head.log, {})[anchor.head.seq] = anchor.head.hash
    return found


@contextmanager
def _reading(database: Path) -> Iterator[engine.Connection]:
    log = database.with_name(f"{database.name}-wal")
    shared = database.with_name(f"{database.name}-shm")
    how = "readonly_shm=1" if log.exists() and shared.exists() else "immutable=1"
    try:
        connection = engine.sqlite.connect(
            f"{database.absolute().as_uri()}?mode=ro&{how}", uri=True, isolation_level=None, timeout=1.0
        )
    except engine.sqlite.Error as error:
        engine.explain(error)
    try:
        connection.row_factory = engine.sqlite.Row
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")  # damage is found, and not raised
        yield connection
    finally:
        connection.close()
