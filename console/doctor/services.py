"""The services of a machine where systemd runs: whether they run, and when the record was last verified."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.doctor.finding import at, attention, ok, wrong
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

SYSTEMCTL: Final = "/usr/bin/systemctl"
_SECONDS: Final = 3.0
_RUNNING: Final = ("meldkamer-intake.service", "meldkamer-bezorging.service")
_TIMED: Final = ("meldkamer-reservekopie.timer", "meldkamer-nagaan.timer")
_VERIFYING: Final = "meldkamer-nagaan.service"
_VERIFIED_EVERY: Final = timedelta(days=2)


def _show(unit: str, *properties: str) -> dict[str, str]:
    done = subprocess.run(
        [SYSTEMCTL, "show", unit, *[f"--property={name}" for name in properties], "--timestamp=unix"],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env={"LC_ALL": "C"},
    )
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def _units(world: World, units: tuple[str, ...]) -> Finding:
    if not world.systemd.is_dir():
        return ok(words.doctor_room.NO_SYSTEMD)
    if world.room.group is None:
        return ok(words.doctor_room.NO_SERVICES_NEEDED)
    found = {unit: _show(unit, "LoadState", "ActiveState") for unit in units}
    gone = [unit for unit, state in found.items() if state.get("LoadState") == "not-found"]
    down = [unit for unit, state in found.items() if unit not in gone and state.get("ActiveState") != "active"]
    if down:
        return wrong(words.doctor_room.units_down(down), words.doctor_room.start_units(down))
    if gone:
        return attention(words.doctor_room.units_gone(gone), words.doctor_room.UNITS_REMEDY)
    return ok(words.doctor_room.units(units))


def _services(world: World) -> Finding:
    return _units(world, _RUNNING)


def _timers(world: World) -> Finding:
    return _units(world, _TIMED)


def _verified(world: World) -> Finding:
    if not world.systemd.is_dir():
        return ok(words.doctor_room.NO_SYSTEMD)
    state = _show(_VERIFYING, "LoadState", "ExecMainExitTimestamp", "Result")
    moment = state.get("ExecMainExitTimestamp", "").removeprefix("@")
    if state.get("LoadState") == "not-found" or not moment.isdecimal() or not int(moment):
        return ok(words.doctor_room.NEVER_VERIFIED)
    if state.get("Result") != "success":
        return wrong(words.doctor_room.VERIFYING_FAILED, words.doctor_room.VERIFY)
    last = datetime.fromtimestamp(int(moment), UTC)
    said = words.doctor_room.verified(at(last))
    return ok(said) if world.now() - last < _VERIFIED_EVERY else attention(said, words.doctor_room.VERIFY)


CHECKS: Final[Checks] = {"diensten": _services, "timers": _timers, "nagegaan": _verified}
