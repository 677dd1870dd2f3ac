"""Passed on by telephone or radio: recorded with who and when, so that the CAD's return sends no second unit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.outcome import word_to_pass_on

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import DeliveryState


class ByHandScreen(Dialog[None]):
    """Asks whether somebody really heard it; only `enter` records it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.by_hand.CONFIRM, priority=True, id="hand.bevestig"),
    ]

    def __init__(self, delivery: DeliveryState, record: Callable[[], Awaitable[str]], cad_name: str) -> None:
        """Ask about this dispatch; `record` gives the empty text, or a sentence that says what is wrong."""
        super().__init__()
        self._delivery = delivery
        self._record = record
        self._cad_name = cad_name
        self._trouble = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The question and what its answer does."""
        with Vertical():
            title = words.by_hand.title(self._delivery.priority, addition=bool(self._delivery.adds_to))
            yield Static(Content(title), markup=False, classes="titel")
            yield Static(Content(words.by_hand.question(self._cad_name, word_to_pass_on(self._delivery))), markup=False)
            yield self._trouble
            yield Static(Content(words.by_hand.HOW), markup=False)

    async def action_confirm(self) -> None:
        """Record it, or stay and say why it could not be recorded."""
        trouble = await self._record()
        if trouble:
            self._trouble.update(Content(trouble))
        else:
            self.dismiss(None)
