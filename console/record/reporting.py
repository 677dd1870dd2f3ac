"""Reads the calls of a period for a report: from calls, decisions and dispatches, never from the audit or the log of
reading (Wpg 32a lid 2), and nothing that leads to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Channel, Choice, Delivery
from console.model.reports import HandledCall, MadeDecision, SentDispatch
from console.record.patterns import first_from
from console.record.rows import as_recorded, to_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.record.engine import Connection, Row

_CALLS: Final = """SELECT id, channel, rung_at, received_at, external_id,
    (SELECT at FROM call_policy WHERE call_id = call.id) AS taken_at,
    EXISTS (SELECT 1 FROM paper_form WHERE call_id = call.id) AS from_paper,
    (SELECT value FROM answer WHERE call_id = call.id AND question = 'vorm' ORDER BY seq DESC LIMIT 1) AS form,
    EXISTS (SELECT 1 FROM answer WHERE call_id = call.id AND question = 'kwetsbaar'
        AND value IS NOT NULL) AS vulnerable,
    EXISTS (SELECT 1 FROM detail WHERE call_id = call.id AND kind = 'advies' AND taken_back = 0) AS prevention,
    EXISTS (SELECT 1 FROM detail WHERE call_id = call.id AND kind = 'zekerstelling' AND taken_back = 0) AS traces,
    EXISTS (SELECT 1 FROM fact WHERE call_id = call.id AND text LIKE 'eerder overkomen: %') AS repeat
FROM call WHERE seq >= ? AND seq < ? ORDER BY seq"""

_DECISIONS: Final = "SELECT at, choice, deviates, reason FROM decision WHERE call_id = ? ORDER BY id"
_DISPATCHES: Final = """SELECT priority, state, created_at, answered_at, adds_to FROM dispatch WHERE call_id = ?
ORDER BY seq"""


@as_recorded
def handled(connection: Connection, start: datetime, end: datetime) -> tuple[HandledCall, ...]:
    """Give the calls that were stored from `start` up to `end`, in their order."""
    places = first_from(connection, start), first_from(connection, end)
    found = (_call(connection, row) for row in connection.execute(_CALLS, places).fetchall())
    return tuple(call for call in found if start <= call.rang_at < end)  # a clock may have been set back


def _call(connection: Connection, row: Row) -> HandledCall:
    decisions = connection.execute(_DECISIONS, (row["id"],)).fetchall()
    dispatches = connection.execute(_DISPATCHES, (row["id"],)).fetchall()
    waited = row["external_id"] is not None and row["taken_at"] is not None
    timed = bool(decisions) and not row["from_paper"]
    return HandledCall(
        channel=Channel(row["channel"]),
        rang_at=to_time(row["rung_at"]),
        waited=_seconds(row["received_at"], row["taken_at"]) if waited else None,
        took=_seconds(row["received_at"], decisions[0]["at"]) if timed else None,
        form=row["form"],
        decisions=tuple(
            MadeDecision(Choice(each["choice"]), bool(each["deviates"]), each["reason"]) for each in decisions
        ),
        dispatches=tuple(_dispatch(each) for each in dispatches),
        vulnerability_asked=bool(row["vulnerable"]),
        prevention_given=bool(row["prevention"]),
        traces_advised=bool(row["traces"]),
        repeat_checked=bool(row["repeat"]),
    )


def _dispatch(row: Row) -> SentDispatch:
    state = Delivery(row["state"])
    confirmed = state is Delivery.ACCEPTED and row["answered_at"] is not None
    return SentDispatch(
        priority=row["priority"],
        state=state,
        confirmed_after=_seconds(row["created_at"], row["answered_at"]) if confirmed else None,
        addition=row["adds_to"] is not None,
    )


def _seconds(start: str, end: str) -> float:
    return max(0.0, (to_time(end) - to_time(start)).total_seconds())
