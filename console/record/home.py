"""The data folder: who may enter it, and whether its file system can keep a promise."""

from __future__ import annotations

import errno
import fcntl
import grp
import os
import random
import re
import stat
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch
from console.record.errors import HomeRefused
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOUNTINFO: Final = Path("/proc/self/mountinfo")
_TRUSTED: Final = {"ext4", "ext3", "xfs", "btrfs", "zfs"}
_PASSING: Final = {"overlay", "tmpfs", "ramfs"}
_REFUSED: Final = re.compile(
    r"nfs\d*|cifs|smb\d*|smbfs|9p|fuse.*|ceph|lustre|glusterfs|gpfs|afs|ocfs2|gfs2|beegfs|virtiofs"
)
_LOCK_NAME: Final = re.compile(r"[a-z][a-z-]*")
_LOCK_TRIES: Final = 12


@dataclass(frozen=True)
class Home:
    """The data folder, checked. `warnings` are Dutch sentences for whoever starts a program on it.

    With `group_id` the folder is shared by that group (2770, files 0660); else it is one user's (0700, files 0600).
    """

    path: Path
    group_id: int | None = None
    warnings: tuple[str, ...] = ()
    anchors: Path | None = None

    @classmethod
    def prepare(
        cls, path: Path, group: str | None = None, *, anchors: Path | None = None, mountinfo: str | None = None
    ) -> Home:
        """Make the folder when it is not there, and refuse one that cannot keep the record safe.

        `group` is the name of the Unix group that shares it. `anchors` is the folder of the anchor file, which exists
        and can be written; without it one is made inside. `mountinfo` stands in for /proc/self/mountinfo.
        """
        group_id = None if group is None else _group_id(group)
        path = path.expanduser().absolute()
        try:
            _make(path, group_id)
            path = path.resolve(strict=True)
            _check_folder(path, group_id, group)
            home = cls(path, group_id, check_file_system(path, mountinfo), anchors)
            _prepare_anchors(home)
            for file in sorted({*path.glob("dossier.db*"), *path.glob("*.slot")}):
                _check_file(file, group_id)
        except OSError as error:
            raise HomeRefused(_sentence(path, error)) from error
        return home

    @property
    def database(self) -> Path:
        """The one SQLite file of the record."""
        return self.path / "dossier.db"

    @property
    def anchor_file(self) -> Path:
        """The file that the heads of the logs are kept in."""
        return (self.anchors or self.path / "anker") / "anker.txt"

    @property
    def file_mode(self) -> int:
        """Permissions of every file in the folder, whatever the umask of the program."""
        return 0o600 if self.group_id is None else 0o660

    def lock_file(self, name: str) -> Path:
        """The file that stands for the lock `name` (lower-case letters and hyphens)."""
        if not _LOCK_NAME.fullmatch(name):
            raise ValueError(f"a lock name is lower-case letters and hyphens, not {name!r}")
        return self.path / f"{name}.slot"

    def folder(self, name: str) -> Path:
        """Give the folder `name` inside, made where it is not there yet, for whoever shares the data folder."""
        made = self.path / name
        _make(made, self.group_id)
        return made

    @contextmanager
    def lock(self, name: str) -> Iterator[bool]:
        """Hold the lock `name` within the block; gives False when another process holds it.

        The kernel frees it when the process ends, however it ends. Tries for a moment, because `locked` holds it for
        an instant when it looks.
        """
        descriptor = self._open_lock(name)
        try:
            yield _seize(descriptor)
        finally:
            os.close(descriptor)

    def locked(self, name: str) -> bool:
        """Tell whether some process holds the lock `name` now."""
        descriptor = self._open_lock(name)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def keep_names(self) -> None:
        """Put the names of the folder's files on disk: a power cut can lose a name although the file was synced."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def refusal(self, error: OSError) -> str:
        """Give the Dutch sentence for an operation in this folder that the system refused."""
        return _sentence(self.path, error)

    def _open_lock(self, name: str) -> int:
        file = self.lock_file(name)
        try:
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, self.file_mode)
            if os.fstat(descriptor).st_uid == os.geteuid():
                os.fchmod(descriptor, self.file_mode)
        except OSError as error:
            raise HomeRefused(_sentence(file, error)) from error
        return descriptor


def _seize(descriptor: int) -> bool:
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - only spreads attempts
        else:
            return True
    return False


def _group_id(group: str) -> int:
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        raise HomeRefused(words.record_file.no_group(group)) from None


def _make(path: Path, group_id: int | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    if group_id is not None:
        os.chown(path, -1, group_id)
    path.chmod(_folder_mode(group_id))


def _prepare_anchors(home: Home) -> None:
    folder = home.anchor_file.parent
    if home.anchors is None:
        _make(folder, home.group_id)
    elif not folder.is_dir():
        raise HomeRefused(words.record_file.no_anchor_folder(folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeRefused(words.record_file.anchor_folder_closed(folder))


def _folder_mode(group_id: int | None) -> int:
    return 0o700 if group_id is None else 0o2770


def _check_folder(path: Path, group_id: int | None, group: str | None) -> None:
    if not path.is_dir():
        raise HomeRefused(words.record_file.no_folder(path))
    found = path.stat()
    mode = stat.S_IMODE(found.st_mode)
    if group_id is None:
        if found.st_uid != os.geteuid():
            raise HomeRefused(words.record_file.folder_of_another(path))
        if mode & 0o777 != _folder_mode(None):
            raise HomeRefused(words.record_file.folder_mode(path, mode, "0700"))
        return
    if found.st_gid != group_id:
        raise HomeRefused(words.record_file.folder_not_of_group(path, group))
    if mode != _folder_mode(group_id):
        raise HomeRefused(words.record_file.folder_mode(path, mode, "2770"))
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise HomeRefused(words.record_file.not_in_group(group))


def _check_file(file: Path, group_id: int | None) -> None:
    """Refuse a file with wrong permissions, unless it was only just being made by another program."""
    for _ in range(_LOCK_TRIES):
        try:
            return _check_file_once(file, group_id)
        except HomeRefused:
            time.sleep(0.01)
    return _check_file_once(file, group_id)


def _check_file_once(file: Path, group_id: int | None) -> None:
    # By its name only: to open and close the database here would drop SQLite's locks on it.
    try:
        found = file.lstat()
    except FileNotFoundError:
        return  # SQLite removes its -wal and -shm when the last program closes
    mode = stat.S_IMODE(found.st_mode)
    if stat.S_ISLNK(found.st_mode):
        raise HomeRefused(words.record_file.file_leads_elsewhere(file))
    if not stat.S_ISREG(found.st_mode):
        return
    if group_id is None:
        if found.st_uid != os.geteuid():
            raise HomeRefused(words.record_file.file_of_another(file, os.geteuid()))
        if mode & 0o077:
            raise HomeRefused(words.record_file.file_read_by_others(file, mode))
        return
    if found.st_gid != group_id:
        raise HomeRefused(words.record_file.file_not_of_group(file, group_id))
    if mode & 0o007 or mode & 0o060 != 0o060:
        raise HomeRefused(words.record_file.file_mode(file, mode))


def check_file_system(path: Path, mountinfo: str | None) -> tuple[str, ...]:
    """Refuse a file system that cannot keep the record; gives sentences about one of which that is not known.

    Raises:
        HomeRefused: it is on another machine.
    """
    if mountinfo is None:
        try:
            mountinfo = _MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")
        except FileNotFoundError:
            return (words.record_file.file_system_unseen(path),)
    kind = file_system(path, mountinfo)
    if kind in _TRUSTED:
        return ()
    if _REFUSED.fullmatch(kind):
        raise HomeRefused(words.record_file.network_disk(path, kind))
    if kind in _PASSING:
        return (words.record_file.passing(path, kind),)
    return (words.record_file.unknown_file_system(path, kind),)


def file_system(path: Path, mountinfo: str) -> str:
    """Name the kind of file system that `path` stands on; of mounts over each other the last one counts."""
    best, kind = -1, "onbekend"
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        depth = len(point.parts)
        if depth >= best and path.is_relative_to(point):
            best, kind = depth, after.split(" ", 1)[0]
    return kind


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return words.record_file.no_rights(path)
    if error.errno == errno.EROFS:
        return words.record_file.disk_read_only(path)
    if error.errno == errno.ENOSPC:
        return words.record_file.disk_full(path)
    return words.record_file.folder_unusable(path, in_dutch(error))
