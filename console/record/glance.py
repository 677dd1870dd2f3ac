"""Reads the room at a glance, without the data of persons.

Each part walks an index of open things, so that what is finished costs nothing however much of it there is; what
happened lately is read by its number from the last one that was seen, never all of it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.domain import masking
from console.model import AppointmentKind, Channel, Choice, Delivery
from console.model.overview import (
    Agreed,
    AskedCall,
    CallBackDue,
    Chosen,
    Glance,
    HeldCall,
    Lately,
    OpenDispatch,
    Rang,
    Taken,
    UnitAsked,
    WaitingCall,
    WaitingOn,
)
from console.record.following import COUNTED, FOLLOWED, OPEN_DISPATCHES, UNSETTLED, followed_since
from console.record.leasing import stale_since
from console.record.rows import as_recorded, link_of, place_of, to_text, to_time, to_time_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from console.record.engine import Connection, Row

MOST_WAITING: Final = 60
MOST_LISTED: Final = 250
"""More lines of each kind than the largest screen has."""

PAGE: Final = 500

_OPEN: Final = "call INDEXED BY call_open WHERE stage <> 'besloten'"
_PLACE: Final = """coalesce((SELECT nullif(told.address, '') FROM told WHERE told.call_id = call.id
    ORDER BY seq DESC LIMIT 1), call.address) AS address"""

_WAITING: Final = f"""SELECT channel, count(*) AS count, min(received_at) AS since, total(urgent) AS urgent,
    count(*) FILTER (WHERE external_id IS NOT NULL AND received_at <= ?) AS late
FROM {_OPEN} AND stage = 'wacht' GROUP BY channel ORDER BY channel"""  # noqa: S608 - fixed fragments

_LONGEST: Final = f"""SELECT call.id, channel, received_at, urgent, {_PLACE}
FROM (SELECT id FROM {_OPEN} AND stage = 'wacht' ORDER BY received_at, id LIMIT ?) AS first
CROSS JOIN call ON call.id = first.id ORDER BY received_at, call.id"""  # noqa: S608 - the same

_HELD: Final = f"""SELECT call.id, owner, claimed_at, received_at, lease.seen_at, {_PLACE}
FROM (SELECT id FROM {_OPEN} AND stage = 'in_behandeling') AS first
CROSS JOIN call ON call.id = first.id LEFT JOIN lease ON lease.call_id = call.id
ORDER BY claimed_at, call.id"""  # noqa: S608 - the same

_SINCE: Final = f"SELECT received_at FROM {_OPEN} AND stage = 'wacht' ORDER BY received_at"  # noqa: S608 - the same
_HELD_IDS: Final = f"SELECT id FROM {_OPEN} AND stage = 'in_behandeling'"  # noqa: S608 - the same

_ASKED: Final = """SELECT call_id, number, question, asked_at, asked_by, seen_by,
    EXISTS (SELECT 1 FROM special WHERE special.call_id = consultation.call_id AND value <> 'nee')
    OR EXISTS (SELECT 1 FROM answer WHERE answer.call_id = consultation.call_id
        AND (question = 'seksueel_beeld' AND value = 'ja' OR question = 'gevaar' AND value = 'zelf')) AS special
FROM consultation INDEXED BY consultation_open WHERE answer IS NULL ORDER BY asked_at, call_id, number LIMIT ?"""

_ASKED_COUNT: Final = "SELECT count(*) FROM consultation INDEXED BY consultation_open WHERE answer IS NULL"

_DISPATCHES: Final = " UNION ALL ".join(
    f"""SELECT * FROM (SELECT call_id, priority, state, created_at, attempts, next_attempt_at, adds_to, seq
    FROM dispatch INDEXED BY dispatch_unsettled WHERE {UNSETTLED} AND state = '{state}'
    ORDER BY priority, seq LIMIT {MOST_LISTED})"""  # noqa: S608 - the same
    for state in Delivery
    if not state.settled
)
_REFUSED: Final = f"""SELECT count(*) FROM dispatch INDEXED BY dispatch_unsettled
WHERE {UNSETTLED} AND state = 'geweigerd'"""  # noqa: S608 - the same

_UNITS: Final = f"""SELECT call_id, priority, coalesce(answered_at, changed_at) AS since
FROM dispatch INDEXED BY dispatch_followed WHERE {FOLLOWED} AND unit_status IS NULL
ORDER BY priority, since, seq"""  # noqa: S608 - the same

_CALL_BACKS: Final = """SELECT id, owner, call_back_at FROM call INDEXED BY call_to_call_back
WHERE call_back_at IS NOT NULL ORDER BY call_back_at, id"""

_AGREED: Final = f"""WITH open (id) AS (
    SELECT id FROM {_OPEN} AND stage = 'in_behandeling'
    UNION {OPEN_DISPATCHES}
    UNION SELECT call_id FROM dispatch INDEXED BY dispatch_followed WHERE {FOLLOWED}
)
SELECT call_id, body, at FROM open CROSS JOIN detail ON call_id = open.id
WHERE kind = 'afspraak' AND taken_back = 0
AND seq = (SELECT max(seq) FROM detail AS newer WHERE newer.call_id = detail.call_id AND newer.number = detail.number)
ORDER BY at, seq"""  # noqa: S608 - the same

_LATER: Final = {AppointmentKind.WINDOW, AppointmentKind.PICKUP}

_CHANGED_ANSWERS: Final = "SELECT call_id FROM answer NOT INDEXED WHERE seq > ?"
"""By its number: the index on calls would be walked from end to end."""

_ANSWERS: Final = """SELECT question, value FROM answer AS newest WHERE call_id = ?
    AND seq = (SELECT max(seq) FROM answer WHERE call_id = newest.call_id AND question = newest.question)"""


@as_recorded
def glance(connection: Connection, now: datetime, norm: timedelta | None) -> Glance:
    """Read what is open; `norm` is the time within which a call that came from outside must be taken."""
    followed = (followed_since(now),)
    late = "" if norm is None else to_text(now - norm)
    held = connection.execute(_HELD).fetchall()
    asked = connection.execute(_ASKED, (MOST_LISTED,)).fetchall()
    dispatches = sorted(connection.execute(_DISPATCHES).fetchall(), key=_pressing)
    counted = {row["state"]: row["number"] for row in connection.execute(COUNTED).fetchall()}
    counted[Delivery.REFUSED] = _count(connection, _REFUSED)
    units = connection.execute(_UNITS, followed).fetchall()
    call_backs = connection.execute(_CALL_BACKS).fetchall()
    present = to_text(now)
    return Glance(
        at=now,
        waiting=tuple(
            WaitingOn(Channel(row["channel"]), row["count"], to_time(row["since"]), int(row["urgent"]), row["late"])
            for row in connection.execute(_WAITING, (late,)).fetchall()
        ),
        waiting_since=tuple(to_time(row["received_at"]) for row in connection.execute(_SINCE).fetchall()),
        longest=tuple(_waiting(row) for row in connection.execute(_LONGEST, (MOST_WAITING,)).fetchall()),
        held=tuple(_held(row, now) for row in held),
        asked=tuple(_asked(row) for row in asked),
        asked_count=_count(connection, _ASKED_COUNT),
        dispatches=tuple(_dispatch(row) for row in dispatches[:MOST_LISTED]),
        dispatches_count=sum(counted.values()),
        too_old=counted.get(Delivery.TOO_OLD, 0),
        units=tuple(UnitAsked(row["call_id"], row["priority"], to_time(row["since"])) for row in units[:MOST_LISTED]),
        units_count=len(units),
        call_backs=tuple(
            CallBackDue(row["id"], row["owner"], to_time(row["call_back_at"])) for row in call_backs[:MOST_LISTED]
        ),
        call_backs_due=sum(row["call_back_at"] <= present for row in call_backs),
        agreed=_agreed(connection.execute(_AGREED, followed).fetchall()),
        link=link_of(connection.execute("SELECT * FROM link").fetchone()),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """Up to where the record was read: the numbers of the newest call, taking, decision and answer."""

    call: int = 0
    taken: int = 0
    decision: int = 0
    answer: int = 0


def newest(connection: Connection) -> Seen:
    """Tell where the record ends now."""
    ends = (("call", "seq"), ("call_policy", "rowid"), ("decision", "id"), ("answer", "seq"))
    return Seen(*(_count(connection, f"SELECT coalesce(max({column}), 0) FROM {table}") for table, column in ends))  # noqa: S608 - fixed names


_NOT_FROM_PAPER: Final = "NOT EXISTS (SELECT 1 FROM paper_form WHERE paper_form.call_id = call.id)"
"""A call that was entered later happened when the console was out, and says nothing of the last hour."""

_RANG: Final = f"SELECT seq, rung_at AS at FROM call WHERE {_NOT_FROM_PAPER} AND seq"  # noqa: S608 - fixed fragments
_TAKEN: Final = """SELECT call_policy.rowid AS seq, at, external_id, received_at
FROM call_policy CROSS JOIN call ON call.id = call_id WHERE call_policy.rowid"""
_CHOSEN: Final = f"""SELECT decision.id AS seq, at, choice, deviates, received_at,
    EXISTS (SELECT 1 FROM decision AS earlier WHERE earlier.call_id = call.id AND earlier.id < decision.id) AS later
FROM decision CROSS JOIN call ON call.id = call_id WHERE {_NOT_FROM_PAPER} AND decision.id"""  # noqa: S608 - the same


@as_recorded
def since(connection: Connection, seen: Seen) -> Lately:
    """Read what was added after what was seen."""
    return Lately(
        tuple(_rang(row) for row in _after(connection, _RANG, seen.call)),
        tuple(_taken(row) for row in _after(connection, _TAKEN, seen.taken)),
        tuple(_chosen(row) for row in _after(connection, _CHOSEN, seen.decision)),
    )


@as_recorded
def back_to(connection: Connection, moment: datetime) -> Lately:
    """Read back from the newest to where a whole page is older than `moment`: a clock that was set back hides nothing
    within a page."""
    return Lately(
        tuple(_rang(row) for row in back(connection, _RANG, moment)),
        tuple(_taken(row) for row in back(connection, _TAKEN, moment)),
        tuple(_chosen(row) for row in back(connection, _CHOSEN, moment)),
    )


@as_recorded
def held(connection: Connection) -> frozenset[str]:
    """Give the numbers of all calls that are in somebody's hands."""
    return frozenset(row["id"] for row in connection.execute(_HELD_IDS).fetchall())


@as_recorded
def answered(connection: Connection, seen: Seen) -> frozenset[str]:
    """Give the numbers of the calls in which something was answered after what was seen."""
    return frozenset(row["call_id"] for row in connection.execute(_CHANGED_ANSWERS, (seen.answer,)).fetchall())


@as_recorded
def answers(connection: Connection, call_id: str) -> Mapping[str, str]:
    """Give the answers of a call as they stand: to be weighed by the policy, never to be shown."""
    rows = connection.execute(_ANSWERS, (call_id,)).fetchall()
    return {row["question"]: row["value"] for row in rows if row["value"] is not None}


@as_recorded
def policy_of(connection: Connection, call_id: str) -> str | None:
    """Give the text hash of the policy that a call is asked under; None while none was bound to it."""
    row = connection.execute("SELECT text_hash FROM call_policy WHERE call_id = ?", (call_id,)).fetchone()
    return None if row is None else str(row["text_hash"])


def _after(connection: Connection, select: str, number: int) -> Sequence[Row]:
    return connection.execute(f"{select} > ? ORDER BY 1", (number,)).fetchall()


def back(connection: Connection, select: str, moment: datetime) -> Sequence[Row]:
    """Give the rows of `select` (which ends in the name of their number) since a moment, in their order.

    It reads pages back from the newest until one of them holds nothing as late as that.
    """
    found: list[Row] = []
    oldest = to_text(moment)
    below = 2**62
    while True:
        page = connection.execute(f"{select} < ? ORDER BY 1 DESC LIMIT ?", (below, PAGE)).fetchall()
        fresh = [row for row in page if row["at"] >= oldest]
        found += fresh
        if len(page) < PAGE or not fresh:
            return found[::-1]
        below = page[-1]["seq"]


def _count(connection: Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _waiting(row: Row) -> WaitingCall:
    place = masking.place(place_of(row["address"]))
    return WaitingCall(row["id"], Channel(row["channel"]), to_time(row["received_at"]), place, bool(row["urgent"]))


def _held(row: Row, now: datetime) -> HeldCall:
    return HeldCall(
        call_id=row["id"],
        owner=row["owner"],
        since=to_time(row["claimed_at"]),
        received_at=to_time(row["received_at"]),
        place=masking.place(place_of(row["address"])),
        stale_since=stale_since(to_time_or_none(row["seen_at"]), now),
    )


def _asked(row: Row) -> AskedCall:
    return AskedCall(
        call_id=row["call_id"],
        number=row["number"],
        question=None if row["special"] else masking.without_numbers(row["question"]),
        asked_at=to_time(row["asked_at"]),
        asked_by=row["asked_by"],
        seen_by=row["seen_by"],
    )


def _pressing(row: Row) -> tuple[bool, int, str, int]:
    """What is too old to go by itself comes last: it has a list of its own."""
    return row["state"] == Delivery.TOO_OLD, row["priority"], row["created_at"], row["seq"]


def _dispatch(row: Row) -> OpenDispatch:
    return OpenDispatch(
        call_id=row["call_id"],
        priority=row["priority"],
        state=Delivery(row["state"]),
        since=to_time(row["created_at"]),
        attempts=row["attempts"],
        next_attempt_at=to_time_or_none(row["next_attempt_at"]),
        addition=row["adds_to"] is not None,
    )


def _agreed(rows: Sequence[Row]) -> tuple[Agreed, ...]:
    found = []
    for row in rows:
        held: dict[str, Any] = json.loads(row["body"])
        kind = AppointmentKind(held["kind"])
        if kind in _LATER:
            said = masking.without_numbers(held["when"])
            found.append(Agreed(row["call_id"], kind, said, to_time(row["at"])))
    return tuple(found)


def _rang(row: Row) -> Rang:
    return Rang(row["seq"], to_time(row["at"]))


def _taken(row: Row) -> Taken:
    waited = None if row["external_id"] is None else _seconds(row["received_at"], row["at"])
    return Taken(row["seq"], to_time(row["at"]), waited)


def _chosen(row: Row) -> Chosen:
    took = None if row["later"] else _seconds(row["received_at"], row["at"])
    return Chosen(row["seq"], to_time(row["at"]), Choice(row["choice"]), bool(row["deviates"]), took)


def _seconds(start: str, end: str) -> float:
    """How long something took; a clock that was set back gives nothing below zero."""
    return max(0.0, (to_time(end) - to_time(start)).total_seconds())
