"""The environment a screen program starts in: Textual's own variables dropped, ours set, unfit terminals refused.

Textual reads its variables when it is imported, and several of them are a way out of a locked console: a driver class
to load, a file with every key typed, a screenshot of a caller. So this runs before the first import of Textual.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_OURS: Final = {
    # AltGr (@ € [ ]) is lost in Windows Terminal builds that are asked for this keyboard protocol.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_SMOOTH_SCROLL": "0",
}


class UnfitTerminalError(Exception):
    """This is no terminal to work in; the text is a Dutch sentence for whoever started the program."""


def prepare(environ: MutableMapping[str, str] | None = None) -> None:
    """Drop every `TEXTUAL*` variable and set our own, in `os.environ` unless told otherwise.

    `COLUMNS` and `LINES` go too: inherited from another program they win from the size the terminal really has.
    Raises RuntimeError when Textual was imported already: it would go on with what it read.
    """
    if environ is None:
        if "textual.constants" in sys.modules:
            raise RuntimeError("the environment has to be prepared before Textual is imported")
        environ = os.environ
    for name in [name for name in environ if name.startswith("TEXTUAL") or name in {"COLUMNS", "LINES"}]:
        del environ[name]
    environ.update(_OURS)


def refuse_unfit_terminal() -> None:
    """Raise UnfitTerminalError unless keys can be read from standard input and a screen drawn on standard error."""
    if not (_is_terminal(0) and _is_terminal(2)):
        raise UnfitTerminalError(words.terminal.NEEDS_A_TERMINAL)
    term = os.environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        raise UnfitTerminalError(words.terminal.unknown_terminal(term or words.terminal.EMPTY))


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
