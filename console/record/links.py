"""What calls share: the traces of each call, and the other calls in which they occur.

A trace is written in the transaction of the fact or note that holds it. Finding traces in a text costs a millisecond,
the first time more, so it is done before the transaction begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain import linking
from console.model import (
    CallBack,
    Clue,
    ClueKind,
    KnownTrace,
    Payment,
    Related,
    Shared,
    Suspect,
    Trace,
    TraceKind,
    TraceOrigin,
)
from console.record.rows import place_of, to_text, to_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from console.model import Detail, Facts, IncomingCall
    from console.record.engine import Connection, Row

PER_TRACE: Final = 20
"""Calls looked at per shared trace, newest first: of a number that hundreds were called from, the newest matter."""

MOST_RELATED: Final = 20

WORDS_SHOWN: Final = 80
"""Characters of another call's first words."""

_NEWEST_WITH: Final = """SELECT call_id, valid FROM trace INDEXED BY trace_shared
WHERE kind = ? AND value = ? AND at >= ? AND call_id <> ? ORDER BY at DESC, call_id DESC LIMIT ?"""

_SHORT: Final = """SELECT id, received_at, first_words, note,
    coalesce((SELECT nullif(told.address, '') FROM told WHERE told.call_id = call.id ORDER BY seq DESC LIMIT 1),
        call.address) AS address
FROM call WHERE id = ?"""


def of_incoming(call: IncomingCall) -> tuple[Trace, ...]:
    """Find the traces of a call as it rang."""
    return (
        *linking.of_phone(call.number),
        *linking.of_address(call.location.address),
        *linking.find(call.first_words),
    )


def of_told(facts: Facts) -> tuple[Trace, ...]:
    """Find the traces of what the caller told of themselves."""
    return (*linking.of_phone(facts.callback), *linking.of_address(facts.address))


_READ_AS: Final[dict[ClueKind, Callable[[str], tuple[Trace, ...]]]] = {
    ClueKind.IBAN: linking.of_iban,
    ClueKind.PHONE: linking.of_phone,
    ClueKind.REMOTE: linking.of_remote,
    ClueKind.URL: linking.of_domain,
}
"""A clue is read as what the operator said it is; one that is no such thing is read as free text."""


def of_detail(detail: Detail) -> tuple[Trace, ...]:
    """Find the traces of what was noted besides the answers."""
    match detail:
        case Clue():
            read = _READ_AS.get(detail.kind, linking.find)
            return read(detail.text) or linking.find(detail.text)
        case Payment():
            return linking.find(detail.account)
        case Suspect():
            seen = "\n".join((detail.description, detail.direction, detail.vehicle))
            return (*linking.of_plate(detail.plate), *linking.find(seen))
        case CallBack():
            return linking.of_phone(detail.number)
        case _:
            return ()


def keep(
    connection: Connection,
    call_id: str,
    origin: TraceOrigin,
    traces: tuple[Trace, ...],
    at: str,
    number: int = 0,
) -> None:
    """Make these the traces of one place in a call (`number` of a fact, person or detail); others there go.

    A trace that stays keeps the moment `at` (as the record writes it) at which it first stood there.
    """
    stored = connection.execute(
        "SELECT seq, kind, value FROM trace WHERE call_id = ? AND origin = ? AND number = ?", (call_id, origin, number)
    ).fetchall()
    wanted = {(trace.kind.value, trace.value): trace for trace in traces}
    for row in stored:
        if wanted.pop((row["kind"], row["value"]), None) is None:
            connection.execute("DELETE FROM trace WHERE seq = ?", (row["seq"],))
    for trace in wanted.values():
        connection.execute(
            "INSERT INTO trace (call_id, kind, value, text, valid, origin, number, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (call_id, trace.kind, trace.value, trace.text, trace.valid, origin, number, at),
        )


def of_call(connection: Connection, call_id: str) -> tuple[KnownTrace, ...]:
    """Give the traces of a call, each once, oldest first."""
    found: dict[tuple[str, str], KnownTrace] = {}
    for row in connection.execute("SELECT * FROM trace WHERE call_id = ? ORDER BY at, seq", (call_id,)).fetchall():
        trace = Trace(TraceKind(row["kind"]), row["value"], row["text"], bool(row["valid"]))
        known = KnownTrace(trace, TraceOrigin(row["origin"]), to_time(row["at"]))
        found.setdefault((row["kind"], row["value"]), known)
    return tuple(found.values())


def related(connection: Connection, call_id: str, within: timedelta) -> tuple[Related, ...]:
    """Give the other calls that share a trace and had it at most `within` before this call rang, or later.

    Those that share most come first, then the newest; at most `MOST_RELATED`.
    """
    call = connection.execute("SELECT rung_at FROM call WHERE id = ?", (call_id,)).fetchone()
    if call is None:
        return ()
    since = to_text(to_time(call["rung_at"]) - within)
    shared: dict[str, dict[tuple[str, str], Shared]] = {}
    for known in of_call(connection, call_id):
        trace = known.trace
        rows = connection.execute(_NEWEST_WITH, (trace.kind, trace.value, since, call_id, PER_TRACE)).fetchall()
        for row in rows:
            shared.setdefault(row["call_id"], {})[trace.kind, trace.value] = Shared(
                trace.kind, trace.value, bool(row["valid"])
            )
    found = [
        _related(connection.execute(_SHORT, (other,)).fetchone(), tuple(common.values()))
        for other, common in shared.items()
    ]
    found.sort(key=lambda each: (len(each.shared), each.received_at, each.call_id), reverse=True)
    return tuple(found[:MOST_RELATED])


def _related(row: Row, shared: tuple[Shared, ...]) -> Related:
    return Related(
        call_id=row["id"],
        shared=shared,
        received_at=to_time(row["received_at"]),
        place=place_of(row["address"]),
        words=(row["first_words"].strip() or row["note"].strip())[:WORDS_SHOWN],
    )
