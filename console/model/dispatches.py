"""What goes to the CAD, and how it stands there: the dispatch, its road, its unit, and the link it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from console.model.calls import Location


class Delivery(StrEnum):
    """Where a dispatch is on its way to the CAD; a later member is further on the way."""

    READY = "klaargezet"
    SENT = "verzonden"
    DELIVERED = "afgeleverd"
    ACCEPTED = "bevestigd"
    REFUSED = "geweigerd"
    UNCLEAR = "onduidelijk"
    BY_HAND = "met_de_hand"
    TOO_OLD = "verouderd"
    DROPPED = "niet_meer_nodig"

    @property
    def settled(self) -> bool:
        """True when nobody has to watch it any more: the CAD has it, a person passed it on, or said it need not go."""
        return self.arranged or self is Delivery.DROPPED

    @property
    def arranged(self) -> bool:
        """True when it is sure that somebody deals with it: the CAD has it, or a person passed it on."""
        return self in {Delivery.ACCEPTED, Delivery.BY_HAND}


class UnitStatus(StrEnum):
    """What the CAD says of the unit, in the order in which it happens."""

    ASSIGNED = "gekoppeld"
    EN_ROUTE = "aanrijdend"
    ON_SCENE = "ter_plaatse"
    CLOSED = "afgesloten"


BETWEEN_NEWS: Final = "; "
"""Stands between what is new in the last line of an addition."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a control room asks of the CAD, in our words; adapters turn it into what their CAD speaks.

    `briefing` holds the three lines that are enough to drive by. `details` are further lines, most useful first.
    `classification` is a code of the national list (LMC) with `classification_text`; `form` is the exact crime form.
    `control_word` is what the officers say at the door, so that the caller knows that they are real. `adds_to` is the
    message id of an earlier dispatch to which this one only adds news: it asks for no unit of its own.
    """

    message_id: str
    incident_id: str
    priority: int
    classification: str
    classification_text: str
    form: str
    location: Location
    callback: str
    caller_name: str
    caller_role: str
    briefing: tuple[str, str, str]
    details: tuple[str, ...]
    decided_by: str
    decided_at: datetime
    received_at: datetime
    exercise: bool
    control_word: str = ""
    adds_to: str = ""

    @property
    def told_once(self) -> tuple[str, ...]:
        """The details that the lines to drive by do not hold yet: the last line of an addition can be all its news."""
        return beyond(self.briefing[-1], self.details) if self.adds_to else self.details


def beyond(short: str, news: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the end of `news` that `short` holds whole."""
    held = (at for at in range(len(news)) if BETWEEN_NEWS.join(news[at:]) == short)
    return news[: next(held, len(news))]


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """How a dispatch stands with the CAD; each time is None until that has happened.

    `expected_at` is when the unit thinks to be there, where the CAD tells it. `adds_to` is the message id of the
    dispatch that this one adds to, empty when it stands by itself. `control_word` is what the officers say at the door,
    and `briefing` what to read out where it does not arrive: the lines to drive by, and all news of an addition; both
    are known where a call is read by itself.
    """

    message_id: str
    call_id: str
    priority: int
    state: Delivery
    created_at: datetime
    attempts: int = 0
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str = ""
    cad_reference: str = ""
    unit: str = ""
    unit_status: UnitStatus | None = None
    unit_status_at: datetime | None = None
    next_attempt_at: datetime | None = None
    expected_at: datetime | None = None
    adds_to: str = ""
    control_word: str = ""
    briefing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How the connection with the CAD is doing, as the delivery service last wrote it; `since` is when that began.

    `paused_since` is when sending stopped but for one try at a time, after a run of failures, and `next_try_at` when
    the next one is; both are None while everything may be sent.
    """

    reachable: bool | None
    since: datetime | None
    seen_at: datetime | None
    error: str = ""
    paused_since: datetime | None = None
    next_try_at: datetime | None = None
