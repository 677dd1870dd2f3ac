"""Kill a delivery again and again while it works, at moments that chance picks and a seed repeats."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.cad.conftest import wait_for

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.cad.conftest import Process

_STARTS_WITHIN = 1.2
"""Seconds in which a delivery has started; some are killed in there, before they did anything."""
_A_FEW_STEPS = 0.03


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
        if chance.random() < 1 / 6:
            _live(process, chance.uniform(0, _STARTS_WITHIN))
        else:
            _until(left, before - chance.randint(1, max(1, 2 * before // (times - turn + 2))))
            _live(process, chance.uniform(0, _A_FEW_STEPS))
        process.kill()


def _until(left: Callable[[], int], most: int) -> None:
    wait_for(lambda: left() <= most, what=f"the work to come down to {most}", seconds=120)


def _live(process: Process, seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.popen.wait(seconds)
