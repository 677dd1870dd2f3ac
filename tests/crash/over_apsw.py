"""The connection seam of the record, laid over APSW: its own statements and settings on a file layer of our choice.

Test-only. APSW brings a SQLite library of its own, so no file may be open here and through `console.record.engine` at
the same time in one process.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

import apsw

from console.record import engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.crash.disk import Disk


class Row:
    """A row that answers to positions and names, as the record's own rows do."""

    __slots__ = ("_names", "_values")

    def __init__(self, cursor: apsw.Cursor, values: tuple[Any, ...]) -> None:
        self._names = [name for name, *_ in cursor.get_description()]
        self._values = values

    def __getitem__(self, key: str | int) -> Any:
        return self._values[self._names.index(key) if isinstance(key, str) else key]

    def keys(self) -> list[str]:
        return self._names


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        own = engine.sqlite.OperationalError(str(error))
        own.sqlite_errorcode = cast("Any", error).extendedresult
        own.sqlite_errorname = type(error).__name__
        raise own from error


class _Results:
    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor

    def fetchall(self) -> list[Any]:
        with _own_errors():
            return list(self._cursor)

    def fetchone(self) -> Any:
        with _own_errors():
            return next(self._cursor, None)


class OverApsw:
    """As much of a connection as the record uses."""

    row_factory: object = None

    def __init__(self, path: Path, disk: Disk) -> None:
        with _own_errors():
            self._connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=disk.vfs_name)
        self._connection.row_trace = Row
        self._connection.set_commit_hook(disk.count_commit)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> _Results:
        with _own_errors():
            return _Results(self._connection.execute(statement, values))

    def close(self) -> None:
        with suppress(apsw.Error):  # as SQLite itself does: a last checkpoint that fails is nobody's loss
            self._connection.close()


def connect(path: Path, disk: Disk, more: Sequence[str] = (), *, read_only: bool = False) -> engine.Connection:
    """Open a file with every setting of the record, and then with `more` pragmas."""
    connection = cast("engine.Connection", OverApsw(path, disk))
    engine._set(connection, read_only=read_only)
    for pragma in more:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection
