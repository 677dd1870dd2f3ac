"""One call to read, with everything that was recorded of it; nothing can be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.desk import RecordError
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.file_page import FilePage
from console.widgets.reading_list import ReadingList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.desk import Desk, Looked


class PageList(ReadingList):
    """The page; enter follows the call that the line under the cursor is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.follow", words.history.FOLLOW, priority=True, id="lezen.volg"),
    ]


class PastCallScreen(RoomScreen):
    """A call as it was when it was looked up."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#bladzijde"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "app.take_found", words.history.OPEN, priority=True, id="lezen.aannemen"),
        Binding("s", "screen.special", words.history.SHOW_SPECIAL, priority=True, id="lezen.bijzonder"),
        Binding("escape", "screen.back", words.history.BACK, priority=True, id="lezen.terug"),
    ]

    def __init__(self, desk: Desk, looked: Looked) -> None:
        """Show a call that was looked up."""
        super().__init__(desk)
        self.looked = looked
        self.page = PageList(id="bladzijde")

    def compose(self) -> ComposeResult:
        """Status, the page, keys."""
        yield self.status
        yield self.page
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Show the page."""
        self.status.show(title=words.history.title(self.looked.file.call_id))
        self._show()

    async def action_back(self) -> None:
        """Back to where this was opened."""
        self.dismiss(None)

    async def action_follow(self) -> None:
        """Read the other call that this line is about."""
        row = self.page.current
        if row is None or not row.line.leads_to:
            self.say(words.history.LEADS_NOWHERE)
            return
        looked = await self._look_up(row.line.leads_to)
        if looked is not None:
            await self.go_to(PastCallScreen(self.desk, looked))

    async def action_special(self) -> None:
        """Show what Wpg 5 protects too; that it was read is logged."""
        if self.looked.special:
            self.say(words.history.NO_SPECIAL)
            return
        looked = await self._look_up(self.looked.file.call_id, special=True)
        if looked is not None:
            self.looked = looked
            self._show()
            self.say(words.history.SPECIAL_SHOWN)

    async def _look_up(self, call_id: str, *, special: bool = False) -> Looked | None:
        try:
            return await self.desk.look_up(call_id, special=special)
        except RecordError as error:
            self.say(str(error))
            return None

    def _show(self) -> None:
        looked = self.looked
        page = FilePage(
            looked.file,
            looked.policy,
            cad_name=self.desk.settings.cad_name,
            moment=self.desk.clock(),
            special=looked.special,
        )
        self.page.show(page.lines(looked.versions, looked.related))
