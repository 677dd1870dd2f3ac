"""Reading what was set aside because it waited too long: the most urgent of it, and all of it in groups.

An addition whose dispatch was set aside too is not listed: it goes where that goes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from console.model import Aged, AgedGroup, AgedList, beyond
from console.record.rows import as_recorded, place_of, to_text, to_time
from console.times import DUTCH, local

if TYPE_CHECKING:
    from datetime import date

    from console.record.engine import Connection, Row

SHOWN: Final = 200
"""How many are listed by themselves; the rest is in the groups until these are done."""

_STANDING: Final = """dispatch INDEXED BY dispatch_too_old WHERE state = 'verouderd' AND NOT EXISTS (
    SELECT 1 FROM dispatch AS base WHERE base.message_id = dispatch.adds_to AND base.state = 'verouderd')"""

_FIRST: Final = f"""SELECT message_id, call_id, priority, created_at, attempts, adds_to, body
    FROM {_STANDING} ORDER BY priority, created_at, seq LIMIT ?"""  # noqa: S608 - fixed fragments
_HOURS: Final = f"""SELECT priority, substr(created_at, 1, 13) AS hour, count(*) AS number, min(created_at) AS oldest
    FROM {_STANDING} GROUP BY priority, hour ORDER BY priority, hour"""  # noqa: S608 - the same
_OF_GROUP: Final = f"""SELECT message_id FROM {_STANDING} AND priority = ? AND created_at >= ? AND created_at < ?
    AND changed_at <= ? ORDER BY created_at, seq LIMIT ?"""  # noqa: S608 - the same


@as_recorded
def listed(connection: Connection, now: datetime) -> AgedList:
    """Give what waits for a person, as it stands now."""
    first = tuple(_aged(row) for row in connection.execute(_FIRST, (SHOWN,)).fetchall())
    hours = connection.execute(_HOURS).fetchall()
    days: dict[tuple[int, date], list[Row]] = defaultdict(list)
    for row in hours:
        days[row["priority"], local(to_time(row["oldest"])).date()].append(row)
    groups = tuple(_group(priority, day, rows, now) for (priority, day), rows in days.items())
    return AgedList(first, groups, sum(each.count for each in groups))


def of_group(connection: Connection, group: AgedGroup, limit: int) -> list[str]:
    """Give messages that are in a group still, the oldest first."""
    bounds = (group.priority, to_text(group.since), to_text(group.until), to_text(group.seen_at), limit)
    return [row["message_id"] for row in connection.execute(_OF_GROUP, bounds).fetchall()]


def _group(priority: int, day: date, hours: list[Row], now: datetime) -> AgedGroup:
    since = datetime.combine(day, time(), DUTCH).astimezone(UTC)
    until = datetime.combine(day + timedelta(days=1), time(), DUTCH).astimezone(UTC)
    oldest = min(to_time(row["oldest"]) for row in hours)
    return AgedGroup(priority, day, sum(row["number"] for row in hours), oldest, since, until, now)


def _aged(row: Row) -> Aged:
    said = json.loads(row["body"])
    briefing = tuple(said["briefing"])
    if row["adds_to"]:
        briefing += beyond(briefing[-1], tuple(said["details"]))
    return Aged(
        message_id=row["message_id"],
        call_id=row["call_id"],
        priority=row["priority"],
        created_at=to_time(row["created_at"]),
        attempts=row["attempts"],
        adds_to=row["adds_to"] or "",
        place=place_of(said["location"]["address"]),
        form=said["form"],
        briefing=briefing,
        control_word=said.get("control_word", ""),
    )
