"""A dialog that asks for one line: `enter` hands it on, `escape` leaves with what was typed kept for next time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from console.screens.dialog import Dialog
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.marked import Marked

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.screens.draft import Draft

TEXT_LIMIT: Final = 10_000


class LineScreen(Dialog[None]):
    """Title, what to know, a line, and what enter does; stays, and says why, when the line is refused."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#regel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", show=False, priority=True, id="regel.bevestig"),
        Binding("up", "read(-1)", show=False, priority=True, id="regel.omhoog"),
        Binding("down", "read(1)", show=False, priority=True, id="regel.omlaag"),
    ]

    def __init__(
        self,
        title: str,
        lines: Sequence[str],
        draft: Draft,
        give: Callable[[str], Awaitable[str]],
        *,
        then: str,
        empty: str,
    ) -> None:
        """Ask for a line; `give` gives the empty text, or a sentence that says what is wrong with it.

        `then` says what enter does, `empty` what to type first.
        """
        super().__init__()
        self._title = title
        self._lines = lines
        self._draft = draft
        self._give = give
        self._then = then
        self._empty = empty
        self.line = LineInput(draft.text, max_length=TEXT_LIMIT, id="regel")
        self._reading = VerticalScroll(Static(Content("\n".join(lines)), markup=False), can_focus=False, id="lezen")
        self.next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Title, what to know, the line, what enter does."""
        with Vertical():
            yield Static(Content(self._title), markup=False, classes="titel")
            yield self._reading
            yield Marked(self.line)
            yield self.next

    def on_mount(self) -> None:
        """Say what enter does."""
        self.next.update(Content(self._then))

    def action_read(self, lines: int) -> None:
        """Read on in what is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False)

    async def action_leave(self) -> None:
        """Go back; what was typed is kept for next time."""
        await keys_taken(self.line)
        self._draft.keep(self.line.value)
        self.dismiss(None)

    async def action_confirm(self) -> None:
        """Hand the line on; keys typed meanwhile wait, so that none of them closes what is not closed yet."""
        await keys_taken(self.line)
        said = self.line.value.strip()
        self._draft.keep(self.line.value)
        await self._draft.settled()  # else what was typed last comes after what it became, and is refused
        trouble = await self._give(said) if said or not self._empty else self._empty
        if trouble:
            self.next.update(Content(trouble))
        else:
            self.line.value = ""
            self._draft.keep("")
            self.dismiss(None)

    @on(Input.Changed, "#regel")
    def _line_changed(self) -> None:
        self._draft.keep(self.line.value)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.next.update(Content(message.sentence))
