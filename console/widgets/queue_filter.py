"""Searching among the open calls: every word that was typed must occur, in whatever order and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from console.model import QueueRow

_LIKE_A_NUMBER: Final = re.compile(r"[+0-9][0-9 .()/-]*")
_NOT_DIGITS: Final = re.compile(r"[^0-9+]")


class QueueFilter:
    """What was typed, ready to be held against thousands of calls."""

    def __init__(self, typed: str) -> None:
        """Take the words; the same word twice asks nothing more, and a telephone number is one however it is parted."""
        text = typed.strip().casefold()
        self._number = _NOT_DIGITS.sub("", text) if _LIKE_A_NUMBER.fullmatch(text) else ""
        self._words = tuple(dict.fromkeys(text.split()))

    def __bool__(self) -> bool:
        """True when there is something to search for."""
        return bool(self._words)

    def fits(self, row: QueueRow) -> bool:
        """Tell whether a call has all the words, or the number."""
        if self._number and self._number in _NOT_DIGITS.sub("", row.number):
            return True
        text = searchable(row)
        return all(word in text for word in self._words)


def searchable(row: QueueRow) -> str:
    """Where words are looked for: what the line shows, and the whole of what it cuts off."""
    marks = [words.call_list.URGENT] * row.urgent + [words.call_list.CONSULTED] * (row.consultation is not None)
    parts = (row.call_id, row.channel.value, row.number, row.place, row.first_words, row.owner or "", *marks)
    return "\n".join(parts).casefold()
