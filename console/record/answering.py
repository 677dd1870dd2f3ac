"""How what a caller says gets on disk: a new version each time, in the assessment that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import TraceOrigin
from console.record import audit, links, search
from console.record.rows import check_text, facts_of, to_text

if TYPE_CHECKING:
    from console.model import Claim, Facts, Trace
    from console.record.engine import Row
    from console.record.writer import Transaction


def answer(transaction: Transaction, claim: Claim, call: Row, question: str, value: str | None) -> None:
    """Write an answer, or with None that the question is open again, of a claim that was found current on `call`."""
    check_text(question, value)
    transaction.run(
        "INSERT INTO answer (call_id, assessment, question, value, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        claim.call_id,
        call["assessment"],
        question,
        value,
        to_text(transaction.now),
        claim.owner,
    )
    content = audit.digest(call["salt"], [question, value])
    audit.write(transaction, claim.owner, "beantwoord", claim.call_id, {"inhoud": content})


def tell(transaction: Transaction, claim: Claim, call: Row, facts: Facts, traces: tuple[Trace, ...]) -> None:
    """Write what the caller told of themselves; an unchanged version costs no write."""
    check_text(facts.address, facts.callback)
    newest = transaction.one("SELECT * FROM told WHERE call_id = ? ORDER BY seq DESC LIMIT 1", claim.call_id)
    if newest is not None and facts == facts_of(newest):
        return
    transaction.run(
        """INSERT INTO told (call_id, assessment, at, by, address, callback, role, speaks_freely)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        claim.call_id,
        call["assessment"],
        to_text(transaction.now),
        claim.owner,
        facts.address,
        facts.callback,
        facts.role,
        facts.speaks_freely,
    )
    _settle(transaction, claim, TraceOrigin.TOLD, traces)
    content = audit.digest(call["salt"], audit.content(facts))
    audit.write(transaction, claim.owner, "gegevens", claim.call_id, {"inhoud": content})


def note(transaction: Transaction, claim: Claim, call: Row, text: str, traces: tuple[Trace, ...]) -> None:
    """Write the note line as it now stands; an unchanged one costs no write."""
    check_text(text)
    if call["note"] == text:
        return
    transaction.run("UPDATE call SET note = ? WHERE id = ?", text, claim.call_id)
    _settle(transaction, claim, TraceOrigin.NOTE, traces)
    audit.write(transaction, claim.owner, "notitie", claim.call_id, {"inhoud": audit.digest(call["salt"], text)})


def _settle(transaction: Transaction, claim: Claim, origin: TraceOrigin, traces: tuple[Trace, ...]) -> None:
    """Make what was just recorded findable: what other calls may share of it, and its words."""
    links.keep(transaction.connection, claim.call_id, origin, traces, to_text(transaction.now))
    search.index(transaction.connection, claim.call_id)
