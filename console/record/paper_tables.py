"""The numbers that are kept free for calls which are written down on paper while the console cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

STATEMENTS: Final = (
    """CREATE TABLE paper (
        seq INTEGER PRIMARY KEY,
        year INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL CHECK (last >= first),
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER paper_never_changes BEFORE UPDATE ON paper
        BEGIN SELECT RAISE(ABORT, 'paper numbers stand'); END""",
    """CREATE TRIGGER paper_never_shrinks BEFORE DELETE ON paper
        BEGIN SELECT RAISE(ABORT, 'paper numbers stand'); END""",
)


def make(db: Database) -> None:
    """Make the table."""
    for statement in STATEMENTS:
        db.execute(statement)
