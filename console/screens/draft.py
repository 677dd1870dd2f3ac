"""What is typed in a dialog and not confirmed yet: it stands there again after escape, and on disk after a kill."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from console.desk import RecordError
from console.screens.keeper import Keeper


class Draft:
    """The text of one line, for as long as whoever holds this lives."""

    def __init__(self, text: str = "") -> None:
        """Start from what was typed before."""
        self.text = text

    def keep(self, text: str) -> None:
        """Remember how the line stands now; the empty text when it was confirmed."""
        self.text = text

    async def settled(self) -> bool:
        """Wait until it is as safe as it gets; False when it could not be put on disk."""
        return True


class KeptDraft(Draft):
    """The text of one line of a call in hand, written at each change."""

    def __init__(
        self, text: str, write: Callable[[str], Awaitable[None]], failed: Callable[[RecordError], bool]
    ) -> None:
        """Start from what is on disk; `write` and `failed` are those of a Keeper."""
        super().__init__(text)
        self._keeper = Keeper(write, failed)

    def keep(self, text: str) -> None:
        """Remember how the line stands now, and write it."""
        if text != self.text:
            super().keep(text)
            self._keeper.keep(text)

    async def settled(self) -> bool:
        """Wait until it is on disk, or a write failed; tells which."""
        return await self._keeper.settled()
