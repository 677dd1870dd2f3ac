"""Whether the screens can be drawn here; looked at only where this runs in a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from console.doctor.finding import attention, ok, wrong
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World

_UNFIT: Final = {"", "dumb", "unknown"}
_LEAST: Final = (80, 22)
_GOOD: Final = (80, 24)


def _descriptor() -> int | None:
    """Give the terminal that this runs in, by whichever of the three is one."""
    for descriptor in (0, 2, 1):
        try:
            if os.isatty(descriptor):
                return descriptor
        except OSError:
            continue
    return None


def _kind(world: World) -> Finding:
    if _descriptor() is None:
        return ok(words.doctor.NO_TERMINAL)
    term = world.environment.get("TERM", "")
    if term in _UNFIT:
        return wrong(words.doctor.unfit_terminal(term), words.doctor.TERM_REMEDY)
    return ok(words.doctor.terminal(term))


def _size(_world: World) -> Finding:
    terminal = _descriptor()
    if terminal is None:
        return ok(words.doctor.NO_TERMINAL)
    size = os.get_terminal_size(terminal)
    said = words.doctor.size(size.columns, size.lines)
    if size.columns < _LEAST[0] or size.lines < _LEAST[1]:
        return wrong(said, words.doctor.SIZE_REMEDY)
    return attention(said, words.doctor.SIZE_REMEDY) if size.lines < _GOOD[1] else ok(said)


def _colours(world: World) -> Finding:
    terminal = _descriptor()
    if terminal is None:
        return ok(words.doctor.NO_TERMINAL)
    import curses  # noqa: PLC0415 - only in a terminal

    term = world.environment.get("TERM", "")
    try:
        curses.setupterm(term, terminal)
    except curses.error:
        return attention(words.doctor.no_terminfo(term), words.doctor.TERMINFO_REMEDY)
    return ok(words.doctor.colours(max(0, curses.tigetnum("colors"))))


def _characters(world: World) -> Finding:
    if _descriptor() is None:
        return ok(words.doctor.NO_TERMINAL)
    from console.terminal.characters import AUTO, drawing  # noqa: PLC0415 - loads what draws

    setting = AUTO if world.settings is None else world.settings.characters
    encoding = getattr(sys.__stdout__, "encoding", None) or "ascii"
    curly = drawing(setting, world.environment, encoding)("“") == "“"
    if encoding.lower().replace("-", "") != "utf8":
        return attention(words.doctor.encoding(encoding), words.doctor.ENCODING_REMEDY)
    return ok(words.doctor.glyphs(curly=curly))


CHECKS: Final[Checks] = {"terminal": _kind, "grootte": _size, "kleuren": _colours, "tekens": _characters}
