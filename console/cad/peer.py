"""What the delivery asks of any CAD, and every answer it can get, as values.

An adapter turns a CAD's own words into these; the delivery loop decides on them and knows no CAD. Texts are Dutch, made
to be read by an operator, and hold no personal data of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from console.model import Dispatch, UnitStatus


@dataclass(frozen=True, slots=True)
class Delivered:
    """The CAD has stored the dispatch, under a reference of its own; a dispatcher has not answered yet.

    `remark` is what an operator must know of how it was stored: shortened, in other letters, changed by the CAD.
    """

    reference: str
    remark: str = ""


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
    """The dispatch left and nobody knows whether it was taken: `Abilities` say what may be done about it.

    `retry_after` is the pause in seconds before anything is done.
    """

    error: str
    retry_after: float | None = None


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


_NO_PRIORITIES: Final[Mapping[int, int]] = MappingProxyType({})
_NO_LIMITS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a kind of CAD can do, declared by its adapter; what it cannot do, a person does.

    `deduplicates`: the same message id never has a second effect, so an unclear sending may simply be repeated.
    `looks_up`: the CAD can be asked whether it has a message of ours; an unclear sending is asked after before anything
    is sent again, and a message that is not there counts as not there only after `settles_after` seconds, because a CAD
    may still be busy with what it took in.
    `confirms`: the word of a dispatcher, or a unit, comes back by itself.
    `cancels`: a dispatch can be taken back or closed by us; none of ours offers that: a unit is called back by voice.
    `priorities`: what our priorities 1, 2 and 3 are called there; empty where they stay as they are.
    `limits`: the number of characters that a field holds, where that is less than we may have to say.
    """

    deduplicates: bool
    looks_up: bool
    confirms: bool = True
    settles_after: float = 0.0
    cancels: bool = False
    priorities: Mapping[int, int] = field(default_factory=lambda: _NO_PRIORITIES)
    limits: Mapping[str, int] = field(default_factory=lambda: _NO_LIMITS)


class Cad(Protocol):
    """A CAD as the delivery sees it: one adapter per kind of CAD."""

    @property
    def abilities(self) -> Abilities:
        """What this CAD can do."""
        ...

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Hand over a dispatch, or what adds to one (`adds_to`), under its message id."""
        ...

    async def look_up(self, dispatch: Dispatch) -> Delivered | Conflict | Unknown | NoAnswer:
        """Ask whether a dispatch that may have been taken is there, and finish what was begun with it.

        Unknown: not there at this moment. Conflict: this CAD cannot tell, a person must. Asked where it `looks_up`.
        """
        ...

    async def standing(self, message_id: str, reference: str) -> Standing | Unknown | NoAnswer:
        """Ask what became of a dispatch that was delivered under this reference."""
        ...

    async def trouble(self) -> str:
        """Ask whether the CAD can be reached; the empty text means it can."""
        ...
