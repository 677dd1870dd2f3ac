"""What every screen of the console has: the status line, the keys at the bottom, a few lines for what just happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from console.connection import link_words
from console.safe_text import one_line
from console.screens.messages import RoomShown
from console.texts import words
from console.widgets.key_hints import KeyHints, in_order, key_name
from console.widgets.said import Said
from console.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk
    from console.model import Board, Link

_KEYS: Final = "app.keys"
_HELP: Final = "app.help"

NOTICE_LASTS: Final = timedelta(seconds=12)


class Notice(Said):
    """Words about the last key; they never take the focus and never stand in the way."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="mededeling")
        self._said_at: datetime | None = None

    def say(self, sentence: str, moment: datetime) -> None:
        """Show a sentence; the next one replaces it."""
        self._said_at = moment
        self.update(Content(sentence))

    def forget(self, moment: datetime) -> None:
        """Take away a sentence that stood long enough to be read."""
        if self._said_at is not None and moment - self._said_at >= NOTICE_LASTS:
            self._said_at = None
            self.update(Content(""))


class RoomScreen(Screen[None], inherit_bindings=False):
    """A full screen at a desk in the room."""

    TITLE_WORDS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", _KEYS, words.room.KEYS, id="scherm.toetsen"),
        Binding("f1", _HELP, words.field_help.HELP, priority=True, id="scherm.hulp"),
        Binding("tab", "app.focus_next", words.room.NEXT_FIELD, show=False, id="scherm.volgende"),
        Binding("shift+tab", "app.focus_previous", words.room.PREVIOUS_FIELD, show=False, id="scherm.vorige"),
    ]

    def __init__(self, desk: Desk, beside: str | None = None) -> None:
        """Take place at the desk; `beside` stands beside the title instead of who works here."""
        super().__init__()
        self.desk = desk
        self.status = StatusLine(
            self.TITLE_WORDS, beside or one_line(desk.operator), exercise=desk.settings.exercise, moment=desk.clock()
        )
        self.hints = KeyHints()
        self.notice = Notice()
        self.link: Link | None = None

    def say(self, sentence: str) -> None:
        """Say what happened, or what is wrong and what to do."""
        self.notice.say(sentence, self.desk.clock())

    async def go_to(self, screen: RoomScreen) -> None:
        """Open a screen in front of this one; what this one knows of the room stands on it from the start."""
        screen.link = self.link
        screen.status.trouble(self.status.troubled)
        screen.tick(self.desk.clock())
        await self.app.push_screen(screen)

    def hear(self, key: str, at: float) -> None:
        """Know which key comes and when it was read, before it does its work; for a screen where that matters."""

    def tick(self, moment: datetime) -> None:
        """Let the clocks of this screen run; a link of which nothing was heard goes stale with them."""
        self.status.tick(moment)
        self._show_link(moment)

    def show_board(self, board: Board) -> None:
        """Take over what the room looks like now."""
        self.link = board.link
        self._show_link(self.desk.clock())

    def show_keys(self) -> None:
        """Show the keys that work where the focus is, each action once; none while something covers this screen."""
        if self.app.screen is not self:
            return
        shown: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            if active.binding.show and not self._is_typed(active.binding.key):
                shown.setdefault(active.binding.action, active.binding)
        if _KEYS in shown:  # where it is a letter to type, help is the way to the keys
            shown.pop(_HELP, None)
        self.hints.show(sorted(in_order(shown.values()), key=lambda binding: binding.action in {_HELP, _KEYS}))

    def _is_typed(self, key: str) -> bool:
        """Tell whether a key is a letter for the field that has the focus; Textual does not know it of a slash."""
        character = key_name(key)
        return self.focused is not None and len(character) == 1 and self.focused.check_consume_key(key, character)

    def on_descendant_focus(self) -> None:
        """Other focus, other keys."""
        self.call_after_refresh(self.show_keys)

    def on_screen_suspend(self) -> None:
        """The keys of this screen do nothing now."""
        self.hints.show(())

    def on_screen_resume(self) -> None:
        """They work again, and what was missed meanwhile is caught up with."""
        self.call_after_refresh(self.show_keys)
        self.post_message(RoomShown())

    def _show_link(self, moment: datetime) -> None:
        if self.link is not None:
            self.status.show(link=link_words(self.link, self.desk.settings.cad_name, moment))
