"""What reaches the app from outside the screens; a newer message of the same kind replaces one that still waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from console.model import Board


@dataclass
class BoardChanged(Message):
    """The room as it is now."""

    board: Board

    def can_replace(self, message: Message) -> bool:
        """Only the newest room counts."""
        return isinstance(message, BoardChanged)


@dataclass
class TroubleChanged(Message):
    """Something the console itself depends on failed, and the sentence says what to do; empty when it works again."""

    of: str
    sentence: str


class RoomShown(Message):
    """A full screen came in front, and may have missed what happened while another one covered it."""


@dataclass
class CallOpened(Message):
    """A call is claimed and on screen."""

    call_id: str
