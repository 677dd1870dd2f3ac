"""How the connection with the CAD is doing, in words; the same in the console, on the board and in a script."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import Link

STALE_AFTER: Final = timedelta(seconds=15)
"""A delivery service that has not written for so long is taken for gone."""


def delivery_gone(link: Link, moment: datetime) -> bool:
    """Tell whether the delivery service gave no sign of life for so long that nothing is being sent."""
    return link.seen_at is None or moment - link.seen_at > STALE_AFTER


def link_words(link: Link, cad_name: str, moment: datetime) -> str:
    """Say in words how the connection with the CAD is."""
    if delivery_gone(link, moment):
        return words.status_line.no_delivery(cad_name)
    if link.reachable:
        return words.status_line.connected(cad_name)
    return words.status_line.down(cad_name, clock_time(link.since) if link.since else None)
