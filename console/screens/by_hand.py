"""Passed on by telephone or radio: recorded with who and when, so that the CAD's return sends no second unit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.outcome import briefing_to_pass_on

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import DeliveryState


class ByHandScreen(Dialog[None]):
    """Asks whether somebody really heard it; only `enter` records it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.by_hand.CONFIRM, priority=True, id="hand.bevestig"),
        Binding("up", "read(-1)", words.decision.READ_UP, show=False, priority=True, id="hand.omhoog"),
        Binding("down", "read(1)", words.decision.READ_DOWN, show=False, priority=True, id="hand.omlaag"),
    ]

    def __init__(self, delivery: DeliveryState, record: Callable[[], Awaitable[str]], question: str) -> None:
        """Ask this about a dispatch; `record` gives the empty text, or a sentence that says what is wrong."""
        super().__init__()
        self._delivery = delivery
        self._record = record
        self._question = question
        self._trouble = Static(markup=False)
        briefing = "\n".join(briefing_to_pass_on(delivery))
        self._reading = VerticalScroll(Static(Content(briefing), markup=False), can_focus=False, id="lezen")

    def compose(self) -> ComposeResult:
        """What to read to the dispatcher, the question and what its answer does."""
        with Vertical():
            title = words.by_hand.title(self._delivery.priority, addition=bool(self._delivery.adds_to))
            yield Static(Content(title), markup=False, classes="titel")
            yield self._reading
            yield Static(Content(self._question), markup=False)
            yield self._trouble
            yield Static(Content(words.by_hand.HOW), markup=False, id="verder")

    def action_read(self, lines: int) -> None:
        """Read on in what is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False)

    async def action_confirm(self) -> None:
        """Record it, or stay and say why it could not be recorded."""
        trouble = await self._record()
        if trouble:
            self._trouble.update(Content(trouble))
        else:
            self.dismiss(None)
