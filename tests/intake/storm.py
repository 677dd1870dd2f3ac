"""Many requests of chance to the real door: by a seed for their number, by hypothesis for its search.

`python -m tests.intake.storm seed number searched` is one of the processes of the whole proof: it prints what it did as
JSON, and ends with a traceback that shows the request, made as small as it still fails, where something did not hold.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.intake.bodies import RIGHT_HEADERS, Ring, any_ring
from tests.intake.rig import Rig, smallest

if TYPE_CHECKING:
    from collections import Counter


def by_seed(rig: Rig, seed: int, number: int) -> None:
    """Try requests; the same seed gives the same ones."""
    for each in range(number):
        ring = any_ring(random.Random(f"{seed}:{each}"))
        try:
            rig.hold(ring)
        except Exception as error:
            error.add_note(f"seed {seed}, request {each}")
            if ring.headers == RIGHT_HEADERS and _fails(ring.body):
                error.add_note(f"smallest body {smallest(ring.body, _fails)!r}")
            raise


def by_search(rig: Rig, seed: int, number: int) -> None:
    """Let hypothesis search; what fails is made small by it."""

    @seeded(seed)
    @settings(max_examples=number, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def hold(chance: random.Random) -> None:
        rig.hold(any_ring(chance))

    hold()


def _fails(body: bytes) -> bool:
    with Rig() as rig:
        try:
            rig.hold(Ring((body,)))
        except Exception:  # noqa: BLE001 - whatever it was, it is still there
            return True
        return False


def report(seen: Counter[str], sentences: set[str], seconds: float) -> dict[str, Any]:
    """Say what was done."""
    return {"seen": dict(seen), "sentences": sorted(sentences), "seconds": seconds}


def main(seed: int, number: int, searched: int) -> None:
    """Run one process of the proof."""
    begun = time.monotonic()
    with Rig() as rig:
        by_seed(rig, seed, number)
        if searched:
            by_search(rig, seed, searched)
    print(json.dumps(report(rig.seen, rig.sentences, time.monotonic() - begun)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
