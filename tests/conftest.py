"""What holds for every test: none fails because the machine was busy, and none waits longer than it must."""

from __future__ import annotations

import os

from hypothesis import settings
from textual import _wait

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

# Textual looks twice after every key of a test whether the program came to rest, 20 ms at a time: three quarters of
# what the tests of the screens took. Here it looks for 4 ms; what a test waits for by name it waits for as before.
_wait.SLEEP_GRANULARITY = 0.004
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are processors: a test that waits for a program leaves its own idle."""
    return (os.cpu_count() or 1) * 3 // 2
