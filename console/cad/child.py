"""The delivery that a console brings with it, where no service runs one.

How it knows when to end: every console holds a shared lock (`present`) for as long as it lives; the kernel lets go of
it however the console dies. The delivery ends when it can have that lock for itself and the outbox is empty, and keeps
it until its delivery lock is free again. A console that starts in that instant waits for the lock, finds no delivery,
and starts a new one. Calling `ensure_delivery` again and again is cheap, and mends a delivery that was killed.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from console.cad import own_log
from console.record import Home
from console.settings import HOME_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.settings import Settings

DELIVERY: Final = "bezorging"
"""Name of the lock that the one delivery on a data folder holds."""

COMMAND: Final = (sys.executable, "-I", "-m", "console", "deliver", "--tot-leeg")
"""What is started; `-I` keeps variables of Python and the folders of whoever stands where out of the program."""

OWN_AND_GROUP: Final = 0o027
"""What a delivery lays down (pages for a CAD of files) its group reads, also when a locked console started it."""

_CONSOLES: Final = "consoles"
_PATIENCE: Final = 2.0
_STEP: Final = 0.02


@contextmanager
def present(home: Home) -> Iterator[bool]:
    """Say that a console lives, for the length of the block; before `ensure_delivery`.

    Gives False when a delivery that is ending did not step aside in two seconds; `ensure_delivery` still helps then.
    """
    with _lock(home, fcntl.LOCK_SH, patience=_PATIENCE) as held:
        yield held


@contextmanager
def nobody_left(home: Home) -> Iterator[bool]:
    """Give True when no console lives, and keep new ones waiting for the length of the block."""
    with _lock(home, fcntl.LOCK_EX, patience=0.0) as alone:
        yield alone


def ensure_delivery(settings: Settings, command: tuple[str, ...] = COMMAND) -> None:
    """Start a delivery in the background where none runs; it outlives the caller and never asks anything.

    It reads its settings itself, from the same variables and the same file as the console: settings handed over as
    variables would win from the file for as long as it lives. Two consoles that do this at once start two; one gets
    the lock and the other ends at once.

    Raises:
        RecordError: the data folder cannot be used.
    """
    home = Home.prepare(settings.home, settings.group)
    if home.locked(DELIVERY):
        return
    log = own_log.opened(home)
    try:
        started = subprocess.Popen(
            command,
            cwd=home.path,
            env={**os.environ, HOME_VARIABLE: str(settings.home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            umask=OWN_AND_GROUP,
        )
    finally:
        os.close(log)
    threading.Thread(target=started.wait, name="bezorging-nazien", daemon=True).start()


@contextmanager
def _lock(home: Home, kind: int, *, patience: float) -> Iterator[bool]:
    descriptor = os.open(home.lock_file(_CONSOLES), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, home.file_mode)
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            os.fchmod(descriptor, home.file_mode)
        yield _seize(descriptor, kind, time.monotonic() + patience)
    finally:
        os.close(descriptor)


def _seize(descriptor: int, kind: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_STEP)
        else:
            return True
