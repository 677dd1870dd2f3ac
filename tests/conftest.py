"""What holds for every test: none fails because the machine was busy, and none waits longer than it must."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

from tests.at_rest import rest_after_keys

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

rest_after_keys()

# A shell ignores ctrl+c for what it starts in the background, and programs that are started from there inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are processors: a test that waits for a program leaves its own idle."""
    return (os.cpu_count() or 1) * 3 // 2
