"""What an investigator can go on with: the clues, payments, devices and descriptions of a call as they now stand.

That there is nothing to go on is an answer of its own (S1.02): asked, and none, is not the same as never asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from console.model import Clue, Device, Payment, Secured, Securing, Suspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.model import CallFile, Detail

D = TypeVar("D", Clue, Payment, Device, Suspect, Secured)

LEADS: Final = "aanknopingspunten"
"""The line of every checklist of traces that says whether there is anything to go on; `ABSENT` is: asked, and none."""


def clues(file: CallFile) -> tuple[tuple[int, Clue], ...]:
    """Give the clues that were kept, with their numbers."""
    return tuple(_standing(file, Clue))


def payments(file: CallFile) -> tuple[tuple[int, Payment], ...]:
    """Give the payments, with their numbers."""
    return tuple(_standing(file, Payment))


def devices(file: CallFile) -> tuple[tuple[int, Device], ...]:
    """Give the data carriers, with their numbers."""
    return tuple(_standing(file, Device))


def suspects(file: CallFile) -> tuple[tuple[int, Suspect], ...]:
    """Give who can be looked out for, with their numbers."""
    return tuple(_standing(file, Suspect))


def secured(file: CallFile) -> Mapping[str, Securing]:
    """How each trace of the checklist stands; one that is not there was not asked."""
    return {each.trace: each.how for _number, each in _standing(file, Secured)}


def number_of_secured(file: CallFile, trace: str) -> int | None:
    """The number under which a line of the checklist stands, also where it was taken back; None for a first time."""
    return next(
        (each.number for each in file.details if isinstance(each.detail, Secured) and each.detail.trace == trace), None
    )


def has_leads(file: CallFile) -> bool:
    """True when there is anything to go on."""
    return bool(clues(file) or payments(file) or suspects(file))


def none_known(file: CallFile) -> bool:
    """True when it was asked and there is nothing to go on; what was noted since ends that."""
    return secured(file).get(LEADS) is Securing.ABSENT and not has_leads(file)


def is_kept(file: CallFile, clue: Clue) -> bool:
    """True when this was kept before, also when it was taken back: it is not to be offered again."""
    return any(
        isinstance(each.detail, Clue) and (each.detail.kind, each.detail.value) == (clue.kind, clue.value)
        for each in file.details
    )


def lacking(payment: Payment) -> tuple[str, ...]:
    """Which fields a bank or shop still needs before it can stop this payment (S0.46): names of `Payment`."""
    fields: dict[str, str | int | None] = {
        "cents": payment.cents,
        "account": payment.account.strip(),
        "name": payment.name.strip(),
        "at": payment.at.strip(),
    }
    return tuple(name for name, value in fields.items() if value is None or value == "")


def number_of(file: CallFile, detail: Detail) -> int | None:
    """The number under which exactly this stands; of several the one that was added last."""
    return max((each.number for each in file.details if each.detail == detail), default=None)


def _standing(file: CallFile, kind: type[D]) -> Iterator[tuple[int, D]]:
    for each in file.details:
        if isinstance(each.detail, kind) and not each.taken_back:
            yield each.number, each.detail
