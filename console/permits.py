"""What the account that runs a program may do, by the settings of the machine; read once, when it starts."""

from __future__ import annotations

import grp
import os
from typing import TYPE_CHECKING

from console import roles
from console.accounts import os_user

if TYPE_CHECKING:
    from console.roles import Permit
    from console.settings import Settings


def of_this_account(settings: Settings) -> Permit:
    """Give the permit of whoever the system says runs this; who somebody works as (`--als`) changes nothing."""
    return roles.permit(settings.roles, os_user(), _groups(settings), exercise=settings.exercise)


def _groups(settings: Settings) -> set[str]:
    """Which of the groups that have a role this process is in: by what the kernel says, not by what a list says."""
    held = {os.getegid(), *os.getgroups()}
    named = {name.removeprefix("@") for _, names in settings.roles for name in names if name.startswith("@")}
    return {name for name in named if _number(name) in held}


def _number(group: str) -> int | None:
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:  # a group that is not there holds nobody; `meldkamer doctor` names it
        return None
