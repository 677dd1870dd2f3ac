"""The top line of every screen: where you are, who you are, what time it is, how the CAD is doing."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from datetime import datetime

_CUT: Final = ".."
_LEAST_ABOUT: Final = 8


class StatusLine(Widget):
    """Title left, the link right, what else fits between; OEFENING stands first and is never cut.

    Below it stands what keeps the console itself from working, for as long as it does.
    """

    def __init__(self, title: str, beside: str, *, exercise: bool, moment: datetime) -> None:
        """Show the title, and `beside` it on the right; the link follows with the first look at the room."""
        super().__init__(id="status")
        self._title = title
        self._about = ""
        self._beside = beside
        self._exercise = exercise
        self._moment = moment
        self._link = ""
        self._trouble = ""

    def show(self, *, title: str | None = None, about: str | None = None, link: str | None = None) -> None:
        """Change the title, what it is `about` (shortened where the clock needs the room), or the words of the link."""
        before = (self._title, self._about, self._link)
        self._about = self._about if about is None else about
        self._title = self._title if title is None else title
        self._link = self._link if link is None else link
        if (self._title, self._about, self._link) != before:
            self.refresh()

    @property
    def troubled(self) -> str:
        """What does not work, empty when all works."""
        return self._trouble

    def trouble(self, sentence: str) -> None:
        """Say what does not work and what to do; an empty sentence when all works."""
        if sentence != self._trouble:
            self._trouble = sentence
            self.refresh(layout=True)

    def tick(self, moment: datetime) -> None:
        """Let the clock run."""
        self._moment = moment
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, and those that the trouble takes."""
        return 1 + len(self._trouble_lines(width))

    def render(self) -> Content:
        """Draw the line, and the trouble below it."""
        return Content("\n").join([self._top(), *self._trouble_lines(self.size.width)])

    def _trouble_lines(self, width: int) -> list[Content]:
        lines = textwrap.wrap(self._trouble, max(20, width - 2))
        return [Content.styled(set_cell_size(f" {line}", width), "bold") for line in lines]

    def _top(self) -> Content:
        width = self.size.width
        mark = f" {words.terms.EXERCISE} " if self._exercise else ""
        title = f" {self._title}"
        right = f" {self._link} "
        timed = f" {clock_time(self._moment, seconds=True)} {right}"
        right = timed if cell_len(mark + title + timed) <= width else right
        title += _shortened(self._about, width - cell_len(mark + title + right))
        longer = f" {self._beside} {right}"
        right = longer if right == timed and cell_len(mark + title + longer) <= width else right
        left = set_cell_size(title, max(0, width - cell_len(mark) - cell_len(right)))
        return Content.assemble((mark, "bold"), (left, "bold"), right)


def _shortened(about: str, room: int) -> str:
    """What a title is about, behind two spaces; cut with two dots, and left out where nothing of it would be read."""
    whole = f"  {about}" if about else ""
    if cell_len(whole) <= room:
        return whole
    return f"{set_cell_size(whole, room - cell_len(_CUT))}{_CUT}" if room >= _LEAST_ABOUT else ""
