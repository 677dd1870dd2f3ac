"""The tables behind looking a call up: what calls share, facts apart from judgement, words to search, who read what.

What is said of a case is append-only like answers are, the newest row of a number counts. The log of reading only
shrinks from its old end, which is how its term of retention is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

_APPEND_ONLY: Final = ("person", "fact", "impression", "special")

STATEMENTS: Final = (
    "CREATE INDEX call_by_age ON call (rung_at)",
    """CREATE TABLE trace (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        text TEXT NOT NULL,
        valid INTEGER NOT NULL CHECK (valid IN (0, 1)),
        origin TEXT NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX trace_of_call ON trace (call_id, origin, number)",
    "CREATE INDEX trace_shared ON trace (kind, value, at, call_id)",
    """CREATE TABLE person (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        number INTEGER NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        phone TEXT NOT NULL,
        description TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE fact (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        number INTEGER NOT NULL,
        person INTEGER,
        text TEXT NOT NULL,
        source TEXT NOT NULL,
        certainty TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE impression (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE special (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL CHECK (value IN ('ja', 'nee', 'onbekend')),
        at TEXT NOT NULL,
        by TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX person_of_call ON person (call_id, number, seq)",
    "CREATE INDEX fact_of_call ON fact (call_id, number, seq)",
    "CREATE INDEX impression_of_call ON impression (call_id, seq)",
    "CREATE INDEX special_of_call ON special (call_id, kind, seq)",
    *(
        f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END"""
        for table in _APPEND_ONLY
    ),
    *(
        f"""CREATE TRIGGER {table}_stays_with_its_call BEFORE DELETE ON {table}
        WHEN EXISTS (SELECT 1 FROM call WHERE id = OLD.call_id)
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END"""  # noqa: S608 - names of our own tables
        for table in _APPEND_ONLY
    ),
    # Its term of retention takes the oldest rows; the newest one always stays, so that the chain goes on from it.
    "DROP TRIGGER access_log_never_shrinks",
    """CREATE TRIGGER access_log_only_loses_its_oldest BEFORE DELETE ON access_log
        WHEN EXISTS (SELECT 1 FROM access_log WHERE seq < OLD.seq)
            OR NOT EXISTS (SELECT 1 FROM access_log WHERE seq > OLD.seq)
        BEGIN SELECT RAISE(ABORT, 'the log of reads is append-only'); END""",
    """CREATE VIRTUAL TABLE words USING fts5(names, text, detail = column,
        tokenize = "unicode61 remove_diacritics 2")""",
    # Else words of a destroyed call would stay in the index until it is next rewritten.
    "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
)


def make(db: Database) -> None:
    """Make the tables, and fill them for the calls that are already there."""
    for statement in STATEMENTS:
        db.execute(statement)
    from console.record import filling  # noqa: PLC0415 - only an update needs it

    filling.fill(db.conn)
