"""Calls that were entered later from a paper form: what really happened when, beside when it was entered.

A call with a row in `paper_form` was entered later. Its `received_at` is when it came, its `rung_at` when it was
entered; its first decision has in `made_at` when it was taken, and in `at` when it was entered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

STATEMENTS: Final = (
    """CREATE TABLE paper_form (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL UNIQUE REFERENCES call (id),
        token TEXT NOT NULL UNIQUE,
        number TEXT NOT NULL,
        called_at TEXT NOT NULL,
        decided_at TEXT CHECK (decided_at >= called_at),
        passed_on_at TEXT CHECK (passed_on_at >= decided_at),
        passed_to TEXT NOT NULL,
        unit TEXT NOT NULL,
        handled_by TEXT NOT NULL,
        at TEXT NOT NULL CHECK (at >= called_at),
        by TEXT NOT NULL,
        CHECK (passed_on_at IS NULL OR decided_at IS NOT NULL)
    ) STRICT""",
    """CREATE TRIGGER paper_form_never_changes BEFORE UPDATE ON paper_form
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END""",
    """CREATE TRIGGER paper_form_stays_with_its_call BEFORE DELETE ON paper_form
        WHEN EXISTS (SELECT 1 FROM call WHERE id = OLD.call_id)
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END""",
    "ALTER TABLE decision ADD COLUMN made_at TEXT",
    """CREATE TRIGGER decision_keeps_its_moment BEFORE UPDATE OF made_at ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision stands'); END""",
)


def make(db: Database) -> None:
    """Make the table, and the moment of a decision that is not the one of its entry."""
    for statement in STATEMENTS:
        db.execute(statement)
