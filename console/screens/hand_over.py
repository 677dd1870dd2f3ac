"""Giving a call away: to a colleague, or back to the queue, always with what they must know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.safe_text import one_line
from console.screens.dialog import Dialog
from console.screens.line_dialog import TEXT_LIMIT
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput, keys_taken

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.screens.draft import Draft


MOST_SHOWN: Final = 7
_ELSE_KEY: Final = "8"
_QUEUE_KEY: Final = "9"
_ELSE: Final = "anders"
_QUEUE: Final = "wachtrij"


class HandOverScreen(Dialog[None]):
    """A digit chooses who, `enter` goes on, and on the last line hands over; nobody is chosen beforehand."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#wie"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "app.focus_next", words.hand_over.NEXT, priority=True, id="overdracht.volgende"),
        Binding("shift+tab,up", "app.focus_previous", words.hand_over.PREVIOUS, priority=True, id="overdracht.vorige"),
        Binding("enter", "go_on", words.hand_over.NEXT, priority=True, id="overdracht.verder"),
    ]

    def __init__(
        self,
        call_id: str,
        colleagues: Sequence[str],
        drafts: tuple[Draft, Draft],
        give: Callable[[str | None, str], Awaitable[str]],
    ) -> None:
        """Give this call away; `give` gives the empty text, or a sentence that says what is wrong.

        `drafts` hold the name of somebody else and what they must know; they go with the call.
        """
        super().__init__()
        self._call_id = call_id
        self._colleagues = {f"collega:{name}": name for name in colleagues[:MOST_SHOWN]}
        self._name_draft, self._note_draft = drafts
        self._give = give
        self._warned = ""
        listed = {str(key): (value, one_line(name)) for key, (value, name) in enumerate(self._colleagues.items(), 1)}
        others = {_ELSE_KEY: (_ELSE, words.hand_over.SOMEBODY_ELSE), _QUEUE_KEY: (_QUEUE, words.hand_over.TO_QUEUE)}
        self.who = KeyChoice({**listed, **others}, None, id="wie")
        self.name_line = LineInput(
            self._name_draft.text, placeholder=words.hand_over.NAME, max_length=TEXT_LIMIT, id="naam"
        )
        self.note_line = LineInput(self._note_draft.text, max_length=TEXT_LIMIT, id="weten")
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Who, a name where it is somebody else, what they must know, what enter does."""
        with Vertical():
            yield Static(Content(words.hand_over.title(self._call_id)), markup=False, classes="titel")
            yield Static(Content(words.hand_over.TO_WHOM), markup=False)
            yield self.who
            yield self.name_line
            yield Static(Content(words.hand_over.WHAT_TO_KNOW), markup=False)
            yield self.note_line
            yield self._next

    def on_mount(self) -> None:
        """The line for a name comes when it is asked for."""
        self.name_line.display = False
        self._say(words.hand_over.HOW)

    async def action_leave(self) -> None:
        """Go back; the call stays yours, and what was typed is kept for next time."""
        await keys_taken(self.name_line, self.note_line)
        self._keep()
        self.dismiss(None)

    async def action_go_on(self) -> None:
        """Go to what is asked next; from the last line, hand over."""
        await keys_taken(self.name_line, self.note_line)
        if self.who.chosen is None:
            self.set_focus(self.who)
            self._say(words.hand_over.CHOOSE)
        elif self.who.chosen == _ELSE and not self.name_line.value.strip():
            self.set_focus(self.name_line)
            self._say(words.hand_over.TYPE_NAME)
        elif self.focused is not self.note_line:
            self.set_focus(self.note_line)
            self._say(words.hand_over.ENTER_HANDS_OVER)
        elif not self.note_line.value.strip():
            self._say(words.hand_over.TYPE_NOTE)
        else:
            await self._hand_over()

    async def _hand_over(self) -> None:
        name = self.name_line.value.strip()
        if self.who.chosen == _ELSE and name not in self._colleagues.values() and self._warned != name:
            self._warned = name
            self._say(words.hand_over.not_seen(one_line(name)))
            return
        to = {_QUEUE: None, _ELSE: name}.get(str(self.who.chosen), self._colleagues.get(str(self.who.chosen)))
        self._keep()
        await self._name_draft.settled()
        await self._note_draft.settled()
        trouble = await self._give(to, self.note_line.value.strip())
        if trouble:
            self._say(trouble)

    @on(Input.Changed)
    def _keep(self) -> None:
        self._name_draft.keep(self.name_line.value)
        self._note_draft.keep(self.note_line.value)

    @on(KeyChoice.Chosen)
    def _chosen(self, message: KeyChoice.Chosen) -> None:
        self.name_line.display = message.value == _ELSE
        self._say(words.hand_over.HOW)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self._say(message.sentence)

    def _say(self, sentence: str) -> None:
        self._next.update(Content(sentence))
