"""Everything that the record holds of one call, in whatever table: what an export must have and a purge must take.

The tables are found by their references to `call`, so that a table which is added later is never forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.record.engine import Connection, Row


@dataclass(frozen=True, slots=True)
class Part:
    """A table and the condition, with one parameter (the call's number), under which its rows are of a call."""

    table: str
    of_call: str


def parts(connection: Connection) -> tuple[Part, ...]:
    """Give the tables that hold something of a call, each before those it refers to; `call` itself comes last."""
    references = {
        row["name"]: connection.execute(f"PRAGMA foreign_key_list({row['name']})").fetchall()
        for row in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
        ).fetchall()
    }
    conditions = {"call": "id = ?"}
    found = ["call"]
    for parent in found:  # it grows while it is walked: first the tables that name a call, then those that name these
        for table, rows in references.items():
            for row in rows:
                if row["table"] == parent and table not in conditions:
                    conditions[table] = _condition(row, conditions[parent])
                    found.append(table)
    naming = {
        parent: [table for table in found if table != parent and parent in {row["table"] for row in references[table]}]
        for parent in found
    }
    return tuple(Part(table, conditions[table]) for table in TopologicalSorter(naming).static_order())


def _condition(reference: Row, of_parent: str) -> str:
    if reference["table"] == "call":
        return f"{reference['from']} = ?"
    return f"{reference['from']} IN (SELECT {reference['to']} FROM {reference['table']} WHERE {of_parent})"  # noqa: S608 - names of our own tables


def dump(connection: Connection, call_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give every row of a call per table, oldest first; bytes as hexadecimal text."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in reversed(parts(connection)):
        rows = connection.execute(
            f"SELECT * FROM {part.table} WHERE {part.of_call} ORDER BY 1",  # noqa: S608 - names of our own tables
            (call_id,),
        ).fetchall()
        found[part.table] = [_as_data(row) for row in rows]
    return found


def register(connection: Connection, call_id: str) -> list[dict[str, Any]]:
    """Give the rows of the audit about a call, oldest first; bytes as hexadecimal text."""
    rows = connection.execute("SELECT * FROM audit WHERE call_id = ? ORDER BY seq", (call_id,)).fetchall()
    return [_as_data(row) for row in rows]


def _as_data(row: Row) -> dict[str, Any]:
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in dict(row).items()}
