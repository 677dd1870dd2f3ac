"""The last hour, kept up to date by what is added to the record; what is older falls out by itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from console.model import Choice
from console.overview.figures import HOUR, PART, PARTS, Hour, Times

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from console.model.overview import Chosen, Lately, Rang, Taken


class LastHour:
    """Holds what happened in the hour before the last question, and no more."""

    def __init__(self) -> None:
        """Start empty."""
        self._rang: list[Rang] = []
        self._taken: list[Taken] = []
        self._chosen: list[Chosen] = []

    def add(self, lately: Lately) -> None:
        """Take in what was added to the record since the last time."""
        self._rang += lately.rang
        self._taken += lately.taken
        self._chosen += lately.chosen

    def figures(self, now: datetime, norm: timedelta | None, waiting_too_long: int) -> Hour:
        """Count the hour up to `now`; `waiting_too_long` still wait, longer than the norm.

        What is dated after `now`, by a clock that was set back since, counts as of now.
        """
        since = now - HOUR
        self._rang = [each for each in self._rang if each.at > since]
        self._taken = [each for each in self._taken if each.at > since]
        self._chosen = [each for each in self._chosen if each.at > since]
        waited = [each.waited for each in self._taken if each.waited is not None]
        chosen = Counter(each.choice for each in self._chosen)
        return Hour(
            calls=len(self._rang),
            rhythm=_rhythm((each.at for each in self._rang), now),
            taking=_times(waited),
            deciding=_times([each.took for each in self._chosen if each.took is not None]),
            outcomes=tuple((choice, chosen[choice]) for choice in Choice if chosen[choice]),
            deviations=sum(each.deviates for each in self._chosen),
            in_time=None if norm is None else sum(seconds <= norm.total_seconds() for seconds in waited),
            to_take=None if norm is None else len(waited) + waiting_too_long,
        )


def _rhythm(moments: Iterable[datetime], now: datetime) -> tuple[int, ...]:
    parts = [0] * PARTS
    for moment in moments:
        ago = min(PARTS - 1, max(0, (now - moment) // PART))
        parts[PARTS - 1 - ago] += 1
    return tuple(parts)


def _times(seconds: list[float]) -> Times | None:
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Times(len(ordered), ordered[(len(ordered) - 1) // 2], ordered[-1])
