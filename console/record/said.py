"""Reads back what `statements` writes: persons, facts, impression and special data, each as it now stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Certainty, Fact, Known, KnownFact, KnownPerson, Person, PersonRole, Source, Special
from console.record.rows import to_time

if TYPE_CHECKING:
    from console.record.engine import Connection, Row

_NEWEST: Final = """SELECT * FROM {table} AS newest WHERE call_id = ? AND seq =
    (SELECT max(seq) FROM {table} WHERE call_id = newest.call_id AND {key} = newest.{key}) ORDER BY {key}"""
_PERSONS: Final = _NEWEST.format(table="person", key="number")
_FACTS: Final = _NEWEST.format(table="fact", key="number")
_SPECIAL: Final = _NEWEST.format(table="special", key="kind")


def person_of(row: Row) -> Person:
    """Read one version of a person."""
    return Person(PersonRole(row["role"]), row["name"], row["phone"], row["description"])


def fact_of(row: Row) -> Fact:
    """Read one version of a fact."""
    return Fact(row["text"], Source(row["source"]), Certainty(row["certainty"]), row["person"])


def persons_of(connection: Connection, call_id: str) -> tuple[KnownPerson, ...]:
    """Give the newest version of each person of a call."""
    return tuple(
        KnownPerson(
            number=row["number"],
            person=person_of(row),
            at=to_time(row["at"]),
            by=row["by"],
        )
        for row in connection.execute(_PERSONS, (call_id,)).fetchall()
    )


def facts_of(connection: Connection, call_id: str) -> tuple[KnownFact, ...]:
    """Give the newest version of each fact of a call."""
    return tuple(
        KnownFact(
            number=row["number"],
            fact=fact_of(row),
            at=to_time(row["at"]),
            by=row["by"],
        )
        for row in connection.execute(_FACTS, (call_id,)).fetchall()
    )


def impression_of(connection: Connection, call_id: str) -> str:
    """Give the newest impression, empty when there is none."""
    row = connection.execute(
        "SELECT text FROM impression WHERE call_id = ? ORDER BY seq DESC LIMIT 1", (call_id,)
    ).fetchone()
    return "" if row is None else str(row["text"])


def special_of(connection: Connection, call_id: str) -> tuple[tuple[Special, Known], ...]:
    """Give the newest code of each kind of special data that was asked about."""
    rows = connection.execute(_SPECIAL, (call_id,)).fetchall()
    return tuple((Special(row["kind"]), Known(row["value"])) for row in rows)
