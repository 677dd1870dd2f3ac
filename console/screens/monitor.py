"""The shift lead's board as a program of its own: it looks, draws, and has no key that does anything to the room."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from console.connection import link_words
from console.overview.ringing import SignalBell
from console.overview.watch import LOOK_EVERY, RecordError, Watch
from console.system_log import NowhereToNoteError, SystemLog
from console.terminal.safe_app import SafeApp
from console.texts import words
from console.times import clock_time, elapsed
from console.widgets.key_hints import KeyHints
from console.widgets.overview import OverviewLines
from console.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.overview.figures import Figures
    from console.settings import Settings

STALE_AFTER: Final = 3.0
"""Seconds without a look that came through, after which the board says that it is old."""


class MonitorScreen(Screen[None], inherit_bindings=False):
    """Status, the board, the few keys there are."""

    def __init__(
        self, settings: Settings, who: str, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        """Start empty; the first look fills it."""
        super().__init__()
        self._monotonic = monotonic
        self._settings = settings
        self._clock = clock
        beside = f"{words.overview.READ_ONLY}  {who}"
        self.status = StatusLine(words.overview.TITLE, beside, exercise=settings.exercise, moment=clock())
        self.board = OverviewLines(settings)
        self.sound = SignalBell(self.app.bell, on=settings.bell)
        self.hints = KeyHints()
        self._looked_at = self._drawn_at = monotonic()
        self._as_of = clock()
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.status
        yield self.board
        yield self.hints

    def on_mount(self) -> None:
        """Show the keys."""
        self.hints.show(active.binding for active in self.active_bindings.values())

    def on_resize(self) -> None:
        """Lay the board out anew."""
        self.call_after_refresh(self.tick)

    def take(self, figures: Figures | None) -> None:
        """Take over what was seen; None when nothing was new."""
        self._looked_at, self._trouble = self._monotonic(), ""
        self._as_of = self._clock()
        if figures is not None:
            self.board.take(figures)
            self.status.show(link=link_words(figures.glance.link, self._settings.cad_name, self._as_of))

    def fail(self, sentence: str) -> None:
        """Say why the room cannot be seen, once it cannot be for long enough to matter."""
        self._trouble = sentence

    @property
    def just_drawn(self) -> bool:
        """True when news was drawn so lately that the times on the board need no drawing of their own."""
        return self._monotonic() - self._drawn_at < LOOK_EVERY * 0.8

    def tick(self) -> None:
        """Draw the board as it is at this moment."""
        moment, age = self._clock(), self._monotonic() - self._looked_at
        self._drawn_at = self._monotonic()
        self.status.tick(moment)
        found = self.board.draw(moment, words.overview.updated(age), words.overview.sound(on=self.sound.on))
        if found is not None:
            self.sound.hear(found)
        if age < STALE_AFTER:
            self.status.trouble("")
        else:
            lasts = elapsed(moment - timedelta(seconds=age), moment)
            stale = words.overview.stale(clock_time(self._as_of, seconds=True), lasts)
            self.status.trouble(f"{stale} {self._trouble}".rstrip())


class MonitorApp(SafeApp[int], inherit_bindings=False):
    """Looks at the room until somebody leaves; `folder` is where a report of a crash of this program is kept."""

    CSS_PATH = "monitor.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", words.overview.LEAVE, id="overzicht.stoppen"),
        Binding("b", "sound", words.overview.SOUND, id="overzicht.geluid"),
        Binding("ctrl+q", "leave", words.overview.LEAVE, show=False, priority=True, id="overzicht.stoppen_ook"),
        Binding("ctrl+c", "leave", words.overview.LEAVE, show=False, system=True, id="overzicht.onderbreken"),
    ]

    def __init__(
        self,
        settings: Settings,
        who: str,
        clock: Callable[[], datetime],
        folder: Path,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        log: SystemLog | None = None,
        locked: bool = False,
    ) -> None:
        """Show the room of these settings to `who`; what is tried that is not done here goes into `log`."""
        self._notes = log or SystemLog(folder)
        super().__init__(folder, settings.characters, note_attempt=self._note_attempt, locked=locked)
        self._settings, self._who, self._clock = settings, who, clock
        self._monotonic = monotonic
        self._watch = Watch(settings, clock)

    @property
    def board(self) -> MonitorScreen:
        """The one screen there is."""
        return next(screen for screen in self.screen_stack if isinstance(screen, MonitorScreen))

    def on_mount(self) -> None:
        """Show the board and keep it current."""
        self.push_screen(MonitorScreen(self._settings, self._who, self._clock, self._monotonic))
        self._keep_looking()
        self.set_interval(LOOK_EVERY, self._tick)

    async def on_unmount(self) -> None:
        """Let go of the record."""
        self._watch.close()

    def _note_attempt(self, what: str, times: int) -> None:
        """Write it down; where nothing takes it now, count it on and say so."""
        try:
            self._notes.note(what, times)
        except NowhereToNoteError as error:
            self.attempts.put_back(what, times)
            self.board.fail(str(error))

    def action_leave(self) -> None:
        """End."""
        self.exit(0)

    def action_sound(self) -> None:
        """Ring the bell, or no longer."""
        sound = self.board.sound
        sound.on = not sound.on
        self.board.tick()

    @work(group="kijken", exclusive=True)
    async def _keep_looking(self) -> None:
        while True:
            try:
                figures = await self._watch.look()
            except RecordError as error:
                self.board.fail(str(error))
            else:
                self.board.take(figures)
                if figures is not None:
                    self.board.tick()
            await asyncio.sleep(LOOK_EVERY)

    def _tick(self) -> None:
        there = any(isinstance(each, MonitorScreen) for each in self.screen_stack)  # it is not while the program ends
        if there and not self.board.just_drawn:
            self.board.tick()
