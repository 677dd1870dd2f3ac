"""Where a proof gets its seed."""

from __future__ import annotations

import os
import random

_GIVEN = os.environ.get("MELDKAMER_TEST_SEED")
"""Read before a test takes what was set for our programs out of its environment."""


def seed_of(everyday: int | None) -> int:
    """The seed of MELDKAMER_TEST_SEED, else this one, else a new one; printed, so that a failure can be done again."""
    seed = int(_GIVEN) if _GIVEN else everyday if everyday is not None else random.SystemRandom().randrange(10**9)
    print(f"MELDKAMER_TEST_SEED={seed}")
    return seed
