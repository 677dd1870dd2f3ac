"""The settings of this run: whether they can be read, who can change them, whom they give which role."""

from __future__ import annotations

import grp
import pwd
from typing import TYPE_CHECKING, Final

from console import settings as configuration
from console.doctor.finding import attention, ok, wrong
from console.roles import Role
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

_MOST_NAMED: Final = 6


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
}
