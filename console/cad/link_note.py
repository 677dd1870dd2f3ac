"""What was last heard of the link with a CAD, whether sending is paused, and what the screens were last told of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from console.cad import schedule
from console.cad.circuit import FAILURES, Circuit
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.model import Link

TOLD_EVERY: Final = 2.0
"""Seconds after which the screens hear again that somebody looks, also when nothing changed."""

_FAILURE_COUNTS_FOR: Final = schedule.LONGEST_ASKED_PAUSE + 5.0


class LinkNote:
    """Hears how every contact went; `clock` gives the moments that are shown."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Begin with nothing heard."""
        self.circuit = Circuit()
        self.well_since: datetime | None = None
        self._clock = clock
        self._error = ""
        self._heard_at: float | None = None
        self._failed_at: float | None = None
        self._told: tuple[str, Circuit] | None = None
        self._told_at = 0.0

    def resume(self, last: Link | None) -> None:
        """Go on where the delivery before this one was."""
        if last is not None and last.paused_since is not None:
            self.circuit = Circuit(run=FAILURES, why=last.error, opened_at=last.paused_since, sending=True)
            self.circuit = self.circuit.resumed(self._clock())
            self._failed_at = time.monotonic()  # good health alone does not undo what that one met

    @property
    def error(self) -> str:
        """Why the CAD cannot be reached; empty while it can."""
        return self.circuit.why if self.circuit.is_open else self._error

    @property
    def reachable(self) -> bool:
        """True while dispatches can be handed over, as far as is known."""
        return not self.error

    def hear_success(self) -> None:
        """A dispatch was handed over, or refused by the CAD itself: the link works."""
        self._error, self._failed_at = "", None
        self._heard_at = time.monotonic()
        self._well(sending=True)

    def hear_failure(self, error: str, asked: float | None = None) -> None:
        """A dispatch could not be handed over; the CAD asked for this pause."""
        self._error = error
        self._heard_at = self._failed_at = time.monotonic()
        self.circuit = self.circuit.failed(self._clock(), error, sending=True, asked=asked)

    def hear_question(self, error: str, *, nothing_waits: bool = False) -> None:
        """A question was answered (the empty text) or not; good news does not cover up that dispatches are failing.

        Where `nothing_waits` to be sent there is none to fail, and none that could show that the CAD is well again.
        """
        self._heard_at = time.monotonic()
        failing = (
            not nothing_waits and self._failed_at is not None and self._heard_at - self._failed_at < _FAILURE_COUNTS_FOR
        )
        if error or not failing:
            self._error = error
        if error:
            self.circuit = self.circuit.failed(self._clock(), error, sending=False)
        else:
            self._well(sending=not failing)

    def _well(self, *, sending: bool) -> None:
        was_open = self.circuit.is_open
        self.circuit = self.circuit.succeeded(sending=sending)
        if was_open and not self.circuit.is_open:
            self.well_since = self._clock()

    def no_cad(self, why: str) -> None:
        """There is nothing to talk to."""
        self._error = why
        self._heard_at = time.monotonic()

    def quiet_for(self) -> float:
        """Seconds since the last contact."""
        return float("inf") if self._heard_at is None else time.monotonic() - self._heard_at

    def worth_telling(self) -> bool:
        """True when the screens know something else, or would begin to doubt that anybody looks."""
        if self._heard_at is None:
            return False
        return self._news() or time.monotonic() - self._told_at >= TOLD_EVERY

    def told(self) -> tuple[str, ...]:
        """The screens know it now; gives the lines that the log of the delivery has not had yet."""
        before, self._told = self._told, (self.error, self.circuit)
        self._told_at = time.monotonic()
        lines = []
        if before is None or before[0] != self.error:
            lines.append(words.cad.link(self.error))
        was_open = before is not None and before[1].is_open
        if self.circuit.opened_at is not None and not was_open:
            lines.append(words.cad.paused(self.circuit.run))
        if was_open and not self.circuit.is_open:
            lines.append(words.cad.RESUMED)
        return tuple(lines)

    def _news(self) -> bool:
        return self._told is None or self._told != (self.error, self.circuit)
