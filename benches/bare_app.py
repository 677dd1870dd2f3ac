"""The floor of every screen: a Textual app that shows one line and counts keys; `python -m benches.bare_app`."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

READY = "bare app, key 0"


class BareApp(App[None]):
    """Nothing but the framework."""

    keys = 0

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static(READY)

    def on_key(self, _event: Key) -> None:
        """Change it."""
        self.keys += 1
        self.query_one(Static).update(f"bare app, key {self.keys}")


if __name__ == "__main__":
    BareApp().run()
