"""What became known after a dispatch: shown line by line as it will reach the crew, sent with `enter`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.preview import full

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.model import Dispatch


class AdditionScreen(Dialog[None]):
    """Shows exactly what is new for the crew; stays, with the same addition, when recording fails."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.addition.SEND, priority=True, id="aanvulling.verstuur"),
        Binding("up", "read(-1)", words.decision.READ_UP, show=False, priority=True, id="aanvulling.omhoog"),
        Binding("down", "read(1)", words.decision.READ_DOWN, show=False, priority=True, id="aanvulling.omlaag"),
    ]

    def __init__(self, addition: Dispatch, send: Callable[[], Awaitable[str]], cad_name: str) -> None:
        """Show this addition; `send` gives the empty text, or a sentence that says what is wrong."""
        super().__init__()
        self._addition = addition
        self._send = send
        self._cad_name = cad_name
        self._reading = VerticalScroll(
            Static(Content("\n".join(full(line) for line in (*addition.briefing, *addition.told_once))), markup=False),
            can_focus=False,
            id="lezen",
        )
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Where it goes, what is new, what enter does."""
        addition = self._addition
        with Vertical():
            yield Static(Content(words.addition.title(addition.incident_id)), markup=False, classes="titel")
            yield Static(Content(words.addition.to_the_cad(self._cad_name, addition.priority)), markup=False)
            yield self._reading
            yield self._next

    def on_mount(self) -> None:
        """Say what enter does."""
        self._next.update(Content(words.addition.ENTER_SENDS))

    def action_read(self, lines: int) -> None:
        """Read on in an addition that is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False)

    async def action_confirm(self) -> None:
        """Send it; keys typed meanwhile wait until it is on disk."""
        trouble = await self._send()
        if trouble:
            self._next.update(Content(words.addition.try_again(trouble)))
        else:
            self.dismiss(None)
