"""Which characters a terminal can draw: where it may lack a shape, a plain one as wide stands for it.

What the console says itself needs ASCII, the letters of Latin-1 and curly quotes; what strangers write needs anything.
Only what is painted changes, never what is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.safe_text import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTO: Final = "auto"
ASCII: Final = "ascii"
UNICODE: Final = "unicode"

Drawing = Callable[[str], str]
"""What becomes of a text on its way to the terminal; it takes as many cells as it did."""

_UTF_8: Final = {"utf-8", "utf8"}
_PLAIN_FONTS: Final = {"linux"}
"""Terminals with the font of the system console, in which curly quotes are missing."""

_PLAIN: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": ".", "–": "-", "—": "-", "·": ".", "•": "*", MARK: "?"}
)


def drawing(setting: str, environment: Mapping[str, str], encoding: str) -> Drawing:
    """Choose how to draw: as the setting says, and of itself plainly where the encoding or the font is known to be."""
    takes_all = encoding.lower().replace("_", "-") in _UTF_8
    plain = setting == ASCII or (
        setting == AUTO and (not takes_all or environment.get("TERM", "").partition("-")[0] in _PLAIN_FONTS)
    )
    if takes_all:
        return _plainly if plain else _as_it_is
    shape = _plainly if plain else _as_it_is
    return lambda text: _encodable(shape(text), encoding)


def _as_it_is(text: str) -> str:
    return text


def _plainly(text: str) -> str:
    return text.translate(_PLAIN)


def _encodable(text: str, encoding: str) -> str:
    """The text with a question mark for each cell that the terminal's encoding has no character for."""
    return "".join(each if _can_encode(each, encoding) else "?" * cell_len(each) for each in text)


def _can_encode(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
