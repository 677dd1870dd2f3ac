"""What is noted of a call besides its answers, each detail in one line: the same on a screen and on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from console.model import (
    Advised,
    Appointment,
    BankCalled,
    CallBack,
    Clue,
    Device,
    OpenedByMistake,
    PassedOn,
    Payment,
    Referred,
    Secured,
    Suspect,
)

if TYPE_CHECKING:
    from console.model import Consultation, Detail

FAILS_ITS_CHECK: Final = "klopt niet volgens zijn eigen controle"
TAKEN_BACK: Final = "TERUGGENOMEN"
NO_AMOUNT: Final = "bedrag onbekend"
KEPT_PROMISE: Final = "gedaan"
OPENED_BY_MISTAKE: Final = "Per ongeluk geopend, niets vastgelegd"
NOT_ANSWERED: Final = "nog geen antwoord"


def detail(noted: Detail, *, called_back_at: str = "") -> str:
    """Say a detail; `called_back_at` is the moment of a promise to call back, said by whoever knows what day it is."""
    if isinstance(noted, CallBack):
        done = KEPT_PROMISE if noted.done else ""
        return _parts("Terugbellen", called_back_at, noted.number, noted.why, done)
    return _SAYS[type(noted)](noted)


def consultation(asked: Consultation) -> str:
    """Say what the shift lead was asked, and what they answered."""
    answer = asked.answer if asked.answer is not None else NOT_ANSWERED
    who = f" ({asked.answered_by})" if asked.answered_by else ""
    return f"{asked.number}. {asked.asked_by} vroeg: {asked.question} - {answer}{who}"


def euros(cents: int) -> str:
    """Say an amount: `€ 1.250,00`."""
    return f"€ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"


def _clue(clue: Clue) -> str:
    said = f' ("{clue.text}")' if clue.text.strip() != clue.value else ""
    doubt = "" if clue.valid else f", {FAILS_ITS_CHECK}"
    return f"Spoor {clue.kind}: {clue.value}{said}{doubt}"


def _payment(payment: Payment) -> str:
    amount = NO_AMOUNT if payment.cents is None else euros(payment.cents)
    return _parts(f"Betaling via {payment.payee}", amount, payment.account, payment.name, payment.at)


def _appointment(made: Appointment) -> str:
    return _parts(f"Afspraak ({made.kind}), geregeld door {made.made_by}", made.when)


def _passed_on(passed: PassedOn) -> str:
    if passed.call_id:
        return _parts("Gaat verder in", f"{passed.to} {passed.call_id}")
    return _parts("Doorgezet naar", passed.to)


def _suspect(seen: Suspect) -> str:
    return _parts("Verdachte", seen.description, seen.direction, seen.vehicle, seen.plate)


def _parts(what: str, *parts: str) -> str:
    said = ", ".join(part for part in parts if part)
    return f"{what}: {said}" if said else what


_SAYS: Final[dict[type, Callable[[Any], str]]] = {
    Clue: _clue,
    Payment: _payment,
    Suspect: _suspect,
    Appointment: _appointment,
    PassedOn: _passed_on,
    Device: lambda device: _parts("Apparaat", device.what, device.state),
    Secured: lambda secured: f"Te bewaren: {secured.trace}: {secured.how}",
    Advised: lambda advised: f"Gezegd: {advised.line}",
    BankCalled: lambda called: _parts(f"Bank of winkel gebeld door {called.by}", called.name),
    OpenedByMistake: lambda _: OPENED_BY_MISTAKE,
    Referred: lambda referred: f"Doorverwezen naar: {referred.to}",
}
