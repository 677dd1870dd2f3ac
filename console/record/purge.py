"""Destroys what may no longer be kept, in short steps, and leaves proof of it in the audit.

A step takes some calls with everything that is recorded of them, in one transaction, so that the room is never kept
waiting and a run that was broken off goes on where it stopped. Per call the audit keeps a digest of what went: it is
over the whole content with the call's random salt, so it tells nothing by itself, and whoever still has an export or
a copy can show that this is what was destroyed.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.model import Stage
from console.record import audit, search
from console.record.contents import PURGED, READS_PURGED
from console.record.following import UNSETTLED
from console.record.parts import dump, parts
from console.record.rows import canonical, to_text

if TYPE_CHECKING:
    from datetime import datetime

    from console.record.engine import Connection
    from console.record.writer import Transaction, Writer

STEP: Final = 10
"""Calls per transaction: some ten milliseconds in which an operator's decision waits its turn."""

READS_PER_STEP: Final = 1000

PAGES_PER_STEP: Final = 200
"""Pages of the index of words that one step of tidying merges: some milliseconds of writing."""

PAUSE: Final = 0.02
"""Seconds between two steps, in which the room gets its turn: a loop without rest would win it nearly every time."""

FINISHED: Final = "opschonen afgerond"

_DONE: Final = f"""stage = '{Stage.DECIDED}' AND call_back_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM decision WHERE call_id = call.id AND deviates = 1 AND reason IS NULL)
    AND NOT EXISTS (SELECT 1 FROM consultation WHERE call_id = call.id AND answer IS NULL)
    AND NOT EXISTS (SELECT 1 FROM dispatch WHERE call_id = call.id AND {UNSETTLED})"""  # noqa: S608 - fixed fragments
"""Nobody has to do anything with it any more; the same things keep a call on the board."""

_OLD: Final = "FROM call INDEXED BY call_by_age WHERE rung_at < ?"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a purge will take: calls that came in before `before`, and log rows of reading before `reads_before`.

    `unfinished` are calls that are old enough but on which somebody must still decide something; they stay.
    """

    before: datetime
    reads_before: datetime
    calls: int
    oldest: str | None
    newest: str | None
    reads: int
    unfinished: tuple[str, ...]
    newest_audit: str | None


def plan(connection: Connection, before: datetime, reads_before: datetime) -> Plan:
    """Look what a purge would take, and change nothing."""
    old = connection.execute(
        f"SELECT count(*) AS number, min(seq) AS first, max(seq) AS last {_OLD} AND {_DONE}",
        (to_text(before),),
    ).fetchone()
    unfinished = connection.execute(
        f"SELECT id {_OLD} AND NOT ({_DONE}) ORDER BY seq",
        (to_text(before),),
    ).fetchall()
    reads = connection.execute(
        "SELECT count(*) FROM access_log WHERE seq <= ?", (_last_read(connection, reads_before),)
    )
    newest = connection.execute("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return Plan(
        before=before,
        reads_before=reads_before,
        calls=old["number"],
        oldest=_id(connection, old["first"]),
        newest=_id(connection, old["last"]),
        reads=reads.fetchone()[0],
        unfinished=tuple(row["id"] for row in unfinished),
        newest_audit=None if newest is None else newest["at"],
    )


class Purge:
    """The destroying of what is too old, through one writer."""

    def __init__(self, writer: Writer, who: str) -> None:
        """Work through `writer`, which the caller opens and closes; `who` stands in the audit."""
        self._writer = writer
        self._who = who

    def calls(self, before: datetime) -> int:
        """Destroy some calls that came in before this moment; gives how many, 0 when there is none left."""
        return self._writer.submit(_calls, self._who, before).result()

    def reads(self, before: datetime) -> int:
        """Destroy the oldest rows of the log of reading; gives how many, 0 when none is old enough."""
        return self._writer.submit(_reads, self._who, before).result()

    def tidy(self) -> None:
        """Bring the index of words together, in steps: it has a part for every few calls, and search reads each."""
        self._writer.submit(_merge, -PAGES_PER_STEP).result()
        while self._writer.submit(_merge, PAGES_PER_STEP).result():
            time.sleep(PAUSE)

    def finish(self, done: Plan, calls: int, reads: int) -> None:
        """Write in the audit what the whole run took, and up to when."""
        self._writer.submit(_finish, self._who, done, calls, reads).result()


def _calls(transaction: Transaction, who: str, before: datetime) -> int:
    transaction.run("PRAGMA secure_delete = 1")  # what goes is overwritten, not only let go
    rows = transaction.every(
        f"SELECT seq, id {_OLD} AND {_DONE} ORDER BY rung_at LIMIT ?",
        to_text(before),
        STEP,
    )
    tables = parts(transaction.connection)
    for row in rows:
        content = dump(transaction.connection, row["id"])
        transaction.run("PRAGMA defer_foreign_keys = 1")
        for part in (tables[-1], *tables[:-1]):  # the call first: what was said of it can only go when it is gone
            transaction.run(f"DELETE FROM {part.table} WHERE {part.of_call}", row["id"])  # noqa: S608 - own names
        search.forget(transaction.connection, row["seq"])
        counts: audit.Details = {f"rijen_{table}": len(found) for table, found in content.items() if found}
        proof: audit.Details = {"inhoud": hashlib.sha256(canonical(content).encode()).hexdigest()}
        audit.write(transaction, who, PURGED, row["id"], counts | proof)
    return len(rows)


def _reads(transaction: Transaction, who: str, before: datetime) -> int:
    transaction.run("PRAGMA secure_delete = 1")
    rows = transaction.every(
        "SELECT * FROM access_log WHERE seq <= ? ORDER BY seq LIMIT ?",
        _last_read(transaction.connection, before),
        READS_PER_STEP,
    )
    if not rows:
        return 0
    last = rows[-1]["seq"]
    transaction.run("DELETE FROM access_log WHERE seq <= ?", last)
    audit.write(
        transaction,
        who,
        READS_PURGED,
        None,
        {
            "eerste": rows[0]["seq"],
            "laatste": last,
            "aantal": len(rows),
            "kop": rows[-1]["hash"].hex(),
        },
    )
    return len(rows)


def _merge(transaction: Transaction, pages: int) -> bool:
    """Merge some pages, of all parts when `pages` is below zero; tells whether there is more to do."""
    before = transaction.connection.total_changes
    transaction.run("INSERT INTO words (words, rank) VALUES ('merge', ?)", pages)
    return transaction.connection.total_changes - before >= 2


def _finish(transaction: Transaction, who: str, done: Plan, calls: int, reads: int) -> None:
    details: audit.Details = {
        "voor": to_text(done.before),
        "leeslog_voor": to_text(done.reads_before),
        "meldingen": calls,
        "leesregels": reads,
        "gebleven": len(done.unfinished),
    }
    audit.write(transaction, who, FINISHED, None, details)


def _last_read(connection: Connection, before: datetime) -> int:
    """Give the end of the oldest stretch of the log that is too old; the newest row stays, for the chain goes on there.

    A row that was written while the clock was set back ends nothing before a row that is young enough.
    """
    row = connection.execute("SELECT min(seq) AS kept FROM access_log WHERE at >= ?", (to_text(before),)).fetchone()
    if row["kept"] is None:
        row = connection.execute("SELECT max(seq) AS kept FROM access_log").fetchone()
    return 0 if row["kept"] is None else int(row["kept"]) - 1


def _id(connection: Connection, seq: int | None) -> str | None:
    if seq is None:
        return None
    return str(connection.execute("SELECT id FROM call WHERE seq = ?", (seq,)).fetchone()["id"])
