"""Keeping what is typed at a call and not confirmed yet, for whoever holds the call and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import audit
from console.record.rows import check_text

if TYPE_CHECKING:
    from console.model import Claim, DraftPlace
    from console.record.engine import Row
    from console.record.writer import Transaction


def keep(transaction: Transaction, claim: Claim, call: Row, place: DraftPlace, text: str) -> None:
    """Keep how a line stands, of a claim that was found current on `call`; an unchanged one costs no write."""
    check_text(text)
    row = transaction.one("SELECT text FROM draft WHERE call_id = ? AND place = ?", claim.call_id, place)
    if text == ("" if row is None else row["text"]):
        return
    if text:
        transaction.run(
            "INSERT OR REPLACE INTO draft (call_id, place, text) VALUES (?, ?, ?)", claim.call_id, place, text
        )
    else:
        end(transaction, claim.call_id, place)
    details: audit.Details = {"plaats": place, "inhoud": audit.digest(call["salt"], [place, text])}
    audit.write(transaction, claim.owner, "getypt", claim.call_id, details)


def end(transaction: Transaction, call_id: str, place: DraftPlace) -> None:
    """Let go of a line that was confirmed."""
    transaction.run("DELETE FROM draft WHERE call_id = ? AND place = ?", call_id, place)


def end_all(transaction: Transaction, call_id: str) -> None:
    """Let go of all that was typed: the call is no longer with who typed it."""
    transaction.run("DELETE FROM draft WHERE call_id = ?", call_id)
