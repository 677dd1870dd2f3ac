"""The reason of a deviation: given when the operator asks for it, after the dispatch has gone; no judgement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.screens.dialog import Dialog
from console.texts import words
from console.times import clock_time
from console.widgets.line_input import LineInput, keys_taken

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import Decision
    from console.screens.draft import Draft

KEYS: Final = {str(number): text for number, text in enumerate(words.reason.GROUNDS, 1)}
OWN_WORDS_LIMIT: Final = 1_000


class ReasonScreen(Dialog[None]):
    """A digit chooses, `enter` records: a reason stands once it is given, so no single key gives one."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"choose('{key}')", text, show=False, priority=True, id=f"reden.{key}")
            for key, text in KEYS.items()
        ),
        Binding("t", "own_words", words.reason.OWN_WORDS, priority=True, id="reden.eigen"),
        Binding("enter", "confirm", words.reason.CONFIRM, priority=True, id="reden.bevestig"),
        Binding("question_mark", "app.keys", words.reason.KEYS, show=False, id="reden.toetsen"),
    ]

    def __init__(self, decision: Decision, draft: Draft, give: Callable[[str], Awaitable[str]]) -> None:
        """Ask for the reason of this decision; `give` gives the empty text, or a sentence that says what is wrong.

        Own words that were typed before and not recorded stand in `draft`.
        """
        super().__init__()
        self._decision = decision
        self._draft = draft
        self._give = give
        self._chosen: str | None = None
        self._list = Static(markup=False)
        self._words = LineInput(draft.text, placeholder=words.reason.OWN_WORDS, max_length=OWN_WORDS_LIMIT)
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """The short list, and a line for own words."""
        decision = self._decision
        with Vertical():
            title = words.reason.title(words.terms.CHOICE[decision.choice], clock_time(decision.taken_at))
            yield Static(Content(title), markup=False, classes="titel")
            yield Static(Content(words.reason.STANDS), markup=False)
            yield self._list
            yield self._words
            yield self._next

    def on_mount(self) -> None:
        """The line for own words comes when it is asked for, or when something was typed in it before."""
        self._words.display = bool(self._draft.text)
        self._draw(words.reason.ENTER_RECORDS_OWN if self._draft.text else words.reason.CHOOSE)

    def action_choose(self, key: str) -> None:
        """Choose a reason of the short list."""
        self._chosen = key
        self._draw(words.reason.ENTER_RECORDS)

    def action_own_words(self) -> None:
        """Type the reason."""
        self._chosen = None
        self._words.display = True
        self.set_focus(self._words)
        self._draw(words.reason.ENTER_RECORDS_OWN)

    async def action_leave(self) -> None:
        """Go back; own words are kept for next time."""
        await keys_taken(self._words)
        self._draft.keep(self._words.value)
        self.dismiss(None)

    async def action_confirm(self) -> None:
        """Record the reason that was chosen or typed; keys typed meanwhile wait until it is on disk."""
        await keys_taken(self._words)
        typed = self._words.value.strip()
        if self._chosen is not None:
            await self._record(KEYS[self._chosen])
        elif not self._words.display:
            self._draw(words.reason.CHOOSE_FIRST)
        elif typed:
            await self._record(typed)
        else:
            self._draw(words.reason.TYPE_FIRST)

    async def _record(self, reason: str) -> None:
        trouble = await self._give(reason)
        if trouble:
            self._draw(trouble)
        else:
            self._words.value = ""
            self._draft.keep("")
            self.dismiss(None)

    @on(Input.Changed)
    def _words_changed(self) -> None:
        self._draft.keep(self._words.value)

    def _draw(self, then: str) -> None:
        lines = [f"{'>' if key == self._chosen else ' '} {key}  {text}" for key, text in KEYS.items()]
        self._list.update(Content("\n".join([*lines, f"  t  {words.reason.IN_OWN_WORDS}"])))
        self._next.update(Content(then))
