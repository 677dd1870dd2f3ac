"""The circuit with one CAD: after a run of failures it opens, and the CAD is asked with one dispatch at a time. Pure.

While it is open nothing else goes: a CAD that is coming up is not met by everything that waits, and the record is not
filled with attempts that cannot succeed. The first success closes it. Times are those of the caller's clock; the value
can be kept, so that a delivery which starts again goes on where the one before it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

FAILURES: Final = 5
"""Failures in a row that open the circuit: one more than can be under way at once, so that one hiccup, which takes all
of those with it, does not."""

SHORTEST: Final = timedelta(seconds=1)
LONGEST: Final = timedelta(seconds=30)
PART: Final = 10
"""The pause between two tries is a tenth of how long the circuit is open, within those two: a CAD that comes back is
noticed within a tenth of the time that it was away, and never later than half a minute."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """How the tries went: `run` failures in a row, the last of them for this reason; `opened_at` None while closed.

    `sending` tells whether a dispatch is among those failures: a CAD that answers questions then still takes none.
    """

    run: int = 0
    why: str = ""
    opened_at: datetime | None = None
    next_at: datetime | None = None
    sending: bool = False

    @property
    def is_open(self) -> bool:
        """True while the CAD is asked with one dispatch at a time."""
        return self.opened_at is not None

    def may_try(self, now: datetime) -> bool:
        """Tell whether one try may leave; a clock that was set back does not make anybody wait longer."""
        return self.next_at is None or not now < self.next_at <= now + LONGEST

    def failed(self, now: datetime, why: str, *, sending: bool, asked: float | None = None) -> Circuit:
        """Count a failure at `now`; `asked` is the pause in seconds that the CAD asked for."""
        counted = replace(self, run=self.run + 1, why=why, sending=self.sending or sending)
        if counted.run < FAILURES and not counted.is_open:
            return counted
        opened_at = now if self.opened_at is None else self.opened_at
        pause = min(max(SHORTEST, (now - opened_at) / PART, timedelta(seconds=min(asked or 0.0, 60.0))), LONGEST)
        return replace(counted, opened_at=opened_at, next_at=now + pause)

    def succeeded(self, *, sending: bool) -> Circuit:
        """The CAD took something, or answered a question; the latter proves nothing where dispatches are failing."""
        return self if self.sending and not sending else Circuit()

    def resumed(self, now: datetime) -> Circuit:
        """The same for a delivery that starts now: it tries once at once, because a setting may have been mended."""
        return replace(self, next_at=now) if self.is_open else self
