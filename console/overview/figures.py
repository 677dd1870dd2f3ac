"""What the board shows: the room at one moment, and its last hour. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import Choice
    from console.model.overview import Agreed, Glance, HeldCall, Linked, Rising

HOUR: Final = timedelta(hours=1)
PART: Final = timedelta(minutes=5)
PARTS: Final = HOUR // PART


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in seconds: how often, the middle one (the lower of two), the longest."""

    count: int
    middle: float
    longest: float


@dataclass(frozen=True, slots=True)
class Hour:
    """What happened in the last hour; nothing of who did it.

    `rhythm` counts the calls that came in per five minutes, the oldest first. `taking` is from coming in to being
    taken, of calls from outside; `deciding` from coming in to the first decision. `in_time` of `to_take` were taken
    within the norm, where those that wait longer than it count as too late; both are None without a norm.
    """

    calls: int
    rhythm: tuple[int, ...]
    taking: Times | None
    deciding: Times | None
    outcomes: tuple[tuple[Choice, int], ...]
    deviations: int
    in_time: int | None
    to_take: int | None


@dataclass(frozen=True, slots=True)
class Possible:
    """Undecided calls in hand by what the policy says: prio 1 is certain, or still possible (`possible` without them).

    The one that is longest in hand comes first. `unknown` counts those whose policy cannot be read here.
    """

    certain: tuple[HeldCall, ...]
    possible: tuple[HeldCall, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Appointed:
    """What was agreed, with the moment by which it must have happened; None where the words do not say one."""

    agreed: Agreed
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the board; `linked` and `rising` are looked at less often than the rest.

    `windows` and `pickups` are in the order of their moments, those without one last.
    """

    glance: Glance
    prio1: Possible
    windows: tuple[Appointed, ...]
    pickups: tuple[Appointed, ...]
    hour: Hour
    norm: timedelta | None
    linked: tuple[Linked, ...]
    rising: tuple[Rising, ...]
