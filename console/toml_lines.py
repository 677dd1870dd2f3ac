"""Reading TOML, and where in it a key stands, so that what is wrong with a table can be told by file and line."""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

from console.texts import words

_SECTION: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_LONG_NUMBER: Final = re.compile(r"[0-9_]{1000,}")
_DEEP: Final = re.compile(r"(?:[\[{][^\[{}\]]*){50}")


def read(text: str) -> dict[str, Any]:
    """Read a TOML text.

    Raises:
        tomllib.TOMLDecodeError: it is none; also where Python's reader gives up otherwise, at a number of thousands of
            digits and at lists in lists without end.
    """
    import tomllib  # noqa: PLC0415 - a run without settings starts without their reader

    def give_up(shape: re.Pattern[str]) -> NoReturn:
        found = shape.search(text)
        at = found.start() if found else 0
        place = f"(at line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)})"
        raise tomllib.TOMLDecodeError(place) from None

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        give_up(_LONG_NUMBER)
    except RecursionError:
        give_up(_DEEP)


def where(file: object, text: str, section: str, key: str = "") -> str:
    """Name the file, and the line of a key; of a key that is not there the line of its section, if that is there."""
    found, current = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _SECTION.fullmatch(line)
        if header:
            current = header[1].strip("\"'")
            found = number if current == section else found
        elif key and current == section and _begins(line, key):
            return words.dutch_errors.line_of(file, number)
    return words.dutch_errors.line_of(file, found) if found else str(file)


def _begins(line: str, key: str) -> bool:
    name, mark, _ = line.partition("=")
    return bool(mark) and name.strip().strip("\"'") == key
