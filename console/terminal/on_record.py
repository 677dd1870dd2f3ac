"""Puts what was tried on record while the program goes on; what the record does not take goes to the system's log."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.record.errors import RecordError
from console.system_log import NowhereToNoteError, SystemLog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass
class OnRecord:
    """Notes through `attempted` of a desk, else in `log`; what neither takes is counted with the next of its kind."""

    attempted: Callable[[str, int], Awaitable[None]]
    log: SystemLog
    _left: Counter[str] = field(default_factory=Counter, init=False)
    _noting: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    def note(self, what: str, times: int) -> None:
        """Begin to put it on record, within a running event loop."""
        noting = asyncio.create_task(self._write(what, times + self._left.pop(what, 0)))
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)

    async def settled(self) -> None:
        """Wait until what was noted is on record."""
        await asyncio.gather(*self._noting)

    async def _write(self, what: str, times: int) -> None:
        try:
            await self.attempted(what, times)
        except RecordError:
            await asyncio.to_thread(self._write_elsewhere, what, times)

    def _write_elsewhere(self, what: str, times: int) -> None:
        try:
            self.log.note(what, times)
        except NowhereToNoteError:
            self._left[what] += times
