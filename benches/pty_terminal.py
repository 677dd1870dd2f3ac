"""A program on a terminal of its own and how long it takes to draw: bytes are timed as they arrive, emulated later.

The emulator (pyte, a development dependency) only sees what was already timed: emulating a full screen takes longer
than drawing it, and must not count as the program's.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS: Final = 120
ROWS: Final = 40
QUIET: Final = 0.01
"""Seconds without output after which what came in is looked at."""
ONE_PAINT: Final = 0.002
"""Reads closer together than this belong to one paint."""
PATIENCE: Final = 10.0

_SYNCHRONISED: Final = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""What a program asks a modern terminal, and what that answers."""
_NOT_EMULATED: Final = re.compile(rb"\x1b\[(?:[<=>][0-9;]*[a-z]|\?[0-9;]*\$p)")
_TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")

Chunk = tuple[float, bytes]


class PtyTerminal:
    """The foreground program of a new terminal of 120 by 40, in 24-bit colour, and the screen it drew."""

    def __init__(self, arguments: list[str], environment: dict[str, str] | None = None) -> None:
        """Start `python arguments...` at once; `begun` is when."""
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.received = 0
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "MELDKAMER"))}
        clean |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        clean.pop("NO_COLOR", None)
        self.begun = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            # The size first: it is the program's from its first line on.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(sys.executable, [sys.executable, *arguments], clean)  # noqa: S606 - a program of this project

    def until(self, seen: Callable[[pyte.Screen], object], patience: float = PATIENCE) -> float:
        """Wait until the screen shows it; how many seconds after the start the last byte of that paint arrived."""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline:
            for arrived, data in self._read(first_wait=0.2, quiet=ONE_PAINT):
                self._emulate(data)
                if seen(self.screen):
                    return arrived - self.begun
        raise self._unseen("the program did not show what was waited for")

    def press(self, keys: str, probe: Callable[[pyte.Screen], Any]) -> float:
        """Seconds from writing these keys to the last byte of the paint that changed what `probe` sees."""
        self.drain(QUIET)
        before = probe(self.screen)
        pressed = time.perf_counter()
        os.write(self._master, keys.encode())
        while time.perf_counter() < pressed + PATIENCE:
            chunks = self._read(first_wait=1.0, quiet=QUIET)
            for number, (_arrived, data) in enumerate(chunks):
                self._emulate(data)
                if probe(self.screen) != before:
                    return self._end_of_paint(chunks, number) - pressed
        raise self._unseen(f"nothing changed after {keys!r}")

    def drain(self, seconds: float) -> None:
        """Take in what the program draws by itself, for so long."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            for _arrived, data in self._read(first_wait=left, quiet=ONE_PAINT):
                self._emulate(data)

    def processor_seconds(self) -> float:
        """What the program has taken of the processors so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND

    def megabytes(self) -> float:
        """The memory it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]

    def close(self) -> None:
        """End the program and its terminal."""
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.perf_counter() + PATIENCE
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            self._read(first_wait=0.05, quiet=ONE_PAINT)
            if time.perf_counter() > deadline:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self._master)

    def _read(self, *, first_wait: float, quiet: float) -> list[Chunk]:
        """Read until nothing came for `quiet` seconds, each read with the moment it arrived."""
        chunks: list[Chunk] = []
        wait = first_wait
        while select.select([self._master], [], [], wait)[0]:
            try:
                data = os.read(self._master, 65_536)
            except OSError:  # the program has ended
                break
            chunks.append((time.perf_counter(), data))
            self.received += len(data)
            if _SYNCHRONISED[0] in data:
                os.write(self._master, _SYNCHRONISED[1])
            wait = quiet
        return chunks

    def _emulate(self, data: bytes) -> None:
        self._stream.feed(_NOT_EMULATED.sub(b"", data))

    def _end_of_paint(self, chunks: list[Chunk], number: int) -> float:
        """When the paint ended that began at this chunk; the rest of what was read is emulated too."""
        end = chunks[number][0]
        for arrived, data in chunks[number + 1 :]:
            self._emulate(data)
            if arrived - end < ONE_PAINT:
                end = arrived
        return end

    def _unseen(self, what: str) -> RuntimeError:
        shown = "\n".join(self.screen.display)
        return RuntimeError(f"{what}; on screen:\n{shown}")
