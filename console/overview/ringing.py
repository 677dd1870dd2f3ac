"""The sound of the board: once for each thing that becomes a signal, several at once as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from console.overview.signals import Signal


class SignalBell:
    """Rings for what was no signal at the look before; what is one at the first look does not ring."""

    def __init__(self, ring: Callable[[], None], *, on: bool) -> None:
        """`ring` sounds the terminal."""
        self.on = on
        self._ring = ring
        self._heard: set[tuple[str, str]] | None = None

    def hear(self, signals: Iterable[Signal]) -> None:
        """Take in what is a signal now."""
        now = {(each.kind, about) for each in signals for about in each.calls or ("",)}
        fresh = now - self._heard if self._heard is not None else set()
        self._heard = now
        if fresh and self.on:
            self._ring()
