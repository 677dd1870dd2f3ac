"""The table of what is typed at a call and not confirmed yet.

A row is how one line stands now. It is no part of what was said of the call: it is replaced at each change and goes
when it is confirmed, or when its call is somebody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

STATEMENTS: Final = (
    """CREATE TABLE draft (
        call_id TEXT NOT NULL REFERENCES call (id),
        place TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        PRIMARY KEY (call_id, place)
    ) STRICT, WITHOUT ROWID""",
)


def make(db: Database) -> None:
    """Make the table."""
    for statement in STATEMENTS:
        db.execute(statement)
