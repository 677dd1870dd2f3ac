"""Where a refusal is written by a program that has no record to write in: the system's log, else a file of the account.

Only codes of ours and counts are written, never what somebody typed or set.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.accounts import os_user
from console.texts import words
from console.times import now

SYSTEM_LOG: Path = Path("/dev/log")
"""The socket on which this machine listens; journald and syslogd both read it."""

FILE_NAME: Final = "geweigerd.log"

_WARNING_OF_AUTHPRIV: Final = 10 * 8 + 4
_LARGEST: Final = 1024 * 1024


class NowhereToNoteError(Exception):
    """Neither the system's log nor the account's folder takes a line; the text names both, in Dutch."""


@dataclass(frozen=True, slots=True)
class SystemLog:
    """Notes what was refused; `folder` is the account's own, for a machine without a log."""

    folder: Path
    terminal: str = ""

    def note(self, what: str, times: int = 1) -> None:
        """Write a line: who, on which terminal, what, how often.

        Raises:
            NowhereToNoteError: no place takes it.
        """
        line = f"{os_user()} {self.terminal or '-'} {words.locked.refused(what, times)}"
        if not (_to_system(line) or self._to_file(line)):
            raise NowhereToNoteError(words.locked.not_noted(f"{SYSTEM_LOG}, {self.folder / FILE_NAME}"))

    def check(self) -> None:
        """Raise NowhereToNoteError now rather than when there is something to note."""
        if not (_connected() or self._to_file("")):
            raise NowhereToNoteError(words.locked.not_noted(f"{SYSTEM_LOG}, {self.folder / FILE_NAME}"))

    def _to_file(self, line: str) -> bool:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            file = os.open(self.folder / FILE_NAME, flags, 0o600)
        except OSError:
            return False
        try:
            os.fchmod(file, 0o600)
            if os.fstat(file).st_size > _LARGEST:
                os.ftruncate(file, 0)
            return not line or os.write(file, f"{now():%Y-%m-%dT%H:%M:%SZ} {line}\n".encode()) > 0
        except OSError:
            return False
        finally:
            os.close(file)


def _connected() -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        try:
            log.connect(str(SYSTEM_LOG))
        except OSError:
            return False
    return True


def _to_system(line: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        try:
            log.setblocking(False)
            log.connect(str(SYSTEM_LOG))
            log.send(f"<{_WARNING_OF_AUTHPRIV}>meldkamer[{os.getpid()}]: {line}".encode())
        except OSError:
            return False
    return True
