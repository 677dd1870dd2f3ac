"""The reason of a deviation: asked once the dispatch has gone, a short list and free words, no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.deviation import REASONS
from console.screens.dialog import Dialog
from console.words import CHOICE

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import Choice

KEYS: Final = {str(number): text for number, text in enumerate(REASONS.values(), 1)}
OWN_WORDS_LIMIT: Final = 1_000


class ReasonScreen(Dialog[str]):
    """Gives back the reason, or None for later."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"choose('{key}')", text, show=False, id=f"reden.{key}") for key, text in KEYS.items()),
        Binding("t", "own_words", "eigen woorden", id="reden.eigen"),
    ]

    def __init__(self, choice: Choice) -> None:
        """Ask for the reason of this choice."""
        super().__init__()
        self._choice = choice
        self._words = Input(placeholder="eigen woorden, enter legt vast", max_length=OWN_WORDS_LIMIT)
        self._words.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The short list, and a line for own words."""
        with Vertical():
            yield Static(Content(f"Waarom: {CHOICE[self._choice]}?"), markup=False, classes="titel")
            yield Static(
                Content("Uw besluit staat vast en is verwerkt. De reden helpt het beleid beter maken."), markup=False
            )
            yield Static(Content("\n".join(f"  {key}  {text}" for key, text in KEYS.items())), markup=False)
            yield Static(Content("  t  In eigen woorden"), markup=False)
            yield self._words
            yield Static(Content("escape: later (F7)"), markup=False)

    def on_mount(self) -> None:
        """The line for own words comes when it is asked for."""
        self._words.display = False

    def action_choose(self, key: str) -> None:
        """Give a reason of the short list."""
        self.dismiss(KEYS[key])

    def action_own_words(self) -> None:
        """Type the reason."""
        self._words.display = True
        self.set_focus(self._words)

    @on(Input.Submitted)
    def _typed(self, message: Input.Submitted) -> None:
        if message.value.strip():
            self.dismiss(message.value.strip())
