"""Looks at the room for a screen, without ever holding it up."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from console.overview.overlook import Overlook
from console.record.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.overview.figures import Figures
    from console.settings import Settings

__all__ = ["LOOK_EVERY", "RecordError", "Watch"]

LOOK_EVERY: Final = 0.5
"""Seconds between looks at the record: with a look and a paint of some milliseconds the board is current within one."""

LOOK_ANYWAY: Final = 5.0
"""Seconds after which the room is read again though nothing was written: a console may have gone silent."""


class Watch:
    """Looks at the room from a thread of its own, so that a disk that hangs never holds up the screen."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        """Look at the room of these settings; the record is opened at the first look."""
        self._settings = settings
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lezen")
        self._overlook: Overlook | None = None
        self._again_at = 0.0

    async def look(self) -> Figures | None:
        """Read the room if there is anything new, else None.

        Raises:
            RecordError: it cannot be read now; the next look opens it anew.
        """
        return await asyncio.wrap_future(self._thread.submit(self._look))

    def close(self) -> None:
        """Look no more; a look that is under way is not waited for."""
        self._thread.submit(self._let_go)
        self._thread.shutdown(wait=False)

    def _look(self) -> Figures | None:
        try:
            if self._overlook is None:
                self._overlook = Overlook.open(self._settings, self._clock)
                self._again_at = 0.0
            if not self._overlook.changed() and time.monotonic() < self._again_at:
                return None
            self._again_at = time.monotonic() + LOOK_ANYWAY
            return self._overlook.look()
        except RecordError:
            self._let_go()
            raise

    def _let_go(self) -> None:
        overlook, self._overlook = self._overlook, None
        if overlook is not None:
            overlook.close()
