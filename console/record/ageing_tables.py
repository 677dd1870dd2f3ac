"""What the outbox keeps of dispatches that wait too long, and what the link keeps of a circuit that is open.

`renewed_at` is when a person last said that a dispatch must go after all: its age counts from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

STATEMENTS: Final = (
    "ALTER TABLE dispatch ADD COLUMN renewed_at TEXT",
    "DROP INDEX dispatch_unsettled",
    # In the order of urgency within a state: the board and the questions to the CAD take the first of very many.
    """CREATE INDEX dispatch_unsettled ON dispatch (state, priority, seq)
        WHERE state NOT IN ('bevestigd', 'met_de_hand', 'niet_meer_nodig')""",
    """CREATE INDEX dispatch_age ON dispatch (coalesce(renewed_at, created_at))
        WHERE state IN ('klaargezet', 'verzonden')""",
    "CREATE INDEX dispatch_too_old ON dispatch (priority, created_at, seq) WHERE state = 'verouderd'",
    "ALTER TABLE link ADD COLUMN paused_since TEXT",
    "ALTER TABLE link ADD COLUMN next_try_at TEXT",
)


def make(db: Database) -> None:
    """Add the columns and indexes."""
    for statement in STATEMENTS:
        db.execute(statement)
