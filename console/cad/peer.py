"""What the delivery asks of any CAD, and every answer it can get, as values.

An adapter turns a CAD's own words into these; the delivery loop decides on them and knows no CAD. Texts are Dutch, made
to be read by an operator, and hold no personal data of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.model import Dispatch, UnitStatus


@dataclass(frozen=True, slots=True)
class Delivered:
    """The CAD has stored the dispatch, under a reference of its own; a dispatcher has not answered yet."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The dispatch will not be taken, for this reason; sending it again changes nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The CAD holds something else under this message's id: only a person can say what it has."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """The CAD surely did not take the dispatch; `retry_after` is the pause in seconds it asked for."""

    error: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """The dispatch left and nobody knows whether it was taken; a CAD that deduplicates may get it once more."""

    error: str


Outcome = Delivered | Refused | Conflict | NotDelivered | Unclear


class Stage(StrEnum):
    """What a dispatcher did with a dispatch that the CAD holds."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit the CAD put on the dispatch; `at`, and `expected_at` where it is told, are by the CAD's own clock."""

    callsign: str
    status: UnitStatus
    at: datetime
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dispatch stands at the CAD."""

    stage: Stage
    reason: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The CAD answers, but knows no such message."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The CAD could not be asked, or its answer could not be read."""

    error: str


@dataclass(frozen=True, slots=True)
class NoCad:
    """There is no CAD to carry to; `why` is what the screens say."""

    why: str


class Cad(Protocol):
    """A CAD as the delivery sees it: one adapter per kind of CAD.

    `deduplicates` is True when the CAD promises that the same message id never has a second effect. Only then may an
    unclear sending be repeated.
    """

    deduplicates: bool

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Hand over a dispatch, or what adds to one (`adds_to`), under its message id."""
        ...

    async def standing(self, message_id: str) -> Standing | Unknown | NoAnswer:
        """Ask what became of a dispatch that was delivered."""
        ...

    async def trouble(self) -> str:
        """Ask whether the CAD can be reached; the empty text means it can."""
        ...
