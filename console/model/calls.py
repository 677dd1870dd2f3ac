"""A call from its ringing to its decision: what was told, answered and decided, and how the queue shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.model.details import Consultation, KnownDetail
    from console.model.dispatches import DeliveryState, Link
    from console.model.drafts import DraftPlace
    from console.model.known import Known, KnownFact, KnownPerson, KnownTrace, Special
    from console.model.on_paper import EnteredLater


class Channel(StrEnum):
    """The number that was called; it never lowers urgency (S0.40, S1.37)."""

    EMERGENCY = "112"
    SERVICE = "0900-8844"
    OTHER = "andere"


class Stage(StrEnum):
    """How far a call is in the room; what its dispatch does is `Delivery`."""

    WAITING = "wacht"
    IN_PROGRESS = "in_behandeling"
    DECIDED = "besloten"


class Role(StrEnum):
    """On whose behalf somebody calls (Wpg 6b keeps the kinds of persons apart)."""

    VICTIM = "slachtoffer"
    THIRD_PARTY = "derde"
    PARENT = "ouder"
    COMPANY = "bedrijf"
    BANK = "bank"
    WITNESS = "getuige"
    OTHER_ROOM = "andere meldkamer"


class Choice(StrEnum):
    """What an operator can decide, whatever is suggested (policy.md, outcomes)."""

    PRIO1 = "eenheid_prio1"
    PRIO2 = "eenheid_prio2"
    PRIO3 = "eenheid_prio3"
    STATION = "bureau"
    ONLINE = "online"
    PHONE_REPORT = "telefonische_melding"
    ADVICE = "advies"
    PASSED_ON = "doorgezet"
    CONSULT = "overleg"
    ORDINARY = "terug_naar_gms"

    @property
    def priority(self) -> int | None:
        """The priority a unit goes with, or None where no unit goes."""
        return {Choice.PRIO1: 1, Choice.PRIO2: 2, Choice.PRIO3: 3}.get(self)


@dataclass(frozen=True, slots=True)
class Location:
    """Where the caller is: an address in words, and WGS84 degrees when the sender knew them."""

    address: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call as it rings, before it has a number of ours.

    `external_id` is the sender's own id, on which intake is idempotent; None for a call an operator opened by hand.
    `urgent` is what the sender knows of urgency, None when nothing: it only brings the call forward in the queue and is
    never an input of a rule.
    """

    external_id: str | None
    channel: Channel
    number: str
    name: str
    location: Location
    first_words: str
    received_at: datetime
    urgent: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the operator is told before the questions; shown in the header, never an input of a rule.

    `speaks_freely` is None until asked; False means only questions that can be answered with yes or no.
    """

    address: str = ""
    callback: str = ""
    role: Role | None = None
    speaks_freely: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds a call; each claim raises `fence`, so that a terminal which lost the call can write nothing."""

    call_id: str
    owner: str
    fence: int


@dataclass(frozen=True, slots=True)
class PolicyStamp:
    """Which policy was applied: enough to find the same rules back years later."""

    id: str
    version: str
    text_hash: str
    meaning_hash: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and most urgent outcome that the answers so far leave possible; equal when it is certain."""

    at_least: str
    at_most: str

    @property
    def final(self) -> bool:
        """True when no open answer can change the outcome."""
        return self.at_least == self.at_most


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the policy said when it was decided: urgency as if a visit were wanted, and after the victim's wish."""

    urgency: Bounds
    after_wish: Bounds
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice of an operator, with everything that was known and said when it was made.

    `answers` maps every question of the policy to its value, `open` where it was not asked. `reason` stays None for a
    deviation until the operator gives it, after the dispatch has gone. `also` is what was chosen beside it, such as an
    online report later. `made_at` is when it was taken on paper; then `at` and `by` say when it was entered, by whom.
    """

    id: int
    call_id: str
    at: datetime
    by: str
    choice: Choice
    policy: PolicyStamp
    answers: dict[str, str]
    suggestion: Suggestion
    deviates: bool
    reason: str | None
    message_id: str | None
    also: tuple[Choice, ...] = ()
    made_at: datetime | None = None

    @property
    def taken_at(self) -> datetime:
        """When it was taken, whenever it was recorded."""
        return self.made_at or self.at


@dataclass(frozen=True, slots=True)
class Transfer:
    """A call that changed hands for a reason: overtaken (`by` is `to_owner`), or handed over by the one who had it.

    `to_owner` None means back to the queue. `reason` is as it was typed.
    """

    at: datetime
    by: str
    from_owner: str
    to_owner: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue: what the room must see of an open call.

    `stale_since` is the last sign of the owner's console when that is too long ago, else None; it takes nothing from
    anybody. `transfer` is how the call came to who (or to the queue) it is with now, until somebody opens it there.
    `assessment` above 1 means that it was opened again after a decision. `consultation` is the question to the shift
    lead that still waits for an answer, `call_back_at` the first promise to call back that was not kept yet.
    `entered_later` tells that it was handled on paper and entered afterwards.
    """

    call_id: str
    channel: Channel
    number: str
    place: str
    first_words: str
    received_at: datetime
    stage: Stage
    owner: str | None
    claimed_at: datetime | None
    choice: Choice | None
    delivery: DeliveryState | None
    reason_missing: bool
    stale_since: datetime | None = None
    transfer: Transfer | None = None
    assessment: int = 1
    urgent: bool = False
    consultation: Consultation | None = None
    call_back_at: datetime | None = None
    entered_later: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the queue screen shows, read in one go so that its parts agree with each other.

    `version` is the number of the newest row of the audit: it rises with all that is recorded, in any program, and not
    with signs of life. `more` counts the dispatches beyond those for which there is room in `rows`, `too_old` all that
    wait for a person because they could not be delivered for too long, of which a few stand in `rows`.
    """

    rows: tuple[QueueRow, ...]
    link: Link
    version: int
    more: int = 0
    too_old: int = 0


@dataclass(frozen=True, slots=True)
class CallFile:
    """One call with all that was recorded of it, as it stands now.

    `told` says whether any `facts` were recorded: until then what came in with the call holds, from then on what was
    told, also where it was emptied. `decisions` and `deliveries` are those of all assessments. `draft_choice` is what
    its owner chose and did not confirm, `drafts` what they typed and did not. `reassessed_at` is the reference time of
    a re-assessment, None before one. `details` are the newest versions, those that were taken back included. `entered`
    is the paper form it was entered from afterwards, None for a call that was handled here.
    """

    call_id: str
    incoming: IncomingCall
    stage: Stage
    owner: str | None
    claimed_at: datetime | None
    fence: int
    facts: Facts
    answers: dict[str, str]
    note: str
    decisions: tuple[Decision, ...]
    deliveries: tuple[DeliveryState, ...]
    stale_since: datetime | None = None
    transfers: tuple[Transfer, ...] = ()
    draft_choice: Choice | None = None
    assessment: int = 1
    reassessed_at: datetime | None = None
    persons: tuple[KnownPerson, ...] = ()
    told_facts: tuple[KnownFact, ...] = ()
    impression: str = ""
    special: tuple[tuple[Special, Known], ...] = ()
    traces: tuple[KnownTrace, ...] = ()
    told: bool = False
    details: tuple[KnownDetail, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    drafts: Mapping[DraftPlace, str] = field(default_factory=dict)
    entered: EnteredLater | None = None

    @property
    def untouched(self) -> bool:
        """True where nothing came in with the call and nothing stands in it: one that was opened by hand, so far."""
        empty = IncomingCall(None, self.incoming.channel, "", "", Location(), "", self.incoming.received_at)
        stands = (self.answers, self.note, self.told, self.persons, self.told_facts, self.impression, self.special)
        more = (self.details, self.consultations, self.decisions, self.transfers, self.draft_choice, self.drafts)
        return self.incoming == empty and not any(stands) and not any(more)

    @property
    def assessed_from(self) -> datetime:
        """The moment against which the last act is timed: when the call came in, or when it was opened again."""
        return self.reassessed_at or self.incoming.received_at


@dataclass(frozen=True, slots=True)
class Given:
    """One version of an answer; `value` None means that the question was opened again."""

    question: str
    value: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One time that a call was assessed, from what was known when it began to what was decided in it.

    `number` counts from 1; `assessed_from` is its reference time. `answers` and `facts` are as they stood at its end
    (of the last one: as they stand now), `given` all versions recorded in it, `suggestion` what the policy said with
    its last decision, None when nothing was decided yet.
    """

    number: int
    assessed_from: datetime
    opened_at: datetime
    opened_by: str | None
    facts: Facts
    answers: dict[str, str]
    given: tuple[Given, ...]
    decisions: tuple[Decision, ...]
    suggestion: Suggestion | None


OPEN: Final = "open"
"""The value recorded for a question that was not asked."""


UNKNOWN: Final = "onbekend"
"""The value recorded for a question that was asked and that the caller could not answer."""
