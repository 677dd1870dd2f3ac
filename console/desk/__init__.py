"""What an operator does, in the room's words: look, take, answer, decide. The one door between screens and record.

Every step returns the call as it now stands on disk, so a screen never shows what was not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import policy_shelf
from console.case import Case, Proposal, bounds
from console.desk.looking import Found, Looked
from console.desk.operator import Desk
from console.desk.seat import shelf
from console.record import DecidedMeanwhile, Home, NotYours, RecordError, Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.settings import Settings
    from triage_rules import Policy

__all__ = [
    "Case",
    "DecidedMeanwhile",
    "Desk",
    "Found",
    "Looked",
    "NotYours",
    "Proposal",
    "RecordError",
    "active_policy",
    "bounds",
    "open_desk",
]


def open_desk(settings: Settings, *, operator: str, terminal: str, os_user: str, clock: Callable[[], datetime]) -> Desk:
    """Prepare the data folder and sit down at it.

    Raises:
        RecordError: the folder or the database cannot be used; the text says what to do.
        PolicyError: the active policy cannot be read.
    """
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    policy = active_policy(settings)
    writer = Writer.open(home, clock=clock, terminal=terminal, os_user=os_user)
    return Desk(settings, policy, writer, operator, clock)


def active_policy(settings: Settings) -> Policy:
    """The policy that new calls get: the one the room activated, else that of the settings, else the packaged one."""
    return policy_shelf.active(shelf(settings), settings.policy)
