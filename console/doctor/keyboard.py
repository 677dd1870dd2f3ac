"""`meldkamer doctor --toetsen`: asks for each key that the console needs, and says what of it arrived.

What a terminal, a thin client or a language setting swallows or changes shows here and not during a call. Keys are read
raw, so ctrl+c arrives as a key; it ends this, as does a key that is asked for twice and does not come.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from console.exit_codes import ENDED, UNUSABLE
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

SICK: Final = 1
_WAIT: Final = 20.0
_REST: Final = 0.15
"""Seconds within which the rest of a key's bytes comes, also over a slow line."""

_TYPED: Final = ("@", "€", "[", "]", "{", "}", "\\", "|", "~", "ë")
_FUNCTION: Final = {
    1: rb"\x1bOP|\x1b\[11~|\x1b\[\[A|\x1b\[P",
    2: rb"\x1bOQ|\x1b\[12~|\x1b\[\[B|\x1b\[Q",
    3: rb"\x1bOR|\x1b\[13~|\x1b\[\[C|\x1b\[R",
    4: rb"\x1bOS|\x1b\[14~|\x1b\[\[D|\x1b\[S",
    5: rb"\x1b\[15~|\x1b\[\[E",
    6: rb"\x1b\[17~",
    7: rb"\x1b\[18~",
    8: rb"\x1b\[19~",
    9: rb"\x1b\[20~",
    10: rb"\x1b\[21~",
    11: rb"\x1b\[23~",
    12: rb"\x1b\[24~",
}
_ENDS: Final = b"\x03"
_SKIPS: Final = b" "


def wanted() -> list[tuple[str, re.Pattern[bytes]]]:
    """Give each key by its name, and what it may send."""
    typed = [(key, re.compile(re.escape(key.encode("utf-8")))) for key in _TYPED]
    function = [(f"F{number}", re.compile(sent)) for number, sent in _FUNCTION.items()]
    other = {
        words.doctor.ESCAPE: rb"\x1b",
        words.doctor.UP: rb"\x1b[\[O]A",
        words.doctor.DOWN: rb"\x1b[\[O]B",
        words.doctor.BACKSPACE: rb"[\x7f\x08]",
        "tab": rb"\t",
        "ctrl+o": rb"\x0f",
        "ctrl+p": rb"\x10",
        "ctrl+r": rb"\x12",
        "ctrl+t": rb"\x14",
    }
    return [*typed, *function, *((name, re.compile(sent)) for name, sent in other.items())]


def try_keys() -> int:
    """Ask for each key; gives 0 when all arrived, 1 when some did not, 78 where no keys can be read."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(words.doctor.refused(words.doctor.KEYS_NEED_A_TERMINAL), file=sys.stderr)
        return UNUSABLE
    print(words.doctor.KEYS_HEAD)
    missed = []
    with _raw():
        for name, pattern in wanted():
            _say(words.doctor.press(name))
            got = _key()
            if got in {_ENDS, b""}:
                _say(words.doctor.KEYS_ENDED + "\r\n")
                missed.append(name)
                break
            arrived = pattern.fullmatch(got) is not None
            _say((words.doctor.ARRIVED if arrived else words.doctor.arrived_as(_shown(got))) + "\r\n")
            if not arrived:
                missed.append(name)
    print(words.doctor.keys_missed(missed) if missed else words.doctor.KEYS_ALL)
    return SICK if missed else ENDED


def _key() -> bytes:
    """Read the bytes of one key; nothing when nobody presses one."""
    got = b""
    wait = _WAIT
    while select.select([0], [], [], wait)[0]:
        more = os.read(0, 64)
        if not more:
            break
        got += more
        wait = _REST
    return got


def _shown(got: bytes) -> str:
    """Say what came, in a way that no terminal acts on."""
    if got == _SKIPS:
        return words.doctor.SKIPPED
    text = got.decode("utf-8", "replace")
    return text if text.isprintable() and len(text) == 1 else got[:16].hex(" ")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def _raw() -> Iterator[None]:
    before = termios.tcgetattr(0)
    try:
        tty.setraw(0)
        yield
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)
