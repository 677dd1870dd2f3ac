"""Who started a program, by the name that the system gives them."""

from __future__ import annotations

import os
import pwd


def os_user() -> str:
    """The name of the account that this program runs as; its number where the system has no name for it."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
