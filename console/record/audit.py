"""The audit trail: one row for each thing that was done or denied, in the same transaction as the thing itself.

A row holds ids and digests, never personal data in clear. A digest is keyed with its call's own random salt, which
stands with the call: when a call is purged, its digests say nothing any more and the trail still stands.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final

from console.record import chain
from console.record.rows import canonical, to_text

if TYPE_CHECKING:
    from console.record.writer import Transaction

Details = dict[str, str | int | bool | None]

INTAKE: Final = "intake"
DELIVERY: Final = "bezorging"


def new_salt() -> bytes:
    """Make the random key of one call."""
    return secrets.token_bytes(32)


def digest(salt: bytes, value: object) -> str:
    """Give the keyed digest by which a value can be recognised, by whoever still has the call."""
    return hmac.digest(salt, canonical(value).encode(), "sha256").hex()


def stands(transaction: Transaction, what: str, call_id: str, details: Details) -> bool:
    """Tell whether the trail of a call already has this row."""
    row = transaction.one(
        "SELECT 1 FROM audit WHERE call_id = ? AND what = ? AND details = ?", call_id, what, canonical(details)
    )
    return row is not None


def write(transaction: Transaction, who: str, what: str, call_id: str | None, details: Details) -> None:
    """Add a row. `what` is a Dutch verb of the register, such as `beantwoord`."""
    transaction.log(
        chain.Log.AUDIT,
        {
            "at": to_text(transaction.now),
            "who": who,
            "terminal": transaction.terminal,
            "os_user": transaction.os_user,
            "what": what,
            "call_id": call_id,
            "details": canonical(details),
        },
    )
