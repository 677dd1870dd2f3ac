"""What a crash leaves behind: one Dutch line with a number on the terminal, a redacted report for the administrator.

Python's traceback shows source lines and Textual's shows local variables: a caller's name in the scrollback of a
shared terminal. An exception's own message can hold one too ("could not parse ..."). A report therefore holds types,
places and error numbers, and no text that came from outside.
"""

from __future__ import annotations

import errno
import os
import platform
import secrets
import sys
import threading
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

CRASHED: Final = 70
"""The exit code of a program that ended by a fault of its own (EX_SOFTWARE)."""

REPORTS: Final = "storingen"

_DEEPEST: Final = 20


@dataclass
class CrashReporter:
    """Writes what may be kept of a crash under `home`, and knows the one line that may be shown.

    All that goes wrong in one process is one incident: the first error gives the number and the line, later ones (an
    app that falls over while it ends) are added to the same report.
    """

    home: Path
    incident: str | None = field(default=None, init=False)
    _kept: bool = field(default=True, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def report(self, error: BaseException) -> str:
        """Add the error to this process's incident and return the line for the terminal."""
        with self._lock:
            if self.incident is None:
                self.incident = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
            try:
                self._append("\n".join([*_circumstances(), *describe(error), "", ""]))
            except OSError:
                self._kept = False
            return self.line

    @property
    def path(self) -> Path:
        """Where the report of this incident is, or would be."""
        return self.home / REPORTS / f"{self.incident or '-'}.txt"

    @property
    def line(self) -> str:
        """The one line for the operator: that it stopped, the number, what to do."""
        kept = words.terminal.report_kept(str(self.path)) if self._kept else words.terminal.REPORT_NOT_KEPT
        return words.terminal.crashed(self.incident, kept)

    def install(self) -> None:
        """Let what no one catches, in any thread, go into the report instead of a traceback on the terminal."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def _uncaught(self, _kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            sys.stderr.write(self.report(error) + "\n")

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        error = what.exc_value
        if not (error is None or isinstance(error, SystemExit) or _is_hang_up(error)):
            self.report(error)

    def _append(self, text: str) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            # In a folder that a group shares, each writes reports of their own, and only they and root read them.
            folder.chmod(self.home.stat().st_mode & 0o7777)
        report = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(report, "w", encoding="utf-8") as file:
            file.write(text)


def _is_hang_up(error: BaseException) -> bool:
    """True for the write that found its terminal gone: a closed window is an ordinary end, and `lifecycle` sees it."""
    return isinstance(error, OSError) and error.errno == errno.EIO and not os.isatty(2)


def describe(error: BaseException) -> list[str]:
    """The error and what caused it: types, modules, functions, line numbers, error numbers; never a message."""
    return [line for each in _chain(error) for line in _described(each)]


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < _DEEPEST:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        # Textual's WorkerFailed holds the error of the worker in `error` and raises it from nothing.
        inner = [getattr(current, "error", None), current.__cause__, current.__context__]
        nested = current.exceptions if isinstance(current, BaseExceptionGroup) else ()
        waiting += [each for each in (*inner, *nested) if isinstance(each, BaseException)]


def _described(error: BaseException) -> Iterator[str]:
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}{_number(error)}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"    {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"


def _number(error: BaseException) -> str:
    """What the system or SQLite called it: names from a fixed list, which cannot hold a caller's text."""
    if isinstance(error, OSError) and error.errno is not None:
        return f" errno {error.errno}"
    name = getattr(error, "sqlite_errorname", "")
    return f" {name}" if isinstance(name, str) and name.startswith("SQLITE_") else ""


def _circumstances() -> list[str]:
    return [
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} proces {os.getpid()}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
    ]
