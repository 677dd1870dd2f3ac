"""The one way in which programs keep a log: little, never twice, nothing from outside, and never holding up the work.

Only our own loggers (`meldkamer.*`) speak in their own words. Of what a library logs only its name and place are
written: its message can hold an address, a body or what a caller said. An exception goes into the report of a crash
(`console.crash`), and the line of that stands in the log.

A terminal with its output stopped, a full pipe or a stalled journal makes a write to stderr wait without end. So lines
go through a short queue to a thread of their own; what does not fit is dropped. The record tells each attempt anyway.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from console import crash
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

OURS: Final = "meldkamer"

_AGAIN_AFTER: Final = 60.0
"""Seconds before the same line is told again."""
_LINES_A_MINUTE: Final = 30
"""Of each level: what is only good to know keeps no trouble out."""
_LONGEST: Final = 2_000
_WAITING: Final = 200
_LAST_WORDS: Final = 1.0
STDERR: Final = 2


class Discreet(logging.Filter):
    """Takes out of a line what can come from outside; whoever writes it to whatever place does so after this."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; all lines stay."""
        error = record.exc_info[1] if record.exc_info else None
        ours = record.name.partition(".")[0] == OURS
        if error is not None:
            line = crash.of_this_program().report(error)
            _say_instead(record, f"{record.getMessage()}: {line}" if ours else line)
        elif not ours:
            place = f"{record.module}:{record.lineno}"
            _say_instead(record, words.crash.from_library(record.name, record.levelname, place))
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _say_instead(record: logging.LogRecord, line: str) -> None:
    record.msg, record.args = line, None


class Journal(logging.Handler):
    """Writes log lines from a thread of its own, each line at most once a minute, and few lines in all."""

    def __init__(self, descriptor: int) -> None:
        """Begin to write to a file descriptor; call `close` at the end.

        Not to `sys.stderr`: a thread that is stuck inside its buffer makes the interpreter's own end fail.
        """
        super().__init__()
        self.addFilter(Discreet())
        self._descriptor = descriptor
        self.before: Callable[[], None] | None = None
        """What is done before each line, in the thread that writes."""
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._told: dict[tuple[int, str], float] = {}
        self._left_out = 0
        self._thread = threading.Thread(target=self._write, name="logboek", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Queue a line, unless it was told a moment ago or too many were."""
        try:
            line, now = one_line(record.getMessage(), _LONGEST), time.monotonic()
        except (TypeError, ValueError) as error:  # values that do not fit the words: our mistake, and nothing to show
            line, now = crash.of_this_program().report(error), time.monotonic()
        self._told = {told: at for told, at in self._told.items() if now - at < _AGAIN_AFTER}
        if (record.levelno, line) in self._told:
            return
        if sum(level == record.levelno for level, _ in self._told) >= _LINES_A_MINUTE:
            self._left_out += 1
            return
        if self._left_out:
            line, self._left_out = f"{line} [{words.crash.left_out(self._left_out)}]", 0
        self._told[record.levelno, line] = now
        with suppress(queue.Full):
            self._lines.put_nowait(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}")

    def close(self) -> None:
        """Give what is queued a moment to be written; a stuck reader is not waited for."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_LAST_WORDS)
        super().close()

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(OSError):  # nobody reads any more, or the disk is full: the next line may get there
                if self.before is not None:
                    self.before()
                os.write(self._descriptor, f"{line}\n".encode())


class _OnlyReports(logging.Handler):
    """Writes nothing: for a program with a screen, or one that prints."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say nothing."""


def keep_quiet() -> None:
    """Let nothing that is logged or warned of in this process reach its terminal; exceptions go into the report."""
    handler = _OnlyReports()
    handler.addFilter(Discreet())
    _begin(handler)


def begin() -> Journal:
    """Let everything that is logged in this process go to stderr this way, and what fails besides the work too."""
    journal = Journal(STDERR)
    _begin(journal)
    crash.of_this_program().tell = logging.getLogger(OURS).error
    return journal


def _begin(handler: logging.Handler) -> None:
    logging.raiseExceptions = False  # it would print a line that cannot be written, with its values
    warnings.simplefilter("ignore")  # they show lines of the source and what a library makes of its input
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
