"""The logs of the record, as they stand in the file."""

from __future__ import annotations

from typing import Any

from console.desk import Desk
from console.record.engine import sqlite


def read_log(desk: Desk) -> list[tuple[str, str | None]]:
    """What was read of which call, oldest first."""
    return [(row["what"], row["call_id"]) for row in _rows(desk, "access_log")]


def audit_rows(desk: Desk) -> list[dict[str, Any]]:
    """The register of what was done and refused, oldest first."""
    return _rows(desk, "audit")


def _rows(desk: Desk, table: str) -> list[dict[str, Any]]:
    connection = sqlite.connect(desk._writer.home.database)
    try:
        found = connection.execute(f"SELECT * FROM {table} ORDER BY seq")  # noqa: S608 - the name of a table of ours
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]
    finally:
        connection.close()
