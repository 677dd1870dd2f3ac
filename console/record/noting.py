"""Noting details of a call: clues, payments, what was said, seen and agreed.

Nothing is changed: a correction, and taking one back, is a new row under the same number, and the newest row counts.
The promise to call back that comes first stands on the call as well, so that the board finds it among all calls.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from console.model import CallBack, KnownDetail, Payment, TraceOrigin
from console.record import audit, links, search
from console.record.details import CORRECTED, KIND_OF, NEW, TAKEN_BACK, call_back_at, known_of, of_call, word_of
from console.record.errors import RecordError
from console.record.rows import canonical, check_text, to_text
from console.texts import words

if TYPE_CHECKING:
    from console.model import Claim, Detail, Trace
    from console.record.details import Kind
    from console.record.engine import Row
    from console.record.writer import Transaction


def add(
    transaction: Transaction, claim: Claim, call: Row, detail: Detail, traces: tuple[Trace, ...], token: str | None
) -> int:
    """Write a detail of a claim that was found current on `call`; gives its number.

    What was added with the same token stands already: then this says how it now stands.
    """
    check_text(token)
    standing = transaction.one("SELECT number FROM detail WHERE call_id = ? AND token = ?", claim.call_id, token)
    if standing is not None:
        change(transaction, claim, call, standing["number"], detail, traces)
        return int(standing["number"])
    newest = transaction.one("SELECT max(number) AS number FROM detail WHERE call_id = ?", claim.call_id)
    number = 1 if newest is None or newest["number"] is None else int(newest["number"]) + 1
    known = KnownDetail(number, detail, transaction.now, claim.owner)
    _write(transaction, claim, call, known, NEW, traces, token)
    return number


def change(
    transaction: Transaction, claim: Claim, call: Row, number: int, detail: Detail, traces: tuple[Trace, ...]
) -> None:
    """Write a new version of a detail; one that was taken back counts again. An unchanged one costs no write."""
    known = _standing(transaction, claim, number)
    if type(known.detail) is not type(detail):
        word = KIND_OF[type(known.detail)].word
        raise RecordError(words.record.other_kind(number, word))
    if (known.detail, known.taken_back) != (detail, False):
        new = KnownDetail(number, detail, transaction.now, claim.owner)
        _write(transaction, claim, call, new, CORRECTED, traces)


def take_back(transaction: Transaction, claim: Claim, call: Row, number: int) -> None:
    """Say that a detail does not hold; it stays in the record. Doing it twice costs no write."""
    known = _standing(transaction, claim, number)
    if not known.taken_back:
        gone = KnownDetail(number, known.detail, transaction.now, claim.owner, taken_back=True)
        _write(transaction, claim, call, gone, TAKEN_BACK, ())


def digested(row: Row) -> object:
    """Give what of one version the audit holds a digest of."""
    return _content(known_of(row), row["assessment"])


def _standing(transaction: Transaction, claim: Claim, number: int) -> KnownDetail:
    row = transaction.one(
        "SELECT * FROM detail WHERE call_id = ? AND number = ? ORDER BY seq DESC LIMIT 1", claim.call_id, number
    )
    if row is None:
        raise RecordError(words.record.nothing_noted(claim.call_id, number))
    return known_of(row)


def _write(
    transaction: Transaction,
    claim: Claim,
    call: Row,
    known: KnownDetail,
    how: str,
    traces: tuple[Trace, ...],
    token: str | None = None,
) -> None:
    kind = KIND_OF[type(known.detail)]
    _check(kind, known.detail)
    transaction.run(
        """INSERT INTO detail (call_id, assessment, number, kind, body, taken_back, at, by, token)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        claim.call_id,
        call["assessment"],
        known.number,
        kind.word,
        canonical(known.detail),
        known.taken_back,
        to_text(known.at),
        known.by,
        token,
    )
    links.keep(transaction.connection, claim.call_id, TraceOrigin.DETAIL, traces, to_text(known.at), known.number)
    search.index(transaction.connection, claim.call_id)
    if isinstance(known.detail, CallBack):
        first = call_back_at(of_call(transaction.connection, claim.call_id))
        transaction.run("UPDATE call SET call_back_at = ? WHERE id = ?", first, claim.call_id)
    content = audit.digest(call["salt"], _content(known, call["assessment"]))
    audit.write(transaction, claim.owner, f"{kind.word} {how}", claim.call_id, {"inhoud": content})


def _content(known: KnownDetail, assessment: int) -> object:
    return [known.number, word_of(known.detail), audit.content(known.detail), known.taken_back, assessment]


def _check(kind: Kind, detail: Detail) -> None:
    values = {field.name: getattr(detail, field.name) for field in fields(detail)}
    check_text(*(value for value in values.values() if isinstance(value, str)))
    if kind.needed and not any(str(values[name]).strip() for name in kind.needed):
        raise RecordError(words.record.still_empty(kind.word))
    if isinstance(detail, Payment) and detail.cents is not None and detail.cents < 0:
        raise RecordError(words.record.BELOW_ZERO)
