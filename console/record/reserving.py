"""Numbers for paper: reserved in the record before they are printed, and passed over by the calls that come later.

They begin high in the year's numbers, so that the calls of every day are numbered without gaps and a number from paper
is known by its looks. What keeps them apart is not that height but the table: a call never gets a number that stands
in it, also when a busy year comes that far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.record import audit
from console.record.rows import to_text, to_time
from console.times import local

if TYPE_CHECKING:
    from datetime import datetime

    from console.record.engine import Row
    from console.record.writer import Transaction, Writer

AT_ONCE: Final = 20
"""Numbers in one block: more calls than a room writes down on paper before somebody prints again."""

_FROM: Final = 9001


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers `first` to `last` of a year (two digits), kept free since `at`."""

    year: int
    first: int
    last: int
    at: datetime

    @property
    def call_ids(self) -> tuple[str, ...]:
        """The numbers as they are written on paper."""
        return tuple(call_id(self.year, number) for number in range(self.first, self.last + 1))


class PaperNumbers:
    """The paper numbers of a record, written through one writer."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def current(self) -> Block:
        """Give the block of this year that paper uses now; reserved anew once a form of it was entered."""
        return self._writer.look(_current).result() or self._writer.submit(_reserve).result()

    def renew(self) -> Block:
        """Reserve a new block, because numbers of the one before may have been written on paper."""
        return self._writer.submit(_reserve).result()


def call_id(year: int, number: int) -> str:
    """Write a number of a call: `26-0412`."""
    return f"{year:02d}-{number:04d}"


def free_after(transaction: Transaction, year: int, number: int) -> int:
    """Give `number`, or the first one after it that is not kept for paper."""
    holding = "SELECT last FROM paper WHERE year = ? AND ? BETWEEN first AND last"
    while (row := transaction.one(holding, year, number)) is not None:
        number = row["last"] + 1
    return number


def is_reserved(transaction: Transaction, year: int, number: int) -> bool:
    """Tell whether a number was kept for paper."""
    return transaction.one("SELECT 1 FROM paper WHERE year = ? AND ? BETWEEN first AND last", year, number) is not None


def _current(transaction: Transaction) -> Block | None:
    """Give the newest block of this year; none when it was written from: who entered one may have more on the table."""
    row = transaction.one("SELECT * FROM paper WHERE year = ? ORDER BY seq DESC LIMIT 1", _year(transaction))
    if row is None:
        return None
    block = _block(row)
    used = transaction.one(
        "SELECT 1 FROM paper_form WHERE call_id BETWEEN ? AND ? AND length(call_id) = length(?)",
        block.call_ids[0],
        block.call_ids[-1],
        block.call_ids[0],
    )
    return None if used is not None else block


def _reserve(transaction: Transaction) -> Block:
    year = _year(transaction)
    row = transaction.one(
        """SELECT max(coalesce((SELECT last FROM counter WHERE year = ?1), 0),
            coalesce((SELECT max(last) FROM paper WHERE year = ?1), 0)) AS taken""",
        year,
    )
    assert row is not None  # noqa: S101 - an aggregate gives one row
    first = max(_FROM, row["taken"] + 1)
    at = to_text(transaction.now)
    made = Block(year, first, first + AT_ONCE - 1, to_time(at))
    transaction.run("INSERT INTO paper (year, first, last, at) VALUES (?, ?, ?, ?)", year, first, made.last, at)
    details: audit.Details = {"van": made.call_ids[0], "tot_en_met": made.call_ids[-1]}
    audit.write(transaction, audit.DELIVERY, "papiernummers gereserveerd", None, details)
    return made


def _block(row: Row) -> Block:
    return Block(row["year"], row["first"], row["last"], to_time(row["at"]))


def _year(transaction: Transaction) -> int:
    return local(transaction.now).year % 100
