"""What a locked program asks of the kernel for itself, once it has begun in a clean process."""

from __future__ import annotations

import os
import resource
import signal
from typing import Final

_SET_DUMPABLE: Final = 4  # prctl(2)
_SET_NO_NEW_PRIVILEGES: Final = 38

STOPPING: Final = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
INTERRUPTING: Final = (signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


def harden() -> None:
    """Let nobody of the same account look into this process, keep no core, gain no rights, and hear no key as a signal.

    Not dumpable: a second login of the account reads no caller from the memory or the environment of this one. No new
    privileges: `su` and `sudo` give nothing, to this program or to one that it would start. The signals stay ignored
    until the screen takes them, to note who sent one.

    Raises:
        OSError: the kernel refuses; a locked program that is not locked does not start.
    """
    import ctypes  # noqa: PLC0415 - only a locked start pays for it

    for number in (*STOPPING, *INTERRUPTING):
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    library = ctypes.CDLL(None, use_errno=True)
    for option, value in ((_SET_DUMPABLE, 0), (_SET_NO_NEW_PRIVILEGES, 1)):
        if library.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
