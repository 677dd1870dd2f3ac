"""What every dialog of the console shares: it covers the middle of the screen and `escape` leaves it without effect."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from console.texts import words

T = TypeVar("T")


class Dialog(ModalScreen[T | None], inherit_bindings=False):
    """A question that must be answered or left before the screen behind it goes on."""

    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-laag"), (34, "-hoog")]  # noqa: RUF012 - as the framework
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", words.dialog.BACK, priority=True, id="venster.terug"),
        Binding("f1", "app.help", words.field_help.HELP, priority=True, id="venster.hulp"),
        Binding("question_mark", "app.keys", words.dialog.KEYS, show=False, id="venster.toetsen"),
    ]

    async def action_leave(self) -> None:
        """Go back; nothing was recorded or sent."""
        self.dismiss(None)
