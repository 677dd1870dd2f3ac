"""The room at a glance, as the shift lead needs it: what is open now, and what happened lately.

Without personal data: no name, number, address or words of a caller. A place is a town.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from console.model.calls import Channel, Choice
    from console.model.details import AppointmentKind
    from console.model.dispatches import Delivery, Link
    from console.model.known import TraceKind


@dataclass(frozen=True, slots=True)
class WaitingOn:
    """Who waits on one channel: how many, since when the one who waits longest, how many of them with urgency.

    `late` are those that came in from outside before the norm of the room; 0 where it has none.
    """

    channel: Channel
    count: int
    since: datetime
    urgent: int
    late: int


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call that nobody has."""

    call_id: str
    channel: Channel
    since: datetime
    place: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A call in somebody's hands; `stale_since` is the last sign of their console when that is too long ago."""

    call_id: str
    owner: str
    since: datetime
    received_at: datetime
    place: str
    stale_since: datetime | None


@dataclass(frozen=True, slots=True)
class AskedCall:
    """A question that waits for the shift lead; `question` is None where it may hold special data (Wpg 5).

    What can be recognised in it as a number or an address is hidden. `seen_by` is who answers, None while nobody does.
    """

    call_id: str
    number: int
    question: str | None
    asked_at: datetime
    asked_by: str
    seen_by: str | None


@dataclass(frozen=True, slots=True)
class OpenDispatch:
    """A dispatch that the CAD did not confirm; `addition` when it only brings news of an earlier one."""

    call_id: str
    priority: int
    state: Delivery
    since: datetime
    attempts: int
    next_attempt_at: datetime | None
    addition: bool


@dataclass(frozen=True, slots=True)
class UnitAsked:
    """A dispatch that the CAD confirmed and gave no unit yet."""

    call_id: str
    priority: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CallBackDue:
    """A promise to call back."""

    call_id: str
    owner: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """A window or a pickup that was agreed with a caller: `said` as it was typed, `noted_at` when that was."""

    call_id: str
    kind: AppointmentKind
    said: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Glance:
    """What is open in the room at one moment, read in one go so that its parts agree with each other.

    Lists begin with what presses most and can be cut off; `*_count` says how many there are. `waiting_since` has the
    moment of every call that waits, the earliest first. `too_old` are those of the dispatches that go no more by
    themselves; they stand last.
    """

    at: datetime
    waiting: tuple[WaitingOn, ...]
    waiting_since: tuple[datetime, ...]
    longest: tuple[WaitingCall, ...]
    held: tuple[HeldCall, ...]
    asked: tuple[AskedCall, ...]
    asked_count: int
    dispatches: tuple[OpenDispatch, ...]
    dispatches_count: int
    too_old: int
    units: tuple[UnitAsked, ...]
    units_count: int
    call_backs: tuple[CallBackDue, ...]
    call_backs_due: int
    agreed: tuple[Agreed, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class Linked:
    """That calls share a trace, which is not given: of what kind, how many calls in how many towns, and since when."""

    kind: TraceKind
    calls: int
    towns: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Rising:
    """A crime form or a town of which more calls come: `before` is the most of the same hours in `weeks` weeks."""

    name: str
    now: int
    before: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Rang:
    """That a call came in; `at` is when it was stored."""

    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """That a call was taken for the first time; `waited` are seconds, None for one that its operator opened."""

    seq: int
    at: datetime
    waited: float | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """That something was decided; `took` are seconds from the call's coming in, None for a later decision in it."""

    seq: int
    at: datetime
    choice: Choice
    deviates: bool
    took: float | None


@dataclass(frozen=True, slots=True)
class Lately:
    """What was added to the record, in the order in which that was done."""

    rang: tuple[Rang, ...]
    taken: tuple[Taken, ...]
    chosen: tuple[Chosen, ...]
