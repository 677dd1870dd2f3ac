"""What people work from when all this is out: a fresh pack in a folder that can be written, with telephone numbers."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.doctor.finding import at, attention, ok, wrong
from console.doctor.links import delivering
from console.dutch_errors import in_dutch
from console.texts import words

if TYPE_CHECKING:
    from pathlib import Path

    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

_FRESH: Final = timedelta(minutes=5)


def _place(world: World) -> Path:
    from console.cad.packing import place  # noqa: PLC0415 - loads what makes packs

    return place(world.room)


def _fresh(world: World) -> Finding:
    world.home  # noqa: B018 - without a data folder nobody makes packs
    path = _place(world)
    runs = delivering(world)
    try:
        made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        if not runs and world.room.group is None:
            return ok(words.doctor_room.PACK_COMES_ALONG)
        return attention(words.doctor_room.no_pack(path), words.doctor_room.PACK_REMEDY)
    except OSError as error:
        return attention(words.doctor_room.pack_unseen(path, in_dutch(error)), words.doctor_room.PACK_REMEDY)
    said = words.doctor_room.pack(path, at(made))
    if world.now() - made < _FRESH or (not runs and world.room.group is None):
        return ok(said)
    return attention(said, words.doctor_room.PACK_REMEDY)


def _folder(world: World) -> Finding:
    folder = world.room.downtime_folder
    if folder is None:
        return ok(words.doctor_room.PACK_INSIDE)
    if not folder.is_dir():
        return wrong(words.doctor_room.no_pack_folder(folder), words.doctor_room.make_pack_folder(folder))
    if not os.access(folder, os.W_OK | os.X_OK) and (world.room.group is None or world.is_root):
        return wrong(words.doctor_room.pack_folder_shut(folder), words.doctor_room.PACK_FOLDER_REMEDY)
    return ok(words.doctor_room.pack_folder(folder))


def _phones(world: World) -> Finding:
    number = len(world.room.phone_list)
    if not number:
        return attention(words.doctor_room.NO_PHONES, words.doctor_room.PHONES_REMEDY)
    return ok(words.doctor_room.phones(number))


CHECKS: Final[Checks] = {"noodpakket": _fresh, "noodpakketmap": _folder, "telefoonlijst": _phones}
