"""What an operator does, in the room's words: look, take, answer, decide. The one door between screens and record.

Every step returns the call as it now stands on disk, so a screen never shows what was not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.desk import later
from console.desk.looking import Found, Looked
from console.desk.operator import Desk
from console.record import DecidedMeanwhile, Home, NotAllowed, NotYours, RecordError, Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.case import Case, Proposal, bounds
    from console.settings import Settings

__all__ = [
    "Case",
    "DecidedMeanwhile",
    "Desk",
    "Found",
    "Looked",
    "NotAllowed",
    "NotYours",
    "Proposal",
    "RecordError",
    "bounds",
    "open_desk",
]


def open_desk(settings: Settings, *, operator: str, terminal: str, os_user: str, clock: Callable[[], datetime]) -> Desk:
    """Prepare the data folder and sit down at it; the policy is read by `warm_up`, or by the first call.

    Raises:
        RecordError: the folder or the database cannot be used; the text says what to do.
    """
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    writer = Writer.open(home, clock=clock, terminal=terminal, os_user=os_user)
    return Desk(settings, writer, operator, clock)


_WHERE: Final = {"Case": "case", "Proposal": "case", "bounds": "case"}


def __getattr__(name: str) -> Any:
    """Give what comes with the first call."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(getattr(later, _WHERE[name]), name)
