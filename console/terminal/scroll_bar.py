"""A scroll bar of letters: which part of a list is in sight can be seen without colour and in every font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment, Segments
from textual.scrollbar import ScrollBarRender

if TYPE_CHECKING:
    from textual.color import Color

IN_SIGHT: Final = "#"
OUT_OF_SIGHT: Final = "|"


class PlainScrollBar(ScrollBarRender):
    """Marks what is in sight along the side."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color | None = None,  # type: ignore[override]  # noqa: ARG003
        bar_color: Color | None = None,  # type: ignore[override]  # noqa: ARG003
    ) -> Segments:
        """Draw it over so many cells."""
        begin, end = in_sight(size, virtual_size, window_size, position)
        marks = [IN_SIGHT if begin <= cell < end else OUT_OF_SIGHT for cell in range(size)]
        if vertical:
            return Segments([Segment(mark * thickness) for mark in marks], new_lines=True)
        return Segments([Segment("".join(marks)), Segment.line()] * thickness)


def in_sight(size: int, virtual_size: float, window_size: float, position: float) -> tuple[int, int]:
    """From which cell to which the part in sight goes: at the ends only when there is nothing more that way."""
    if not (size and window_size) or virtual_size <= window_size:
        return 0, size
    length = max(1, min(size - 2, round(size * window_size / virtual_size)))
    if position <= 0:
        return 0, length
    if position >= virtual_size - window_size:
        return size - length, size
    begin = max(1, min(size - length - 1, round((size - length) * position / (virtual_size - window_size))))
    return begin, begin + length
