"""Where a proof gets its seed."""

from __future__ import annotations

import os
import random


def seed_of(everyday: int | None) -> int:
    """The seed of MELDKAMER_TEST_SEED, else this one, else a new one; printed, so that a failure can be done again."""
    given = os.environ.get("MELDKAMER_TEST_SEED")
    seed = int(given) if given else everyday if everyday is not None else random.SystemRandom().randrange(10**9)
    print(f"MELDKAMER_TEST_SEED={seed}")
    return seed
