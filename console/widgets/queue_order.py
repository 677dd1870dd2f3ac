"""Who needs a person first: the order of the queue, from when on another one may be due, and what the room counts.

Pure, and one pass over the rows besides the sort: thousands of calls may be open in a bad night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from console.model import Delivery, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from console.model import DeliveryState, QueueRow

SLOW_AFTER: Final = timedelta(seconds=5)
"""A dispatch that the CAD did not confirm by then shows how long it waits; amber where there are colours."""

LATE_AFTER: Final = timedelta(seconds=30)
"""By then somebody must pick up the telephone, and every screen says so; red where there are colours."""

_CAME_BACK: Final = (Delivery.REFUSED, Delivery.UNCLEAR, Delivery.TOO_OLD)


class Need(IntEnum):
    """Why somebody must look at a call, the most pressing first."""

    TROUBLE = 0
    CALL_BACK = 1
    URGENT = 2
    WAITING = 3
    SILENT = 4
    CONSULTED = 5
    HELD = 6
    DONE = 7


@dataclass(frozen=True, slots=True)
class Ordered:
    """Rows in their order. `until` is when time alone may change it, None when it cannot; `pressing` come first."""

    rows: Sequence[QueueRow]
    until: datetime | None
    pressing: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the room has open; each moment is that of the oldest, None when there is none."""

    waiting: int
    waiting_since: datetime | None
    urgent: int
    in_progress: int
    unconfirmed: int
    unconfirmed_since: datetime | None
    to_call_back: tuple[datetime, ...]


def in_order(rows: Iterable[QueueRow], moment: datetime) -> Ordered:
    """Put what needs a person first: dispatches in trouble, then promises to call back, then who waits (longest first).

    Within trouble the highest priority comes first.
    """
    keyed: list[tuple[int, int, datetime, str, QueueRow]] = []
    changes: list[datetime] = []
    for row in rows:
        need = need_of(row, moment)
        rank, since = _place(row, need)
        keyed.append((need, rank, since, row.call_id, row))
        if row.delivery is not None or row.call_back_at is not None:
            changes += _changes(row, moment)
    keyed.sort(key=itemgetter(slice(4)))
    return Ordered(
        rows=[each[-1] for each in keyed],
        until=min(changes, default=None),
        pressing=sum(each[0] <= Need.WAITING for each in keyed),
    )


def need_of(row: QueueRow, moment: datetime) -> Need:
    """Tell why somebody must look at a call at this moment."""
    if in_trouble(row, moment):
        return Need.TROUBLE
    if row.call_back_at is not None and row.call_back_at <= moment:
        return Need.CALL_BACK
    if row.stage is Stage.WAITING:
        return Need.URGENT if row.urgent else Need.WAITING
    if row.stage is Stage.IN_PROGRESS and row.stale_since is not None:
        return Need.SILENT
    if row.consultation is not None:
        return Need.CONSULTED
    return Need.HELD if row.stage is Stage.IN_PROGRESS else Need.DONE


def in_trouble(row: QueueRow, moment: datetime) -> bool:
    """True when a dispatch came back, got lost or stays away for too long, and a person must act."""
    delivery = row.delivery
    return delivery is not None and (came_back(delivery) or unconfirmed_for(delivery, moment) >= LATE_AFTER)


def came_back(delivery: DeliveryState) -> bool:
    """True when a dispatch waits for a person: refused, unclear whether the CAD has it, or too old to go by itself."""
    return delivery.state in _CAME_BACK


def unconfirmed_for(delivery: DeliveryState, moment: datetime) -> timedelta:
    """How long a dispatch is under way without a word of the CAD; nothing once there was one."""
    if delivery.state.settled or came_back(delivery):
        return timedelta()
    return max(timedelta(), moment - delivery.created_at)


def most_pressing(rows: Iterable[QueueRow], moment: datetime) -> tuple[QueueRow, int] | None:
    """Give the call whose dispatch a person must look at first, and how many such calls there are besides.

    It stands above the list, whatever is searched for and however long the list is. What is too old to go by itself has
    a count of its own: after days without a CAD it would cover up what happens now.
    """
    found = [
        (not in_trouble(row, moment), row.delivery.priority, row.delivery.created_at, row.call_id, row)
        for row in rows
        if row.delivery is not None
        and row.delivery.state is not Delivery.TOO_OLD
        and (came_back(row.delivery) or unconfirmed_for(row.delivery, moment) >= SLOW_AFTER)
    ]
    return (min(found, key=itemgetter(slice(4)))[-1], len(found) - 1) if found else None


def count(rows: Iterable[QueueRow]) -> Counts:
    """Count the room, in one pass."""
    waiting: list[datetime] = []
    unconfirmed: list[datetime] = []
    call_back: list[datetime] = []
    urgent = busy = 0
    for row in rows:
        if row.stage is Stage.WAITING:
            waiting.append(row.received_at)
            urgent += row.urgent
        elif row.stage is Stage.IN_PROGRESS:
            busy += 1
        if row.delivery is not None and not (row.delivery.state.settled or row.delivery.state is Delivery.TOO_OLD):
            unconfirmed.append(row.delivery.created_at)
        if row.call_back_at is not None:
            call_back.append(row.call_back_at)
    return Counts(
        waiting=len(waiting),
        waiting_since=min(waiting, default=None),
        urgent=urgent,
        in_progress=busy,
        unconfirmed=len(unconfirmed),
        unconfirmed_since=min(unconfirmed, default=None),
        to_call_back=tuple(sorted(call_back)),
    )


def _place(row: QueueRow, need: Need) -> tuple[int, datetime]:
    """By what calls with the same need are ordered: a rank, then a moment."""
    if need is Need.TROUBLE and row.delivery is not None:
        return row.delivery.priority, row.delivery.created_at
    if need is Need.CALL_BACK and row.call_back_at is not None:
        return 0, row.call_back_at
    if need is Need.CONSULTED and row.consultation is not None:
        return 0, row.consultation.asked_at
    return 0, row.received_at


def _changes(row: QueueRow, moment: datetime) -> list[datetime]:
    """When time alone may give this row another place."""
    found = []
    if row.call_back_at is not None:
        found.append(row.call_back_at)
    if row.delivery is not None and not row.delivery.state.settled and not came_back(row.delivery):
        found.append(row.delivery.created_at + LATE_AFTER)
    return [each for each in found if each > moment]
