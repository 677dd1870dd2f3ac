"""A titled block of lines: the title is drawn as plain text, so that it reads the same on every terminal."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from rich.cells import set_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a panel; `hang` is how far its continuation lines stand in, `style` never carries meaning alone."""

    text: str
    hang: int = 0
    style: str = ""


class Panel(Widget):
    """Shows lines under a title, wrapped to its width; what does not fit is said in the last line."""

    def __init__(self, title: str, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._title = title
        self._words: tuple[Words, ...] = ()

    def show(self, words: tuple[Words, ...], *, title: str | None = None) -> None:
        """Show these lines, and another title when one is given."""
        self._title = title or self._title
        if words != self._words:
            self._words = words
            self.refresh(layout=True)

    @property
    def text(self) -> str:
        """All lines as one text, for tests and for a screen reader."""
        return "\n".join(words.text for words in self._words)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw title and lines."""
        lines, height = self._lines(self.size.width), max(1, self.size.height)
        if len(lines) > height:
            lines[height - 1 :] = [Content("  (er is meer: maak het venster groter)")]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> list[Content]:
        width = max(16, width)
        lines = [Content.styled(set_cell_size(f"--{self._title}{'-' * width}", width), "bold")]
        for words in self._words:
            lines.extend(Content.styled(line, words.style) for line in _wrap(words, width))
        return lines


def _wrap(words: Words, width: int) -> list[str]:
    lines = textwrap.wrap(words.text, width - 1, subsequent_indent=" " * words.hang, drop_whitespace=True)
    return lines or [""]
