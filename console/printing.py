"""What programs print: whoever wrote it, nothing in it acts on the terminal.

The door is `console.safe_text`; this stands behind it for all that goes to standard output and standard error, also for
sentences that are not ours: of the argument parser, of a library that warns, of the interpreter. A screen program
writes to its terminal by another way, with a guard of its own (`console.terminal.guard`).
"""

from __future__ import annotations

import io
import json
import sys
from typing import Final, TextIO

from console.safe_text import each_unshowable, harmless

_BEYOND_TWO_BYTES: Final = 0x10000
_RAW_END: Final = "\r\n"


class Guarded(io.TextIOWrapper):
    """Writes a mark for each character that acts or hides; what the terminal cannot write ends no program."""

    def write(self, text: str) -> int:
        """Write the text, harmless; a terminal that takes every byte as it is needs both characters of a line end."""
        super().write(_RAW_END.join(map(harmless, text.split(_RAW_END))))
        return len(text)

    def write_over(self, line: str) -> None:
        """Write a line over the one that stands there."""
        super().write(f"\r{harmless(line)}")


def guard() -> None:
    """Let this process print through the guard from here on."""
    sys.stdout, sys.stderr = _guarded(sys.stdout), _guarded(sys.stderr)


def tell_over(line: str, *, last: bool) -> None:
    """Say on standard error, a terminal, how far something is: over what was said before."""
    stream = sys.stderr
    if isinstance(stream, Guarded):
        stream.write_over(line)
    else:
        stream.write(f"\r{harmless(line)}")
    stream.write("\n" if last else "")
    stream.flush()


def as_json(value: object) -> str:
    """Write JSON as it can be read, in which what acts or hides stands escaped: nothing in it is lost."""
    return each_unshowable(_escaped, json.dumps(value, ensure_ascii=False, indent=2))


def _guarded(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, Guarded):
        return stream
    stream.flush()
    return Guarded(
        stream.buffer,
        encoding=stream.encoding,
        errors="replace" if stream.errors in {"strict", "surrogateescape"} else stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _escaped(character: str) -> str:
    code = ord(character)
    if code < _BEYOND_TWO_BYTES:
        return f"\\u{code:04x}"
    high, low = divmod(code - _BEYOND_TWO_BYTES, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
