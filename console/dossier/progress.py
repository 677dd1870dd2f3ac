"""How far a long command is, on standard error: one line that is rewritten on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from typing import Final

from console.printing import tell_over

_EVERY_ON_SCREEN: Final = 0.2
_EVERY_IN_LOG: Final = 10.0


class Progress:
    """Tells how far it is, not more often than somebody can read."""

    def __init__(self, what: str) -> None:
        """Count `what`, a plural: `meldingen vernietigd`."""
        self._what = what
        self._on_screen = sys.stderr.isatty()
        self._told: float | None = None

    def tell(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done; the last one is always said."""
        now = time.monotonic()
        pause = _EVERY_ON_SCREEN if self._on_screen else _EVERY_IN_LOG
        if done < total and self._told is not None and now - self._told < pause:
            return
        self._told = now
        said = f"{done} van {total} {self._what}"
        if self._on_screen:
            tell_over(said, last=done >= total)
        else:
            print(said, file=sys.stderr, flush=True)
