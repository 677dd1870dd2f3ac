"""The sign of life of one console: the calls in its hands stay marked as looked after, for as long as they are.

A thread of its own, because what it vouches for is the operator's place and not one tick of the screen: a screen that
stands still for some seconds marks nobody. It vouches no longer than that. When the event loop has not answered for
`LOOP_MAY_STALL`, the operator behind it can neither see nor decide anything, however alive the process is, so the
signs stop and the room is told; when the loop answers again, so do they. A mark takes nothing from anybody, so one
too many costs a glance, and one too few a caller who waits for a terminal that hangs.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from console.record import RecordError
from console.record.leasing import RENEW_EVERY

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

    from console.model import Claim

LOOP_MAY_STALL: Final = 30.0
"""Seconds that a loop may be silent: longer than a slow link's hiccup; with the lease, a terminal that hangs is marked
within about a minute."""


class Heartbeat:
    """Renews the claims that one console holds, until it is stopped."""

    def __init__(
        self,
        renew: Callable[[tuple[Claim, ...]], tuple[Claim, ...]],
        loop: asyncio.AbstractEventLoop,
        *,
        every: float = RENEW_EVERY.total_seconds(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Renew through `renew`, which gives the claims that are no longer held; listen whether `loop` answers."""
        self._renew = renew
        self._loop = loop
        self._every = every
        self._monotonic = monotonic
        self._answered_at = monotonic()
        self._claims: Mapping[str, Claim] = {}
        self._changing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hartslag", daemon=True)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is vouched for."""
        return tuple(self._claims.values())

    def start(self) -> None:
        """Begin; from now on it beats by itself."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the beat that may be under way."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def hold(self, claim: Claim) -> None:
        """Vouch for a claim, in place of an earlier one on the same call."""
        with self._changing:
            self._claims = {**self._claims, claim.call_id: claim}

    def drop(self, *claims: Claim) -> None:
        """Vouch no longer; a newer claim on the same call stays."""
        with self._changing:
            self._claims = {call_id: held for call_id, held in self._claims.items() if held not in claims}

    def beat(self) -> None:
        """Renew once, unless the loop is silent for too long."""
        self._loop.call_soon_threadsafe(self._answer)
        if self._monotonic() - self._answered_at > LOOP_MAY_STALL:
            return
        self.drop(*self._renew(self.claims))

    def _answer(self) -> None:
        self._answered_at = self._monotonic()

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            if self._loop.is_closed():
                return
            try:
                self.beat()
            except RecordError:
                # The next beat tries again; if that keeps failing the claims are marked, which is then the truth, and
                # the operator hears of the record from the screen's own looks.
                continue
