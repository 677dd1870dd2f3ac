"""Looking calls up: by what they share with the question, by a name, by words.

What was typed or said is indexed in the transaction that records it. Coded special data (Wpg 5) is not in the index,
and a hit carries no free text, so a list of hits tells no more than where to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.model import Choice, Stage
from console.record import on_paper
from console.record.errors import RecordError
from console.record.rows import check_text, place_of, to_time
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from console.model import Trace, TraceKind
    from console.record.engine import Connection, Row

_NEWEST: Final = "seq IN (SELECT max(seq) FROM {table} WHERE call_id = call.id GROUP BY {part})"
"""What is typed is recorded letter by letter: nobody finds a call by half a word, only by how each part now stands."""

_PERSONS, _TOLD, _FACTS, _IMPRESSIONS, _DETAILS = (
    _NEWEST.format(table=table, part=part)
    for table, part in (
        ("person", "number"),
        ("told", "assessment"),
        ("fact", "number"),
        ("impression", "call_id"),
        ("detail", "number"),
    )
)

_WORDS_OF_CALL: Final = f"""INSERT OR REPLACE INTO words (rowid, names, text)
SELECT seq,
    concat_ws(char(10), name, (SELECT group_concat(name, char(10)) FROM person WHERE {_PERSONS})),
    concat_ws(char(10), address, first_words, note,
        (SELECT group_concat(address, char(10)) FROM told WHERE {_TOLD}),
        (SELECT group_concat(description, char(10)) FROM person WHERE {_PERSONS}),
        (SELECT group_concat(text, char(10)) FROM fact WHERE {_FACTS}),
        (SELECT group_concat(text, char(10)) FROM impression WHERE {_IMPRESSIONS}),
        (SELECT group_concat(reason, char(10)) FROM decision WHERE call_id = call.id),
        (SELECT group_concat(held.value, char(10)) FROM detail, json_each(detail.body) AS held
            WHERE {_DETAILS.replace("seq IN", "detail.seq IN")} AND held.type = 'text'
                AND (held.key IN ('text', 'value', 'account', 'name', 'what', 'state', 'description', 'direction',
                    'vehicle', 'plate', 'when', 'number', 'why') OR held.key = 'at' AND detail.kind = 'betaling')))
FROM call WHERE id = ?"""  # noqa: S608 - fixed fragments

_HIT: Final = f"""call.id, call.received_at, call.stage, {on_paper.ENTERED},
    coalesce((SELECT nullif(told.address, '') FROM told WHERE told.call_id = call.id ORDER BY seq DESC LIMIT 1),
        call.address) AS address,
    (SELECT choice FROM decision WHERE decision.call_id = call.id ORDER BY decision.id DESC LIMIT 1) AS choice"""  # noqa: S608 - fixed fragments

BY_WORDS: Final = f"""SELECT {_HIT} FROM words CROSS JOIN call ON call.seq = words.rowid
WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?"""  # noqa: S608 - fixed fragments

BY_TRACE: Final = f"""SELECT {_HIT} FROM (
    SELECT call_id, max(at) AS newest FROM (
        SELECT call_id, at FROM trace INDEXED BY trace_shared WHERE kind = ? AND value = ?
        ORDER BY at DESC, call_id DESC LIMIT ?
    ) GROUP BY call_id ORDER BY newest DESC, call_id DESC LIMIT ?
) AS found CROSS JOIN call ON call.id = found.call_id ORDER BY newest DESC, call.seq DESC"""  # noqa: S608 - the same

MOST_WORDS: Final = 32
"""Words of one question; the index refuses some hundreds, and nobody means so many."""

_PER_CALL: Final = 6
"""A call can have one trace in so many places; looked at per hit that is asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A call that answers a question: enough to choose it by, nothing of what was said in it."""

    call_id: str
    received_at: datetime
    place: str
    stage: Stage
    choice: Choice | None
    entered_later: bool


def index(connection: Connection, call_id: str) -> None:
    """Make the words of a call findable as they now stand."""
    connection.execute(_WORDS_OF_CALL, (call_id,))


def forget(connection: Connection, seq: int) -> None:
    """Take the words of a call out of the index; `seq` is its row number."""
    connection.execute("DELETE FROM words WHERE rowid = ?", (seq,))


def by_number(connection: Connection, call_id: str) -> tuple[Hit, ...]:
    """Give the call with this number, if there is one."""
    rows = connection.execute(f"SELECT {_HIT} FROM call WHERE id = ?", (call_id.strip(),)).fetchall()  # noqa: S608
    return tuple(_hit(row) for row in rows)


def by_trace(connection: Connection, kind: TraceKind, values: Iterable[str], limit: int) -> tuple[Hit, ...]:
    """Give the calls that hold one of these values, those in which it was last heard first."""
    found: dict[str, Hit] = {}
    for value in values:
        rows = connection.execute(BY_TRACE, (kind, value, _PER_CALL * limit, limit)).fetchall()
        found |= {row["id"]: _hit(row) for row in rows}
    return tuple(found.values())[:limit]


def by_name(connection: Connection, name: str, limit: int) -> tuple[Hit, ...]:
    """Give the calls in which a person has all these names, newest first."""
    return _by_words(connection, f"names : ({_terms(name)})", limit)


def by_text(connection: Connection, text: str, limit: int) -> tuple[Hit, ...]:
    """Give the calls in which all these words were typed or said, newest first; `bank*` is any word that begins so."""
    return _by_words(connection, _terms(text), limit)


def by_anything(connection: Connection, text: str, traces: Iterable[Trace], limit: int) -> tuple[Hit, ...]:
    """Give the calls with this number, then those that hold one of these traces, then those with all these words."""
    check_text(text)
    found = {hit.call_id: hit for hit in by_number(connection, text)}
    for trace in traces:
        for hit in by_trace(connection, trace.kind, [trace.value], limit):
            found.setdefault(hit.call_id, hit)
    for hit in by_text(connection, text, limit):
        found.setdefault(hit.call_id, hit)
    return tuple(found.values())[:limit]


def _by_words(connection: Connection, question: str, limit: int) -> tuple[Hit, ...]:
    return tuple(_hit(row) for row in connection.execute(BY_WORDS, (question, limit)).fetchall())


def _terms(text: str) -> str:
    """Quote each word, so that nothing a person types is read as an instruction of the index.

    Words end where the index ends them, at an underscore too: it keeps no places of words, so it knows no phrases.
    """
    found = re.findall(r"([^\W_]+)(\*?)", text)
    if not found:
        raise RecordError(words.record.NO_WORD_TO_SEARCH)
    if len(found) > MOST_WORDS:
        raise RecordError(words.record.too_many_words(MOST_WORDS))
    return " AND ".join(f'"{word}"{star}' for word, star in found)


def _hit(row: Row) -> Hit:
    return Hit(
        call_id=row["id"],
        received_at=to_time(row["received_at"]),
        place=place_of(row["address"]),
        stage=Stage(row["stage"]),
        choice=None if row["choice"] is None else Choice(row["choice"]),
        entered_later=bool(row["entered_later"]),
    )
