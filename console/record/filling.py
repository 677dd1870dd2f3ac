"""Gives calls of before the dossier tables their traces and their words; part of the one migration step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain import linking
from console.model import TraceOrigin
from console.record import links
from console.record.rows import facts_of

if TYPE_CHECKING:
    from console.model import Trace
    from console.record.engine import Connection, Row


# As the tables are at this step; nothing else can have been said of a call from before it.
_WORDS: Final = """INSERT OR REPLACE INTO words (rowid, names, text)
SELECT seq, name,
    concat_ws(char(10), address, first_words, note,
        (SELECT group_concat(address, char(10)) FROM told WHERE call_id = call.id),
        (SELECT group_concat(reason, char(10)) FROM decision WHERE call_id = call.id))
FROM call WHERE id = ?"""


def fill(connection: Connection) -> None:
    """Write traces and words of every call that stands in the file."""
    for call in connection.execute("SELECT * FROM call ORDER BY seq").fetchall():
        call_id, at = call["id"], call["rung_at"]
        told = connection.execute(
            "SELECT * FROM told WHERE call_id = ? ORDER BY seq DESC LIMIT 1", (call_id,)
        ).fetchone()
        links.keep(connection, call_id, TraceOrigin.INCOMING, _rang(call), at)
        links.keep(connection, call_id, TraceOrigin.TOLD, links.of_told(facts_of(told)), at)
        links.keep(connection, call_id, TraceOrigin.NOTE, linking.find(call["note"]), at)
        connection.execute(_WORDS, (call_id,))


def _rang(call: Row) -> tuple[Trace, ...]:
    return (
        *linking.of_phone(call["number"]),
        *linking.of_address(call["address"]),
        *linking.find(call["first_words"]),
    )
