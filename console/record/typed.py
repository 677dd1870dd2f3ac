"""What was typed at a call and not confirmed yet, as `drafting` keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import DraftPlace

if TYPE_CHECKING:
    from console.record.engine import Connection


def answer_to(connection: Connection, call_id: str, number: int, by: str) -> str:
    """Give what `by` typed as an answer to a question and did not give yet."""
    found = connection.execute(
        "SELECT typed FROM consultation WHERE call_id = ? AND number = ? AND seen_by = ?", (call_id, number, by)
    ).fetchone()
    return "" if found is None else str(found["typed"])


def of_call(connection: Connection, call_id: str) -> dict[DraftPlace, str]:
    """Give the lines of a call that are not empty."""
    rows = connection.execute("SELECT place, text FROM draft WHERE call_id = ?", (call_id,)).fetchall()
    return {DraftPlace(row["place"]): row["text"] for row in rows}
