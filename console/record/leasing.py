"""How long a claim counts as alive without a sign from its console; asked when reading and when writing.

A lease that ran out takes nothing from anybody: it only marks the call, so that a colleague may take it over.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

RENEW_EVERY: Final = timedelta(seconds=5)
"""How often a console looks after its claims: six chances before one of them is marked, so that a slow disk or a
busy record of some seconds marks nobody."""

STALE_AFTER: Final = timedelta(seconds=30)
"""Without a sign for this long a claim is marked. Longer than any wait the record allows itself (a deadline of two
seconds per write), shorter than a caller can be left waiting: a call must have its unit within a minute or two."""

FRESH_FOR: Final = timedelta(seconds=9)
"""A sign younger than this is not written again, so that of two looks one writes: a sign is never older than ten
seconds and a bit, and a room of twenty consoles costs two small commits per second."""


def is_fresh(seen_at: datetime, now: datetime) -> bool:
    """Tell whether a sign needs no renewal; one from the future does, because the clock was set back since."""
    return timedelta() <= now - seen_at < FRESH_FOR


def stale_since(seen_at: datetime | None, now: datetime) -> datetime | None:
    """Give the last sign of a claim when it is too old, else None. A sign from the future is no sign of now."""
    if seen_at is None or abs(now - seen_at) <= STALE_AFTER:
        return None
    return seen_at
