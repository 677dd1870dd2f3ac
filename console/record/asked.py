"""Questions to the shift lead with what became of them, as `consulting` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import model
from console.record.rows import as_recorded, to_time, to_time_or_none

if TYPE_CHECKING:
    from console.model import Consultation
    from console.record.engine import Connection, Row

ASKED: Final = "overleg gevraagd"
TAKEN_UP: Final = "overleg opgepakt"
ANSWERED: Final = "overleg beantwoord"

OPEN: Final = "SELECT call_id FROM consultation INDEXED BY consultation_open WHERE answer IS NULL"
"""The calls of which a question waits for an answer."""


def of_call(connection: Connection, call_id: str) -> tuple[Consultation, ...]:
    """Give the questions of a call, the first one first."""
    rows = connection.execute("SELECT * FROM consultation WHERE call_id = ? ORDER BY number", (call_id,)).fetchall()
    return tuple(consultation_of(row) for row in rows)


def waiting(connection: Connection) -> dict[str, Consultation]:
    """Give the first question of each call that waits for an answer."""
    found: dict[str, Consultation] = {}
    rows = connection.execute(
        "SELECT * FROM consultation INDEXED BY consultation_open WHERE answer IS NULL ORDER BY call_id, number"
    ).fetchall()
    for row in rows:
        found.setdefault(row["call_id"], consultation_of(row))
    return found


@as_recorded
def consultation_of(row: Row) -> Consultation:
    """Read a question with what became of it."""
    return model.Consultation(
        number=row["number"],
        call_id=row["call_id"],
        question=row["question"],
        asked_at=to_time(row["asked_at"]),
        asked_by=row["asked_by"],
        seen_at=to_time_or_none(row["seen_at"]),
        seen_by=row["seen_by"],
        answered_at=to_time_or_none(row["answered_at"]),
        answered_by=row["answered_by"],
        answer=row["answer"],
    )
