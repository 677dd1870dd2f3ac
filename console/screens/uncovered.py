"""A screen that came in front again because what covered it closed: until it is painted, nobody answers it."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.events import Key
    from textual.screen import Screen

CONFIRMS: Final = frozenset({"enter", "backspace"})


def acts_at_once(key: Key) -> bool:
    """Tell whether a key answers, records or erases where it lands; others go somewhere, which is seen and undone."""
    return key.is_printable or key.key in CONFIRMS


class Uncovered:
    """Knows which keys were typed for what had closed by the time they were read from the line."""

    def __init__(self) -> None:
        """Nothing closed yet."""
        self._screen: Screen[object] | None = None
        self._seen_at = inf

    def closed(self, key: Key, behind: Screen[object]) -> None:
        """Something closed while this key did its work; after one that goes back they are meant for what is behind."""
        self._screen, self._seen_at = (behind, inf) if acts_at_once(key) else (None, inf)

    def painted(self, screen: Screen[object], at: float) -> None:
        """A screen reached the terminal at this moment, in seconds of the clock of the keys."""
        if screen is self._screen:
            self._seen_at = min(self._seen_at, at)

    def is_too_soon(self, key: Key, screen: Screen[object]) -> bool:
        """Tell whether this key would answer a screen that was not there to be seen when it was typed."""
        return screen is self._screen and key.time < self._seen_at and acts_at_once(key)
