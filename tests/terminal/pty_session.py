"""A program in a real terminal of its own: what it wrote byte for byte, how it left the terminal, how it ended."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator

PATIENCE = 60.0
_END = b"<einde van de uitvoer>"


def wait_for(predicate: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Look until it is so; fail with what was waited for."""
    deadline = time.monotonic() + patience
    while not predicate():
        if time.monotonic() > deadline:
            raise AssertionError(f"not seen within {patience} s: {what}")
        time.sleep(0.01)


@dataclass
class PtySession:
    """The program, our end of its terminal, and everything it wrote; `settings` is the terminal as it was before."""

    process: subprocess.Popen[bytes]
    master: int
    slave: int
    settings: list[Any]
    written: bytearray = field(default_factory=bytearray)
    reading: threading.Event = field(default_factory=threading.Event)

    def read_along(self) -> None:
        """Collect what the program writes until its terminal is closed."""
        while self.reading.wait():
            try:
                data = os.read(self.master, 65_536)
            except OSError as error:
                if error.errno in {errno.EIO, errno.EBADF}:
                    return
                raise
            if not data:
                return
            self.written += data

    def expect(self, text: str | bytes) -> None:
        """Wait until the program has written this."""
        wanted = text.encode() if isinstance(text, str) else text
        wait_for(lambda: wanted in self.written or self.process.poll() is not None, f"{text!r}")
        wait_for(lambda: wanted in self.written, f"{text!r}; ended with {self.process.poll()}:\n{self.shown}", 1)

    def press(self, keys: str) -> None:
        """Type this."""
        os.write(self.master, keys.encode())

    def type_bytes(self, data: bytes) -> None:
        """Send exactly these bytes, whatever the terminal would make of a key."""
        os.write(self.master, data)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size; the kernel tells the program."""
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def end(self) -> int:
        """Wait for the program to end; its exit code."""
        return self.process.wait(PATIENCE)

    def all_written(self, patience: float = PATIENCE) -> str:
        """Wait for the program to end, and until all that it wrote was read; that as text."""
        wait_for(lambda: self.process.poll() is not None, f"the end of it; so far:\n{self.shown[-2_000:]}", patience)
        os.write(self.slave, _END)  # comes through the terminal behind the last of it
        wait_for(lambda: self.written.endswith(_END), "the last of it")
        return self.written[: -len(_END)].decode("utf-8", "surrogateescape")

    @property
    def shown(self) -> str:
        """Everything it wrote, as text."""
        return self.written.decode("utf-8", "surrogateescape")

    @property
    def restored(self) -> bool:
        """True when line mode and echo are as before, and the last word on screen and cursor is the ordinary one."""
        same = termios.tcgetattr(self.slave)[:4] == self.settings[:4]
        plain_screen = self.written.rfind(b"\x1b[?1049l") > self.written.rfind(b"\x1b[?1049h")
        cursor = self.written.rfind(b"\x1b[?25h") > self.written.rfind(b"\x1b[?25l")
        return same and plain_screen and cursor


@contextmanager
def in_terminal(
    arguments: list[str], *, size: tuple[int, int] = (120, 40), environment: dict[str, str] | None = None
) -> Iterator[PtySession]:
    """Run `python arguments...` as the foreground of a new terminal of so many columns and rows."""
    command = [sys.executable, "-m", "tests.terminal.own_terminal", *arguments]
    with running(command, {**os.environ, "TERM": "xterm-256color", **(environment or {})}, size) as session:
        yield session


@contextmanager
def alone_in_terminal(
    command: list[str], environment: dict[str, str], *, size: tuple[int, int] = (120, 40)
) -> Iterator[PtySession]:
    """Run a command with exactly this environment, as the leader of a session on a terminal of its own: a login."""
    take = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    with running([sys.executable, "-I", "-c", take, *command], environment, size) as session:
        yield session


@contextmanager
def running(command: list[str], environment: dict[str, str], size: tuple[int, int]) -> Iterator[PtySession]:
    """Run a command in a new terminal, which it has yet to take as its own."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    settings = termios.tcgetattr(slave)
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=environment,
    )
    session = PtySession(process, master, slave, settings)
    session.reading.set()
    reader = threading.Thread(target=session.read_along, daemon=True)
    reader.start()
    try:
        yield session
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(PATIENCE)
        session.reading.set()
        if session.master >= 0:
            os.close(session.slave)
            reader.join(PATIENCE)
            os.close(session.master)
