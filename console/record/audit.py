"""The audit trail: one row for each thing that was done or denied, in the same transaction as the thing itself.

A row holds ids and digests, never personal data in clear. A digest is keyed with its call's own random salt, which
stands with the call: when a call is purged, its digests say nothing any more and the trail still stands.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from console.record import chain
from console.record.rows import canonical, to_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

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


def content(value: DataclassInstance) -> dict[str, Any]:
    """Give what of a value is digested: its fields that hold something.

    What is empty is left out, so that a field which a later version adds leaves the digests of earlier rows as they
    are. Moments are text, and a number means the same whether it was written as 53 or as 53.0, and 0 as -0.0.
    """
    return _filled(asdict(value))


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, Mapping):
            found[name] = _filled(value)
        elif isinstance(value, datetime):
            found[name] = to_text(value)
        elif isinstance(value, float | int) and not isinstance(value, bool):
            found[name] = float(value) + 0.0  # SQLite keeps no sign of a zero
        elif value not in (None, "", ()):
            found[name] = value
    return found


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
