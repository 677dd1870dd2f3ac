"""Small apps that end in each way there is; `python -m tests.terminal.small_apps WHAT HOME`."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widgets import Static

from console.terminal.safe_app import SafeApp

if TYPE_CHECKING:
    from textual.app import ComposeResult

PLANTED = "Truus Plantsoen 06-00001234"
"""A caller's name and number, which no crash may show."""


class SmallApp(SafeApp[None]):
    """Shows that it is ready, then does what it was started for; `x` is its ordinary end."""

    def __init__(self, what: str, home: Path) -> None:
        super().__init__(home)
        self.what = what

    def compose(self) -> ComposeResult:
        yield Static(Content("klaar voor gebruik"))

    def on_mount(self) -> None:
        self.call_after_refresh(getattr(self, f"do_{self.what}"), PLANTED)

    def key_x(self) -> None:
        self.exit()

    def do_ordinary(self, caller: str) -> None:
        """Wait for a key."""

    do_lingering = do_ordinary

    def do_busy(self, caller: str) -> None:
        self.set_interval(0.01, lambda: self.query_one(Static).update(Content(f"{caller} {time.monotonic()}")))

    do_deaf = do_busy

    def do_blocked(self, caller: str) -> None:
        self.query_one(Static).update(Content(caller))
        time.sleep(60)

    def do_crash(self, caller: str) -> None:
        raise ValueError(f"kan {caller} niet lezen")

    def do_markup(self, caller: str) -> None:
        self.query_one(Static).update(f"{caller} [/b]")

    @work
    async def do_worker(self, caller: str) -> None:
        raise ValueError(f"{caller} is onbekend")

    def do_forgotten(self, caller: str) -> None:
        async def forget() -> None:
            raise ValueError(caller)

        asyncio.create_task(forget()).add_done_callback(lambda _: self.exit())

    def do_thread(self, caller: str) -> None:
        thread = threading.Thread(target=int, args=[caller])
        thread.start()
        thread.join()
        self.exit()


if __name__ == "__main__":
    if sys.argv[1] == "deaf":
        # As under a launcher that blocks it: the hang-up is never heard.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    app = SmallApp(sys.argv[1], Path(sys.argv[2]))
    app._terminal_watch.look_every, app._terminal_watch.grace = 0.1, 0.5
    code = app.run_safely()
    if sys.argv[1] == "lingering":
        sys.stderr.write("scherm dicht\n")
        time.sleep(60)
    sys.exit(code)
