"""A text that changes while the operator works: drawn again when it says something else, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.visual import VisualType


class Said(Static):
    """A `Static` for plain content whose update lays the screen out again only when it needs another number of lines.

    Textual lays out and draws the whole screen at each update of a `Static`, also of one that says the same: 10 ms
    of the event loop, at every key and every tick.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the framework's own
        """Start empty."""
        super().__init__(markup=False, id=id, classes=classes)
        self._says = Content("")

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say this from now on."""
        says: Content = content if isinstance(content, Content) else Content(str(content))
        if says.is_same(self._says):
            return
        before, self._says = self._says, says
        super().update(says, layout=layout and self._lines(says) != self._lines(before))

    def _lines(self, content: Content) -> int:
        return content.get_height(self.styles.get_rules(), self.size.width) if self.size.width else -1
