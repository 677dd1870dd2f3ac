"""Closing a call that was opened by hand and in which nothing was recorded; that it was a mistake is what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import OpenedByMistake, Stage
from console.record import claiming, noting
from console.record.errors import RecordError
from console.record.ringing import BY_HAND
from console.texts import words

if TYPE_CHECKING:
    from console.model import Claim
    from console.record.engine import Row
    from console.record.writer import Transaction

_NOTHING_SAID: Final = (BY_HAND, "aangenomen", "beleid bepaald", "teruggezet")
"""What the audit says of a call in which nobody recorded anything."""


def close(transaction: Transaction, claim: Claim, call: Row) -> None:
    """Close a call of a claim that was found current on `call`; refused when anything was ever recorded in it."""
    done = transaction.every("SELECT what FROM audit WHERE call_id = ?", claim.call_id)
    verbs = {row["what"] for row in done}
    if BY_HAND not in verbs or not verbs <= set(_NOTHING_SAID):
        raise RecordError(words.record.not_empty(claim.call_id))
    noting.add(transaction, claim, call, OpenedByMistake(), (), token=None)
    claiming.let_go(transaction, call, Stage.DECIDED)
