"""Text for a peer whose database knows only Western European letters: anything else is replaced where it shows."""

from __future__ import annotations

import unicodedata
from typing import Final

from console.cad.eido import clean

UNKNOWN_LETTERS: Final = "[?]"
"""Stands where letters stood that the peer cannot keep, such as an emoji or Arabic."""

CUT: Final = "…"
_OWN_NAMES: Final = {
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ħ": "h",
    "→": "->",
    "−": "-",
    "≥": ">=",
    "≤": "<=",
}


def to_latin(text: str) -> str:
    """Write one line of text in Windows-1252, which is what MySQL calls latin1: é, ë and € stay, ş becomes s."""
    written = "".join(_letter(each) for each in unicodedata.normalize("NFC", clean(text)))
    while UNKNOWN_LETTERS * 2 in written:
        written = written.replace(UNKNOWN_LETTERS * 2, UNKNOWN_LETTERS)
    return written


def cut(text: str, limit: int) -> str:
    """Shorten to `limit` characters with a mark at the end that shows it."""
    return text if len(text) <= limit else f"{text[: limit - len(CUT)]}{CUT}"


def _letter(letter: str) -> str:
    if _fits(letter):
        return letter
    known = _OWN_NAMES.get(letter)
    if known is not None:
        return known
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if _fits(each)) or UNKNOWN_LETTERS


def _fits(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
