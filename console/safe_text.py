"""The display form of text from outside: what a screen may show of what a stranger wrote.

The original stays in the record as evidence; this is only how it is shown. Nothing in the display form can move a
cursor, reorder a line, hide itself or be taken for another line: what would is shown as U+FFFD. It says nothing about
markup: give the result to `Content(...)` or `Text(...)`, never to a widget as `str`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from console.domain_names import with_their_real_names
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

MARK: Final = "\N{REPLACEMENT CHARACTER}"

DISPLAY_LIMIT: Final = 4000
"""Characters shown of one text: a widget with a million of them freezes the console for a second."""

_ROOM_FOR_THE_CUT: Final = 40
_SOURCE_PER_SHOWN: Final = 4

UNSHOWABLE: Final = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners and fillers without a shape
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line and paragraph separators, direction
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"  # filler, variation selectors, byte order mark, annotations
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # lone surrogates, invisible shorthand and music
    "\U000e0000-\U000e0fff"  # tags and further variation selectors
)
"""The inside of a character class: all that acts on a terminal, has no shape, or hides. The renderer uses it too."""

_UNSHOWABLE: Final = re.compile(f"[{UNSHOWABLE}]")
_PRESENTATION: Final = re.compile("[\ufe0e\ufe0f]")
_MARKS_KEPT: Final = 4


def visible(text: str, limit: int = DISPLAY_LIMIT) -> str:
    """The text as it may be shown: lines kept, NFC, at most `limit` characters with the cut said in words.

    Windows line ends become newlines and a tab one space. Emoji presentation selectors are dropped, since terminals
    disagree on their width. Behind a name on the net that could be taken for another stands the one that is looked up.
    Applied to its own result it changes nothing. `limit` is at least 100.
    """
    return _shortened(with_their_real_names(_clean(text, limit), limit), len(text), limit)


def one_line(text: str, limit: int = 200) -> str:
    """The same for a row of a list: every run of white space is one space. Cells are counted by who draws the row."""
    return _shortened(with_their_real_names(_flat(text, limit), limit), len(text), limit)


def as_typed(text: str, limit: int = 200) -> str:
    """The same for a field in which it can be changed: nothing stands there that nobody wrote."""
    return _shortened(_flat(text, limit), len(text), limit)


def harmless(text: str) -> str:
    """The text with a mark for each character that acts or hides, as long as it was; lines and tabs stay.

    This is what the guards behind the door do with whatever reaches them, not what a text should look like.
    """
    return _UNSHOWABLE.sub(MARK, text)


def each_unshowable(written: Callable[[str], str], text: str) -> str:
    """The text with each character that acts or hides written another way; for what must lose nothing."""
    return _UNSHOWABLE.sub(lambda found: written(found.group()), text)


def _flat(text: str, limit: int) -> str:
    return " ".join(_clean(text, limit).split())


def _clean(text: str, limit: int) -> str:
    """Cleans no more of the source than can be shown, so that a text of 10 MB costs what one of 16 kB does."""
    if limit < 2 * _ROOM_FOR_THE_CUT:
        raise ValueError(f"a limit of {limit} leaves no room to say that the text was cut")
    source = text[: limit * _SOURCE_PER_SHOWN].replace("\r\n", "\n").replace("\t", " ")
    shown = unicodedata.normalize("NFC", _PRESENTATION.sub("", harmless(source)))
    return _without_towers(shown)


def _without_towers(text: str) -> str:
    """Combining marks beyond a few on one letter paint over the lines around it: the rest becomes one mark."""
    if text.isascii():
        return text
    kept: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if height <= _MARKS_KEPT:
            kept.append(character)
        elif height == _MARKS_KEPT + 1:
            kept.append(MARK)
    return "".join(kept)


def _shortened(shown: str, length: int, limit: int) -> str:
    if len(shown) <= limit and length <= limit * _SOURCE_PER_SHOWN:
        return shown
    cut = words.safe_text.cut(length)
    return shown[: limit - len(cut)] + cut
