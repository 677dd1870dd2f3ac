"""Where in a TOML file a key stands, so that what is wrong with a table can be told by file and line."""

from __future__ import annotations

import re
from typing import Final

from console.texts import words

_SECTION: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")


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
