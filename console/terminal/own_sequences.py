"""The third guard: of what is written to the terminal, the only control sequences are those of the framework itself.

The first two clean text. This one knows no text: it stands in the driver, before the descriptor, and lets nothing
through but a short list of what Textual 8.2.8 writes: colours, places, and the modes of its start and end. Whatever a
widget, a window title, a library or a later Textual would write beyond that loses the character that makes it act:
no clipboard, no window title, no question to the terminal, no other screen. What passes can colour and move.
"""

from __future__ import annotations

import re
from typing import Final

from console.safe_text import MARK, UNSHOWABLE

BELL: Final = "\x07"
CLEAR: Final = "\x1b[0m\x1b[2J\x1b[H"
"""What comes before a sentence that stands alone on the screen."""

_PAINTS: Final = (
    r"\[[0-9;]*m"  # colours and attributes
    r"|\[\d+;\d+H"  # the place of a line, and of the cursor after a paint
)
_SETS: Final = re.compile(
    r"\x1b\[\?(?:25|7|1004|1049|2004|2026|2048)[hl]"  # cursor, wrap, focus, screen, paste, whole paints, size
    r"|\x1b\[\?(?:2026|2048)\$p|\x1b\[<u"  # what it asks and resets
    r"|\x1b\]22;[a-z-]{1,20}\x07"  # the shape of the pointer
    rf"|{BELL}"
)
"""What is never part of a paint: it stands in a write of its own."""

_FOREIGN: Final = re.compile(rf"\x1b(?!{_PAINTS})")
_OWN_OR_ACTING: Final = re.compile(rf"(\A{re.escape(CLEAR)}|\x1b(?:{_PAINTS})|\r\n)|[{UNSHOWABLE}]")


def only_own(data: str) -> str:
    """What may be written of this: a mark stands for each character that would act in a way that is not Textual's."""
    plain = data.replace("\x1b", "").replace("\n", "").isprintable() and not _FOREIGN.search(
        data
    )  # nearly always, and cheap to see
    if plain or _SETS.fullmatch(data):
        return data
    return _OWN_OR_ACTING.sub(lambda found: found[1] or MARK, data)
