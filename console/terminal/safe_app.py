"""The app that the console and the board are made from: guarded, ended by a signal, silent in a crash."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import sys
from typing import TYPE_CHECKING, Any, Final, Generic

from textual import screen as textual_screen
from textual._time import get_time
from textual.app import App, ReturnType
from textual.events import Key, MouseEvent, Paste
from textual.scrollbar import ScrollBar

from console import crash
from console.exit_codes import CRASHED
from console.model.attempts import Attempt
from console.system_log import SystemLog
from console.terminal import guard
from console.terminal.attempts import NOTE_EVERY, Attempts
from console.terminal.characters import AUTO, drawing
from console.terminal.driver import SafeDriver
from console.terminal.hardening import STOPPING
from console.terminal.letting_go import let_go_of_a_terminal_that_is_gone
from console.terminal.lifecycle import TerminalWatch
from console.terminal.pointing import place_of
from console.terminal.scroll_bar import PlainScrollBar
from console.terminal.sparing import SparingCompositor
from console.terminal.whole_frames import draw_whole_frames
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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

    It draws in the palette of the terminal, hands no text to anything outside it, and opens nothing. What is tried of
    that is refused, and noted with `note_attempt`: what, and how often. `locked` says that there may be no way out of
    the program but its own.

    Start it with `run_safely`. An app that derives from this may have an `on_mount` of its own: Textual calls both.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        home: Path,
        characters: str = AUTO,
        *,
        note_attempt: Callable[[str, int], None] | None = None,
        locked: bool = False,
    ) -> None:
        """Remember where reports go and with which characters to draw; nothing is written or watched before it runs."""
        # Said before the theme is set: what NO_COLOR does is chosen here, and the other choice draws black on black.
        super().__init__(driver_class=SafeDriver, ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"  # a list is where it scrolls to at once, over a slow line too
        self.crash_reporter = crash.of_this_program(home)
        self._characters = characters
        self.locked = locked
        self.attempts = Attempts(note_attempt or SystemLog(home).note)
        self._terminal_watch = TerminalWatch(self, refused=self._refuse_signal if locked else None)
        self._crashed = False

    def on_mount(self) -> None:
        """From here on signals and the state of the terminal decide too; a headless app has neither."""
        if not self.is_headless:
            self._terminal_watch.start()
            asyncio.get_running_loop().set_exception_handler(self._report_forgotten)
            self.call_after_refresh(_keep_pace)
            self.set_interval(TIDY_EVERY, tidy_up)
        self.set_interval(NOTE_EVERY, self.attempts.settle)

    async def on_unmount(self) -> None:
        """Note what was still being counted."""
        self.attempts.settle(leaving=True)

    def refused(self, sentence: str) -> None:  # noqa: ARG002 - for those that have a place for it
        """Tell the operator that something is not done here; an app with a place for words shows them."""
        self.bell()

    def attempted(self, what: str, sentence: str) -> None:
        """Refuse: tell the operator, and note it. `what` is a word of `Attempt`, never text from outside."""
        self.refused(sentence)
        self.attempts.note(what)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep what was copied for pasting within this program; nothing is written to the terminal (OSC 52)."""
        self._clipboard = text
        self.attempted(Attempt.CLIPBOARD, words.terminal.COPIED_INSIDE)

    def action_suspend_process(self) -> None:
        """A stopped program would leave a shell."""
        self.attempted(Attempt.SUSPEND, words.terminal.NO_SUSPENDING)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002 - the framework's own
        """Nothing is opened from a terminal of the room."""
        self.attempted(Attempt.ADDRESS, words.terminal.NO_OPENING)

    def save_screenshot(self, *_: object, **__: object) -> str:
        """A picture of a caller is not written; the name of no file."""
        self.attempted(Attempt.SCREENSHOT, words.terminal.NO_FILES)
        return ""

    def deliver_screenshot(self, *_: object, **__: object) -> str | None:
        """Not given out either."""
        self.attempted(Attempt.SCREENSHOT, words.terminal.NO_FILES)
        return None

    def deliver_text(self, *_: object, **__: object) -> str | None:
        """Nothing that stands in this program becomes a file of who looks at it."""
        self.attempted(Attempt.FILE, words.terminal.NO_FILES)
        return None

    def deliver_binary(self, *_: object, **__: object) -> str | None:
        """Nor this."""
        self.attempted(Attempt.FILE, words.terminal.NO_FILES)
        return None

    def action_command_palette(self) -> None:
        """It offers a screenshot, other colours and the end of the program."""
        self.attempted(Attempt.PALETTE, words.locked.NO_PALETTE)

    action_change_theme = action_command_palette

    def set_keymap(self, keymap: Mapping[str, str]) -> None:  # noqa: ARG002 - the framework's own
        """Keys mean what the operator's card says."""
        self.attempted(Attempt.KEYS, words.locked.NO_OTHER_KEYS)

    update_keymap = set_keymap

    def run_safely(self) -> int:
        """Run until it ends; the exit code: 0, 128 + n for a signal or a hang-up, 70 for a crash, told in one line."""
        guard.install(drawing(self._characters, os.environ, sys.__stderr__.encoding if sys.__stderr__ else ""))
        faulthandler.disable()  # over a screen nobody could read the places that a hard fault writes
        try:
            self.run(mouse=False)
        except Exception as error:  # noqa: BLE001 -- the edge of the program: a traceback would show what must not be
            self._note_crash(error)
        finally:
            self._terminal_watch.stop()
        code = self.crash_reporter.last_word(CRASHED if self._crashed else self.return_code or 0)
        let_go_of_a_terminal_that_is_gone()
        return code

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
        """Nobody presses a key on a screen that cannot be read, or once the last one closed and the program ends.

        There is no mouse: what says so was made up.
        """
        if isinstance(event, MouseEvent):
            if not event.is_forwarded:
                self.attempts.note(Attempt.MOUSE)
        elif not (isinstance(event, (Key, Paste)) and (self.too_small or not self.screen_stack)):
            if isinstance(event, Key) and not event.is_forwarded:
                self._refuse_a_way_out(event)
            await super().on_event(event)

    def _refuse_a_way_out(self, event: Key) -> None:
        """Note the keys that leave other programs of a terminal; they do nothing here by themselves."""
        if event.key == "ctrl+z":
            self.action_suspend_process()
        elif event.key == "ctrl+backslash":
            self.attempted(Attempt.INTERRUPT, words.locked.NO_INTERRUPTING)
        elif event.key == "ctrl+p" and self.screen_stack and event.key not in self.screen.active_bindings:
            self.action_command_palette()

    def _refuse_signal(self, number: int) -> None:
        what = Attempt.SUSPEND if number in STOPPING else Attempt.INTERRUPT
        self.attempted(what, words.locked.NO_STOPPING if number in STOPPING else words.locked.NO_INTERRUPTING)

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
        self.crash_reporter.crashed(error)
        self._crashed = True
        self._return_code = CRASHED

    def _report_forgotten(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """asyncio would log the message of an exception that nobody waited for; its place is enough.

        Whoever works here must hear of it at once: it may have been what keeps the words that are being typed.
        """
        if isinstance(error := context.get("exception"), BaseException):
            self.crash_reporter.note(error)
            self.refused(words.crash.beside(self.crash_reporter.incident))


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
