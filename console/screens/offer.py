"""The earlier call to which this one belongs: offered once this one was passed on to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class OfferScreen(Dialog[None]):
    """Asks whether to go on in the earlier call; only `enter` opens it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.offer.OPEN, priority=True, id="eerdere.open"),
    ]

    def __init__(self, call_id: str, go: Callable[[], Awaitable[None]]) -> None:
        """Offer this call; `go` opens it."""
        super().__init__()
        self._call_id = call_id
        self._go = go

    def compose(self) -> ComposeResult:
        """Which call, and what the keys do."""
        with Vertical():
            yield Static(Content(words.offer.title(self._call_id)), markup=False, classes="titel")
            yield Static(Content(words.offer.question(self._call_id)), markup=False)
            yield Static(Content(words.offer.HOW), markup=False, id="verder")

    async def action_confirm(self) -> None:
        """Go on in the earlier call."""
        self.dismiss(None)
        await self._go()
