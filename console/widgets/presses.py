"""Tells an answer from a key that was held, tapped twice, or pressed before the next question was there to be read.

Only the same key again is ever doubted: whoever knows the questions by heart types different keys as fast as they like.
It goes by what the operator can have seen and by when a key was read, so a slow link makes it no less sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from math import inf
from typing import Final

AGAIN_AFTER: Final = 0.15
"""Seconds within which the same key is one press: keyboards repeat each 25 to 92 ms, no question is read in less."""
HOLDING_BEGINS: Final = 1.2
"""Seconds within which the first repetition of a held key comes; keyboards wait 0.25 to 1 second."""
RESTED_AFTER: Final = 0.5
"""Seconds without a key after which keys count again: later keys of the same hand were meant for later questions."""


class Press(Enum):
    """What a key is worth."""

    COUNTS = auto()
    TOO_SOON = auto()
    """The same key again, before the question was there to be read; or a key right after such a one."""
    HELD = auto()
    """The same, and now it is plain that the answer before it was a repetition too."""


@dataclass(slots=True)
class Presses:
    """The keys of one checklist, in the order in which they were read; times are of one clock, in seconds.

    `acted` is what the key before did: the question that it answered, "" when it opened the call, None when neither.
    """

    key: str = ""
    at: float = -inf
    acted: str | None = None
    _before: str = ""
    _before_at: float = -inf
    _second: bool = False
    _ignoring: bool = False

    def hear(self, key: str, at: float) -> None:
        """Take the next key, whatever it is for."""
        self._before, self._before_at = self.key, self.at
        self.key, self.at = key, at

    def judge(self, shown_at: float | None) -> Press:
        """Tell what the key that was heard last is worth for a question shown since then; None: not shown yet."""
        gap = self.at - self._before_at
        if self._ignoring and gap < RESTED_AFTER:
            return Press.TOO_SOON
        self._ignoring = False
        again = self.acted is not None and self.key == self._before
        if again and (gap < AGAIN_AFTER or shown_at is None or self.at < shown_at):
            held = self._second and gap < AGAIN_AFTER
            self._second, self._ignoring = False, True
            return Press.HELD if held else Press.TOO_SOON
        self._second = again and gap < HOLDING_BEGINS
        return Press.COUNTS

    def did(self, question: str | None) -> None:
        """Remember what the key that was heard last did."""
        self.acted = question
