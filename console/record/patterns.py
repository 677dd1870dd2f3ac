"""Reads what is going on over many calls: traces that calls share, forms and towns that come more often than before.

Counts only: no trace is given out, and of a call nothing but its town. Walks back from the newest by number, and finds
earlier weeks by halving, so that what it costs does not grow with the record.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from console.domain import masking
from console.model import TraceKind
from console.model.overview import Linked, Rising
from console.record.glance import back
from console.record.rows import as_recorded, place_of, to_text, to_time
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from console.record.engine import Connection

LINKED_WITHIN: Final = timedelta(hours=6)
LEAST_LINKED: Final = 3
MOST_LINKED: Final = 10

COMPARED: Final = timedelta(hours=3)
WEEKS: Final = 4
LEAST_RISING: Final = 4
TIMES_MORE: Final = 2
"""More than so many times the most of the same hours in the weeks before is rising."""

_TRACES: Final = "SELECT seq, at, call_id, kind, value FROM trace WHERE valid = 1 AND seq"

_ADDRESS: Final = """SELECT coalesce((SELECT nullif(told.address, '') FROM told WHERE told.call_id = call.id
    ORDER BY seq DESC LIMIT 1), call.address) AS address FROM call WHERE id = ?"""

_CALLS: Final = """SELECT id, (SELECT value FROM answer WHERE call_id = call.id AND question = 'vorm'
    ORDER BY seq DESC LIMIT 1) AS form FROM call WHERE seq >= ? AND seq < ?"""

_AT: Final = "SELECT seq, rung_at FROM call WHERE seq >= ? ORDER BY seq LIMIT 1"

_SAYS_NOTHING: Final = {None, "onbekend", "anders"}


@as_recorded
def linked(connection: Connection, now: datetime) -> tuple[Linked, ...]:
    """Give what at least `LEAST_LINKED` calls shared lately, the most calls first."""
    shared: dict[tuple[str, str], dict[str, str]] = {}
    for row in back(connection, _TRACES, now - LINKED_WITHIN):
        shared.setdefault((row["kind"], row["value"]), {}).setdefault(row["call_id"], row["at"])
    # What the same calls share in two ways of one kind, such as an address and its postcode, is told once.
    groups = {(kind, frozenset(calls)): calls for (kind, _), calls in shared.items() if len(calls) >= LEAST_LINKED}
    found = [
        Linked(TraceKind(kind), len(calls), len(_towns(connection, calls)), to_time(min(calls.values())))
        for (kind, _), calls in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.calls, each.since, each.kind))[:MOST_LINKED])


@as_recorded
def rising(connection: Connection, now: datetime) -> tuple[Rising, ...]:
    """Give the crime forms and towns of which more calls come than in the same hours of the weeks before.

    The same hours by the Dutch clock. Without a whole earlier week on record nothing can be said.
    """
    oldest = connection.execute(_AT, (0,)).fetchone()
    if oldest is None:
        return ()
    begun = to_time(oldest["rung_at"])
    before = [
        (_wall(now - COMPARED, weeks), _wall(now, weeks))
        for weeks in range(1, WEEKS + 1)
        if _wall(now - COMPARED, weeks) >= begun
    ]
    if not before:
        return ()
    past = [_counted(connection, start, end) for start, end in before]
    present = _counted(connection, now - COMPARED, None)
    found = [
        Rising(name, count, most, len(past))
        for name, count in present.items()
        if count >= LEAST_RISING and count > TIMES_MORE * (most := max(week[name] for week in past))
    ]
    return tuple(sorted(found, key=lambda each: (-each.now, each.name)))


def _wall(moment: datetime, weeks: int) -> datetime:
    """The moment at which a Dutch clock showed the same, so many weeks before."""
    return (local(moment) - timedelta(weeks=weeks)).astimezone(UTC)


def _counted(connection: Connection, start: datetime, end: datetime | None) -> Counter[str]:
    """Count forms and towns of the calls that rang between two moments."""
    last = 2**62 if end is None else first_from(connection, end)
    counts: Counter[str] = Counter()
    for row in connection.execute(_CALLS, (first_from(connection, start), last)).fetchall():
        if row["form"] not in _SAYS_NOTHING:
            counts[row["form"]] += 1
        counts.update(_towns(connection, [row["id"]]))
    return counts


def first_from(connection: Connection, moment: datetime) -> int:
    """The number of the first call that rang at this moment or later, by halving."""
    wanted = to_text(moment)
    low, high = 0, int(connection.execute("SELECT coalesce(max(seq), 0) FROM call").fetchone()[0]) + 1
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(_AT, (middle,)).fetchone()
        if row is None or row["rung_at"] >= wanted:
            high = middle
        else:
            low = int(row["seq"]) + 1
    return low


def _towns(connection: Connection, calls: Iterable[str]) -> set[str]:
    rows = [connection.execute(_ADDRESS, (call_id,)).fetchone() for call_id in calls]
    return {masking.place(place_of(row["address"])) for row in rows if row is not None} - {""}
