"""A Textual app as it comes, with none of our guards: what leads out of it; `python -m tests.terminal.bare_app`."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """Shows that it is ready; `x` does what it was started for, `q` ends it."""

    ENABLE_COMMAND_PALETTE = True

    def compose(self) -> ComposeResult:
        yield Static("klaar voor gebruik")

    async def key_x(self) -> None:
        action = sys.argv[1]
        if action == "open":
            self.open_url("http://voorbeeld.invalid")
        elif action == "copy":
            self.copy_to_clipboard("mw. Jansen")
        elif action == "picture":
            self.save_screenshot(path=sys.argv[2])
        else:
            await self.run_action(action)

    def key_q(self) -> None:
        self.exit()


if __name__ == "__main__":
    BareApp().run()
