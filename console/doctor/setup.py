"""The settings of this run: whether they can be read, who can change them, whom they give which role."""

from __future__ import annotations

import grp
import pwd
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import settings as configuration
from console.doctor.finding import attention, ok, wrong
from console.roles import Role
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

SHELLS: Path = Path("/etc/shells")
"""What this system lets people choose as their login shell."""

_MOST_NAMED: Final = 6
_OUR_SHELLS: Final = "meldkamer-"


def _readable(world: World) -> Finding:
    if world.settings is None:
        return wrong(world.trouble, words.doctor.SETTINGS_REMEDY)
    governed = world.settings.governed_by
    return ok(words.doctor.settings_of(governed or world.settings.home / configuration.FILE_NAME))


def _machine(world: World) -> Finding:
    """See that a room of more than one user has settings that its users cannot change."""
    if world.room.group is None:
        return ok(words.doctor.ONE_USER)
    if world.room.governed_by is None:
        return attention(words.doctor.no_machine_file(configuration.MACHINE_FILE), words.doctor.MACHINE_REMEDY)
    return ok(words.doctor.machine_file(world.room.governed_by))


def _variables(world: World) -> Finding:
    prefix, home = configuration.PREFIX, configuration.HOME_VARIABLE
    found = sorted(name for name in world.environment if name.startswith(prefix) and name != home)
    if found and world.room.governed_by is not None:
        return attention(words.doctor.overruled(found[:_MOST_NAMED]), words.doctor.unset(found[:_MOST_NAMED]))
    return ok(words.doctor.own_variables(found[:_MOST_NAMED]) if found else words.doctor.NO_OWN_VARIABLES)


def _roles(world: World) -> Finding:
    if not world.room.roles:
        if world.room.group is None:
            return ok(words.doctor.NO_ROLES_NEEDED)
        return attention(words.doctor.NO_ROLES, words.doctor.ROLES_REMEDY)
    given = dict(world.room.roles)
    gone = sorted({name for names in given.values() for name in names if not _exists(name)})
    if gone:
        return attention(words.doctor.unknown_names(gone[:_MOST_NAMED]), words.doctor.NAMES_REMEDY)
    empty = [role.value for role in (Role.OPERATOR, Role.MANAGER) if not given.get(role.value)]
    if empty:
        return attention(words.doctor.role_of_nobody(empty), words.doctor.ROLES_REMEDY)
    return ok(words.doctor.roles([f"{role} ({len(names)})" for role, names in given.items()]))


def _shells(world: World) -> Finding:
    """See that a console that is a login shell can be entered, is root's, and can be left for no other shell."""
    people = sorted(_people(dict(world.room.roles).get(Role.OPERATOR.value, ())))
    entries = [pwd.getpwnam(name) for name in people if _exists(name)]
    locked = [each for each in entries if Path(each.pw_shell).name.startswith(_OUR_SHELLS)]
    closed = sorted({each.pw_shell for each in locked if not _sound(Path(each.pw_shell))})
    if closed:
        return wrong(words.doctor.shells_closed(closed), words.doctor.SHELL_REMEDY)
    left = sorted({each.pw_shell for each in locked} & set(_offered()))
    if left:
        return attention(words.doctor.shells_offered(left), words.doctor.SHELLS_REMEDY)
    open_homes = [each.pw_name for each in locked if _writable(each)]
    if open_homes:
        return attention(words.doctor.homes_open(open_homes[:_MOST_NAMED]), words.doctor.home_remedy(open_homes[0]))
    return ok(words.doctor.shells(len(locked), len(entries)))


def _people(names: Iterable[str]) -> set[str]:
    """Give the accounts behind names and groups."""
    found: set[str] = set()
    for name in names:
        if not name.startswith("@"):
            found.add(name)
        elif _exists(name):
            group = grp.getgrnam(name[1:])
            found |= {*group.gr_mem, *(each.pw_name for each in pwd.getpwall() if each.pw_gid == group.gr_gid)}
    return found


def _sound(shell: Path) -> bool:
    """Tell whether a login shell is there, can be run by all and changed by root alone."""
    try:
        found = shell.stat()
    except OSError:
        return False
    mode = stat.S_IMODE(found.st_mode)
    return stat.S_ISREG(found.st_mode) and found.st_uid == 0 and mode & 0o111 == 0o111 and not mode & 0o022


def _offered() -> list[str]:
    try:
        return SHELLS.read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return []


def _writable(account: pwd.struct_passwd) -> bool:
    """Tell whether an account can put something ready for its next login."""
    try:
        return Path(account.pw_dir).stat().st_uid == account.pw_uid
    except OSError:
        return False


def _exists(name: str) -> bool:
    try:
        if name.startswith("@"):
            grp.getgrnam(name[1:])
        else:
            pwd.getpwnam(name)
    except KeyError:
        return False
    return True


CHECKS: Final[Checks] = {
    "instellingen": _readable,
    "machinebestand": _machine,
    "eigen-variabelen": _variables,
    "rollen": _roles,
    "inlogschil": _shells,
}
