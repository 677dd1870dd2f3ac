"""Taking over a colleague's call: never silent, never by time-out, always with a reason that the colleague hears."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.safe_text import one_line
from console.screens.dialog import Dialog
from console.texts import words
from console.times import clock_time
from console.widgets.line_input import LineInput, keys_taken

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import QueueRow

REASON_LIMIT: Final = 200


class TakeOverScreen(Dialog[None]):
    """Asks why; `enter` takes the call over, and only from the colleague who was shown."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#reden"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", show=False, priority=True, id="overnemen.bevestig"),
    ]

    def __init__(self, row: QueueRow, take: Callable[[str], Awaitable[str]]) -> None:
        """Ask about this call; `take` gives the empty text, or a sentence that says why it could not be taken."""
        super().__init__()
        self._row = row
        self._take = take
        self._line = LineInput(max_length=REASON_LIMIT, id="reden")
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Who has it, whether their console still lives, and the reason."""
        row = self._row
        silent_since = clock_time(row.stale_since) if row.stale_since else None
        owner = one_line(row.owner or "")
        with Vertical():
            yield Static(Content(words.take_over.title(row.call_id, owner)), markup=False, classes="titel")
            yield Static(Content(words.take_over.what_it_does(owner, silent_since)), markup=False)
            yield Static(Content(words.take_over.WHY), markup=False)
            yield self._line
            yield self._next

    def on_mount(self) -> None:
        """Say what the keys do."""
        self._next.update(Content(words.take_over.HOW))

    async def action_confirm(self) -> None:
        """Take it over; keys typed meanwhile wait until the call is on screen."""
        await keys_taken(self._line)
        reason = self._line.value.strip()
        trouble = await self._take(reason) if reason else words.take_over.TYPE_FIRST
        if trouble:
            self._next.update(Content(trouble))
