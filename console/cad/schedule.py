"""When to try again, and when to ask again: pauses in seconds, with chance in them so that no crowd forms."""

from __future__ import annotations

import random
from typing import Final

LONGEST_PAUSE: Final = {1: 5.0, 2: 8.0, 3: 10.0}
"""Per priority: a CAD that comes back is served within this time, the most urgent first."""

LONGEST_ASKED_PAUSE: Final = 30.0
"""A CAD that asks for a longer pause gets this one; a unit does not wait an hour for a header."""

_FIRST_PAUSE: Final = 0.5
_LONGEST_LOOK: Final = 60.0


def pause_after(attempts: int, priority: int, asked: float | None = None) -> float:
    """Give the pause after a failed sending: doubling, capped per priority, never shorter than the CAD asked for.

    Args:
        attempts: how often it was sent, at least 1.
        priority: 1, 2 or 3.
        asked: what the CAD asked for, if it did.
    """
    doubled = _FIRST_PAUSE * 2.0 ** min(attempts - 1, 10)
    chosen = min(doubled, LONGEST_PAUSE[priority]) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads, hides nothing
    return max(chosen, min(asked or 0.0, LONGEST_ASKED_PAUSE))


def pause_before_asking(since_news: float, *, answered: bool) -> float:
    """Give the pause before asking again what became of a dispatch; the longer nothing happened, the longer it is.

    A second while a dispatcher may still answer, two once it was accepted, a minute after a quiet hour.
    """
    quickest = 2.0 if answered else 1.0
    return min(max(quickest, since_news / 60.0), _LONGEST_LOOK)
