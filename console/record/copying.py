"""Copies of the record: made while the room works, checked before they get their name, and put back with care.

A copy is old by the time it is put back. What it says is still to be sent may have gone since, so nothing is sent by
itself after that (a person looks in the CAD first); and numbers given out since must not be given out again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch
from console.model import Delivery
from console.record import access, audit, engine, schema
from console.record.errors import RecordError
from console.record.rows import to_text
from console.record.writer import Transaction
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.record.home import Home

PAGES: Final = 4096
"""Pages copied between two reports of progress (16 MiB)."""

SAFE_GAP: Final = 1000
"""Call numbers that are skipped after a restore when nobody said which was the last: more than a day's calls."""

_AGAIN: Final = "Teruggezet uit een reservekopie: kijk in de CAD of dit bericht er al is, voordat u iets doet."


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: the calls, the rows of the audit, and the SHA-256 of the file."""

    calls: int
    audit_rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Who puts a copy back, where, when and why."""

    who: str
    terminal: str
    now: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: dispatches that a person must look at, and the number after which calls are numbered."""

    copied: Copied
    unclear: int
    numbered_after: str


def back_up(home: Home, target: Path, progress: Callable[[int, int], None]) -> Copied:
    """Copy the record of `home` to a new file `target` (0600), complete as of one moment, while others work on.

    `progress(done, total)` is in pages. Nothing gets the name before the copy was read through and is on disk.
    """
    if not home.database.exists():
        raise RecordError(f"In {home.path} staat geen dossier om te kopiëren. Controleer MELDKAMER_HOME.")
    try:
        draft = _draft(target.absolute().parent, 0o600)
        try:
            with closing(engine.connect(home.database, read_only=True)) as source:
                schema.demand_current(source)
                _copy(source, draft, progress)
            copied = _inspect(draft)
            _name(draft, target.absolute())
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        raise RecordError(f"{target} bestaat al en blijft zoals het is. Kies een andere naam.") from None
    except OSError as error:
        raise RecordError(f"{target} is niet te maken: {in_dutch(error)}. Kies een andere map.") from error
    return copied


def open_copy(source: Path) -> engine.Connection:
    """Open a copy to read in it; a file that is none, or of a newer version, is refused."""
    _demand_file(source)
    connection = _open_copy(source)
    try:
        _demand_record(connection, source)
    except BaseException:
        connection.close()
        raise
    return connection


def _demand_file(source: Path) -> None:
    if not source.is_file():
        raise RecordError(f"{source} is geen bestand. Geef een reservekopie.")


def refuse_to_overwrite(target: Path) -> None:
    """Refuse a name that something already has."""
    if target.exists() or target.is_symlink():
        raise RecordError(f"{target} bestaat al en blijft zoals het is. Kies een andere naam.")


def restore(home: Home, source: Path, hand: Hand, last: str | None, progress: Callable[[int, int], None]) -> Restored:
    """Put a copy in the data folder `home`, which must not have a record; it appears there whole and safe, or not.

    Calls are numbered on after `last`, or `SAFE_GAP` beyond the copy when that is not known.
    """
    if any(home.path.glob("dossier.db*")):
        raise RecordError(
            f"In {home.path} staat al een dossier; dat blijft zoals het is. "
            "Kies met MELDKAMER_HOME een lege map, of zet het oude dossier eerst veilig weg."
        )
    _demand_file(source)
    if source.with_name(f"{source.name}-wal").exists():
        raise RecordError(f"Naast {source} staat een logbestand: dit is geen afgeronde reservekopie. Kies een andere.")
    try:
        draft = _draft(home.path, home.file_mode)
        try:
            with closing(open_copy(source)) as copy:
                _copy(copy, draft, progress)
            copied = replace(_inspect(draft), sha256=_digest(source))
            unclear, number = _settle_draft(draft, hand, copied, last)
            _name(draft, home.database)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise RecordError(home.refusal(error)) from error
    except engine.sqlite.Error as error:
        engine.explain(error)
    return Restored(copied, unclear, number)


def _settle_draft(draft: Path, hand: Hand, copied: Copied, last: str | None) -> tuple[int, str]:
    with closing(engine.connect(draft)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        schema.migrate(connection)
        settled = _settle(Transaction(connection, hand.now, hand.terminal, hand.who), hand, copied, last)
        connection.execute("COMMIT")
    return settled


def _settle(transaction: Transaction, hand: Hand, copied: Copied, last: str | None) -> tuple[int, str]:
    number = _skip_numbers(transaction, last)
    on_their_way = transaction.every(
        "SELECT message_id, call_id, state FROM dispatch WHERE state IN (?, ?, ?)",
        Delivery.READY,
        Delivery.SENT,
        Delivery.TOO_OLD,
    )
    for row in on_their_way:
        transaction.run(
            """UPDATE dispatch SET state = ?, reason = ?, answered_at = ?, changed_at = ?, next_attempt_at = NULL
            WHERE message_id = ?""",
            Delivery.UNCLEAR,
            _AGAIN,
            to_text(transaction.now),
            to_text(transaction.now),
            row["message_id"],
        )
        details: audit.Details = {"bericht": row["message_id"], "was": row["state"], "reden": access.RESTORED}
        audit.write(transaction, hand.who, Delivery.UNCLEAR, row["call_id"], details)
    access.log_read(transaction, hand.who, access.RESTORED, None, hand.why)
    details = {"kopie": copied.sha256, "verder_na": number, "na_te_kijken": len(on_their_way)}
    audit.write(transaction, hand.who, access.RESTORED, None, details)
    return len(on_their_way), number


def _skip_numbers(transaction: Transaction, last: str | None) -> str:
    row = transaction.one("SELECT year, last FROM counter ORDER BY year DESC LIMIT 1")
    year, counted = (0, 0) if row is None else (row["year"], row["last"])
    if last is not None:
        given_year, number = _number_of(last)
    elif (given_year := local(transaction.now).year % 100) > year:
        number = SAFE_GAP
    else:
        given_year, number = year, counted + SAFE_GAP
    if (given_year, number) < (year, counted):
        raise RecordError(
            f"Nummer {last} is te laag: de kopie gaat al tot {year:02d}-{counted:04d}. "
            "Geef het laatste nummer dat is uitgegeven."
        )
    transaction.run(
        "INSERT INTO counter (year, last) VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = excluded.last",
        given_year,
        number,
    )
    return f"{given_year:02d}-{number:04d}"


def _number_of(call_id: str) -> tuple[int, int]:
    year, separator, number = call_id.partition("-")
    if not separator or not all(part.isascii() and part.isdigit() for part in (year, number)) or len(year) != 2:
        raise RecordError(f"{call_id!a} is geen nummer van een melding. Geef het als 26-0412.")
    return int(year), int(number[:9])


def _draft(folder: Path, mode: int) -> Path:
    """Make an empty file with its final permissions: SQLite would make it readable to more."""
    descriptor, name = tempfile.mkstemp(prefix=".kopie-", suffix=".db", dir=folder)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)
    return Path(name)


def _copy(source: engine.Connection, draft: Path, progress: Callable[[int, int], None]) -> None:
    try:
        # One snapshot for the whole copy: else each write of another program would make it begin again.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(engine.sqlite.connect(draft, isolation_level=None)) as target:
            source.backup(target, pages=PAGES, progress=lambda _, left, total: progress(total - left, total), sleep=0)
            target.execute("PRAGMA journal_mode = delete").fetchone()
        source.execute("ROLLBACK")
    except engine.sqlite.Error as error:
        engine.explain(error)


def _inspect(draft: Path) -> Copied:
    """Read a copy through; one that is not whole is refused. It is on disk when this returns."""
    with closing(_open_copy(draft)) as copy:
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise RecordError("De kopie is niet heel en is weggegooid. Controleer de schijf en het dossier.")
        calls = copy.execute("SELECT count(*) FROM call").fetchone()[0]
        rows = copy.execute("SELECT count(*) FROM audit").fetchone()[0]
    descriptor = os.open(draft, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return Copied(calls, rows, _digest(draft))


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _open_copy(path: Path) -> engine.Connection:
    connection = engine.sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.row_factory = engine.Row
    return connection


def _demand_record(connection: engine.Connection, source: Path) -> None:
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    except engine.sqlite.DatabaseError as error:
        if engine.code_of(error) != engine.sqlite.SQLITE_NOTADB:
            raise
        tables = []
    if not {"call", "decision", "dispatch", "audit"} <= {row["name"] for row in tables}:
        raise RecordError(f"{source} is geen reservekopie van een dossier. Kies een ander bestand.")
    schema.check_current(connection)


def _name(draft: Path, target: Path) -> None:
    """Give the file its name in one step, and only when nothing has it."""
    target.hardlink_to(draft)
    draft.unlink()
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
