"""What every screen of the console has: the status line, the keys at the bottom, one line for what just happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from console.widgets.key_hints import KeyHints
from console.widgets.status_line import StatusLine, link_words

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk
    from console.model import Board


class Notice(Static):
    """One line of words about the last key; it never takes the focus and never stands in the way."""

    def say(self, sentence: str) -> None:
        """Show a sentence; the next one replaces it."""
        self.update(Content(sentence))

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(markup=False, id="mededeling")


class RoomScreen(Screen[None], inherit_bindings=False):
    """A full screen at a desk in the room."""

    TITLE_WORDS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.keys", "toetsen", id="scherm.toetsen"),
        Binding("tab", "app.focus_next", "volgend veld", show=False, id="scherm.volgende"),
        Binding("shift+tab", "app.focus_previous", "vorig veld", show=False, id="scherm.vorige"),
    ]

    def __init__(self, desk: Desk, beside: str | None = None) -> None:
        """Take place at the desk; `beside` stands beside the title instead of who works here."""
        super().__init__()
        self.desk = desk
        self.status = StatusLine(
            self.TITLE_WORDS, beside or desk.operator, exercise=desk.settings.exercise, moment=desk.clock()
        )
        self.hints = KeyHints()
        self.notice = Notice()

    def say(self, sentence: str) -> None:
        """Say what happened, or what is wrong and what to do."""
        self.notice.say(sentence)

    def tick(self, moment: datetime) -> None:
        """Let the clocks of this screen run."""
        self.status.tick(moment)

    def show_board(self, board: Board) -> None:
        """Take over what the room looks like now."""
        self.status.show(link=link_words(board.link, self.desk.settings.cad_name, self.desk.clock()))

    def show_keys(self) -> None:
        """Show the keys that work where the focus is."""
        bindings = [active.binding for active in self.active_bindings.values() if active.binding.show]
        self.hints.show(sorted(bindings, key=lambda binding: binding.action == "app.keys"))

    def on_descendant_focus(self) -> None:
        """Other focus, other keys."""
        self.call_after_refresh(self.show_keys)
