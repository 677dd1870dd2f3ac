"""What is known around a call: persons and facts with their source, special data, and traces that calls share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class PersonRole(StrEnum):
    """What somebody is in a case; Wpg 6b demands that these stay apart."""

    CALLER = "melder"
    VICTIM = "slachtoffer"
    THIRD_PARTY = "derde"
    WITNESS = "getuige"
    POSSIBLE_SUSPECT = "mogelijk verdachte"


class Source(StrEnum):
    """How the room knows a fact."""

    SAID = "gezegd door melder"
    SEEN = "gezien"
    CHECKED = "gecontroleerd"


class Certainty(StrEnum):
    """How sure the room is of a fact; `WRONG` is how a fact is taken back, since nothing is erased."""

    SURE = "zeker"
    LIKELY = "aannemelijk"
    UNSURE = "onzeker"
    WRONG = "onjuist"


class Special(StrEnum):
    """Data that Wpg 5 protects: recorded as a code only, never in lists or search results."""

    SUICIDALITY = "suicidaliteit"
    SEXUAL_IMAGES = "seksueel beeldmateriaal"


class Known(StrEnum):
    """The codes of a special kind of data."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a case. `description` is what can be recognised or how they are related, never a judgement."""

    role: PersonRole
    name: str = ""
    phone: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with where it comes from; what the operator thinks of it is the impression, kept apart.

    `person` is the number, within the call, of the person it is about; None when it is about nobody.
    """

    text: str
    source: Source
    certainty: Certainty
    person: int | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The newest version of a person: `number` counts within the call and never changes."""

    number: int
    person: Person
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """The newest version of a fact: `number` counts within the call and never changes."""

    number: int
    fact: Fact
    at: datetime
    by: str


class TraceKind(StrEnum):
    """What two calls can share."""

    IBAN = "iban"
    PHONE = "telefoonnummer"
    REMOTE = "meekijkprogramma"
    DOMAIN = "webdomein"
    ADDRESS = "adres"
    PLATE = "kenteken"


@dataclass(frozen=True, slots=True)
class Trace:
    """Something in a call that another call may share.

    `value` is the normal form by which it is found again, `text` what was typed or said. `valid` False marks what
    fails its own check (a wrong check digit, a number that cannot exist); it is kept, because people mishear.
    """

    kind: TraceKind
    value: str
    text: str
    valid: bool


class TraceOrigin(StrEnum):
    """Where in a call a trace stands."""

    INCOMING = "binnenkomst"
    TOLD = "gegevens"
    NOTE = "notitie"
    FACT = "feit"
    PERSON = "persoon"
    DETAIL = "vastgelegd spoor"


@dataclass(frozen=True, slots=True)
class KnownTrace:
    """A trace as the record has it: where it first stood in the call, and since when."""

    trace: Trace
    origin: TraceOrigin
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """What two calls have in common."""

    kind: TraceKind
    value: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another call that shares something with this one: shown to the operator, never an input of a rule.

    `words` are its first words, short; `place` as on the board. Both may come from a stranger.
    """

    call_id: str
    shared: tuple[Shared, ...]
    received_at: datetime
    place: str
    words: str
