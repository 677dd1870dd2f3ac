"""Who started a program, by the name that the system gives them."""

from __future__ import annotations

import os
import pwd
from pathlib import Path


def os_user() -> str:
    """The name of the account that this program runs as; its number where the system has no name for it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def own_folder() -> Path:
    """The home folder of that account, which need not exist; the root of the system where it has none."""
    try:
        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:
        return Path("/")


def terminal() -> str:
    """The name of the terminal that somebody sits at; empty where there is none."""
    try:
        return os.ttyname(0)
    except OSError:
        return ""
