"""The record: the library under it, the file, its logs, its copies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.doctor.finding import at, attention, ok, wrong
from console.record.errors import EngineRefused, RecordError
from console.record.home import Home
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World
    from console.record.checkup import Checkup

_COPY_EVERY: Final = timedelta(hours=26)
_NO_COPY_YET: Final = timedelta(hours=26)
_LARGE_LOG: Final = 64 * 1024 * 1024


def seen(world: World) -> Checkup:
    """Look at the record, once for all checks."""
    from console.record.checkup import checkup  # noqa: PLC0415 - a machine without a record pays for no SQLite

    home = Home(world.database.parent, anchors=world.room.anchors)
    return world.once("record", lambda: checkup(home.database, home.anchor_file))


def _library(_world: World) -> Finding:
    from console.record.checkup import library  # noqa: PLC0415 - as above

    try:
        found = library()
    except EngineRefused as error:
        return wrong(str(error), words.doctor.REINSTALL)
    said = words.doctor_room.library(found.module, found.version)
    return ok(said) if found.threads else wrong(words.doctor_room.no_threads(said), words.doctor.REINSTALL)


def _tables(world: World) -> Finding:
    try:
        found = seen(world)
    except RecordError as error:
        return wrong(str(error), words.doctor_room.RESTORE)
    if found.damage != "ok":
        return wrong(words.doctor_room.DAMAGED, words.doctor_room.RESTORE)
    if found.steps > found.wanted:
        return wrong(words.doctor_room.steps(found.steps, found.wanted), words.doctor_room.NEWER_PROGRAM)
    if found.steps < found.wanted:
        return attention(words.doctor_room.steps(found.steps, found.wanted), words.doctor_room.OLDER_RECORD)
    return ok(words.doctor_room.whole(found.steps))


def _logs(world: World) -> Finding:
    try:
        found = seen(world)
    except RecordError as error:
        return wrong(str(error), words.doctor_room.RESTORE)
    if found.broken is not None:
        return wrong(words.doctor_room.broken(*found.broken), words.doctor_room.VERIFY)
    return ok(words.doctor_room.logs(found.rows, found.anchored))


def _copies(world: World) -> Finding:
    try:
        found = seen(world)
    except RecordError as error:
        return wrong(str(error), words.doctor_room.RESTORE)
    if found.copied_at is None:
        young = found.began_at is None or world.now() - found.began_at < _NO_COPY_YET
        return (
            ok(words.doctor_room.NO_COPY_YET)
            if young
            else attention(words.doctor_room.NEVER_COPIED, words.doctor_room.COPY)
        )
    said = words.doctor_room.copied(at(found.copied_at))
    return ok(said) if world.now() - found.copied_at < _COPY_EVERY else attention(said, words.doctor_room.COPY)


def _log_size(world: World) -> Finding:
    log = world.database.with_name("dossier.db-wal")
    try:
        size = log.stat().st_size
    except FileNotFoundError:
        size = 0
    said = words.doctor_room.log_size(size // 1024)
    return attention(said, words.doctor_room.LOG_REMEDY) if size > _LARGE_LOG else ok(said)


CHECKS: Final[Checks] = {
    "sqlite": _library,
    "dossier": _tables,
    "logboeken": _logs,
    "reservekopie": _copies,
    "wal": _log_size,
}
