"""What a copy of the record lacks: the calls that came or changed after it was made, to be entered again from."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.record import copying
from console.record.errors import RecordError
from console.texts import words

if TYPE_CHECKING:
    from pathlib import Path

    from console.record.engine import Connection
    from console.record.reader import Reader

_LAST_ROW = "SELECT seq, at, who, what, call_id, details FROM audit ORDER BY seq DESC LIMIT 1"
_SAME_ROW = "SELECT seq, at, who, what, call_id, details FROM audit WHERE seq = ?"
_SINCE = "SELECT DISTINCT call_id FROM audit WHERE seq > ? AND call_id IS NOT NULL ORDER BY call_id"


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of the calls that the copy does not know, of those it knows as they were before, and the last one given
    out."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    last: str


def since(reader: Reader, copy: Path) -> Difference:
    """Tell what the record has beyond a copy of it, which may be of an older version of this program.

    Raises:
        RecordError: the file is not a copy, or one of another record.
    """
    with closing(copying.open_copy(copy)) as connection:
        head = tuple(connection.execute(_LAST_ROW).fetchone() or ())
        known = {row[0] for row in connection.execute("SELECT id FROM call")}
    return reader.ask(lambda record: _difference(record, head, known, copy))


def _difference(record: Connection, head: tuple[object, ...], known: set[str], copy: Path) -> Difference:
    seq = head[0] if head else 0
    if head and tuple(record.execute(_SAME_ROW, (seq,)).fetchone() or ()) != head:
        raise RecordError(words.record_file.copy_of_another(copy))
    numbers = tuple(row[0] for row in record.execute(_SINCE, (seq,)))
    year, last = record.execute("SELECT year, last FROM counter ORDER BY year DESC LIMIT 1").fetchone() or (0, 0)
    new = tuple(number for number in numbers if number not in known)
    changed = tuple(number for number in numbers if number in known)
    return Difference(new, changed, f"{year:02d}-{last:04d}")
