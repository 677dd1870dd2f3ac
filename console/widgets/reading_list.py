"""A page that is read line by line with the keyboard, however long; a line may lead to another call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells
from rich.style import Style

from console.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE: Final = Style(bold=True)
_PLAIN: Final = Style()
_MARGIN: Final = 2
"""On the left for the mark, on the right for a scroll bar with a blank beside it."""
_WORD: Final = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `hang` is how far its continuation lines stand in, `leads_to` the number of a call it is about."""

    text: str
    hang: int = 0
    leads_to: str = ""
    title: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the window: the paragraph it is of, by number and itself, and the part of its text."""

    number: int
    part: int
    line: Line
    text: str


class ReadingList(RowList[Drawn]):
    """Paragraphs, wrapped to the width of the window; the cursor stays on its paragraph when that changes."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show this page; what changed in it does not move the cursor."""
        if lines != self._lines:
            self._lines = lines
            self._wrap()

    def written(self, row: Drawn, width: int, *, at_cursor: bool) -> tuple[str, Style]:  # noqa: ARG002
        """Its text, marked where the cursor stands."""
        return f"{'>' if at_cursor else ' '} {row.text}", _TITLE if row.line.title else _PLAIN

    def action_page(self, pages: int) -> None:
        """Read on by what fits in sight: the cursor keeps its height, so that each press shows something new."""
        lines = pages * max(1, self.size.height - 1)
        self.scroll_relative(y=lines, animate=False, immediate=True)
        self.action_move(lines)

    def on_resize(self) -> None:
        """Other room, other lines."""
        self._wrap()

    def _wrap(self) -> None:
        before = self.current
        width = max(20, self.outer_size.width - 2 * _MARGIN)
        drawn = [
            Drawn(number, part, line, text)
            for number, line in enumerate(self._lines)
            for part, text in enumerate(_shown(line, width))
        ]
        place = next((at for at, each in enumerate(drawn) if before and each.number == before.number), 0)
        if (
            before is not None
            and place + before.part < len(drawn)
            and drawn[place + before.part].number == before.number
        ):
            place += before.part
        self.put(drawn, place)


def _shown(line: Line, width: int) -> list[str]:
    """A title is told from what stands under it by its dashes, as everywhere in the console."""
    return [f"--{line.text}{'-' * width}"[:width]] if line.title else wrapped(line.text, width, line.hang)


def wrapped(text: str, width: int, hang: int = 0) -> list[str]:
    """Break a text into lines of at most so many cells, between words where that can be; no letter of it is lost.

    Spaces within a line stay, so that what stands in columns does. `width` is at least twice `hang`.
    """
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        if cell_len(line + word) <= width:
            line += word
            continue
        if line.strip():
            lines.append(line)
        margin = " " * hang * bool(lines)
        *full, line = [margin + piece for piece in chop_cells(word.lstrip(), width - hang)]
        lines += full
    return [*lines, line]
