"""A dialog of fields that are kept while they are typed: enter and the arrows go on, leaving loses nothing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput, keys_taken


class FieldsScreen(Dialog[None]):
    """The keys and the bottom line of such a dialog; which fields it has is of each one."""

    CSS_PATH: ClassVar = ["dialog.tcss", "traces.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down,enter", "app.focus_next", words.traces.NEXT, priority=True, id="velden.volgende"),
        Binding("shift+tab,up", "app.focus_previous", words.traces.PREVIOUS, priority=True, id="velden.vorige"),
    ]

    def __init__(self) -> None:
        """Start with nothing to say."""
        super().__init__()
        self.below = Static(markup=False, id="verder")
        self.below.display = False
        self.more = Static(Content(words.facts.MORE), markup=False, id="meer")
        self.more.display = False

    def on_mount(self) -> None:
        """Follow how much of the fields is in sight."""
        fields = self.query_one(".velden", VerticalScroll)
        for what in ("scroll_y", "virtual_size"):
            self.watch(fields, what, self._say_more, init=False)

    def on_resize(self) -> None:
        """Other room: more or less to scroll."""
        self.call_after_refresh(self._say_more)

    async def action_leave(self) -> None:
        """Done; what was pressed just before counts too."""
        await keys_taken(*self.query(LineInput))
        if self.app.is_running:  # else the fields are gone, and what was typed in them was kept while it was typed
            self.take_over()
            self.dismiss(None)

    def take_over(self) -> None:
        """Hand on what the fields say now, when that is something else."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Say it below the fields."""
        self.below.update(Content(sentence))
        self.below.display = bool(sentence)

    def text_of(self, field: str) -> str:
        """What is typed in a field."""
        return self.query_one(f"#{field}", LineInput).value.strip()

    def chosen_in(self, field: str) -> str | None:
        """What is chosen in a list."""
        return self.query_one(f"#{field}", KeyChoice).chosen

    def _say_more(self) -> None:
        """Say that there are more fields below; the text alone must tell it."""
        fields = self.query_one(".velden", VerticalScroll)
        self.more.display = fields.scroll_offset.y < fields.max_scroll_y

    @on(Input.Changed)
    @on(KeyChoice.Chosen)
    def _changed(self) -> None:
        if self.app.is_running:
            self.take_over()

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.say(message.sentence)
