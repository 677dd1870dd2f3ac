"""The board of the shift lead within the console: the same figures, and the questions that wait for an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from console.overview.watch import LOOK_EVERY, RecordError, Watch
from console.screens.room import RoomScreen
from console.texts import words
from console.times import clock_time
from console.widgets.overview import OverviewLines

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Desk
    from console.model.overview import AskedCall
    from console.overview.figures import Figures


class OverviewScreen(RoomScreen):
    """Look, choose a question, say that you look at it, answer it."""

    CSS_PATH = "overview.tcss"
    TITLE_WORDS = words.overview.TITLE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "app.answer", words.overview.ANSWER, id="overzicht.beantwoorden"),
        Binding("p", "app.take_up", words.overview.TAKE_UP, id="overzicht.oppakken"),
        Binding("down", "screen.choose(1)", words.overview.NEXT, show=False, id="overzicht.volgende"),
        Binding("up", "screen.choose(-1)", words.overview.PREVIOUS, show=False, id="overzicht.vorige"),
        Binding("escape", "screen.back", words.overview.BACK, id="overzicht.terug"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Start empty; the first look fills it."""
        super().__init__(desk)
        self.lines = OverviewLines(desk.settings)
        self._watch = Watch(desk.settings, desk.clock)
        self._figures: Figures | None = None
        self._number = 0

    def compose(self) -> ComposeResult:
        """Status, the board, what was said last, keys."""
        yield self.status
        yield self.lines
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Keep looking for as long as the board is there."""
        self._keep_looking()

    def on_unmount(self) -> None:
        """Let go of the record."""
        self._watch.close()

    def on_resize(self) -> None:
        """Lay the board out anew."""
        self.call_after_refresh(self._draw)

    @property
    def chosen(self) -> AskedCall | None:
        """The question that the keys are about."""
        asked = self._figures.glance.asked if self._figures is not None else ()
        return asked[min(self._number, len(asked) - 1)] if asked else None

    def tick(self, moment: datetime) -> None:
        """Let the times run, and what was said about an earlier key go."""
        super().tick(moment)
        self.notice.forget(moment)
        self._draw()

    def action_choose(self, step: int) -> None:
        """Go to another question."""
        count = len(self._figures.glance.asked) if self._figures is not None else 0
        self._number = max(0, min(count - 1, self._number + step))
        self._draw()

    def action_back(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)

    def _draw(self) -> None:
        if self.is_mounted:
            at = self._figures.glance.at if self._figures is not None else self.desk.clock()
            said = words.overview.as_at(clock_time(at, seconds=True))
            self.lines.draw(self.desk.clock(), said, chosen=self.chosen)

    @work(group="overzicht", exclusive=True)
    async def _keep_looking(self) -> None:
        while True:
            try:
                figures = await self._watch.look()
            except RecordError as error:
                self.say(str(error))
            else:
                if figures is not None:
                    self._take(figures)
            await asyncio.sleep(LOOK_EVERY)

    def _take(self, figures: Figures) -> None:
        """Show what was seen; the chosen question stays the chosen one for as long as it waits."""
        before = self.chosen
        self._figures = figures
        places = [(each.call_id, each.number) for each in figures.glance.asked]
        if before is not None and (before.call_id, before.number) in places:
            self._number = places.index((before.call_id, before.number))
        self.lines.take(figures)
        self._draw()
