"""How a bench tells its figures: one per line, with the goal it was held against."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Sheet:
    """The figures of one bench; `met` stays true while every goal was."""

    met: bool = field(default=True)

    def heading(self, text: str) -> None:
        """Begin a part."""
        print(f"\n{text}\n{'-' * len(text)}", flush=True)

    def say(self, name: str, figure: str, goal: str = "", met: bool | None = None) -> None:
        """One figure; with a goal it says whether it was met."""
        verdict = "" if met is None else f"  {'met' if met else 'MISSED'}"
        ending = f"   (goal {goal}){verdict}" if goal else ""
        print(f"  {name:<52} {figure:>16}{ending}", flush=True)
        if met is False:
            self.met = False


def seeded(number: int) -> random.Random:
    """The same draws on every run: they make up answers, not secrets."""
    return random.Random(number)  # noqa: S311


def best_of(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of some runs, in seconds: what the work costs when nothing else disturbs it."""
    shortest = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest


def quantile(durations: Sequence[float], share: float) -> float:
    """The duration that this share of them does not exceed."""
    return sorted(durations)[min(len(durations) - 1, int(share * len(durations)))]
