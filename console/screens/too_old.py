"""What was not delivered for too long: a list, most urgent first, in which a person says of each whether it must go."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from console.desk import RecordError
from console.model import AgedGroup, AgedList
from console.screens.room import RoomScreen
from console.screens.too_old_choice import AgedGroupScreen, AgedScreen
from console.texts import words
from console.widgets.aged_list import AgedRows, heading
from console.widgets.said import Said

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Desk
    from console.model import Board


class Heading(Widget):
    """Names the columns, above the list and as wide as it is."""

    groups = False

    def render(self) -> Content:
        """Draw the names."""
        return Content(heading(self.size.width, groups=self.groups))


class TooOldScreen(RoomScreen):
    """One by one, or by day and priority; nothing goes and nothing is dropped without a key of a person."""

    CSS_PATH = "too_old.tcss"
    TITLE_WORDS = words.too_old.TITLE
    AUTO_FOCUS = "#verouderd"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.choose", words.too_old.OPEN, priority=True, id="verouderd.kiezen"),
        Binding("g", "screen.groups", words.too_old.GROUPS, id="verouderd.groepen"),
        Binding("escape", "screen.back", words.too_old.TO_QUEUE, priority=True, id="verouderd.terug"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Start empty; the first look fills it."""
        super().__init__(desk)
        self.list = AgedRows(desk.clock())
        self.count = Said(id="telling")
        self._heading = Heading(id="kop")
        self._aged = AgedList((), (), 0)
        self._known: int | None = None

    def compose(self) -> ComposeResult:
        """Status, count, heading, list, keys."""
        yield self.status
        yield self.count
        yield self._heading
        yield self.list
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Look for the first time."""
        self.look_again()

    def show_board(self, board: Board) -> None:
        """Look again when there are more or fewer than before."""
        super().show_board(board)
        if board.too_old != self._known:
            self._known = board.too_old
            self.look_again()

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run."""
        super().tick(moment)
        self.list.tick(moment)
        self.notice.forget(moment)

    async def action_back(self) -> None:
        """Go back to the queue; what was not chosen stays as it is."""
        self.dismiss(None)

    def action_groups(self) -> None:
        """Show them by day and priority, or one by one again."""
        self._heading.groups = not self._heading.groups
        self._show()

    async def action_choose(self) -> None:
        """Ask what is to happen with what stands under the cursor."""
        row = self.list.current
        if row is None:
            return
        if isinstance(row, AgedGroup):
            await self.app.push_screen(AgedGroupScreen(self.desk, row, self._done))
            return
        try:
            await self.desk.read_aged(row)
        except RecordError as error:
            self.say(str(error))
            return
        await self.app.push_screen(AgedScreen(self.desk, row, self._done))

    @work(group="verouderd", exclusive=True)
    async def look_again(self) -> None:
        """Read what waits now."""
        try:
            self._aged = await self.desk.aged()
        except RecordError as error:
            self.say(str(error))
            return
        self._show()

    def _show(self) -> None:
        groups, found = self._heading.groups, self._aged
        total = words.too_old.in_groups(found.total) if groups else words.too_old.shown(len(found.first), found.total)
        self.count.update(Content(total))
        self.list.show(found.groups if groups else found.first)
        self._heading.refresh()

    def _done(self, said: str) -> None:
        self.say(said)
        self.look_again()
