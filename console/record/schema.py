"""The tables of the record and the steps by which they came to be.

`PRAGMA user_version` holds the number of applied steps, so that a program start on a current file costs one pragma and
never imports sqlite-utils. All tables are STRICT. What an operator said is append-only: the newest row counts.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from console.record import ageing_tables, chain, console_tables, dossier_tables, draft_tables, form_tables, paper_tables
from console.record.errors import RecordError
from console.record.rows import canonical, to_text
from console.texts import words

if TYPE_CHECKING:
    from sqlite_utils.db import Database

    from console.record.engine import Connection

_FIRST_TABLES: Final = (
    "CREATE TABLE counter (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT",
    """CREATE TABLE call (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        external_id TEXT UNIQUE,
        salt BLOB NOT NULL,
        channel TEXT NOT NULL,
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        lat REAL,
        lon REAL,
        first_words TEXT NOT NULL,
        received_at TEXT NOT NULL,
        rung_at TEXT NOT NULL,
        stage TEXT NOT NULL CHECK (stage IN ('wacht', 'in_behandeling', 'besloten')),
        owner TEXT,
        claimed_at TEXT,
        fence INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX call_open ON call (stage) WHERE stage <> 'besloten'",
    """CREATE TABLE told (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        address TEXT NOT NULL,
        callback TEXT NOT NULL,
        role TEXT,
        speaks_freely INTEGER
    ) STRICT""",
    "CREATE INDEX told_of_call ON told (call_id, seq)",
    """CREATE TABLE answer (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        question TEXT NOT NULL,
        value TEXT,
        at TEXT NOT NULL,
        by TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX answer_of_call ON answer (call_id, question, seq)",
    """CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        token TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        choice TEXT NOT NULL,
        policy TEXT NOT NULL,
        answers TEXT NOT NULL,
        suggestion TEXT NOT NULL,
        deviates INTEGER NOT NULL CHECK (deviates IN (0, 1)),
        message_id TEXT,
        reason TEXT,
        reason_at TEXT,
        reason_by TEXT
    ) STRICT""",
    "CREATE INDEX decision_of_call ON decision (call_id, id)",
    "CREATE INDEX decision_without_reason ON decision (call_id) WHERE deviates = 1 AND reason IS NULL",
    """CREATE TABLE dispatch (
        seq INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL UNIQUE,
        call_id TEXT NOT NULL REFERENCES call (id),
        decision_id INTEGER NOT NULL UNIQUE REFERENCES decision (id),
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
        next_attempt_at TEXT
    ) STRICT""",
    "CREATE INDEX dispatch_of_call ON dispatch (call_id, seq)",
    """CREATE INDEX dispatch_due ON dispatch (priority, seq) WHERE state IN ('klaargezet', 'verzonden')""",
    """CREATE INDEX dispatch_unsettled ON dispatch (state, call_id) WHERE state NOT IN ('bevestigd', 'met_de_hand')""",
    """CREATE INDEX dispatch_followed ON dispatch (changed_at)
        WHERE state = 'bevestigd' AND (unit_status IS NULL OR unit_status <> 'afgesloten')""",
    """CREATE TABLE unit (
        seq INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL REFERENCES dispatch (message_id),
        unit TEXT NOT NULL,
        status TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX unit_of_dispatch ON unit (message_id, unit, seq)",
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        reachable INTEGER NOT NULL,
        since TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        error TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        terminal TEXT NOT NULL,
        os_user TEXT NOT NULL,
        what TEXT NOT NULL,
        call_id TEXT,
        details TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX audit_of_call ON audit (call_id, seq) WHERE call_id IS NOT NULL",
    """CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER answer_never_changes BEFORE UPDATE ON answer
        BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END""",
    """CREATE TRIGGER told_never_changes BEFORE UPDATE ON told
        BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END""",
    """CREATE TRIGGER decision_never_changes
        BEFORE UPDATE OF id, call_id, token, at, by, choice, policy, answers, suggestion, deviates, message_id
        ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision stands'); END""",
    """CREATE TRIGGER reason_given_once BEFORE UPDATE OF reason, reason_at, reason_by ON decision
        WHEN OLD.reason IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a reason stands'); END""",
)


def _first_tables(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


_POLICY_OF_CALL: Final = """CREATE TABLE call_policy (
    call_id TEXT PRIMARY KEY REFERENCES call (id),
    text_hash TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT"""


def _policy_of_call(db: Database) -> None:
    db.execute(_POLICY_OF_CALL)


CHAIN_BEGUN: Final = "keten begonnen"

_ROOM_TABLES: Final = (
    # Apart from `call`, because a sign of life every few seconds must not write a whole call again.
    """CREATE TABLE lease (
        call_id TEXT PRIMARY KEY REFERENCES call (id),
        fence INTEGER NOT NULL,
        seen_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO lease (call_id, fence, seen_at)
        SELECT id, fence, claimed_at FROM call WHERE owner IS NOT NULL""",
    """CREATE TABLE transfer (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        "from" TEXT NOT NULL,
        "to" TEXT,
        reason TEXT NOT NULL,
        fence INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX transfer_of_call ON transfer (call_id, seq)",
    """CREATE TRIGGER transfer_never_changes BEFORE UPDATE ON transfer
        BEGIN SELECT RAISE(ABORT, 'transfers are append-only'); END""",
    """CREATE TABLE assessment (
        seq INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        number INTEGER NOT NULL CHECK (number > 1),
        "from" TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        UNIQUE (call_id, number)
    ) STRICT""",
    """CREATE TRIGGER assessment_never_changes BEFORE UPDATE ON assessment
        BEGIN SELECT RAISE(ABORT, 'assessments are append-only'); END""",
    "ALTER TABLE call ADD COLUMN draft_choice TEXT",
    "ALTER TABLE call ADD COLUMN assessment INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE told ADD COLUMN assessment INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE answer ADD COLUMN assessment INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE decision ADD COLUMN assessment INTEGER NOT NULL DEFAULT 1",
    """CREATE TRIGGER decision_stays_in_its_assessment BEFORE UPDATE OF assessment ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision stands'); END""",
)

_CHAINED_TABLES: Final = (
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        terminal TEXT NOT NULL,
        os_user TEXT NOT NULL,
        what TEXT NOT NULL,
        call_id TEXT,
        details TEXT NOT NULL,
        prev BLOB NOT NULL CHECK (length(prev) = 32),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT""",
    "CREATE INDEX audit_of_call ON audit (call_id, seq) WHERE call_id IS NOT NULL",
    """CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TABLE access_log (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        terminal TEXT NOT NULL,
        os_user TEXT NOT NULL,
        what TEXT NOT NULL,
        call_id TEXT,
        reason TEXT NOT NULL,
        prev BLOB NOT NULL CHECK (length(prev) = 32),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT""",
    "CREATE INDEX access_log_of_call ON access_log (call_id, seq) WHERE call_id IS NOT NULL",
    """CREATE TRIGGER access_log_never_changes BEFORE UPDATE ON access_log
        BEGIN SELECT RAISE(ABORT, 'the log of reads is append-only'); END""",
    """CREATE TRIGGER access_log_never_shrinks BEFORE DELETE ON access_log
        BEGIN SELECT RAISE(ABORT, 'the log of reads is append-only'); END""",
)


def _room_and_chain(db: Database) -> None:
    """Give claims a lease, calls their assessments, and chain the audit with all that already stands in it."""
    for statement in _ROOM_TABLES:
        db.execute(statement)
    for name in ("audit_never_changes", "audit_never_shrinks"):
        db.execute(f"DROP TRIGGER {name}")
    db.execute("DROP INDEX audit_of_call")
    db.execute("ALTER TABLE audit RENAME TO unchained")
    for statement in _CHAINED_TABLES:
        db.execute(statement)
    earlier = db.execute("SELECT * FROM unchained ORDER BY seq").fetchall()
    for row in earlier:
        chain.append(db.conn, chain.Log.AUDIT, row)
    if earlier:
        chain.append(db.conn, chain.Log.AUDIT, _chain_begun(len(earlier)))
    db.execute("DROP TABLE unchained")


def _chain_begun(rows: int) -> dict[str, str | None]:
    """The row that says of how many rows before it nothing is proved but that they stood so when they were chained."""
    return {
        "at": to_text(datetime.now(UTC)),
        "who": "bijwerken",
        "terminal": "",
        "os_user": "",
        "what": CHAIN_BEGUN,
        "call_id": None,
        "details": canonical({"rijen": rows}),
    }


def _dossier_tables(db: Database) -> None:
    dossier_tables.make(db)


def _console_tables(db: Database) -> None:
    console_tables.make(db)


def _paper_tables(db: Database) -> None:
    paper_tables.make(db)


def _draft_tables(db: Database) -> None:
    draft_tables.make(db)


def _form_tables(db: Database) -> None:
    form_tables.make(db)


def _ageing_tables(db: Database) -> None:
    ageing_tables.make(db)


_STEPS: Final = (
    _first_tables,
    _policy_of_call,
    _room_and_chain,
    _dossier_tables,
    _console_tables,
    _paper_tables,
    _draft_tables,
    _form_tables,
    _ageing_tables,
)
"""One function per migration, oldest first; a step that was ever released never changes."""

VERSION: Final = len(_STEPS)


def check_current(connection: Connection) -> bool:
    """Tell whether the file has all steps; refuse a file that is newer than this program."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > VERSION:
        raise RecordError(words.record_file.newer(found, VERSION))
    return found == VERSION


def demand_current(connection: Connection) -> None:
    """Refuse a file that misses steps, for a program that may not make them."""
    if not check_current(connection):
        raise RecordError(words.record_file.OLDER)


def migrate(connection: Connection) -> None:
    """Bring the file up to date within the caller's write transaction, so that all steps happen or none."""
    if check_current(connection):
        return
    from sqlite_utils.db import Database  # noqa: PLC0415 - 80 ms that only a first start or an update pays
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    migrations = Migrations("dossier")
    for number, step in enumerate(_STEPS, start=1):
        migrations(name=f"{number:03d}{step.__name__}")(step)
    migrations.apply(Database(connection, execute_plugins=False, strict=True))
    connection.execute(f"PRAGMA user_version = {VERSION}")
