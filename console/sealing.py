"""A secret that lies ready for a service: encrypted for this machine by systemd-creds, in a file that only root reads.

The service manager decrypts it at the start of the service and gives it in `$CREDENTIALS_DIRECTORY`. The secret goes to
that program by its standard input and comes back by its standard output, never by an argument, a variable or a file.
"""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from console.dutch_errors import in_dutch
from console.safe_text import visible
from console.texts import words

FOLDER: Final = Path("/etc/meldkamer")
PROGRAM: Final = Path("/usr/bin/systemd-creds")
OLDEST: Final = 250
"""The first systemd that encrypts."""

_SECONDS: Final = 30.0
_OF_OTHERS: Final = 0o022
_LONGEST: Final = 200


class SealError(Exception):
    """It cannot be kept or opened; Dutch, with what to do, without the secret."""


def file_of(name: str, folder: Path = FOLDER) -> Path:
    """Say where the secret called `name` lies ready for its service."""
    return folder / f"{name}.cred"


def seal(name: str, secret: str, folder: Path = FOLDER) -> Path:
    """Encrypt a secret for this machine and put it there whole, in the place of one that was there; gives the file.

    Raises:
        SealError: this is not root, this machine has nothing that encrypts, or the folder cannot be used.
    """
    if os.geteuid() != 0:
        raise SealError(words.secret.only_root(name))
    if not encrypts():
        raise SealError(words.secret.cannot_seal(name, OLDEST, folder / name))
    sealed = _run(("encrypt", f"--name={name}", "-", "-"), secret.encode("ascii"))
    file = file_of(name, folder)
    try:
        _demand_folder(folder)
        _put(file, sealed)
    except OSError as error:
        raise SealError(words.secret.not_written(file, in_dutch(error))) from None
    return file


def unseal(name: str, folder: Path = FOLDER) -> bytes | None:
    """Give what lies ready for the service, or None where nothing does; only root can.

    Raises:
        SealError: it is there and cannot be opened.
    """
    file = file_of(name, folder)
    try:
        if not file.exists():
            return None
        if os.geteuid() != 0:
            raise SealError(words.secret.only_root_opens(file))
        content = file.read_bytes()
    except OSError as error:
        raise SealError(words.secret.not_opened(file, in_dutch(error))) from None
    return _run(("decrypt", f"--name={name}", "-", "-"), content)


def unlay(name: str, folder: Path = FOLDER) -> bool:
    """Take away what lies ready; tells whether anything did.

    Raises:
        SealError: it cannot be taken away.
    """
    file = file_of(name, folder)
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SealError(words.secret.not_written(file, in_dutch(error))) from None
    return True


def encrypts() -> bool:
    """Tell whether the service manager of this machine can encrypt."""
    try:
        said = subprocess.run(
            [PROGRAM, "--version"], capture_output=True, timeout=_SECONDS, check=True, env={"LC_ALL": "C"}
        ).stdout
        return int(said.split()[1].split(b".")[0]) >= OLDEST
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return False


def _run(arguments: tuple[str, ...], given: bytes) -> bytes:
    """Run the program that encrypts, with nothing of our variables: one of them names another key to encrypt with."""
    try:
        done = subprocess.run(
            [PROGRAM, *arguments], input=given, capture_output=True, timeout=_SECONDS, check=False, env={"LC_ALL": "C"}
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SealError(words.secret.seal_failed(type(error).__name__)) from None
    if done.returncode:
        raise SealError(words.secret.seal_failed(visible(done.stderr.decode("utf-8", "replace").strip())[:_LONGEST]))
    return done.stdout


def _demand_folder(folder: Path) -> None:
    """Make the folder where it is not there; one in which others write could lose a secret, or get another one."""
    folder.mkdir(mode=0o755, exist_ok=True)
    found = folder.stat()
    if found.st_uid != 0 or stat.S_IMODE(found.st_mode) & _OF_OTHERS:
        raise SealError(words.secret.folder_of_others(folder))


def _put(file: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # 0600
    try:
        with os.fdopen(descriptor, "wb") as half:
            half.write(content)
            half.flush()
            os.fsync(descriptor)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    names = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(names)
    finally:
        os.close(names)
