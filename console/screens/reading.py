"""A dialog that is only read: lines that wrap to its width and scroll where they do not fit."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size


class Wrapped(Widget):
    """Lines of text as wide as there is room for."""

    DEFAULT_CSS = "Wrapped { height: auto; }"

    def __init__(self, text: str) -> None:
        """Show these lines."""
        super().__init__()
        self._text = text.splitlines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - the framework's
        """As high as its lines are at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n".join(self._lines(self.size.width)))

    def _lines(self, width: int) -> list[str]:
        return [part for line in self._text for part in _wrapped(line, max(1, width))]


class ReadingScreen(Dialog[None]):
    """Up and down scroll; the title says when there is more."""

    CSS_PATH: ClassVar = ["dialog.tcss", "reading.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", words.keys.BACK, id="lezen.terug"),
        Binding("up", "scroll(-1)", words.keys.UP, id="lezen.omhoog"),
        Binding("down", "scroll(1)", words.keys.DOWN, id="lezen.omlaag"),
        Binding("pageup", "scroll(-10)", words.keys.PAGE_UP, id="lezen.bladomhoog"),
        Binding("pagedown", "scroll(10)", words.keys.PAGE_DOWN, id="lezen.bladomlaag"),
    ]

    def __init__(self, text: str) -> None:
        """Show this text."""
        super().__init__()
        self._title = Static(markup=False, classes="titel")
        self._text = VerticalScroll(Wrapped(text), id="leestekst", can_focus=False)

    def compose(self) -> ComposeResult:
        """The title stays, the text scrolls."""
        with Vertical():
            yield self._title
            yield self._text

    def on_mount(self) -> None:
        """Say how to leave, and how to see the rest."""
        self.call_after_refresh(self._say_how)

    def on_resize(self) -> None:
        """Other room, other words."""
        self.call_after_refresh(self._say_how)

    def action_scroll(self, lines: int) -> None:
        """Show what does not fit."""
        self._text.scroll_relative(y=lines, animate=False, immediate=True)

    def heading(self, more: str) -> str:
        """What stands above the text; `more` says that there is more than fits."""
        raise NotImplementedError

    def _say_how(self) -> None:
        self._title.update(Content(self.heading(words.keys.MORE if self._text.max_scroll_y else "")))


def _wrapped(line: str, width: int) -> list[str]:
    """A line in parts; what is left of a list item stands below its own text."""
    hang = len(line) - len(line.lstrip(" -"))
    return textwrap.wrap(line, width, subsequent_indent=" " * hang) or [""]
