"""The data folder: its disk, who may enter it, how much room there is, and what crashes left in it."""

from __future__ import annotations

import grp
import os
import stat
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from console.crash import REPORTS
from console.doctor.finding import at, attention, ok, wrong
from console.dutch_errors import in_dutch
from console.record.errors import HomeRefused
from console.record.home import check_file_system
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

RESERVE: Final = 64 * 1024 * 1024
"""Below this the record takes nothing more that it can promise to keep."""

_SCARCE: Final = 0.10
_ROOMY: Final = 10 * 1024**3
"""So many bytes are enough, whatever share of the disk they are."""

_FEW_INODES: Final = 0.02
_MOST_FILES: Final = 20_000
_MOST_NAMED: Final = 3
_LATELY: Final = timedelta(days=7)


def _there(world: World) -> Finding:
    home = world.room.home
    try:
        found = home.stat()
    except FileNotFoundError:
        return attention(words.doctor_room.no_folder_yet(home), words.doctor_room.NO_FOLDER_REMEDY)
    except OSError as error:
        return wrong(
            words.doctor_room.folder_closed(home, in_dutch(error)), words.doctor_room.join_group(world.room.group)
        )
    if not stat.S_ISDIR(found.st_mode):
        return wrong(words.doctor_room.folder_is_no_folder(home), words.doctor_room.FOLDER_REMEDY)
    return ok(words.doctor_room.folder(home))


def _disk_kind(world: World) -> Finding:
    mountinfo = (world.proc / "self" / "mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    try:
        warnings = check_file_system(world.home, mountinfo)
    except HomeRefused as error:
        return wrong(str(error), words.doctor_room.OTHER_DISK)
    if warnings and not world.room.exercise:
        return attention(warnings[0], words.doctor_room.OTHER_DISK)
    return ok(words.doctor_room.DISK_KEEPS)


def _rights(world: World) -> Finding:
    home, group = world.home, world.room.group
    found = home.stat()
    mode = stat.S_IMODE(found.st_mode)
    if group is not None:
        return _rights_of_group(world, found, group)
    if mode != 0o700:
        return wrong(words.doctor_room.folder_mode(home, mode), words.doctor_room.chmod("0700", home))
    if found.st_uid != world.user_id and not world.is_root:
        return wrong(words.doctor_room.folder_of_another(home), words.doctor_room.FOLDER_REMEDY)
    return ok(words.doctor_room.FOR_ONE)


def _rights_of_group(world: World, found: os.stat_result, group: str) -> Finding:
    home, mode = world.home, stat.S_IMODE(found.st_mode)
    try:
        number = grp.getgrnam(group).gr_gid
    except KeyError:
        return wrong(words.doctor_room.no_group(group), words.doctor_room.make_group(group))
    if found.st_gid != number:
        return wrong(words.doctor_room.other_group(home, group), words.doctor_room.chgrp(group, home))
    if mode != 0o2770:
        return wrong(words.doctor_room.folder_mode(home, mode), words.doctor_room.chmod("2770", home))
    if not os.access(home, os.R_OK | os.X_OK):
        return wrong(words.doctor_room.not_a_member(group), words.doctor_room.join_group(group))
    return ok(words.doctor_room.for_group(group))


def _files(world: World) -> Finding:
    """See that no file in it, of whatever program, can be read or written by others."""
    shared = world.room.group is not None
    others = 0o007 if shared else 0o077
    bad = []
    for path in islice(_below(world.home), _MOST_FILES):
        try:
            found = path.lstat()
        except OSError:
            continue  # SQLite takes its files away when the last program closes; a folder of another stays shut
        if stat.S_ISLNK(found.st_mode) or found.st_mode & others:
            bad.append(path)
    if not bad:
        return ok(words.doctor_room.FILES_SHUT)
    named = [str(path.relative_to(world.home)) for path in bad[:_MOST_NAMED]]
    return wrong(
        words.doctor_room.files_open(named, len(bad)), words.doctor_room.shut(world.home, "o" if shared else "go")
    )


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        yield entry
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)


def _space(world: World) -> Finding:
    found = os.statvfs(world.home)
    free, whole = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    said = words.doctor_room.space(free // 1024**2, round(100 * free / whole) if whole else 0)
    if free < RESERVE:
        return wrong(said, words.doctor_room.SPACE_REMEDY)
    if free < min(_ROOMY, whole * _SCARCE):
        return attention(said, words.doctor_room.SPACE_REMEDY)
    if found.f_files and found.f_favail < found.f_files * _FEW_INODES:
        return attention(words.doctor_room.inodes(found.f_favail), words.doctor_room.SPACE_REMEDY)
    return ok(said)


def _crashes(world: World) -> Finding:
    folder = world.home / REPORTS
    try:
        moments = [path.lstat().st_mtime for path in folder.iterdir()]
    except FileNotFoundError:
        moments = []
    except PermissionError:
        return ok(words.doctor_room.REPORTS_SHUT)
    if not moments:
        return ok(words.doctor_room.NO_REPORTS)
    newest = datetime.fromtimestamp(max(moments), UTC)
    said = words.doctor_room.reports(len(moments), at(newest), folder)
    return attention(said, words.doctor_room.REPORTS_REMEDY) if world.now() - newest < _LATELY else ok(said)


CHECKS: Final[Checks] = {
    "gegevensmap": _there,
    "bestandssysteem": _disk_kind,
    "rechten": _rights,
    "bestanden": _files,
    "schijfruimte": _space,
    "storingen": _crashes,
}
