"""The log of reading, as it stands in the file."""

from __future__ import annotations

from console.desk import Desk
from console.record.engine import sqlite


def read_log(desk: Desk) -> list[tuple[str, str | None]]:
    """What was read of which call, oldest first."""
    connection = sqlite.connect(desk._writer.home.database)
    try:
        return [tuple(row) for row in connection.execute("SELECT what, call_id FROM access_log ORDER BY seq")]
    finally:
        connection.close()
