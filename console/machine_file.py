"""The settings file of the machine: what only root can have written, or nothing at all.

Whoever may change the file, or put another in its place, decides who has which role. So it counts only where root owns
it and every folder on the way to it, and nobody else can write there.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.dutch_errors import in_dutch
from console.texts import words

_WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
"""What an access list gives shows in the bits of the group."""


class NotTrustedError(Exception):
    """The file is there and does not count; the text is a Dutch sentence: what is wrong, where, what mends it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose the file and its folders must be, and the folder from which on that is looked at."""

    owner: int = 0
    top: Path = Path("/")


TRUST: Trust = Trust()
"""What every program holds the file against; no setting and no variable moves it."""


def read(path: Path) -> bytes | None:
    """Give what stands in the file, None where there is none.

    The folders are looked at first, from the top: from a folder that only root can write to nobody takes anything away
    between looking and reading.

    Raises:
        NotTrustedError: somebody else could have written it, or this account may not read it.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise NotTrustedError(_unreadable(path, error)) from error
    for folder in reversed(path.parents):
        if folder.is_relative_to(TRUST.top):
            _check_folder(folder)
    if path.is_symlink():
        raise NotTrustedError(words.machine_file.link(path))
    try:
        # Not waiting: a pipe in its place would hold the program up for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            return _content(path, descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NotTrustedError(_unreadable(path, error)) from error


def _content(path: Path, descriptor: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise NotTrustedError(words.machine_file.no_file(path))
    _check_rights(path, found)
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read()


def _check_folder(folder: Path) -> None:
    try:
        found = folder.lstat()
    except OSError as error:
        raise NotTrustedError(_unreadable(folder, error)) from error
    if stat.S_ISLNK(found.st_mode):
        raise NotTrustedError(words.machine_file.link(folder))
    _check_rights(folder, found)


def _check_rights(path: Path, found: os.stat_result) -> None:
    if found.st_uid != TRUST.owner:
        raise NotTrustedError(words.machine_file.of_another(path, found.st_uid, _name(TRUST.owner)))
    if found.st_mode & _WRITABLE_BY_OTHERS:
        raise NotTrustedError(words.machine_file.others_may_write(path, stat.S_IMODE(found.st_mode)))


def _unreadable(path: Path, error: OSError) -> str:
    return words.machine_file.unreadable(path, in_dutch(error))


def _name(owner: int) -> str:
    return "root" if owner == 0 else str(owner)
