"""The tables behind a whole call at the console: details in versions, questions to the shift lead, additions to a
dispatch, and what was chosen beside a decision.

An addition stands in the outbox without a decision of its own, so the outbox is made anew around what it already holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils.db import Database

_DETAILS: Final = (
    """CREATE TABLE detail (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        assessment INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        token TEXT UNIQUE
    ) STRICT""",
    "CREATE INDEX detail_of_call ON detail (call_id, number, seq)",
    """CREATE TRIGGER detail_never_changes BEFORE UPDATE ON detail
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END""",
    """CREATE TRIGGER detail_stays_with_its_call BEFORE DELETE ON detail
        WHEN EXISTS (SELECT 1 FROM call WHERE id = OLD.call_id)
        BEGIN SELECT RAISE(ABORT, 'what was said is append-only'); END""",
    # The first promise to call back that was not kept, on the call itself: the board must find it among all calls.
    "ALTER TABLE call ADD COLUMN call_back_at TEXT",
    "CREATE INDEX call_to_call_back ON call (id) WHERE call_back_at IS NOT NULL",
)

_CONSULTATIONS: Final = (
    """CREATE TABLE consultation (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        number INTEGER NOT NULL,
        question TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        seen_at TEXT,
        seen_by TEXT,
        answer TEXT,
        answered_at TEXT,
        answered_by TEXT,
        typed TEXT NOT NULL DEFAULT '',
        UNIQUE (call_id, number)
    ) STRICT""",
    "CREATE INDEX consultation_open ON consultation (call_id) WHERE answer IS NULL",
    """CREATE TRIGGER question_never_changes
        BEFORE UPDATE OF seq, call_id, number, question, asked_at, asked_by ON consultation
        BEGIN SELECT RAISE(ABORT, 'a question stands'); END""",
    """CREATE TRIGGER taken_up_once BEFORE UPDATE OF seen_at, seen_by ON consultation
        WHEN OLD.seen_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a question is taken up once'); END""",
    """CREATE TRIGGER answered_once BEFORE UPDATE OF answer, answered_at, answered_by ON consultation
        WHEN OLD.answer IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an answer stands'); END""",
    """CREATE TRIGGER consultation_stays_with_its_call BEFORE DELETE ON consultation
        WHEN EXISTS (SELECT 1 FROM call WHERE id = OLD.call_id)
        BEGIN SELECT RAISE(ABORT, 'a question stands'); END""",
)

_COLUMNS: Final = (
    "ALTER TABLE call ADD COLUMN urgent INTEGER CHECK (urgent IN (0, 1))",
    "ALTER TABLE decision ADD COLUMN also TEXT NOT NULL DEFAULT '[]'",
    """CREATE TRIGGER decision_stands_with_what_is_beside_it BEFORE UPDATE OF also ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision stands'); END""",
)

_OUTBOX: Final = (
    *(f"DROP INDEX {index}" for index in ("dispatch_of_call", "dispatch_due", "dispatch_unsettled")),
    *(f"DROP INDEX {index}" for index in ("dispatch_followed", "unit_of_dispatch")),
    "ALTER TABLE unit RENAME TO unit_before",
    "ALTER TABLE dispatch RENAME TO dispatch_before",
    """CREATE TABLE dispatch (
        seq INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL UNIQUE,
        call_id TEXT NOT NULL REFERENCES call (id),
        decision_id INTEGER UNIQUE REFERENCES decision (id),
        adds_to TEXT REFERENCES dispatch (message_id),
        added_by TEXT,
        priority INTEGER NOT NULL,
        body TEXT NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        sent_at TEXT,
        delivered_at TEXT,
        answered_at TEXT,
        reason TEXT NOT NULL DEFAULT '',
        cad_reference TEXT NOT NULL DEFAULT '',
        unit TEXT NOT NULL DEFAULT '',
        unit_status TEXT,
        unit_status_at TEXT,
        next_attempt_at TEXT,
        expected_at TEXT,
        CHECK ((decision_id IS NULL) = (adds_to IS NOT NULL)),
        CHECK ((adds_to IS NULL) = (added_by IS NULL))
    ) STRICT""",
    """INSERT INTO dispatch (seq, message_id, call_id, decision_id, priority, body, created_at, changed_at, state,
            attempts, sent_at, delivered_at, answered_at, reason, cad_reference, unit, unit_status, unit_status_at,
            next_attempt_at)
        SELECT seq, message_id, call_id, decision_id, priority, body, created_at, changed_at, state,
            attempts, sent_at, delivered_at, answered_at, reason, cad_reference, unit, unit_status, unit_status_at,
            next_attempt_at
        FROM dispatch_before ORDER BY seq""",
    "CREATE INDEX dispatch_of_call ON dispatch (call_id, seq)",
    "CREATE INDEX dispatch_added_to ON dispatch (adds_to) WHERE adds_to IS NOT NULL",
    "CREATE INDEX dispatch_due ON dispatch (priority, seq) WHERE state IN ('klaargezet', 'verzonden')",
    "CREATE INDEX dispatch_unsettled ON dispatch (state, call_id) WHERE state NOT IN ('bevestigd', 'met_de_hand')",
    """CREATE INDEX dispatch_followed ON dispatch (changed_at)
        WHERE state = 'bevestigd' AND (unit_status IS NULL OR unit_status <> 'afgesloten') AND adds_to IS NULL""",
    """CREATE TABLE unit (
        seq INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL REFERENCES dispatch (message_id),
        unit TEXT NOT NULL,
        status TEXT NOT NULL,
        at TEXT NOT NULL,
        expected_at TEXT
    ) STRICT""",
    """INSERT INTO unit (seq, message_id, unit, status, at)
        SELECT seq, message_id, unit, status, at FROM unit_before ORDER BY seq""",
    "CREATE INDEX unit_of_dispatch ON unit (message_id, unit, seq)",
    "DROP TABLE unit_before",
    "DROP TABLE dispatch_before",
)

STATEMENTS: Final = (*_DETAILS, *_CONSULTATIONS, *_COLUMNS, *_OUTBOX)


def make(db: Database) -> None:
    """Make the tables, and carry over what the outbox holds."""
    for statement in STATEMENTS:
        db.execute(statement)
