"""The reading half of the record; it imports nothing that writes, and its connection cannot.

Each question is one short read transaction whose rows are fetched at once, so no snapshot is ever pinned. A `Reader`
belongs to the thread that opened it.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self, TypeVar

from console.model import Board, CallFile, Channel, Choice, Decision, Delivery, QueueRow, Stage, beyond
from console.record import asked, chain, engine, on_paper, schema
from console.record.errors import Damaged, RecordError, UnknownCall
from console.record.following import (
    COUNTED,
    DELIVERY_COLUMNS,
    FOLLOWED,
    FOLLOWED_SHOWN,
    OPEN_DISPATCHES,
    SHOWN,
    followed_since,
)
from console.record.leasing import stale_since
from console.record.rows import (
    as_recorded,
    assessments_of,
    decision_of,
    delivery_of,
    dispatch_from_json,
    facts_of,
    incoming_of,
    link_of,
    place_of,
    to_time,
    to_time_or_none,
    transfer_of,
)
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta
    from types import TracebackType

    from console.model import Assessment, Consultation, DeliveryState, Dispatch, Related
    from console.record.home import Home

T = TypeVar("T")

FIRST_WORDS_SHOWN: Final = 200
"""Characters of the first words that a board row carries; the file has them all."""

# Each part names the index of open things it walks, so that finished calls cost nothing, however many there are.
_OPEN_CALLS: Final = f"""WITH open (id) AS (
    SELECT id FROM call INDEXED BY call_open WHERE stage <> 'besloten'
    UNION SELECT call_id FROM decision INDEXED BY decision_without_reason WHERE deviates = 1 AND reason IS NULL
    UNION {OPEN_DISPATCHES}
    UNION SELECT call_id FROM (SELECT call_id FROM dispatch INDEXED BY dispatch_followed
        WHERE {FOLLOWED} ORDER BY changed_at DESC LIMIT {FOLLOWED_SHOWN})
    UNION {asked.OPEN}
    UNION SELECT id FROM call INDEXED BY call_to_call_back WHERE call_back_at IS NOT NULL
)"""  # noqa: S608 - fixed fragments

_BOARD_ROWS: Final = f"""{_OPEN_CALLS}
SELECT call.id, channel, number, received_at, stage, owner, claimed_at,
    first_words,
    coalesce((SELECT nullif(told.address, '') FROM told WHERE told.call_id = call.id ORDER BY seq DESC LIMIT 1),
        call.address) AS address,
    (SELECT choice FROM decision WHERE decision.call_id = call.id ORDER BY decision.id DESC LIMIT 1) AS choice,
    EXISTS (SELECT 1 FROM decision WHERE decision.call_id = call.id AND deviates = 1 AND reason IS NULL)
        AS reason_missing,
    lease.seen_at, assessment, urgent, call_back_at, {on_paper.ENTERED},
    transfer.at, transfer.by, transfer."from", transfer."to", transfer.reason
FROM open CROSS JOIN call ON call.id = open.id
LEFT JOIN lease ON lease.call_id = call.id
LEFT JOIN transfer ON transfer.seq = (SELECT max(seq) FROM transfer WHERE transfer.call_id = call.id)
    AND transfer.fence = call.fence AND transfer."to" IS call.owner
ORDER BY received_at, call.id"""  # noqa: S608 - fixed fragments

_BOARD_DISPATCHES: Final = f"""{_OPEN_CALLS}
SELECT {DELIVERY_COLUMNS} FROM open CROSS JOIN dispatch ON dispatch.call_id = open.id ORDER BY seq"""  # noqa: S608 - fixed fragments

_DELIVERIES: Final = f"SELECT {DELIVERY_COLUMNS} FROM dispatch WHERE call_id = ? ORDER BY seq"  # noqa: S608 - the same
_SENT: Final = f"""SELECT {DELIVERY_COLUMNS}, json_extract(body, '$.control_word') AS control_word,
    json_extract(body, '$.briefing') AS briefing,
    CASE WHEN adds_to <> '' THEN json_extract(body, '$.details') END AS news
    FROM dispatch WHERE call_id = ? ORDER BY seq"""  # noqa: S608 - the same

_ANSWERS: Final = """SELECT question, value FROM answer AS newest WHERE call_id = ?
    AND seq = (SELECT max(seq) FROM answer WHERE call_id = newest.call_id AND question = newest.question)
    ORDER BY seq"""


_TROUBLE: Final = {Delivery.REFUSED, Delivery.UNCLEAR, Delivery.TOO_OLD}
"""What waits for a person."""

_UNDER_WAY: Final = {Delivery.READY, Delivery.SENT, Delivery.DELIVERED}

_DECISIONS_AFTER: Final = "SELECT * FROM decision WHERE id > ? ORDER BY id LIMIT ?"
_PAGE: Final = 1_000


class Reader:
    """Reads the record as it stands on disk now."""

    def __init__(self, connection: engine.Connection, clock: Callable[[], datetime]) -> None:
        """Use `Reader.open`."""
        self._connection = connection
        self._clock = clock
        self._seen: int | None = None
        self._plain: dict[str, tuple[tuple[object, ...], QueueRow]] = {}

    @classmethod
    def open(cls, home: Home, *, clock: Callable[[], datetime] = now) -> Self:
        """Open the record of `home` for reading only; a program that writes must have made it first."""
        if not home.database.exists():
            raise RecordError(words.record_file.no_record_yet(home.path))
        connection = engine.connect(home.database, read_only=True)
        try:
            schema.demand_current(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection, clock)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Give the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def changed(self) -> bool:
        """Tell whether another connection committed since the last `board()` or `changed()`; microseconds to ask."""
        try:
            version = self._version()
        except engine.sqlite.Error as error:
            engine.explain(error)
        except UnicodeDecodeError as error:
            raise Damaged from error
        before, self._seen = self._seen, version
        return version != before

    @as_recorded
    def board(self) -> Board:
        """Give every call that somebody must still look at, in the order in which they came in.

        Those are the waiting and the held ones, and of the decided ones those whose deviation has no reason yet, those
        somebody promised to call back, those of which a question waits for the shift lead, and those with a dispatch
        that is not confirmed, or confirmed and not closed (up to 12 hours after its last news); of dispatches there is
        a limit to how many it carries (`following.SHOWN`).
        A row's delivery is the oldest dispatch that is not settled, else the newest; an addition in trouble comes
        before one that is in none.
        """
        with self._snapshot():
            now = self._clock()
            since = (followed_since(now),)
            calls = self._connection.execute(_BOARD_ROWS, since).fetchall()
            sent = self._connection.execute(_BOARD_DISPATCHES, since).fetchall()
            waiting = asked.waiting(self._connection)
            counted = {row["state"]: row["number"] for row in self._connection.execute(COUNTED).fetchall()}
            link = self._connection.execute("SELECT * FROM link").fetchone()
            self._seen = self._version()
            version = chain.head(self._connection, chain.Log.AUDIT).seq
        deliveries: dict[str, list[DeliveryState]] = {}
        for row in sent:
            deliveries.setdefault(row["call_id"], []).append(delivery_of(row))
        return Board(
            rows=self._queue_rows(calls, deliveries, waiting, now),
            link=link_of(link),
            version=version,
            more=sum(max(0, counted.get(state, 0) - most) for state, most in SHOWN.items() if state in _UNDER_WAY),
            too_old=counted.get(Delivery.TOO_OLD, 0),
        )

    def _queue_rows(
        self,
        calls: Sequence[engine.Row],
        deliveries: Mapping[str, Sequence[DeliveryState]],
        waiting: Mapping[str, Consultation],
        now: datetime,
    ) -> tuple[QueueRow, ...]:
        """Read the rows of the board; of a call that nobody holds and that stands as it stood the row is the same one.

        That is most of a long queue at every look: to make a thousand rows anew holds up a key by 6 ms.
        """
        rows: list[QueueRow] = []
        plain: dict[str, tuple[tuple[object, ...], QueueRow]] = {}
        for row in calls:
            call_id = row["id"]
            if call_id in deliveries or call_id in waiting or row["seen_at"] is not None:
                rows.append(_queue_row(row, deliveries.get(call_id, ()), waiting.get(call_id), now))
                continue
            recorded = tuple(row)
            known = self._plain.get(call_id)
            plain[call_id] = known if known and known[0] == recorded else (recorded, _queue_row(row, (), None, now))
            rows.append(plain[call_id][1])
        self._plain = plain
        return tuple(rows)

    @as_recorded
    def file(self, call_id: str) -> CallFile:
        """Give all that was recorded of a call, as it stands now. Raises UnknownCall."""
        from console.record import details, links, said, typed  # noqa: PLC0415 - the queue is shown without

        with self._snapshot():
            call = self._rows("SELECT * FROM call WHERE id = ?", call_id)
            told = self._rows("SELECT * FROM told WHERE call_id = ? ORDER BY seq DESC LIMIT 1", call_id)
            answers = self._rows(_ANSWERS, call_id)
            decisions = self._rows("SELECT * FROM decision WHERE call_id = ? ORDER BY id", call_id)
            sent = self._rows(_SENT, call_id)
            transfers = self._rows("SELECT * FROM transfer WHERE call_id = ? ORDER BY seq", call_id)
            persons = said.persons_of(self._connection, call_id)
            told_facts = said.facts_of(self._connection, call_id)
            impression = said.impression_of(self._connection, call_id)
            special = said.special_of(self._connection, call_id)
            traces = links.of_call(self._connection, call_id)
            noted = details.of_call(self._connection, call_id)
            consultations = asked.of_call(self._connection, call_id)
            drafts = typed.of_call(self._connection, call_id)
            entered = on_paper.of_call(self._connection, call_id)
            lease = self._rows("SELECT seen_at FROM lease WHERE call_id = ?", call_id)
            opened = self._rows('SELECT "from" FROM assessment WHERE call_id = ? ORDER BY number DESC LIMIT 1', call_id)
        if not call:
            raise UnknownCall(call_id)
        row = call[0]
        return CallFile(
            call_id=row["id"],
            incoming=incoming_of(row),
            stage=Stage(row["stage"]),
            owner=row["owner"],
            claimed_at=to_time_or_none(row["claimed_at"]),
            fence=row["fence"],
            facts=facts_of(told[0] if told else None),
            answers={answer["question"]: answer["value"] for answer in answers if answer["value"] is not None},
            note=row["note"],
            decisions=tuple(decision_of(decision) for decision in decisions),
            deliveries=tuple(_as_sent(each) for each in sent),
            stale_since=stale_since(to_time(lease[0]["seen_at"]) if lease else None, self._clock()),
            transfers=tuple(transfer_of(transfer) for transfer in transfers),
            draft_choice=None if row["draft_choice"] is None else Choice(row["draft_choice"]),
            assessment=row["assessment"],
            reassessed_at=to_time(opened[0]["from"]) if opened else None,
            persons=persons,
            told_facts=told_facts,
            impression=impression,
            special=special,
            traces=traces,
            told=bool(told),
            details=noted,
            consultations=consultations,
            drafts=drafts,
            entered=entered,
        )

    def decisions(self) -> Iterator[Decision]:
        """Give every decision that was recorded, oldest first, a page at a time so that no snapshot is pinned."""
        last = 0
        while True:
            with self._snapshot():
                rows = self._connection.execute(_DECISIONS_AFTER, (last, _PAGE)).fetchall()
            if not rows:
                return
            for row in rows:
                yield decision_of(row)
            last = rows[-1]["id"]

    def versions(self, call_id: str) -> tuple[Assessment, ...]:
        """Give every assessment of a call, the first one first; there is always one. Raises UnknownCall."""
        with self._snapshot():
            call = self._rows("SELECT received_at, rung_at FROM call WHERE id = ?", call_id)
            opened = self._rows("SELECT * FROM assessment WHERE call_id = ? ORDER BY number", call_id)
            told = self._rows("SELECT * FROM told WHERE call_id = ? ORDER BY seq", call_id)
            answers = self._rows("SELECT * FROM answer WHERE call_id = ? ORDER BY seq", call_id)
            decisions = self._rows("SELECT * FROM decision WHERE call_id = ? ORDER BY id", call_id)
        if not call:
            raise UnknownCall(call_id)
        return assessments_of(call[0], opened, told, answers, decisions)

    def related(self, call_id: str, within: timedelta) -> tuple[Related, ...]:
        """Give the other calls that share a trace with this one and had it at most `within` before it rang, or later.

        Those that share most come first, then the newest. For the operator's eyes only, never an input of a rule.
        """
        from console.record import links  # noqa: PLC0415

        return self.ask(lambda connection: links.related(connection, call_id, within))

    def ask(self, question: Callable[[engine.Connection], T]) -> T:
        """Answer another room of the record as of one moment; nothing outside the record hands in SQL."""
        with self._snapshot():
            return question(self._connection)

    def head(self, log: chain.Log) -> chain.Head:
        """Give the newest row of a chained log: what a shift report prints, so that it can be checked later."""
        with self._snapshot():
            return chain.head(self._connection, log)

    def deliveries(self, call_id: str) -> tuple[DeliveryState, ...]:
        """Give how each dispatch of a call stands, oldest first; none for a call without any."""
        with self._snapshot():
            rows = self._rows(_DELIVERIES, call_id)
        return tuple(delivery_of(row) for row in rows)

    def dispatches(self, call_id: str) -> tuple[Dispatch, ...]:
        """Give every dispatch of a call with all that it says, additions included, oldest first."""
        with self._snapshot():
            rows = self._rows("SELECT body FROM dispatch WHERE call_id = ? ORDER BY seq", call_id)
        return tuple(dispatch_from_json(row["body"]) for row in rows)

    def policy_of(self, call_id: str) -> str | None:
        """Give the text hash of the policy that a call began under; None while nobody took it."""
        with self._snapshot():
            rows = self._rows("SELECT text_hash FROM call_policy WHERE call_id = ?", call_id)
        return str(rows[0]["text_hash"]) if rows else None

    def _rows(self, sql: str, call_id: str) -> list[engine.Row]:
        return self._connection.execute(sql, (call_id,)).fetchall()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Read everything within the block as of one moment."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")
        except engine.sqlite.Error as error:
            engine.explain(error)
        except UnicodeDecodeError as error:
            raise Damaged from error  # SQLite's own message quotes what is damaged


def _as_sent(row: engine.Row) -> DeliveryState:
    """A delivery with what must be told where it does not arrive."""
    briefing = tuple(json.loads(row["briefing"] or "[]"))
    if row["news"]:
        briefing += beyond(briefing[-1], tuple(json.loads(row["news"])))
    return replace(delivery_of(row), control_word=row["control_word"] or "", briefing=briefing)


def _queue_row(
    row: engine.Row, deliveries: Sequence[DeliveryState], consultation: Consultation | None, now: datetime
) -> QueueRow:
    return QueueRow(
        call_id=row["id"],
        channel=Channel(row["channel"]),
        number=row["number"],
        place=place_of(row["address"]),
        first_words=row["first_words"][:FIRST_WORDS_SHOWN],
        received_at=to_time(row["received_at"]),
        stage=Stage(row["stage"]),
        owner=row["owner"],
        claimed_at=to_time_or_none(row["claimed_at"]),
        choice=None if row["choice"] is None else Choice(row["choice"]),
        delivery=_most_telling(deliveries),
        reason_missing=bool(row["reason_missing"]),
        stale_since=stale_since(to_time_or_none(row["seen_at"]), now),
        transfer=None if row["reason"] is None else transfer_of(row),
        assessment=row["assessment"],
        urgent=bool(row["urgent"]),
        consultation=consultation,
        call_back_at=to_time_or_none(row["call_back_at"]),
        entered_later=bool(row["entered_later"]),
    )


def _most_telling(deliveries: Sequence[DeliveryState]) -> DeliveryState | None:
    """Give the one that says most of where the room stands: an addition only when it is in trouble."""
    asked = [delivery for delivery in deliveries if not delivery.adds_to]
    if not asked:
        return None
    unsettled = [each for each in asked if _unsettled(each, asked)]
    telling = unsettled[0] if unsettled else asked[-1]
    if telling.state in _TROUBLE:
        return telling
    added = [delivery for delivery in deliveries if delivery.adds_to and _in_trouble(delivery, deliveries)]
    return added[0] if added else telling


def _unsettled(delivery: DeliveryState, among: Sequence[DeliveryState]) -> bool:
    """A refusal that something later came in the place of is settled."""
    return not delivery.state.settled and (delivery.state != Delivery.REFUSED or delivery is among[-1])


def _in_trouble(added: DeliveryState, among: Sequence[DeliveryState]) -> bool:
    """An addition that was refused, may be lost, or did not get through at its last attempt."""
    waits = added.state in {Delivery.READY, Delivery.SENT} and added.next_attempt_at is not None
    return waits or (added.state in _TROUBLE and _unsettled(added, among))
