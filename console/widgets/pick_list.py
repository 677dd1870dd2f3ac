"""A list of lines to tick by key: a digit or the arrows point, and what is ticked is said in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget

from console.texts import words
from console.widgets.row_list import fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Pick:
    """One line: what it stands for, its text, and whether it is ticked."""

    id: str
    text: str
    ticked: bool


class PickList(Widget, can_focus=True):
    """Shows as many lines as fit around the one that is pointed at; its screen says what a key does with it."""

    DEFAULT_CSS = "PickList { height: 1fr; min-height: 3; }"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the framework's own name
        """Start empty."""
        super().__init__(id=id)
        self._picks: tuple[Pick, ...] = ()
        self._at = 0

    @property
    def picked(self) -> Pick | None:
        """The line that is pointed at."""
        return self._picks[self._at] if self._picks else None

    def show(self, picks: Sequence[Pick]) -> None:
        """Show these lines; what was pointed at stays so, wherever it now stands."""
        pointed = self.picked
        self._picks = tuple(picks)
        ids = [each.id for each in self._picks]
        if pointed is not None and pointed.id in ids:
            self._at = ids.index(pointed.id)
        self._at = max(0, min(self._at, len(self._picks) - 1))
        self._draw()

    def move(self, lines: int) -> None:
        """Point at another line."""
        self._at = max(0, min(self._at + lines, len(self._picks) - 1))
        self._draw()

    def point(self, digit: int) -> bool:
        """Point at the line with this digit; False when there is none."""
        if not 1 <= digit <= min(_DIGITS, len(self._picks)):
            return False
        self._at = digit - 1
        self._draw()
        return True

    def on_focus(self) -> None:
        """Put the terminal's own cursor on the line, so that a braille display follows."""
        self._draw()

    def on_resize(self) -> None:
        """Other room, other lines in sight."""
        self._draw()

    def render(self) -> Content:
        """Draw the lines in sight, with what stands above and below them said."""
        height, first = max(1, self.size.height), self._first()
        lines = [self._line(number) for number in range(first, min(len(self._picks), first + height))]
        if first and lines:
            lines[0] = Content(words.pick_list.MORE_ABOVE)
        if first + height < len(self._picks):
            lines[-1] = Content(words.pick_list.MORE_BELOW)
        return Content("\n").join(lines)

    def _line(self, number: int) -> Content:
        pick, here = self._picks[number], number == self._at
        key = str(number + 1) if number < _DIGITS else " "
        text = f"{'>' if here else ' '}{key} [{'x' if pick.ticked else ' '}] {pick.text}"
        return Content.styled(fitted(text, max(2, self.size.width)), "reverse" if here else "")

    def _first(self) -> int:
        """The first line in sight: the one pointed at is never covered by what is said of the others."""
        height = max(1, self.size.height)
        if len(self._picks) <= height:
            return 0
        room_for_marks = 1 if height > 2 else 0
        return max(0, min(self._at + room_for_marks - height + 1, len(self._picks) - height))

    def _draw(self) -> None:
        self.refresh()
        self._point()
        self.call_after_refresh(self._point)  # what is said of another line may move the list

    def _point(self) -> None:
        if self.has_focus:
            corner = self.content_region.offset
            self.app.cursor_position = Offset(corner.x, corner.y + self._at - self._first())
