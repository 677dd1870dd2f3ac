"""Counts without small numbers (Wpg 22): what is fewer than five cannot be told, nor worked out from the rest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

K = TypeVar("K")

LEAST: Final = 5
LEAST_FOR_A_SHARE: Final = 20


def tellable(counts: Mapping[K, int]) -> dict[K, int | None]:
    """Give the counts of which the sum may be known, with None for those that may not be told.

    Where only one would be hidden the smallest other one is hidden too, since the sum would give it away.
    """
    hidden = {key for key, count in counts.items() if 0 < count < LEAST}
    if len(hidden) == 1:
        others = sorted((count, place) for place, (key, count) in enumerate(counts.items()) if count >= LEAST)
        hidden |= {list(counts)[others[0][1]]} if others else set()
    return {key: None if key in hidden else count for key, count in counts.items()}


def said(count: int | None) -> str:
    """Say a count, or that it is hidden."""
    return words.report.HIDDEN if count is None else str(count)


def total(count: int) -> str:
    """Say a sum by itself."""
    return words.report.FEW if 0 < count < LEAST else str(count)


def share(part: int, whole: int) -> str:
    """Say a part in whole per cents, of no fewer than `LEAST_FOR_A_SHARE`."""
    return words.report.TOO_FEW if whole < LEAST_FOR_A_SHARE else f"{100 * part // whole} %"


def half_and_most(seconds: Sequence[float]) -> tuple[float, float] | None:
    """Give the middle one (the lower of two) and the one that nine of ten do not exceed; None of fewer than five."""
    if len(seconds) < LEAST:
        return None
    ordered = sorted(seconds)
    return ordered[(len(ordered) - 1) // 2], ordered[(9 * len(ordered) - 1) // 10]
