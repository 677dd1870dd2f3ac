"""Which dispatches somebody must still look at; asked by the board and by the delivery service alike."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.model import Delivery
from console.record.rows import to_text

if TYPE_CHECKING:
    from datetime import datetime

FOLLOWED_FOR: Final = timedelta(hours=12)
"""How long after its last news a confirmed dispatch is followed. A CAD that never reports the end of an incident would
otherwise fill the board for ever; what is not confirmed has no such end."""

DELIVERY_COLUMNS: Final = """message_id, dispatch.call_id, priority, state, created_at, attempts, sent_at, delivered_at,
    answered_at, reason, cad_reference, unit, unit_status, unit_status_at, next_attempt_at,
    expected_at, adds_to"""
"""What tells how a dispatch stands, without its body."""

NOT_SETTLED: Final = "state NOT IN ('bevestigd', 'met_de_hand', 'niet_meer_nodig')"
"""Not taken by the CAD, nor passed on or dropped by a person; in the words of the index of them."""

UNSETTLED: Final = f"""{NOT_SETTLED} AND NOT (state = 'geweigerd' AND EXISTS (
    SELECT 1 FROM dispatch AS later WHERE later.call_id = dispatch.call_id AND later.seq > dispatch.seq
    AND (later.adds_to IS NULL OR dispatch.adds_to IS NOT NULL)))"""  # noqa: S608 - fixed fragments
"""The same, where a refusal counts until a later dispatch of the same call, that of an addition also until a later
addition."""

SHOWN: Final = {
    Delivery.READY: 500,
    Delivery.SENT: 500,
    Delivery.DELIVERED: 500,
    Delivery.REFUSED: 500,
    Delivery.UNCLEAR: 500,
    Delivery.TOO_OLD: 5,
}
"""How many unsettled dispatches of each state the board carries, the most urgent and oldest first: after days without
CAD there are tens of thousands, and no list may slow the input. Those that are too old have a list of their own."""

OPEN_DISPATCHES: Final = " UNION ".join(
    f"""SELECT call_id FROM (SELECT call_id FROM dispatch INDEXED BY dispatch_unsettled
    WHERE {UNSETTLED} AND state = '{state}' ORDER BY priority, seq LIMIT {most})"""  # noqa: S608 - the same
    for state, most in SHOWN.items()
)
"""The calls of the dispatches that somebody must still look at; a fixed text."""

COUNTED: Final = f"""SELECT state, count(*) AS number FROM dispatch INDEXED BY dispatch_unsettled
    WHERE {NOT_SETTLED} GROUP BY state"""  # noqa: S608 - the same
"""How many there are of each state, from the index alone."""

FOLLOWED_SHOWN: Final = 500
"""How many of those that are followed the board carries, the newest news first."""

FOLLOWED: Final = """state = 'bevestigd' AND (unit_status IS NULL OR unit_status <> 'afgesloten') AND adds_to IS NULL
    AND changed_at > ?"""
"""Confirmed, not closed, and with news since the one parameter, which `followed_since` gives. What becomes of a unit is
told of the dispatch, never of an addition to it."""


def followed_since(now: datetime) -> str:
    """Give the moment after which a confirmed dispatch must have had news to be followed still."""
    return to_text(now - FOLLOWED_FOR)
