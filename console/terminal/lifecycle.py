"""How a screen program ends when it is told to or when its terminal is gone: restored, with an exit code that says so.

Without this, SIGTERM leaves the terminal in its alternative screen, and a closed terminal whose SIGHUP never came
leaves a process that reads end-of-file as fast as it can. A dead terminal can also block the event loop in a write,
so the watch is a thread of its own and, after a grace, does not ask the loop any more.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from console.terminal.hardening import INTERRUPTING, STOPPING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    from textual.app import App

ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
LOOK_EVERY: Final = 2.0
GRACE: Final = 5.0


@dataclass
class TerminalWatch:
    """Ends an app with 128 plus the signal, on SIGTERM, on SIGHUP and when its terminal has hung up.

    `start` is called in the main thread when the app is running (its `on_mount`), `stop` when it has ended.
    `look_every` and `grace` are seconds: how long a hang-up may go unseen, how long the app may take to leave. With
    `refused`, signals that would stop or interrupt the program do nothing but be told to it.
    """

    app: App[Any]
    terminal: int = 0
    look_every: float = LOOK_EVERY
    grace: float = GRACE
    refused: Callable[[int], None] | None = None
    _leaving: threading.Event = field(default_factory=threading.Event, init=False)
    _ended: threading.Event = field(default_factory=threading.Event, init=False)
    _code: int = field(default=0, init=False)
    _before: dict[signal.Signals, Any] = field(default_factory=dict, init=False)

    def start(self) -> None:
        """Take the signals and begin to look; the terminal is only watched when there is one."""
        for number in ENDING_SIGNALS:
            self._before[number] = signal.signal(number, self._on_signal)
        if self.refused is not None:
            for number in (*STOPPING, *INTERRUPTING):
                self._before[number] = signal.signal(number, self._on_refused)
        threading.Thread(target=self._watch, name="terminal-watch", daemon=True).start()

    def stop(self) -> None:
        """The app has ended by itself: nothing has to be forced any more, and signals mean what they meant before."""
        self._ended.set()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._leave(128 + number)

    def _on_refused(self, number: int, _frame: FrameType | None) -> None:
        loop = self.app._loop  # noqa: SLF001 -- as below
        if loop is not None and self.refused is not None:
            loop.call_soon_threadsafe(self.refused, number)

    def _leave(self, code: int) -> None:
        if self._leaving.is_set():
            return
        self._code = code
        loop = self.app._loop  # noqa: SLF001 -- the only road into the loop from a signal or another thread
        if loop is not None:
            loop.call_soon_threadsafe(self.app.exit, None, code)
        self._leaving.set()

    def _watch(self) -> None:
        in_a_terminal, in_foreground = _is_terminal(self.terminal), _has_foreground(self.terminal)
        while not (self._leaving.wait(self.look_every) or self._ended.is_set()):
            gone = in_a_terminal and not _is_terminal(self.terminal)
            if gone or (in_foreground and not _has_foreground(self.terminal)):
                self._leave(128 + signal.SIGHUP)
        if not self._ended.wait(self.grace):
            os._exit(self._code)


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def _has_foreground(descriptor: int) -> bool:
    """True when the terminal belongs to our session and can say who has its foreground."""
    try:
        os.tcgetpgrp(descriptor)
    except OSError:
        return False
    return True
