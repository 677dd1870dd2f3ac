"""The heads of the logs, kept outside the database: a chain alone cannot show that its tail was cut, or that all of it
was written anew.

A line per anchor in `anker.txt`, in the folder that the setting `anker` names (without it: `anker` in the data folder):

    2026-11-21T13:00:00.123Z dossier 1234:9f86d0...

It holds no personal data, only ever grows, and is on disk (fsync) before it counts. Whoever can rewrite the database
can rewrite a file beside it, so a room that means it names a folder of another machine's or another user's, or reads
the same lines from the system log. A program anchors what it committed itself, on a thread of its own: a decision
never waits for it. Because each head ties all rows before it, one line of any program covers those of all.
"""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch
from console.record.chain import Head, Log
from console.record.rows import to_text, to_time
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from logging import LogRecord

    from console.record.home import Home

EVERY_ROWS: Final = 100
EVERY: Final = timedelta(seconds=60)
"""What can be cut off unseen is less than this many rows or this much time, whichever comes first."""

LOOK_EVERY: Final = 10.0
SYSTEM_LOG: Final = Path("/dev/log")
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line: which head stood when."""

    at: datetime
    head: Head

    def __str__(self) -> str:
        """Write the line, without its end."""
        return f"{to_text(self.at)} {self.head.log} {self.head}"


class AnchorError(ValueError):
    """A line that is no anchor; the text says what an anchor looks like."""


def read_line(line: str) -> Anchor:
    """Read one line of an anchor file."""
    try:
        at, log, head = line.split(" ")
        anchor = Anchor(to_time(at), read_head(head, Log(log)))
    except ValueError as error:
        raise AnchorError(words.record_file.NO_ANCHOR) from error
    if anchor.at.tzinfo is None:
        raise AnchorError(words.record_file.TIME_WITHOUT_ZONE)
    return anchor


def read_head(text: str, log: Log = Log.AUDIT) -> Head:
    """Read a head as it is kept or printed, `1234:` and an even number of hexadecimal digits, sixteen at least."""
    seq, _, digits = text.strip().partition(":")
    if not (seq.isascii() and seq.isdigit()) or len(digits) < 16:
        raise AnchorError(words.record_file.HEAD_FORM)
    try:
        return Head(log, int(seq), bytes.fromhex(digits))
    except ValueError as error:
        raise AnchorError(words.record_file.HEAD_DIGITS) from error


class Anchors:
    """Anchors the heads that one writer committed."""

    def __init__(
        self,
        home: Home,
        clock: Callable[[], datetime],
        *,
        look_every: float = LOOK_EVERY,
        system_log: Path = SYSTEM_LOG,
    ) -> None:
        """Write to the anchor file of `home`, and to the socket `system_log` where there is one."""
        self._home = home
        self._clock = clock
        self._look_every = look_every
        self._system_log = system_log
        self._heads: dict[Log, Head] = {}
        self._covered: dict[Log, int] = {}
        self._changing = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None
        self.trouble: str | None = None
        """Why the last look could not anchor, as a sentence for the manager; None while all is well."""

    def note(self, heads: Mapping[Log, Head]) -> None:
        """Hear what was committed; this costs microseconds, the rest is done elsewhere."""
        with self._changing:
            self._heads.update(heads)
            for log, head in heads.items():
                if head.seq - self._covered.setdefault(log, head.seq - 1) >= EVERY_ROWS:
                    self._wake.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="anker", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Anchor what is left."""
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing:
            self._wake.wait(self._look_every)
            self._wake.clear()
            self._look()

    def _look(self) -> None:
        """Anchor what is due. What fails is kept as `trouble`, and the next look tries again."""
        with self._changing:
            heads = dict(self._heads)
        try:
            due = self._due(heads, self._clock())
            if due:
                _append(self._home, due)
            self.trouble = None
        except OSError as error:
            due = []
            self.trouble = words.record_file.anchor_fails(self._home.anchor_file, in_dutch(error))
        for anchor in due:
            self._covered[anchor.head.log] = anchor.head.seq
            _tell_system(self._system_log, str(anchor))

    def _due(self, heads: Mapping[Log, Head], now: datetime) -> list[Anchor]:
        newest, _ = _tail(self._home.anchor_file)
        due = []
        for log, head in heads.items():
            last = newest.get(log)
            if last is not None and last.head.seq > self._covered[log]:
                self._covered[log] = last.head.seq
            ahead = head.seq - self._covered[log]
            young = last is not None and abs(now - last.at) < EVERY
            if ahead >= EVERY_ROWS or (ahead > 0 and (self._closing or not young)):
                due.append(Anchor(now, head))
        return due


def _tail(file: Path) -> tuple[dict[Log, Anchor], bool]:
    """Give the newest anchors of an anchor file, and whether its last line was written whole."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - _TAIL))
            text = stream.read().decode("ascii", "replace")
    except FileNotFoundError:
        return {}, True
    newest: dict[Log, Anchor] = {}
    for line in text.splitlines():
        with suppress(AnchorError):  # the first one may be cut by the look back; `verifieer` reads and judges them all
            anchor = read_line(line)
            newest[anchor.head.log] = anchor
    return newest, text.endswith("\n") or not text


def _append(home: Home, anchors: Iterable[Anchor]) -> None:
    """Put lines on disk under a lock, so that no program takes another's half-written line for a broken one."""
    file = home.anchor_file
    lines = "".join(f"{anchor}\n" for anchor in anchors)
    adding = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(file, adding | os.O_CREAT | os.O_EXCL, home.file_mode)
        os.fchmod(descriptor, home.file_mode)
    except FileExistsError:
        descriptor = os.open(file, adding)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if not _tail(file)[1]:
            lines = f"\n{lines}"
        os.write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tell_system(socket: Path, line: str) -> None:
    """Send a line to the system log, where there is one; a room without one has the file."""
    if not socket.exists():
        return
    from logging import INFO, makeLogRecord  # noqa: PLC0415 - 10 ms that no start of a console waits for
    from logging.handlers import SysLogHandler  # noqa: PLC0415

    class Quiet(SysLogHandler):
        """Says nothing on the terminal when the system log does not listen: a screen is shown there."""

        def handleError(self, record: LogRecord) -> None:  # noqa: N802 - the library's name
            """Leave it at the file."""

    with suppress(OSError):
        handler = Quiet(str(socket), facility=SysLogHandler.LOG_AUTHPRIV)
        handler.ident = "meldkamer: "
        handler.emit(makeLogRecord({"msg": f"anker {line}", "levelno": INFO, "levelname": "INFO"}))
        handler.close()
