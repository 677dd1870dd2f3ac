"""What was tried that is not done here: at most one note of each kind per ten seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE_EVERY: Final = 10.0
"""Seconds: whoever holds a key fills no log, and what comes between is counted in the next note."""


@dataclass
class Attempts:
    """Counts what was tried and hands it to `write`: what, and how often since the note before."""

    write: Callable[[str, int], None]
    clock: Callable[[], float] = time.monotonic
    _waiting: dict[str, int] = field(default_factory=dict, init=False)
    _noted_at: dict[str, float] = field(default_factory=dict, init=False)

    def note(self, what: str, times: int = 1) -> None:
        """Count it, and write it down unless that was done just now."""
        self._waiting[what] = self._waiting.get(what, 0) + times
        self.settle()

    def put_back(self, what: str, times: int) -> None:
        """Count it again: no place took the note of it."""
        self._waiting[what] = self._waiting.get(what, 0) + times

    def settle(self, *, leaving: bool = False) -> None:
        """Write down what waited long enough; all of it when the program ends."""
        moment = self.clock()
        for what, times in list(self._waiting.items()):
            if leaving or moment - self._noted_at.get(what, -NOTE_EVERY) >= NOTE_EVERY:
                del self._waiting[what]
                self._noted_at[what] = moment
                self.write(what, times)
