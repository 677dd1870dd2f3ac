"""What the system and Python say in English, as part of a Dutch sentence: why a file, port or text cannot be used."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    import tomllib

_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


def in_dutch(error: OSError) -> str:
    """Say why the system refused, as a part of a sentence; a rare reason keeps its number, to look it up by."""
    if isinstance(error, socket.gaierror):
        return words.dutch_errors.NO_SUCH_NAME
    return words.dutch_errors.REASONS.get(error.errno or 0) or words.dutch_errors.refused(error.errno)


def toml_in_dutch(error: tomllib.TOMLDecodeError) -> str:
    """Say where a text stops being TOML; what stands there is not repeated."""
    place = _PLACE.search(str(error))
    return words.dutch_errors.place(place[1], place[2]) if place else words.dutch_errors.END_OF_FILE


def utf8_in_dutch(error: UnicodeDecodeError) -> str:
    """Say where bytes stop being UTF-8."""
    line = error.object[: error.start].count(b"\n") + 1
    return words.dutch_errors.not_utf8(line)
