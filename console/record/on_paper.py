"""Reads back what `entering` writes: which calls came from paper, and which paper numbers are free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import model
from console.record.rows import as_recorded, to_time, to_time_or_none

if TYPE_CHECKING:
    from console.model import EnteredLater
    from console.record.engine import Connection, Row

CALL: Final = "later ingevoerd"
FORM: Final = "papieren formulier"

ENTERED: Final = "EXISTS (SELECT 1 FROM paper_form WHERE paper_form.call_id = call.id) AS entered_later"
"""A column that tells whether a call was entered later."""

_NEWEST_BLOCKS: Final = 3
"""Blocks that are looked at for free numbers: what is older than that is not on anybody's table any more."""


def of_call(connection: Connection, call_id: str) -> EnteredLater | None:
    """Give what the form of a call says of its course; None when it was not entered later."""
    row = connection.execute("SELECT * FROM paper_form WHERE call_id = ?", (call_id,)).fetchone()
    return None if row is None else entered_of(row)


@as_recorded
def entered_of(row: Row) -> EnteredLater:
    """Read a form with who entered it."""
    return model.EnteredLater(
        model.OnPaper(
            number=row["number"],
            called_at=to_time(row["called_at"]),
            decided_at=to_time_or_none(row["decided_at"]),
            passed_on_at=to_time_or_none(row["passed_on_at"]),
            passed_to=row["passed_to"],
            unit=row["unit"],
            handled_by=row["handled_by"],
        ),
        to_time(row["at"]),
        row["by"],
    )


def free_numbers(connection: Connection) -> tuple[str, ...]:
    """Give the numbers of the newest blocks that no form was entered under, in order."""
    blocks = connection.execute(
        "SELECT year, first, last FROM paper ORDER BY seq DESC LIMIT ?", (_NEWEST_BLOCKS,)
    ).fetchall()
    numbers = [
        f"{block['year']:02d}-{number:04d}"
        for block in reversed(blocks)
        for number in range(block["first"], block["last"] + 1)
    ]
    return tuple(
        number
        for number in numbers
        if connection.execute("SELECT 1 FROM call WHERE id = ?", (number,)).fetchone() is None
    )
