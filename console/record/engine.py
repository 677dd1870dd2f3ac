"""The one SQLite library of this process, and a connection set the way the record needs it.

Two SQLite libraries in one process break each other's file locks (a measured trap), so everything takes `sqlite` from
here, and sqlite-utils chooses the same one by itself: pysqlite3 where it is installed, else the standard library's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn

from console.record.errors import Busy, Damaged, EngineRefused, RecordError
from console.texts import words

if TYPE_CHECKING:
    import sqlite3 as sqlite
    from pathlib import Path
else:
    try:
        import pysqlite3.dbapi2 as sqlite
    except ModuleNotFoundError:
        import sqlite3 as sqlite

__all__ = ["Connection", "Row", "check_version", "connect", "explain", "is_busy", "outcome_unclear", "sqlite"]

Row = sqlite.Row
Connection = sqlite.Connection

OPENING_TIMEOUT_MS: Final = 5000
"""How long SQLite itself waits while a connection is being opened; with 0 the first pragma failed (measured)."""

READING_TIMEOUT_MS: Final = 1000

_FIXED_FROM: Final = (3, 51, 3)
_FIXED_IN_LINE: Final = {(3, 50): 7, (3, 44): 6}
_FULL: Final = 2


def check_version(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that may lose committed data when two processes write at once.

    Fixed from 3.51.3, and in the lines 3.50 from 3.50.7 and 3.44 from 3.44.6 (sqlite.org/wal.html, WAL-reset bug).
    """
    line, patch = version[:2], version[2]
    if version >= _FIXED_FROM or patch >= _FIXED_IN_LINE.get((line[0], line[1]), patch + 1):
        return
    raise EngineRefused(words.record_file.loses_data(".".join(str(part) for part in version)))


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Open the record with every setting that its promises rest on, each read back.

    A write connection gets no busy timeout: SQLite's own waiting is unfair, the writer tries again by itself.
    """
    check_version(sqlite.sqlite_version_info)
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    try:
        connection = sqlite.connect(address, uri=True, isolation_level=None, timeout=OPENING_TIMEOUT_MS / 1000)
        try:
            _demand_search(connection)
            _set(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    except sqlite.Error as error:
        explain(error)
    except UnicodeDecodeError as error:
        raise Damaged from error  # SQLite's own message quotes what is damaged
    return connection


def _set(connection: Connection, *, read_only: bool) -> None:
    connection.row_factory = sqlite.Row
    settings: dict[str, Any] = {
        "synchronous": _FULL,
        "foreign_keys": 1,
        "recursive_triggers": 1,  # else INSERT OR REPLACE would pass the append-only triggers
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "temp_store": 2,  # personal data never in a temporary file
    }
    if read_only:
        settings["query_only"] = 1
    settings["busy_timeout"] = READING_TIMEOUT_MS if read_only else 0
    if not read_only:
        connection.execute("PRAGMA journal_mode = wal").fetchall()
    _demand(connection, "journal_mode", "wal")
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        _demand(connection, name, value)


def _demand_search(connection: Connection) -> None:
    if connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is None:
        raise EngineRefused(words.record_file.NO_WORD_SEARCH)


def _demand(connection: Connection, name: str, value: object) -> None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    # A library built without memory mapping answers mmap_size with no row at all.
    if row is not None and row[0] != value:
        raise EngineRefused(words.record_file.setting_refused(name, value, row[0]))


def code_of(error: sqlite.Error) -> int:
    """Give SQLite's primary result code of an error, 0 when the driver gives none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_busy(error: sqlite.Error) -> bool:
    """Tell whether another process holds the file, so that trying again can help."""
    return code_of(error) in {sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED, sqlite.SQLITE_PROTOCOL}


def is_of_disk(error: sqlite.Error) -> bool:
    """Tell whether the disk or the file is at fault, so that the open connection cannot be trusted any more."""
    faults = {sqlite.SQLITE_IOERR, sqlite.SQLITE_CORRUPT, sqlite.SQLITE_NOTADB, sqlite.SQLITE_READONLY}
    return code_of(error) in faults


def is_full(error: sqlite.Error) -> bool:
    """Tell whether the disk has no room left."""
    return code_of(error) == sqlite.SQLITE_FULL


def may_have_committed(error: sqlite.Error) -> bool:
    """Tell whether a failed COMMIT can have come through: not when it never got its turn, or no room for its pages."""
    return not is_busy(error) and not is_full(error)


def explain(error: sqlite.Error) -> NoReturn:
    """Raise the Dutch sentence that belongs to an error of SQLite."""
    code = code_of(error)
    if is_busy(error):
        raise Busy(words.record_file.BUSY) from error
    if code == sqlite.SQLITE_CORRUPT:
        raise Damaged from error
    sentence = _SENTENCES.get(code)
    if sentence is None:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        sentence = words.record_file.unexpected(name)
    raise RecordError(sentence) from error


def outcome_unclear(error: sqlite.Error) -> NoReturn:
    """Raise the sentence for a commit that failed half way: it may be on disk, it may not."""
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    raise RecordError(words.record_file.unclear(name)) from error


_SENTENCES: Final = {
    sqlite.SQLITE_FULL: words.record_file.DISK_FULL,
    sqlite.SQLITE_READONLY: words.record_file.READ_ONLY,
    sqlite.SQLITE_IOERR: words.record_file.DISK_FAILS,
    sqlite.SQLITE_NOTADB: words.record_file.NO_RECORD,
    sqlite.SQLITE_CANTOPEN: words.record_file.CANNOT_OPEN,
    sqlite.SQLITE_PERM: words.record_file.NO_PERMISSION,
}
