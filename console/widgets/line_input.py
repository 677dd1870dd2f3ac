"""A line of text as this console uses it: no blinking, pasted lines become one line, a full line says so."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from console.texts import words

if TYPE_CHECKING:
    from textual.widget import Widget

_EDITING: Final = ("cursor", "delete", "end", "home", "submit")
"""How the names of the actions begin that change the line or the place in it; copying and leaving are the app's."""


async def keys_taken(*widgets: Widget) -> None:
    """Wait until the keys that were pressed so far did their work there: F5 or escape may come in the same burst.

    Without a limit of time: a link that stalls for seconds makes every clock run out at once.
    """
    for widget in widgets:
        done = asyncio.Event()
        if widget.is_running and widget.call_later(done.set):
            await done.wait()


class LineInput(Input):
    """An input whose text is kept by its screen while it is typed."""

    # Textual lays out the whole screen at each letter; a line stays as large as it is.
    virtual_size = Reactive(Size(0, 0), layout=False)

    @dataclass
    class Full(Message):
        """More was typed or pasted than the line holds; the rest was not taken over."""

        limit: int

        @property
        def sentence(self) -> str:
            """What the operator must hear."""
            return words.line_input.full(self.limit)

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        """Start with this text, the cursor at its end."""
        super().__init__(value, placeholder=placeholder, max_length=max_length, id=id, select_on_focus=False)
        self.cursor_blink = False
        self._limit = max_length

    async def _on_key(self, event: events.Key) -> None:
        """Edit at once, where Textual hands the key on to the app first: in a burst F5 would overtake a backspace."""
        for binding in self._bindings.key_to_bindings.get(event.key, []):
            if not binding.action.startswith(_EDITING):
                continue
            event.prevent_default()
            event.stop()
            await self.run_action(binding.action)

    def restricted(self) -> None:
        """Say that a letter was left out, where Textual rings the bell."""
        self.post_message(self.Full(self._limit))

    def _on_paste(self, event: events.Paste) -> None:
        """Take over all pasted lines as one, where Textual takes the first and drops the rest."""
        event.prevent_default()
        event.stop()
        text = " ".join(event.text.split())
        room = max(0, self._limit - len(self.value) + len(self.selected_text))
        if len(text) > room:
            self.restricted()
        self.replace(text[:room], *self.selection)
