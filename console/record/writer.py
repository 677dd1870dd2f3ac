"""The one thread that writes, and the short transactions it writes with.

One thread owns the connection: two threads on one connection have lost accepted rows (measured). Each operation is one
`BEGIN IMMEDIATE` transaction, retried with random pauses until a deadline, because SQLite's own waiting is unfair.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, Final, NoReturn, ParamSpec, Self, TypeVar

from console import accounts
from console.record import chain, engine, schema
from console.record.anchoring import Anchors
from console.record.errors import Damaged, Denied, RecordError
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from console.record.engine import Row
    from console.record.home import Home

P = ParamSpec("P")
T = TypeVar("T")

Value = str | int | float | bytes | None

DEADLINE: Final = 2.0
"""Seconds that an operation keeps trying to get its turn; after that the operator hears that it is busy."""

_LONGEST_PAUSE: Final = 0.004
"""Seconds between two attempts to get a turn. It does not grow: a pause that doubles sends who waited longest to the
back of the crowd (measured with 8 programs: half the share of the luckiest, and a p99 twice as long)."""

_SETTLING: Final = 0.25
"""Seconds that a program which opens the record tries to settle its log; whoever is in its way needs far less."""


@dataclass(frozen=True)
class Transaction:
    """What an operation gets: one transaction, one moment, and who sits where. All values go in as parameters."""

    connection: engine.Connection
    now: datetime
    terminal: str
    os_user: str
    heads: dict[chain.Log, chain.Head] = field(default_factory=dict)
    """The newest row of each log that this transaction wrote in."""

    def run(self, sql: str, *values: Value) -> None:
        """Execute a statement whose result does not matter."""
        self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Value) -> Row | None:
        """Give the first row, or None."""
        rows = self.connection.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def every(self, sql: str, *values: Value) -> list[Row]:
        """Give all rows at once: a cursor left open would pin the file."""
        return self.connection.execute(sql, values).fetchall()

    def log(self, log: chain.Log, fields: Mapping[str, Value]) -> None:
        """Add a row at the end of a chained log."""
        self.heads[log] = chain.append(self.connection, log, fields)


class Writer:
    """The writing half of the record. Every future it gives is finished only when its work is on disk.

    A future cannot be cancelled: who stops waiting for a write does not stop the write.
    """

    def __init__(
        self,
        home: Home,
        *,
        clock: Callable[[], datetime],
        terminal: str,
        os_user: str,
        connect: Callable[[Path], engine.Connection],
        deadline: float,
    ) -> None:
        """Use `Writer.open`."""
        self._home = home
        self._database = home.database
        self._clock = clock
        self._terminal = terminal
        self._os_user = os_user
        self._connect = connect
        self._deadline = deadline
        self._connection: engine.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._thread: int | None = None
        self._closing = False
        self._door = threading.Lock()
        self._anchors = Anchors(home, clock)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dossier")

    @classmethod
    def open(
        cls,
        home: Home,
        *,
        clock: Callable[[], datetime] = now,
        terminal: str = "",
        os_user: str = "",
        connect: Callable[[Path], engine.Connection] = engine.connect,
        deadline: float = DEADLINE,
    ) -> Self:
        """Open the record of `home` for writing, and make or update its tables.

        `clock` gives aware datetimes. `os_user` is the account the audit names; empty means the one of this process.
        `connect` opens the file (the seam for fault tests). `deadline` is in seconds.
        """
        writer = cls(
            home,
            clock=clock,
            terminal=terminal,
            os_user=os_user or accounts.os_user(),
            connect=connect,
            deadline=deadline,
        )
        try:
            writer._on_thread(writer._open).result()
        except BaseException:
            writer._pool.shutdown()
            raise
        return writer

    @property
    def home(self) -> Home:
        """The data folder that this writer writes in."""
        return self._home

    @property
    def anchor_trouble(self) -> str | None:
        """Why the heads of the logs cannot be kept outside the database, as a sentence; None while they are."""
        return self._anchors.trouble

    def submit(
        self, operation: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run `operation(transaction, ...)` as one write transaction; the future is done when it is on disk."""
        return self._on_thread(lambda: self._write(operation, *args, **kwargs))

    def look(self, operation: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run an operation that only reads, without taking the write lock from anybody."""
        return self._on_thread(lambda: self._read(operation, *args, **kwargs))

    async def call(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Await a method of `Calls` or `Outbox` off the event loop: `await writer.call(calls.answer, claim, ...)`.

        Cancelling the await leaves the write running to its end.
        """
        return await asyncio.wrap_future(self._on_thread(lambda: method(*args, **kwargs)))

    def close(self) -> None:
        """Finish what was submitted, then close. Closing again does nothing."""
        with self._door:
            if self._closing:
                return
            self._closing = True
        try:
            self._pool.submit(self._drop_connection).result()
        finally:
            self._pool.shutdown()
            self._anchors.close()

    def __enter__(self) -> Self:
        """Give the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _on_thread(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()

        def run() -> None:
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is handed to the one who waits
                future.set_exception(error)
            else:
                future.set_result(result)

        if threading.get_ident() == self._thread:
            run()  # a method that `call` brought here: its own submit would wait for itself
            return future
        with self._door:
            if self._closing:
                raise RecordError(words.record_file.CLOSED)
            self._pool.submit(run)
        return future

    def _open(self) -> None:
        self._thread = threading.get_ident()
        try:
            if not self._home.database.exists():
                _create(self._home, self._connect)
        except OSError as error:
            raise RecordError(self._home.refusal(error)) from error
        self._reopen()

    def _reopen(self) -> None:
        try:
            connection = self._connection = self._connect(self._home.database)
            self._settle_log(connection)
            self._file = _identity(self._database)
            if not schema.check_current(connection):
                self._turn(connection, "BEGIN IMMEDIATE", time.monotonic() + engine.OPENING_TIMEOUT_MS / 1000)
                schema.migrate(connection)
                connection.execute("COMMIT")
                # The connection that made the tables ran every later statement three times as slowly (measured).
                connection.close()
                self._connection = self._connect(self._home.database)
        except BaseException as error:
            self._drop_connection()
            if isinstance(error, engine.sqlite.Error):
                engine.explain(error)
            raise

    def _settle_log(self, connection: engine.Connection) -> None:
        """Put what the log holds in the file itself, and begin the log anew, before anything is added to it.

        After a sync that failed, Linux takes for written what is in memory only; no later sync repairs that. A program
        that opened such a log and added to it would lose its own, well synced work when the power fails (proved in
        tests/crash). It is left while other programs are at work, because a log in use was never read back; and on a
        full disk, where nothing can be added to it either.
        """
        end = time.monotonic() + _SETTLING
        try:
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] and time.monotonic() < end:
                time.sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - only spreads attempts
        except engine.sqlite.Error as error:
            if not engine.is_full(error):
                raise

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _write(self, operation: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        connection = self._ready()
        self._demand_same_file()
        committing = False
        denied: RecordError | None = None
        result: T
        try:
            self._turn(connection, "BEGIN IMMEDIATE", time.monotonic() + self._deadline)
            transaction = self._transaction(connection)
            try:
                result = operation(transaction, *args, **kwargs)
            except Denied as refusal:
                denied = refusal.error
            committing = True
            connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back(connection)
            if isinstance(error, engine.sqlite.Error):
                self._fail(error, committing=committing)
            if isinstance(error, UnicodeDecodeError):
                raise Damaged from error
            raise
        if transaction.heads:
            self._anchors.note(transaction.heads)
        if denied is not None:
            raise denied
        return result

    def _read(self, operation: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        connection = self._ready()
        try:
            self._turn(connection, "BEGIN", time.monotonic() + self._deadline)
            result = operation(self._transaction(connection), *args, **kwargs)
            connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back(connection)
            if isinstance(error, engine.sqlite.Error):
                self._fail(error)
            if isinstance(error, UnicodeDecodeError):
                raise Damaged from error
            raise
        return result

    def _transaction(self, connection: engine.Connection) -> Transaction:
        return Transaction(connection, self._clock(), self._terminal, self._os_user)

    def _ready(self) -> engine.Connection:
        if self._connection is None:
            self._reopen()  # never makes a new file: an empty record in place of a lost one would hide the loss
        assert self._connection is not None  # noqa: S101 - _reopen raises otherwise
        return self._connection

    def _demand_same_file(self) -> None:
        """Refuse to write to a file that was taken away: SQLite would go on, on a file that nobody can find."""
        if _identity(self._database) != self._file:
            self._drop_connection()
            raise RecordError(words.record_file.TAKEN_AWAY)

    def _turn(self, connection: engine.Connection, begin: str, deadline: float) -> None:
        while True:
            try:
                connection.execute(begin)
            except engine.sqlite.Error as error:
                if not engine.is_busy(error) or time.monotonic() >= deadline:
                    raise
            else:
                return
            time.sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - only spreads attempts

    def _roll_back(self, connection: engine.Connection) -> None:
        """End the transaction; a connection that cannot is dropped, and the next operation opens a new one."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except engine.sqlite.Error:
            self._drop_connection()

    def _fail(self, error: engine.sqlite.Error, *, committing: bool = False) -> NoReturn:
        """Turn an error of SQLite into the operator's sentence; after a fault of the disk the file is opened anew."""
        if engine.is_of_disk(error):
            self._drop_connection()
        if committing and engine.may_have_committed(error):
            engine.outcome_unclear(error)
        engine.explain(error)


def _create(home: Home, connect: Callable[[Path], engine.Connection]) -> None:
    """Put an empty file in WAL mode in place, with its final permissions from its first moment.

    Not beside a log of an earlier file: what is in there was acknowledged, and only a person can tell where it belongs.

    It is made under another name and linked, because closing a descriptor of the database drops SQLite's locks on it,
    and because two processes that switch one file to WAL at the same time fail (both measured).
    """
    log = home.database.with_name(f"{home.database.name}-wal")
    if log.exists() and not home.database.exists():
        raise RecordError(words.record_file.half_gone(home.database, log.name))
    descriptor, name = tempfile.mkstemp(prefix="nieuw-", suffix=".db", dir=home.path)
    draft = Path(name)
    try:
        os.fchmod(descriptor, home.file_mode)
        os.close(descriptor)
        connect(draft).close()
        with suppress(FileExistsError):
            home.database.hardlink_to(draft)
    finally:
        draft.unlink()
    home.keep_names()


def _identity(database: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(database)  # noqa: PTH116 - before every write, and Path.stat takes twice as long
    except OSError:
        return None
    return found.st_dev, found.st_ino
