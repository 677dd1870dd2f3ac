"""What waits for a person because it could not be delivered for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Aged:
    """A dispatch or addition that was set aside: what somebody must know to say what is to happen to it.

    `attempts` above 0 means that the CAD may have it. `briefing` is what to read out where it is passed on by voice,
    and `control_word` what the officers say at the door.
    """

    message_id: str
    call_id: str
    priority: int
    created_at: datetime
    attempts: int
    adds_to: str
    place: str
    form: str
    briefing: tuple[str, ...]
    control_word: str


@dataclass(frozen=True, slots=True)
class AgedGroup:
    """Those of one priority and one day (Dutch time), as they stood at `seen_at`: what comes later is not among them.

    They were created from `since` until before `until`; `oldest` is when the first of them was.
    """

    priority: int
    day: date
    count: int
    oldest: datetime
    since: datetime
    until: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class AgedList:
    """The most urgent and oldest, and all of them in groups; `total` counts them all."""

    first: tuple[Aged, ...]
    groups: tuple[AgedGroup, ...]
    total: int
