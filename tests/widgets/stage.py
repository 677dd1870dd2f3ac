"""A bare app with one widget of the console in it, at a size of the test's choosing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, ComposeResult
from textual.message import Message

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget


class Stage(App[None], inherit_bindings=False):
    """Shows one widget and keeps every message they send."""

    CSS = (
        "Screen { layout: vertical; } Input { border: none; height: 1; padding: 0; } Column, Checklist { height: 1fr; }"
    )

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self.make = make
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.make()

    def told(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.heard if isinstance(message, kind)]

    def paste(self, text: str) -> None:
        driver = self._driver
        assert driver is not None
        driver.send_message(events.Paste(text))

    def lines(self) -> list[str]:
        """What stands on the screen."""
        strips = self.screen._compositor.render_strips(self.size)
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@asynccontextmanager
async def on_stage(
    shown: Widget | Callable[[], Widget], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Stage, Pilot[None]]]:
    """Run the app; a widget that needs an app to be made in comes as the way to make it."""
    app = Stage(shown if callable(shown) else lambda: shown)
    heard: dict[int, Message] = {}

    def hear(message: Message) -> None:
        if id(message) not in heard:
            heard[id(message)] = message
            app.heard.append(message)

    async with app.run_test(size=size, message_hook=hear) as pilot:
        await pilot.pause()
        yield app, pilot
