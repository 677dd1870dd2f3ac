"""Kill a delivery again and again while it works, at moments that chance picks and a seed repeats."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.cad.conftest import Process

_STARTS_WITHIN = 1.0
"""Seconds in which a delivery has started; some are killed in there, before they did anything."""
_STEPS = 0.03
_LOOK_EVERY = 0.003
_PATIENCE = 120.0


def kill_while_it_works(
    start: Callable[[], Process], times: int, chance: random.Random, left: Callable[[], int]
) -> None:
    """Start a delivery and kill it, so often, at moments spread over all the work; `left` counts what is left of it.

    Most live until a part of the work is done and then some milliseconds more, so that they die wherever they are; one
    in six dies while it starts.
    """
    for turn in range(times):
        process = start()
        before = left()
        assert before > 0, f"nothing was left to do at kill {turn + 1} of {times}"
        most = before - chance.randint(1, max(1, 2 * before // (times - turn + 2)))
        early = chance.random() < 1 / 6
        if _comes_down(left, most, chance.uniform(0, _STARTS_WITHIN) if early else _PATIENCE):
            _live(process, chance.uniform(0, _STEPS) * min(1.0, before / 1_000))
        elif not early:
            pytest.fail(f"waited {_PATIENCE:.0f} s in vain for the work to come down to {most}")
        process.kill()


def _comes_down(left: Callable[[], int], most: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while left() > most:
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY)
    return True


def _live(process: Process, seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.popen.wait(seconds)
