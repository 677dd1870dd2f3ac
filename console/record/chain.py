"""The chain that ties each row of a log to all rows before it, so that nothing in it changes unseen.

One mechanism for two logs: the audit of the cases, and the log of who read them (Wpg 32a). What is hashed of a row is
fixed here for good: whoever has the file can check it with these few lines and nothing else of this program.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from console.record.rows import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.record.engine import Connection, Row

START: Final = bytes(32)
"""What stands for the hash before the first row."""

SHORT: Final = 16
"""Hexadecimal digits of a hash that are enough on paper: nobody can make another row that shares 64 bits with it."""


class Log(StrEnum):
    """A chained log, by the name that anchors and people call it."""

    AUDIT = "dossier"
    READS = "inzage"

    @property
    def table(self) -> str:
        """The table that holds it."""
        return "audit" if self is Log.AUDIT else "access_log"

    @property
    def columns(self) -> tuple[str, ...]:
        """What of a row is hashed, beside its number."""
        return _COLUMNS if self is Log.AUDIT else _COLUMNS_OF_READS

    @property
    def domain(self) -> bytes:
        """The byte that keeps a row of one log from passing as a row of the other."""
        return b"\x01" if self is Log.AUDIT else b"\x02"


_COLUMNS: Final = ("at", "who", "terminal", "os_user", "what", "call_id", "details")
_COLUMNS_OF_READS: Final = ("at", "who", "terminal", "os_user", "what", "call_id", "reason")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of a log: with this one line, kept elsewhere, everything up to it can be checked."""

    log: Log
    seq: int
    hash: bytes

    def __str__(self) -> str:
        """Write it as it is kept and typed, `1234:` and the whole hash in hexadecimal digits."""
        return f"{self.seq}:{self.hash.hex()}"

    @property
    def short(self) -> str:
        """Write it for paper, `1234:` and the first sixteen digits."""
        return f"{self.seq}:{self.hash.hex()[:SHORT]}"


def bytes_of(log: Log, seq: int, fields: Mapping[str, Any] | Row) -> bytes:
    """Give the canonical bytes of a row: domain byte, number in 8 bytes (big-endian), fields as canonical JSON.

    Canonical JSON is UTF-8 with sorted keys, no spaces, and `null` for what is not there; `details` is in it as the
    text that stands in the row.
    """
    chosen = {column: fields[column] for column in log.columns}
    return log.domain + seq.to_bytes(8, "big") + canonical(chosen).encode()


def hash_of(before: bytes, row: bytes) -> bytes:
    """Tie a row to the hash of the row before it: SHA-256 of that hash and the canonical bytes."""
    return hashlib.sha256(before + row).digest()


_NEWEST: Final = {log: f"SELECT seq, hash FROM {log.table} ORDER BY seq DESC LIMIT 1" for log in Log}  # noqa: S608
_ADD: Final = {
    log: f"INSERT INTO {log.table} (seq, {', '.join(log.columns)}, prev, hash) "  # noqa: S608 - fixed names
    f"VALUES (?, {', '.join('?' * len(log.columns))}, ?, ?)"
    for log in Log
}


def head(connection: Connection, log: Log) -> Head:
    """Give the newest row of a log; number 0 when there is none yet."""
    row = connection.execute(_NEWEST[log]).fetchone()
    return Head(log, 0, START) if row is None else Head(log, row["seq"], row["hash"])


def append(connection: Connection, log: Log, fields: Mapping[str, Any] | Row) -> Head:
    """Add a row at the end of a log, within the caller's write transaction; gives the new head."""
    last = head(connection, log)
    seq = last.seq + 1
    new = Head(log, seq, hash_of(last.hash, bytes_of(log, seq, fields)))
    values = (seq, *[fields[column] for column in log.columns], last.hash, new.hash)
    connection.execute(_ADD[log], values).fetchall()
    return new
