"""What is noted of a call besides its answers: clues, payments, devices, what was said and agreed, who was asked.

Each kind is one small value. A detail has a number within its call; a correction is a new version under that number
and nothing is erased, only taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime


class ClueKind(StrEnum):
    """What an investigator can follow (S0.43, domain notes 3.3)."""

    IBAN = "iban"
    PHONE = "telefoonnummer"
    REMOTE = "meekijkprogramma"
    URL = "webadres"
    MAIL = "e-mailadres"
    AMOUNT = "bedrag"
    TIME = "tijdstip"
    WALLET = "cryptoadres"
    ACCOUNT = "account of profiel"
    OTHER = "overig"


class Payee(StrEnum):
    """Who received the money, and so who can stop it: a bank or a supplier (S0.46)."""

    BANK = "bankrekening"
    SHOP = "webwinkel"
    EXCHANGE = "cryptobeurs"
    GIFT_CARD = "cadeaukaart"
    CASH = "contant of goederen"
    OTHER = "overig"


class Securing(StrEnum):
    """How a trace of the checklist of its crime form stands."""

    ASKED = "gevraagd te bewaren"
    SECURED = "veiliggesteld"
    ABSENT = "niet aanwezig"


class Party(StrEnum):
    """Who did, or will do, what was agreed."""

    OPERATOR = "centralist"
    CALLER = "melder"
    UNIT = "eenheid"
    SERVICE_CENTRE = "RSC"


class AppointmentKind(StrEnum):
    """What was agreed for a later moment."""

    STATION = "afspraak bureau"
    WINDOW = "tijdvak eenheid"
    PICKUP = "aangekondigde ophaling"


@dataclass(frozen=True, slots=True)
class Clue:
    """A trace the operator kept: `text` as typed or said, `value` its normal form.

    `valid` is False where it fails its own check (a check digit, a number that cannot exist); people mishear, so it is
    kept and marked.
    """

    kind: ClueKind
    text: str
    value: str
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, with all that whoever must stop it asks for (S0.46).

    `cents` is None while the amount is not known. `account` is an IBAN, a wallet or a shop's order number; `at` is as
    the caller told it ("vandaag 13.40").
    """

    payee: Payee
    cents: int | None = None
    account: str = ""
    name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A data carrier that the unit must look for or leave as it is (S1.19)."""

    what: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """What can be looked out for (S0.31): never a name without a role, never a judgement."""

    description: str = ""
    direction: str = ""
    vehicle: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class Secured:
    """One line of the trace checklist of a crime form; `trace` is its id in that list."""

    trace: str
    how: Securing


@dataclass(frozen=True, slots=True)
class Advised:
    """One line that was said to the caller; `line` is its id among the lines to say."""

    line: str


@dataclass(frozen=True, slots=True)
class BankCalled:
    """That the bank or shop was called, and by whom (S1.24)."""

    by: Party
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What was agreed with the caller; `made_by` is who arranges it (S0.25), `when` as it was said."""

    kind: AppointmentKind
    made_by: Party
    when: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """A promise to call back at a moment; `done` once it was kept."""

    at: datetime
    number: str = ""
    why: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """An organisation whose number was given to the caller; `to` is its id in the referral list."""

    to: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """To whom a call was passed on with the choice *doorzetten*; `call_id` when it belongs to an earlier call."""

    to: str
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenedByMistake:
    """That a call was opened by hand, nothing was told in it, and it was closed again."""


Detail: TypeAlias = (
    Clue
    | Payment
    | Device
    | Suspect
    | Secured
    | Advised
    | BankCalled
    | Appointment
    | CallBack
    | Referred
    | PassedOn
    | OpenedByMistake
)


@dataclass(frozen=True, slots=True)
class KnownDetail:
    """The newest version of a detail: `number` counts within the call and never changes."""

    number: int
    detail: Detail
    at: datetime
    by: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question to the shift lead (S4.13); the call stays with who asked.

    `seen_by` is who took it up, `answer` None until it was given; each time is None until that has happened.
    """

    number: int
    call_id: str
    question: str
    asked_at: datetime
    asked_by: str
    seen_at: datetime | None = None
    seen_by: str | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str | None = None

    @property
    def open(self) -> bool:
        """True until somebody answered."""
        return self.answer is None
