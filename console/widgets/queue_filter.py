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
        self._words = tuple((word, _digits(word)) for word in dict.fromkeys(text.split()))
        self._number = _digits(text)

    def __bool__(self) -> bool:
        """True when there is something to search for."""
        return bool(self._words)

    def fits(self, row: QueueRow) -> bool:
        """Tell whether a call has all the words, or the number."""
        number = _NOT_DIGITS.sub("", row.number)
        if self._number and self._number in number:
            return True
        text = searchable(row)
        return all(word in text or (digits and digits in number) for word, digits in self._words)


def searchable(row: QueueRow) -> str:
    """Where words are looked for: what the line shows, and the whole of what it cuts off."""
    marks = [words.call_list.URGENT] * row.urgent + [words.call_list.CONSULTED] * (row.consultation is not None)
    marks += [words.paper.MARK] * row.entered_later
    parts = (row.call_id, row.channel.value, row.number, row.place, row.first_words, row.owner or "", *marks)
    return "\n".join(parts).casefold()


def _digits(text: str) -> str:
    """The digits of what looks like a telephone number, of anything else nothing."""
    return _NOT_DIGITS.sub("", text) if _LIKE_A_NUMBER.fullmatch(text) else ""
