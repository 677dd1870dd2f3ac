"""What was typed at a call and not confirmed yet, as `drafting` keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import DraftPlace

if TYPE_CHECKING:
    from console.record.engine import Connection


def of_call(connection: Connection, call_id: str) -> dict[DraftPlace, str]:
    """Give the lines of a call that are not empty."""
    rows = connection.execute("SELECT place, text FROM draft WHERE call_id = ?", (call_id,)).fetchall()
    return {DraftPlace(row["place"]): row["text"] for row in rows}
