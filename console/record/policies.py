"""Which policy a call is asked under, and when the room took another one into use.

A call keeps the policy under which it began, so that no question changes while somebody is asking it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import audit
from console.record.rows import check_text, to_text

if TYPE_CHECKING:
    from console.model import Claim
    from console.record.writer import Transaction, Writer


class Policies:
    """The policies of a record, written through one writer."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def begin(self, claim: Claim, text_hash: str) -> str:
        """Bind a call to a policy by its text hash, unless it is bound; gives the hash of the one that holds."""
        return self._writer.submit(begin, claim, text_hash).result()

    def activated(self, who: str, before: str, after: str) -> None:
        """Put in the audit that `who` replaced the policy for new calls; both are text hashes."""
        self._writer.submit(_activated, who, before, after).result()


def begin(transaction: Transaction, claim: Claim, text_hash: str) -> str:
    """Bind a call to a policy, unless it is bound; gives the hash of the one that holds."""
    check_text(claim.call_id, text_hash)
    bound = transaction.one("SELECT text_hash FROM call_policy WHERE call_id = ?", claim.call_id)
    if bound is not None:
        return str(bound["text_hash"])
    transaction.run(
        "INSERT INTO call_policy (call_id, text_hash, at) VALUES (?, ?, ?)",
        claim.call_id,
        text_hash,
        to_text(transaction.now),
    )
    audit.write(transaction, claim.owner, "beleid bepaald", claim.call_id, {"beleid": text_hash})
    return text_hash


def _activated(transaction: Transaction, who: str, before: str, after: str) -> None:
    check_text(who, before, after)
    audit.write(transaction, who, "beleid geactiveerd", None, {"oud": before, "nieuw": after})
