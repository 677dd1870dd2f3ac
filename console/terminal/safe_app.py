"""The app that the console and the board are made from: guarded, ended by a signal, silent in a crash."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING, Any, Final, Generic

from textual import screen as textual_screen
from textual._time import get_time
from textual.app import App, ReturnType
from textual.events import Key, Paste
from textual.scrollbar import ScrollBar

from console.terminal import guard
from console.terminal.characters import AUTO, drawing
from console.terminal.crash import CRASHED, CrashReporter
from console.terminal.driver import SafeDriver
from console.terminal.letting_go import let_go_of_a_terminal_that_is_gone
from console.terminal.lifecycle import TerminalWatch
from console.terminal.pointing import place_of
from console.terminal.scroll_bar import PlainScrollBar
from console.terminal.sparing import SparingCompositor
from console.terminal.whole_frames import draw_whole_frames
from console.texts import words

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType
    from textual.events import Event
    from textual.screen import Screen


TIDY_EVERY: Final = 60.0
"""Seconds between two collections of garbage; the memory of a day stays that of a minute."""

LEAST_COLUMNS: Final = 80
LEAST_LINES: Final = 22
"""A terminal of 24 lines of which a multiplexer took two."""

ScrollBar.renderer = PlainScrollBar
textual_screen.Compositor = SparingCompositor  # type: ignore[attr-defined]
draw_whole_frames()


class SafeApp(App[ReturnType], Generic[ReturnType]):
    """An app for text from strangers on a terminal of the police. `home` is where the report of a crash is kept.

    It draws in the palette of the terminal, hands no text to anything outside it, and opens nothing.

    Start it with `run_safely`. An app that derives from this may have an `on_mount` of its own: Textual calls both.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, home: Path, characters: str = AUTO) -> None:
        """Remember where reports go and with which characters to draw; nothing is written or watched before it runs."""
        # Said before the theme is set: what NO_COLOR does is chosen here, and the other choice draws black on black.
        super().__init__(driver_class=SafeDriver, ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"  # a list is where it scrolls to at once, over a slow line too
        self.crash_reporter = CrashReporter(home)
        self._characters = characters
        self._terminal_watch = TerminalWatch(self)
        self._crashed = False

    def on_mount(self) -> None:
        """From here on signals and the state of the terminal decide too; a headless app has neither."""
        if not self.is_headless:
            self._terminal_watch.start()
            asyncio.get_running_loop().set_exception_handler(self._report_forgotten)
            self.call_after_refresh(_keep_pace)
            self.set_interval(TIDY_EVERY, tidy_up)

    def refused(self, sentence: str) -> None:  # noqa: ARG002 - for those that have a place for it
        """Tell the operator that something is not done here; an app with a place for words shows them."""
        self.bell()

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what was copied for pasting within this program; nothing is written to the terminal (OSC 52)."""
        self._clipboard = text
        self.refused(words.terminal.COPIED_INSIDE)

    def action_suspend_process(self) -> None:
        """A stopped program would leave a shell."""
        self.refused(words.terminal.NO_SUSPENDING)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002 - the framework's own
        """Nothing is opened from a terminal of the room."""
        self.refused(words.terminal.NO_OPENING)

    def save_screenshot(
        self,
        filename: str | None = None,  # noqa: ARG002 - the framework's own
        path: str | None = None,  # noqa: ARG002
        time_format: str | None = None,  # noqa: ARG002
    ) -> str:
        """A picture of a caller is not written; the name of no file."""
        self.refused(words.terminal.NO_FILES)
        return ""

    def deliver_screenshot(
        self,
        filename: str | None = None,  # noqa: ARG002 - the framework's own
        path: str | None = None,  # noqa: ARG002
        time_format: str | None = None,  # noqa: ARG002
    ) -> str | None:
        """Not given out either."""
        self.refused(words.terminal.NO_FILES)
        return None

    def run_safely(self) -> int:
        """Run until it ends; the exit code: 0, 128 + n for a signal or a hang-up, 70 for a crash, told in one line."""
        guard.install(drawing(self._characters, os.environ, sys.__stderr__.encoding if sys.__stderr__ else ""))
        self.crash_reporter.install()
        try:
            self.run(mouse=False)
        except Exception as error:  # noqa: BLE001 -- the edge of the program: a traceback would show what must not be
            self._note_crash(error)
        finally:
            self._terminal_watch.stop()
        if self._crashed:
            with contextlib.suppress(OSError):  # the terminal may be what went away
                sys.stderr.write(self.crash_reporter.line + "\n")
        let_go_of_a_terminal_that_is_gone()
        return CRASHED if self._crashed else self.return_code or 0

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own prints local variables; this keeps a report, and `run_safely` says so."""
        if self._exception is None:
            self._exception = error  # a pilot raises it again, so that a test fails on it
            self._exception_event.set()
        self._note_crash(error)
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """What Textual would print is dropped: it is a traceback of the thread that reads the keys."""
        self._note_crash(RuntimeError(f"panic with {len(renderables)} renderables"))
        self._close_messages_no_wait()

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """A full screen hides what is behind it: Textual would draw that at each tick, and this one over it."""
        return super()._background_screens if self.screen.is_modal else []

    @property
    def too_small(self) -> bool:
        """True in a window in which the screens would lose what must be read; a test without a terminal has none."""
        return not self.is_headless and (self.size.width < LEAST_COLUMNS or self.size.height < LEAST_LINES)

    def painting_at(self) -> float | None:
        """When what is drawn now is painted, by the clock that says when a key was read (seconds).

        None while the terminal does not keep up: then it is left out. A test without a terminal always keeps up.
        """
        if isinstance(self._driver, SafeDriver) and not self._driver.keeps_up:
            return None
        return get_time()

    async def on_event(self, event: Event) -> None:
        """Nobody presses a key on a screen that cannot be read."""
        if not (self.too_small and isinstance(event, (Key, Paste))):
            await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Paint, and leave the terminal's own cursor where the operator is."""
        if self.too_small:
            if isinstance(self._driver, SafeDriver):
                self._driver.say_only(words.terminal.too_small(LEAST_COLUMNS, LEAST_LINES), *self.size)
            return
        self.cursor_position = place_of(self.screen) or self.cursor_position
        super()._display(screen, renderable)

    def _begin_update(self) -> None:
        """Paint in one piece, with the cursor out of sight while it runs over the screen."""
        if isinstance(self._driver, SafeDriver):
            self._driver.begin_paint()
        super()._begin_update()

    def _end_update(self) -> None:
        super()._end_update()
        if isinstance(self._driver, SafeDriver):
            self._driver.end_paint()

    def _note_crash(self, error: Exception) -> None:
        self.crash_reporter.report(error)
        self._crashed = True
        self._return_code = CRASHED

    def _report_forgotten(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """asyncio would log the message of an exception that nobody waited for; its place is enough."""
        if isinstance(error := context.get("exception"), BaseException):
            self.crash_reporter.report(error)


def tidy_up() -> None:
    """Collect all garbage at once: some milliseconds, because what was there at the start is left out."""
    gc.collect()


def _keep_pace() -> None:
    """No key waits for garbage to be collected or for a thread that computes: once all that stays is loaded.

    What stays is left out of every collection, and those come after 100,000 objects instead of 700. A thread that reads
    a thousand calls lets go of the interpreter each millisecond instead of each five.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()
    sys.setswitchinterval(0.001)
