"""The column beside the checklist: titled blocks of lines, the most important first; what does not fit is said.

Titles are drawn as plain text, so that they read the same on every terminal.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from rich.cells import set_cell_size

from console.texts import words
from console.widgets.lines import Line, Lines


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a block; `hang` is how far its continuation lines stand in, `style` never carries meaning alone."""

    text: str
    hang: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a title."""

    title: str
    words: tuple[Words, ...]


class Column(Lines):
    """Shows blocks one below the other, wrapped to its width; `page` reads on where they are longer than the window."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._first = 0
        self._drawn: dict[Block, list[Line]] = {}
        self._drawn_at = 0

    def show(self, blocks: tuple[Block, ...]) -> None:
        """Show these blocks; an empty one is left out. News in the first that is not brings the top back in sight."""
        if blocks != self._blocks:
            if _pressing(blocks) != _pressing(self._blocks):
                self._first = 0
            self._blocks = blocks
            self._draw()

    def page(self, pages: int) -> None:
        """Read on, or back."""
        height = max(2, self.size.height)
        longest = max(0, len(self._lines()) - height)
        self._first = max(0, min(longest, self._first + pages * (height - 2)))
        self._draw()

    def on_resize(self) -> None:
        """In a window of another size other lines fit."""
        self._draw()

    def _draw(self) -> None:
        lines, height = self._lines(), max(1, self.size.height)
        first = min(self._first, max(0, len(lines) - height))
        shown = lines[first : first + height]
        if first + height < len(lines):
            shown[-1] = Line(f"  {words.panel.MORE}", "bold")
        self.put(shown)

    def _lines(self) -> list[Line]:
        """All lines, with a blank one between the blocks where there is room for it."""
        width = max(16, self.size.width)
        if width != self._drawn_at:
            self._drawn_at, self._drawn = width, {}
        # Most blocks say what they said a moment ago, and wrapping them is most of what a key costs here.
        known = self._drawn
        self._drawn = {each: known.get(each) or _drawn(each, width) for each in self._blocks if each.words}
        blocks = [self._drawn[each] for each in self._blocks if each.words]
        room = self.size.height - sum(map(len, blocks))
        between = [Line("")] if room >= len(blocks) - 1 else []
        return [line for number, block in enumerate(blocks) for line in (*(between if number else ()), *block)]


def _pressing(blocks: tuple[Block, ...]) -> tuple[str, tuple[Words, ...]]:
    """What nobody may miss of the block on top: its lines in bold, or all of them; a time that runs is not bold."""
    top = next((each for each in blocks if each.words), Block("", ()))
    return top.title, tuple(each for each in top.words if each.style) or top.words


def _drawn(block: Block, width: int) -> list[Line]:
    title = Line(set_cell_size(f"--{block.title}{'-' * width}", width), "bold")
    return [title, *(Line(line, each.style) for each in block.words for line in _wrap(each, width))]


def _wrap(line: Words, width: int) -> list[str]:
    return textwrap.wrap(line.text, width - 1, subsequent_indent=" " * line.hang) or [""]
