"""The way to the terminal and back: whole paints, the real cursor where the operator is, keys that can be told apart.

A terminal that stops reading never holds up the console: paints that find no room are left out, and when there is room
again the whole screen is drawn anew. Textual 8.2.8 would wait in the middle of its event loop, with the heartbeat and
the note that is being kept waiting behind it.
"""

from __future__ import annotations

import errno
import os
import selectors
import textwrap
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from console.terminal.key_stream import Escape, KeyStream, Pasted, Sequence, Text
from console.terminal.own_sequences import CLEAR, only_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message import Message

    from console.terminal.key_stream import Heard

HIDE_CURSOR: Final = "\x1b[?25l"
SHOW_CURSOR: Final = "\x1b[?25h"
READ_AT_ONCE: Final = 65_536
LOOK_EVERY: Final = 0.2
"""Seconds after which the reading thread looks whether it has to end."""


class SafeDriver(LinuxDriver):
    """Writes a paint as one piece and reads keys through `KeyStream`."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None):
        """Wait to be started by the app."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._paint: list[str] | None = None
        self._behind = False
        self._leaving = False

    def start_application_mode(self) -> None:
        """Take the terminal, with its cursor in sight: a screen reader and a braille display follow it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(SHOW_CURSOR)

    def stop_application_mode(self) -> None:
        """Give the terminal back; from here on everything is written, also to a terminal that is slow."""
        self._leaving = True
        super().stop_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop: draw anew. The framework would take the terminal twice and then never end."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif (loop := self._app._loop) is not None:  # noqa: SLF001 - the only road into the loop from a signal
            loop.call_soon_threadsafe(self._app.refresh)

    def begin_paint(self) -> None:
        """Hold what is written until `end_paint`; the cursor is hidden for as long as it runs over the screen."""
        self._paint = [HIDE_CURSOR]

    def end_paint(self) -> None:
        """Write it in one piece."""
        paint, self._paint = self._paint or [], None
        self._write_out("".join([*paint, SHOW_CURSOR]))

    def write(self, data: str) -> None:
        """Write of this what the terminal may do, unless it does not keep up: then all is drawn anew later."""
        allowed = only_own(data)
        if self._paint is not None:
            self._paint.append(allowed)
        else:
            self._write_out(allowed)

    def _write_out(self, data: str) -> None:
        outlet = self._writer_thread
        if outlet is None or not outlet.is_alive():
            return
        waiting = outlet._queue  # noqa: SLF001 - nothing else tells whether writing would wait
        if self._leaving or not (self._behind or waiting.full()):
            super().write(data)
        elif self._behind and waiting.empty():
            self._behind = False
            self._app.call_later(self._app.refresh)
        else:
            self._behind = True

    @property
    def keeps_up(self) -> bool:
        """False from a paint that was left out until all is drawn anew."""
        return not self._behind

    def say_only(self, sentence: str, columns: int, lines: int) -> None:
        """Show nothing but this, as far as it fits."""
        shown = textwrap.wrap(sentence, max(1, columns))[:lines]
        self.write(CLEAR + "\r\n".join(shown))

    def close(self) -> None:
        """Let go of the thread that writes; one that ended when its terminal went away cannot be waited for."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()

    def run_input_thread(self) -> None:
        """Read until the app leaves or the terminal has gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        keys = KeyStream()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(min(LOOK_EVERY, keys.patience)):
                    data = self._read()
                    if not data:
                        return
                    self._tell(keys.hear(decode(data)))
                else:
                    self._tell(keys.silence())

    def _read(self) -> bytes:
        """What was typed; nothing when the terminal has gone, which `TerminalWatch` sees too."""
        try:
            return os.read(self.fileno, READ_AT_ONCE)
        except OSError as error:
            if error.errno == errno.EIO:
                return b""
            raise

    def _tell(self, heard: Iterable[Heard]) -> None:
        for each in heard:
            for message in _messages(each):
                self.process_message(message)


def _messages(heard: Heard) -> Iterable[Message]:
    """What Textual makes of it; a sequence that it does not know is nothing, and not the letters it is made of."""
    match heard:
        case Escape():
            return [events.Key("escape", "\x1b")]
        case Pasted(text):
            return [events.Paste(text.replace("\x00", ""))]
        case Text(text) | Sequence(text):
            return list(XTermParser().feed(text))
