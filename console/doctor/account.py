"""Who runs this and with which program: the account, Python, the packages, the variables, what a crash would leave."""

from __future__ import annotations

import grp
import os
import platform
import re
import resource
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.doctor.finding import attention, ok, wrong
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

OLDEST: Final = (3, 11)
_SOURCE: Final = Path(__file__).resolve().parents[2]
_PINNED: Final = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;?)")
_OF_INSTALLING: Final = {"pip", "setuptools", "wheel", "meldkamer-console"}
_LOADS: Final = {
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONBREAKPOINT", "PYTHONUSERBASE"),
    *("PYTHONPLATLIBDIR", "PYTHONPYCACHEPREFIX", "PYTHONEXECUTABLE", "PYTHONTZPATH", "PYTHON_KEYRING_BACKEND"),
    *("LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "BROWSER"),
}
_FAMILY: Final = "TEXTUAL"
_MOST_NAMED: Final = 6


def _who(world: World) -> Finding:
    names = []
    for number in sorted({os.getegid(), *os.getgroups()}):
        try:
            names.append(grp.getgrgid(number).gr_name)
        except KeyError:
            names.append(str(number))
    return ok(words.doctor.account(world.account, world.user_id, names[:_MOST_NAMED]))


def _python(_world: World) -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST:
        return wrong(words.doctor.python(version, sys.prefix), words.doctor.PYTHON_REMEDY)
    return ok(words.doctor.python(version, sys.prefix))


def _packages(world: World) -> Finding:
    """Hold what is installed against the versions that were pinned for this release."""
    lists = [each for each in _pin_files() if each.exists()]
    if not lists:
        return attention(words.doctor.NO_PINS, words.doctor.REINSTALL)
    wanted = dict(_pins(lists[0]))
    known = {name for each in lists for name, _ in _pins(each)} | _OF_INSTALLING
    there = world.once("packages", installed)
    other = [
        words.doctor.other_version(name, there[name], version)
        for name, (version, _) in wanted.items()
        if name in there and there[name] != version
    ]
    gone = [name for name, (_, always) in wanted.items() if always and name not in there]
    if other or gone:
        return wrong(words.doctor.packages_differ(other[:_MOST_NAMED], gone[:_MOST_NAMED]), words.doctor.REINSTALL)
    extra = sorted(there.keys() - known)
    if extra:
        return attention(words.doctor.packages_extra(extra[:_MOST_NAMED], len(extra)), words.doctor.REINSTALL)
    return ok(words.doctor.packages(len(there), str(lists[0])))


def installed() -> dict[str, str]:
    """Give every package of this environment with its version."""
    found: dict[str, str] = {}
    for each in metadata.distributions():
        name = each.metadata["Name"]
        if name:
            found.setdefault(_plain(name), each.version)
    return found


def _pin_files() -> tuple[Path, ...]:
    """Where the versions stand: in the papers of a release, else in the source; there those of development too."""
    return (
        Path(sys.prefix) / "levering" / "requirements.txt",
        _SOURCE / "requirements" / "runtime.txt",
        _SOURCE / "requirements" / "development.txt",
    )


def _pins(file: Path) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Give name, version, and whether it is always there: a condition leaves some out on this platform."""
    for line in file.read_text(encoding="utf-8").splitlines():
        found = _PINNED.match(line)
        if found:
            yield _plain(found[1]), (found[2], not found[3])


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _variables(world: World) -> Finding:
    found = sorted(name for name in world.environment if name in _LOADS or name.startswith(_FAMILY))
    if found:
        return attention(words.doctor.variables(found[:_MOST_NAMED]), words.doctor.unset(found[:_MOST_NAMED]))
    return ok(words.doctor.NO_VARIABLES)


def _core(_world: World) -> Finding:
    """See that nothing is kept: every program of ours allows itself one byte at most (`console.crash`)."""
    if resource.getrlimit(resource.RLIMIT_CORE)[0] not in {0, 1}:
        return attention(words.doctor.CORE, words.doctor.CORE_REMEDY)
    return ok(words.doctor.NO_CORE)


CHECKS: Final[Checks] = {
    "account": _who,
    "python": _python,
    "pakketten": _packages,
    "variabelen": _variables,
    "geheugenafdruk": _core,
}
