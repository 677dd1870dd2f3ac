"""How a program ends on a terminal that went away: with its own exit code."""

from __future__ import annotations

import os
import sys


def let_go_of_a_terminal_that_is_gone() -> None:
    """Leave nothing to be written at the very end: Python would turn the exit code of a hang-up into its own 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
