"""To which CAD the outbox is carried, and since when: what was sent to a former one never goes to the next by itself.

No CAD can know what another one had. So when the settings name another CAD, all that the former one was sent or holds
unconfirmed is for a person; what was never sent goes to the new one. The change itself stands in the audit trail, which
is where it is read back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from console.record import audit
from console.record.following import NOT_SETTLED
from console.record.rows import to_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.record.writer import Transaction, Writer

_CAD: Final = "cad"


class Addressed(NamedTuple):
    """The CAD that is carried to, as the settings name it, and from when; None for the first that was ever named."""

    cad: str
    since: datetime | None


class Addressee:
    """Which CAD the delivery carries to; for the one that holds the lock `bezorging`."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def now(self) -> Addressed | None:
        """Give the CAD that was last carried to; None when none was ever named."""
        return self._writer.look(_now).result()

    def underway(self, limit: int) -> list[str]:
        """Give the messages that this CAD was sent or holds unconfirmed, most urgent first."""
        return self._writer.look(_underway, limit).result()

    def change(self, cad: str) -> None:
        """Record that from now on everything goes to `cad`; before it, leave to a person what is `underway`."""
        self._writer.submit(_change, cad).result()


def _now(transaction: Transaction) -> Addressed | None:
    row = transaction.one(
        "SELECT at, details FROM audit WHERE call_id IS NULL AND what = ? ORDER BY seq DESC LIMIT 1", _CAD
    )
    if row is None:
        return None
    details = json.loads(row["details"])
    return Addressed(details["cad"], to_time(row["at"]) if details["na een ander"] else None)


def _underway(transaction: Transaction, limit: int) -> list[str]:
    rows = transaction.every(
        f"""SELECT message_id FROM dispatch INDEXED BY dispatch_unsettled
        WHERE {NOT_SETTLED} AND state IN ('verzonden', 'afgeleverd') ORDER BY priority, seq LIMIT ?""",  # noqa: S608
        limit,
    )
    return [row["message_id"] for row in rows]


def _change(transaction: Transaction, cad: str) -> None:
    audit.write(transaction, audit.DELIVERY, _CAD, None, {"cad": cad, "na een ander": _now(transaction) is not None})
