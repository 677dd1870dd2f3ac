"""The last guard: no widget, whatever text it was given, sends a control character to the terminal.

Textual 8.2.8 writes ESC and C1 of its content raw: a caller's text could set the window title, write the clipboard
(OSC 52) or paint a false line. `console.safe_text` cleans at the door; this stands at the renderer, where nothing
passes by. It replaces a method that Textual does not promise to keep, so it refuses to start on another version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import textual
from rich.segment import Segment
from textual.strip import Strip

from console.safe_text import harmless
from console.terminal.characters import Drawing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.style import Style

GUARDED_VERSION: Final = "8.2.8"

_MOVES: Final = re.compile(r"[\t\n]")
_render_unguarded: Final = Strip.render
_drawings: Final[list[Drawing]] = []
"""What the terminal can draw; nothing is changed for one that draws everything."""


def install(drawing: Drawing | None = None) -> None:
    """Put the guard between every widget and the terminal; `drawing` says what the terminal can draw.

    Raises RuntimeError on a Textual in which the guard was not tried: a silent pass would be worse than no console.
    """
    if textual.__version__ != GUARDED_VERSION:
        raise RuntimeError(f"the terminal guard is made for Textual {GUARDED_VERSION}, this is {textual.__version__}")
    _drawings[:] = [drawing] if drawing else []
    Strip.render = _render_guarded  # type: ignore[method-assign]


def _render_guarded(self: Strip, console: Console) -> str:
    if self._render_cache is None:
        self._render_cache = _render_unguarded(_guarded(self), console)
    return self._render_cache


def _guarded(strip: Strip) -> Strip:
    """The strip itself when it is harmless, else one as wide in which everything that acts has become a mark."""
    if not any(_is_harmful(segment) for segment in strip):
        return strip
    return Strip([_harmless(segment) for segment in strip]).crop(0, strip.cell_length)


def _is_harmful(segment: Segment) -> bool:
    text, style, _ = segment
    printable = text.isascii() and text.isprintable()
    return not (printable or _harmless_text(text) == text) or (style is not None and style.link is not None)


def _harmless(segment: Segment) -> Segment:
    return Segment(_harmless_text(segment.text), _without_link(segment.style))


def _harmless_text(text: str) -> str:
    shown = _MOVES.sub(" ", harmless(text))
    for drawing in _drawings:
        shown = drawing(shown)
    return shown


def _without_link(style: Style | None) -> Style | None:
    """A link is written to the terminal as it is, to be opened by a click: a console has nothing to open."""
    return style.update_link(None) if style is not None and style.link is not None else style
