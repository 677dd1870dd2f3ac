"""The log of a delivery that a console started: two files of about a megabyte at most, however long it runs.

A service writes to the system's own log instead, which keeps itself small.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from console.record import Home

NAME: Final = "bezorging.log"
FORMER: Final = "bezorging.log.1"
LARGEST: Final = 1024 * 1024
"""Bytes; a larger log is laid aside, in the place of the one before it, and begun again."""

_TURNING: Final = "logboek"


def opened(home: Home) -> int:
    """Open the log, to add to it."""
    _turn_over(home)
    log = os.open(home.path / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, home.file_mode)
    if os.fstat(log).st_uid == os.geteuid():
        os.fchmod(log, home.file_mode)
    return log


def kept_small(home: Home, descriptor: int) -> Callable[[], None] | None:
    """Give what to call before each line that is written to `descriptor`; None where that is not this log."""
    if not _is_log(home, descriptor):
        return None

    def keep() -> None:
        if _size(home.path / NAME) <= LARGEST and _is_log(home, descriptor):
            return
        log = opened(home)
        os.dup2(log, descriptor)
        os.close(log)

    return keep


def _turn_over(home: Home) -> None:
    """Lay a full log aside; one program at a time, so that none lays aside what another has just begun."""
    log = home.path / NAME
    if _size(log) <= LARGEST:
        return
    with home.lock(_TURNING) as mine, suppress(FileNotFoundError):
        if mine and _size(log) > LARGEST:
            log.replace(home.path / FORMER)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0


def _is_log(home: Home, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), (home.path / NAME).lstat())
    except OSError:
        return False
