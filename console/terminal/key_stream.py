"""What a terminal sends, cut into keys that can be told apart: the escape key, whole sequences, text, a paste.

Textual 8.2.8 tells the escape key from the beginning of a sequence by a pause, and on a slow link that goes wrong in
both ways: escape and the key after it in one packet become one `alt` key and both are lost; a sequence that stalls
half-way becomes escape and its digits, which answer questions; a paste whose end stalls never ends. So sequences are
put together here and handed on whole. Nothing in this console means `alt` with a key: escape came first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Final

ESCAPE: Final = "\x1b"

ESCAPE_AFTER: Final = 0.1
"""Seconds without a character after which a lone escape is the key."""
SEQUENCE_AFTER: Final = 2.0
"""Seconds that the rest of a sequence may take; later it is dropped, and so is what comes of it after an escape."""
PASTE_AFTER: Final = 5.0
"""Seconds that a paste may stall; then what there is of it is taken over."""

_PASTE_BEGINS: Final = "\x1b[200~"
_PASTE_ENDS: Final = "\x1b[201~"


@dataclass(frozen=True, slots=True)
class Text:
    """Ordinary characters, and control characters that are a key by themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One whole escape sequence."""

    text: str


@dataclass(frozen=True, slots=True)
class Escape:
    """The escape key."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """All of a paste."""

    text: str


Heard = Text | Sequence | Escape | Pasted


@dataclass(slots=True)
class KeyStream:
    """Gives what it heard as soon as it is whole; `silence` is called when nothing came for a while."""

    clock: Callable[[], float] = time.monotonic
    _held: str = field(default="", init=False)
    _since: float = field(default=0.0, init=False)
    _pasting: bool = field(default=False, init=False)
    _pasted: list[str] = field(default_factory=list, init=False)
    _dropping: bool = field(default=False, init=False)
    _late_until: float = field(default=0.0, init=False)

    def hear(self, text: str) -> list[Heard]:
        """Take what was read, however it was cut."""
        heard: list[Heard] = []
        for character in text:
            if self._pasting:
                self._more_of_a_paste(character, heard)
            elif self._held:
                self._more_of_a_sequence(character, heard)
            else:
                self._begin(character, heard)
        self._since = self.clock()
        return heard

    def silence(self) -> list[Heard]:
        """Give up waiting for the rest of what is held, when it took too long."""
        if self.clock() - self._since < self.patience:
            return []
        heard: list[Heard] = []
        if self._pasting:
            heard.append(Pasted("".join(self._pasted)))
            self._pasting = False
        elif self._held == ESCAPE:
            heard.append(Escape())
            self._late_until = self.clock() + SEQUENCE_AFTER
        self._held, self._dropping = "", False
        return heard

    @property
    def patience(self) -> float:
        """How many seconds of silence still mean that more is to come; without end when nothing is held."""
        if self._pasting:
            return PASTE_AFTER
        if not self._held:
            return inf
        return ESCAPE_AFTER if self._held == ESCAPE else SEQUENCE_AFTER

    def _begin(self, character: str, heard: list[Heard]) -> None:
        if character == ESCAPE:
            self._held = ESCAPE
        elif character in "[O" and self.clock() < self._late_until:
            # The rest of a sequence whose escape came too early: that escape did its work, the rest does nothing.
            self._held, self._dropping = ESCAPE + character, True
        elif heard and isinstance(heard[-1], Text):
            heard[-1] = Text(heard[-1].text + character)
        else:
            heard.append(Text(character))
        self._late_until = 0.0

    def _more_of_a_sequence(self, character: str, heard: list[Heard]) -> None:
        if character == ESCAPE:
            if self._held == ESCAPE:
                heard.append(Escape())
            self._held, self._dropping = ESCAPE, False
        elif self._held == ESCAPE and character not in "[O":
            self._held = ""
            heard.append(Escape())
            self._begin(character, heard)
        elif not " " <= character <= "~":
            self._held, self._dropping = "", False
            self._begin(character, heard)
        else:
            self._held += character
            if _is_whole(self._held):
                self._whole(heard)

    def _whole(self, heard: list[Heard]) -> None:
        sequence, dropped = self._held, self._dropping
        self._held, self._dropping = "", False
        if sequence == _PASTE_BEGINS:
            self._pasting, self._pasted = True, []
        elif not dropped:
            heard.append(Sequence(sequence))

    def _more_of_a_paste(self, character: str, heard: list[Heard]) -> None:
        self._pasted.append(character)
        if character == "~" and "".join(self._pasted[-len(_PASTE_ENDS) :]) == _PASTE_ENDS:
            heard.append(Pasted("".join(self._pasted[: -len(_PASTE_ENDS)])))
            self._pasting = False


def _is_whole(held: str) -> bool:
    """A sequence ends with a character from @ to ~; that of F1 to F5 on the Linux console has a second [."""
    if len(held) < 3:
        return False
    if held.startswith("\x1b[["):
        return len(held) == 4
    return held[1] == "O" or "@" <= held[-1] <= "~"
