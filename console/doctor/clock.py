"""Language, zone and clock: every time in the record is this machine's, and people act on it."""

from __future__ import annotations

import locale
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.doctor.finding import attention, ok, wrong
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

_ZONE: Final = "Europe/Amsterdam"
_BUILT: Final = datetime.fromisoformat("2026-11-01T00:00:00+00:00")
_LATEST: Final = timedelta(days=365 * 20)
_NOBODY_KEEPS_IT: Final = 5
_CLOSE: Final = 2.0
"""Seconds between our clock and that of the CAD that nobody notices; its own says no more than a second."""

_LOOK: Final = 0.2
_LOOKS: Final = 5
_JUMP: Final = 0.1


def _language(world: World) -> Finding:
    named = next(
        (world.environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if world.environment.get(name)), ""
    )
    encoding = locale.getpreferredencoding(False)
    if encoding.lower().replace("-", "") != "utf8":
        return attention(words.doctor.language(named, encoding), words.doctor.ENCODING_REMEDY)
    return ok(words.doctor.language(named, encoding))


def _zone(_world: World) -> Finding:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - a machine without zones fails here, and says so

    try:
        zone = ZoneInfo(_ZONE)
    except (KeyError, OSError, ValueError):
        return wrong(words.doctor.NO_ZONE, words.doctor.REINSTALL)
    winter = datetime(2026, 1, 15, 12, tzinfo=zone).utcoffset()
    summer = datetime(2026, 7, 15, 12, tzinfo=zone).utcoffset()
    if (winter, summer) != (timedelta(hours=1), timedelta(hours=2)):
        return wrong(words.doctor.STRANGE_ZONE, words.doctor.REINSTALL)
    return ok(words.doctor.ZONE)


def _year(world: World) -> Finding:
    now = world.now()
    said = words.doctor.clock(f"{now:%Y-%m-%d %H:%M:%S}")
    return ok(said) if _BUILT < now < _BUILT + _LATEST else wrong(said, words.doctor.CLOCK_REMEDY)


def _kept(world: World) -> Finding:
    """See that something keeps the clock right: the kernel knows of it, or the CAD's clock agrees."""
    kept = world.kernel_clock() != _NOBODY_KEEPS_IT
    theirs = world.once("cad clock", lambda: _beside_the_cad(world))
    if theirs is not None and abs(theirs) > _CLOSE + 1:
        return wrong(words.doctor.clock_differs(theirs), words.doctor.CLOCK_REMEDY)
    if kept:
        return ok(words.doctor.CLOCK_KEPT)
    if theirs is not None:
        return ok(words.doctor.CLOCK_AGREES)
    return attention(words.doctor.CLOCK_LOOSE, words.doctor.CLOCK_REMEDY)


def _beside_the_cad(world: World) -> float | None:
    """Give how many seconds our clock is ahead of the CAD's; None where that one tells no time."""
    from console.doctor.links import cad  # noqa: PLC0415 - loads what talks to it

    found = cad(world)
    if found is None or found.clock is None or found.heard_at is None:
        return None
    return (found.heard_at - found.clock).total_seconds()


def _steady(world: World) -> Finding:
    """See that the clock does not jump while it is looked at."""
    before = _ahead(world)
    time.sleep(_LOOK)
    jump = _ahead(world) - before
    if abs(jump) > _JUMP:
        return attention(words.doctor.clock_jumps(jump), words.doctor.CLOCK_REMEDY)
    return ok(words.doctor.CLOCK_STEADY)


def _ahead(world: World) -> float:
    """Give how far the wall clock is ahead of the steady one, by the quickest look: between two readings of a slow one
    the machine did something else."""
    looks = []
    for _ in range(_LOOKS):
        begun = world.steady()
        wall = world.wall()
        ended = world.steady()
        looks.append((ended - begun, wall - begun))
    return min(looks)[1]


CHECKS: Final[Checks] = {"taal": _language, "tijdzone": _zone, "datum": _year, "klok": _kept, "kloksprong": _steady}
