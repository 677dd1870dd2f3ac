"""What is said of a case, kept apart: persons with their role, facts with their source, impression, special data.

Facts stand apart from judgement (Wpg 4 lid 3), persons apart by role (Wpg 6b), special data is a code and no text
(Wpg 5). Nothing is changed: a correction is a new row under the same number, and the newest row counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import Certainty, TraceOrigin
from console.record import audit, links, said, search
from console.record.errors import RecordError
from console.record.rows import check_text, to_text
from console.texts import words

if TYPE_CHECKING:
    from console.model import Claim, Fact, Known, Person, Special, Trace
    from console.record.writer import Transaction


def add_person(
    transaction: Transaction,
    claim: Claim,
    salt: bytes,
    person: Person,
    number: int | None,
    traces: tuple[Trace, ...],
) -> int:
    """Write a person, or a new version of person `number`; gives the number."""
    check_text(person.name, person.phone, person.description)
    number = _number(transaction, "person", claim.call_id, number)
    transaction.run(
        """INSERT INTO person (call_id, number, role, name, phone, description, at, by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        claim.call_id,
        number,
        person.role,
        person.name,
        person.phone,
        person.description,
        to_text(transaction.now),
        claim.owner,
    )
    _settle(transaction, claim, TraceOrigin.PERSON, number, traces)
    _tell_audit(transaction, claim, salt, "persoon", [number, audit.content(person)])
    return number


def add_fact(
    transaction: Transaction, claim: Claim, salt: bytes, fact: Fact, number: int | None, traces: tuple[Trace, ...]
) -> int:
    """Write a fact, or a new version of fact `number`; gives the number. One that is wrong links no calls."""
    check_text(fact.text)
    if not fact.text.strip():
        raise RecordError(words.record.EMPTY_FACT)
    if fact.person is not None and _newest_number(transaction, "person", claim.call_id) < fact.person:
        raise RecordError(words.record.no_person(claim.call_id, fact.person))
    number = _number(transaction, "fact", claim.call_id, number)
    transaction.run(
        """INSERT INTO fact (call_id, number, person, text, source, certainty, at, by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        claim.call_id,
        number,
        fact.person,
        fact.text,
        fact.source,
        fact.certainty,
        to_text(transaction.now),
        claim.owner,
    )
    _settle(transaction, claim, TraceOrigin.FACT, number, () if fact.certainty == Certainty.WRONG else traces)
    _tell_audit(transaction, claim, salt, "feit", [number, audit.content(fact)])
    return number


def add_impression(transaction: Transaction, claim: Claim, salt: bytes, text: str) -> None:
    """Write what the operator makes of it, as it now stands; an unchanged one costs no write."""
    check_text(text)
    if text == said.impression_of(transaction.connection, claim.call_id):
        return
    transaction.run(
        "INSERT INTO impression (call_id, text, at, by) VALUES (?, ?, ?, ?)",
        claim.call_id,
        text,
        to_text(transaction.now),
        claim.owner,
    )
    search.index(transaction.connection, claim.call_id)
    _tell_audit(transaction, claim, salt, "indruk", text)


def add_special(transaction: Transaction, claim: Claim, salt: bytes, kind: Special, value: Known) -> None:
    """Write a code of special data; an unchanged one costs no write."""
    if dict(said.special_of(transaction.connection, claim.call_id)).get(kind) == value:
        return
    transaction.run(
        "INSERT INTO special (call_id, kind, value, at, by) VALUES (?, ?, ?, ?, ?)",
        claim.call_id,
        kind,
        value,
        to_text(transaction.now),
        claim.owner,
    )
    _tell_audit(transaction, claim, salt, "bijzonder gegeven", [kind, value])


def _newest_number(transaction: Transaction, table: str, call_id: str) -> int:
    row = transaction.one(f"SELECT max(number) AS newest FROM {table} WHERE call_id = ?", call_id)  # noqa: S608 - fixed
    return 0 if row is None or row["newest"] is None else int(row["newest"])


def _number(transaction: Transaction, table: str, call_id: str, number: int | None) -> int:
    newest = _newest_number(transaction, table, call_id)
    if number is None:
        return newest + 1
    if not 1 <= number <= newest:
        raise RecordError(words.record.nothing_to_correct(call_id, number))
    return number


def _settle(
    transaction: Transaction, claim: Claim, origin: TraceOrigin, number: int, traces: tuple[Trace, ...]
) -> None:
    links.keep(transaction.connection, claim.call_id, origin, traces, to_text(transaction.now), number)
    search.index(transaction.connection, claim.call_id)


def _tell_audit(transaction: Transaction, claim: Claim, salt: bytes, what: str, content: object) -> None:
    audit.write(transaction, claim.owner, what, claim.call_id, {"inhoud": audit.digest(salt, content)})
