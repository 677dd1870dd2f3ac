"""The lines of the list of traces: what was kept, what to keep, payments, devices, suspect, and whether there is any.

Values only: the list draws them, the screen decides what a key does with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from console.domain import leads
from console.domain.amounts import in_euro
from console.domain.form_help import traces_of
from console.safe_text import as_typed, one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.model import CallFile, Clue, Device, Payment, Suspect

_SHOWN: Final = 300


class Kind(Enum):
    """What a line is, and so which keys mean something there."""

    HEADING = auto()
    NOTHING = auto()
    CLUE = auto()
    CHECK = auto()
    PAYMENT = auto()
    DEVICE = auto()
    SUSPECT = auto()
    NEW_PAYMENT = auto()
    NEW_DEVICE = auto()
    NEW_SUSPECT = auto()
    NO_LEADS = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `number` is that of its detail, `trace` the id of a line to keep; `under` is shown below it."""

    kind: Kind
    text: str
    number: int | None = None
    trace: str = ""
    under: str = ""

    @property
    def pointed(self) -> bool:
        """True when the cursor can stand on it."""
        return self.kind not in {Kind.HEADING, Kind.NOTHING}

    @property
    def key(self) -> tuple[Kind, int | None, str]:
        """What stays the same of a line when its words change."""
        return self.kind, self.number, self.trace


def summary_words(file: CallFile) -> str:
    """Say in one line how much there is to go on; empty when there is nothing."""
    return words.traces.summary(
        len(leads.clues(file)), len(leads.payments(file)), len(leads.devices(file)), len(leads.suspects(file))
    )


def trace_rows(file: CallFile) -> tuple[Row, ...]:
    """Give the lines for a call, in the order in which an investigator reads them."""
    return tuple(_rows(file))


def clue_words(clue: Clue, *, whole: bool = False) -> str:
    """Say a clue with what it is, and that it fails its own check; `whole` adds the words that were typed with it."""
    value, said = one_line(clue.value, _SHOWN), as_typed(clue.text, _SHOWN)
    beside = "" if not whole or _same(said, value) else f" (“{said}”)"
    mark = "" if clue.valid else f" - {words.traces.FAILS.get(clue.kind, '?')}"
    return f"{words.traces.CLUE[clue.kind]} {value}{mark}{beside}"


def payment_words(payment: Payment) -> str:
    """Say a payment in one line."""
    amount = "" if payment.cents is None else in_euro(payment.cents)
    parts = (amount, words.traces.to(words.traces.PAYEE[payment.payee]), payment.account, payment.name, payment.at)
    return ", ".join(one_line(part, _SHOWN) for part in parts if part.strip())


def suspect_words(suspect: Suspect) -> str:
    """Say in one line who can be looked out for."""
    parts = (suspect.description, suspect.direction, suspect.vehicle, suspect.plate)
    return ", ".join(one_line(part, _SHOWN) for part in parts if part.strip())


def device_words(device: Device) -> str:
    """Say a data carrier in one line."""
    return ", ".join(one_line(part, _SHOWN) for part in (device.what, device.state) if part.strip())


def lacking_words(payment: Payment) -> str:
    """Say what a bank or shop still needs before it can stop the payment."""
    missing = [words.traces.FIELD[name] for name in leads.lacking(payment)]
    return words.traces.still_needed(missing) if missing else words.traces.ALL_THERE


def _rows(file: CallFile) -> Iterator[Row]:
    yield Row(Kind.HEADING, words.traces.KEPT)
    clues = leads.clues(file)
    for number, clue in clues:
        yield Row(Kind.CLUE, clue_words(clue, whole=True), number)
    if not clues:
        yield Row(Kind.NOTHING, words.traces.NOTHING_KEPT)
    yield Row(Kind.HEADING, words.traces.PAYMENTS)
    for number, payment in leads.payments(file):
        yield Row(Kind.PAYMENT, payment_words(payment), number, under=lacking_words(payment))
    yield Row(Kind.NEW_PAYMENT, words.traces.ADD_PAYMENT)
    yield Row(Kind.HEADING, words.traces.SUSPECT)
    suspects = leads.suspects(file)
    for number, suspect in suspects:
        yield Row(Kind.SUSPECT, suspect_words(suspect), number)
    yield Row(Kind.NEW_SUSPECT, words.traces.ADD_SUSPECT)
    yield Row(Kind.HEADING, words.traces.DEVICES)
    for number, device in leads.devices(file):
        yield Row(Kind.DEVICE, device_words(device), number)
    yield Row(Kind.NEW_DEVICE, words.traces.ADD_DEVICE)
    yield Row(Kind.HEADING, words.traces.CHECKLIST)
    standing = leads.secured(file)
    for each in traces_of(file.answers.get("vorm")):
        how = standing.get(each.id)
        box = "[ ]" if how is None else f"[{words.traces.SECURING[how]}]"
        yield Row(Kind.CHECK, f"{box} {each.text}", leads.number_of_secured(file, each.id), each.id)
    yield Row(Kind.HEADING, words.traces.LEADS)
    said = words.traces.no_leads(said=leads.none_known(file), leads=leads.has_leads(file))
    yield Row(Kind.NO_LEADS, said)


def _same(said: str, value: str) -> bool:
    """True when what was typed is only another way of writing the value, a phone number without its country too."""
    typed, normal = ("".join(filter(str.isalnum, each)).casefold() for each in (said, value))
    return typed == normal or (typed.isdigit() and len(typed) > 8 and normal.endswith(typed.lstrip("0")))
