"""What the delivery tells on stderr: little, never twice, and never so that a stuck reader holds up a dispatch.

A terminal with its output stopped, a full pipe or a stalled journal makes a write to stderr wait without end. So lines
go through a short queue to a thread of their own; what does not fit is dropped. The record tells each attempt anyway.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from contextlib import suppress
from typing import Final

from console.safe_text import one_line

_AGAIN_AFTER: Final = 60.0
"""Seconds before the same line is told again."""
_LINES_A_MINUTE: Final = 30
_WAITING: Final = 200
_LAST_WORDS: Final = 1.0
_LONGEST: Final = 2_000
_STDERR: Final = 2


class Journal(logging.Handler):
    """Writes log lines from a thread of its own, each line at most once a minute, and few lines in all."""

    def __init__(self, descriptor: int) -> None:
        """Begin to write to a file descriptor; call `close` at the end.

        Not to `sys.stderr`: a thread that is stuck inside its buffer makes the interpreter's own end fail.
        """
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._descriptor = descriptor
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._told: dict[str, float] = {}
        self._thread = threading.Thread(target=self._write, name="logboek", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Queue a line, unless it was told a moment ago or too many were."""
        message, now = record.getMessage(), time.monotonic()
        self._told = {line: at for line, at in self._told.items() if now - at < _AGAIN_AFTER}
        if message in self._told or len(self._told) >= _LINES_A_MINUTE:
            return
        self._told[message] = now
        with suppress(queue.Full):
            self._lines.put_nowait(self.format(record))

    def close(self) -> None:
        """Give what is queued a moment to be written; a stuck reader is not waited for."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_LAST_WORDS)
        super().close()

    def _write(self) -> None:
        with suppress(OSError):  # nobody reads any more
            while (line := self._lines.get()) is not None:
                os.write(self._descriptor, f"{one_line(line, _LONGEST)}\n".encode())


def begin() -> Journal:
    """Let everything that is logged in this process go to stderr this way."""
    journal = Journal(_STDERR)
    logging.basicConfig(handlers=[journal], level=logging.WARNING)
    return journal
