"""Which dispatches somebody must still look at; asked by the board and by the delivery service alike."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

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

UNSETTLED: Final = """state NOT IN ('bevestigd', 'met_de_hand') AND NOT (state = 'geweigerd' AND EXISTS (
    SELECT 1 FROM dispatch AS later WHERE later.call_id = dispatch.call_id AND later.seq > dispatch.seq
    AND (later.adds_to IS NULL OR dispatch.adds_to IS NOT NULL)))"""
"""Not taken by the CAD nor passed on by a person; a refusal counts until a later dispatch of the same call, that of an
addition also until a later addition."""

FOLLOWED: Final = """state = 'bevestigd' AND (unit_status IS NULL OR unit_status <> 'afgesloten') AND adds_to IS NULL
    AND changed_at > ?"""
"""Confirmed, not closed, and with news since the one parameter, which `followed_since` gives. What becomes of a unit is
told of the dispatch, never of an addition to it."""


def followed_since(now: datetime) -> str:
    """Give the moment after which a confirmed dispatch must have had news to be followed still."""
    return to_text(now - FOLLOWED_FOR)
