"""The history: search in all calls that were recorded, and read what was said, decided and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from console.desk import RecordError
from console.safe_text import one_line
from console.screens.past_call import PastCallScreen
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.found_list import FoundList, heading
from console.widgets.line_input import LineInput
from console.widgets.list_heading import ListHeading
from console.widgets.marked import Marked

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.desk import Desk

QUERY_LIMIT: Final = 10_000
QUERY_SHOWN: Final = 80


class QueryLine(LineInput):
    """Where is typed what to look for; letters are letters here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", words.history.SEARCH, id="logboek.zoek"),
        Binding("down", "screen.to_results", words.history.RESULTS, show=False, id="logboek.naar_lijst"),
    ]


class ResultList(FoundList):
    """What was found; enter reads a call."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.read", words.history.READ, priority=True, id="logboek.lees"),
        Binding("slash", "screen.other_query", words.history.OTHER_SEARCH, priority=True, id="logboek.andere_vraag"),
    ]


class HistoryScreen(RoomScreen):
    """Type, enter, choose, enter; what is searched for and what is opened is logged (Wpg 32a), so nothing is by itself.

    That is why it searches at enter and not at each letter: half a name would show, and log, other people's calls.
    """

    CSS_PATH = "history.tcss"
    TITLE_WORDS = words.history.TITLE
    AUTO_FOCUS = "#vraag"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", words.history.TO_QUEUE, priority=True, id="logboek.terug"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Start with an empty question."""
        super().__init__(desk)
        self.query_line = QueryLine(placeholder=words.history.HINT, id="vraag", max_length=QUERY_LIMIT)
        self.list = ResultList(id="gevonden")

    def compose(self) -> ComposeResult:
        """Status, question, heading, results, keys."""
        yield self.status
        yield Marked(self.query_line, words.history.SEARCH_LABEL)
        yield ListHeading(self.list, heading)
        yield self.list
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Say what can be done."""
        self.list.show((), self.desk.clock(), empty=words.history.TYPE_FIRST)

    async def action_back(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)

    def action_to_results(self) -> None:
        """Choose among what was found."""
        if self.list.rows:
            self.set_focus(self.list)

    def action_other_query(self) -> None:
        """Search for something else."""
        self.set_focus(self.query_line)

    async def action_read(self) -> None:
        """Read the call under the cursor; from now on it counts as consulted."""
        row = self.list.current
        if row is None:
            return
        try:
            looked = await self.desk.look_up(row.call_id)
        except RecordError as error:
            self.say(str(error))
            return
        await self.go_to(PastCallScreen(self.desk, looked))

    @on(Input.Submitted, "#vraag")
    async def _search(self, message: Input.Submitted) -> None:
        query = message.value.strip()
        if not query:
            self.say(words.history.TYPE_FIRST)
            return
        try:
            found = await self.desk.find(query)
        except RecordError as error:
            self.say(str(error))
            return
        self.list.show(found, self.desk.clock(), empty=words.history.NOTHING_FOUND)
        self.say(words.history.found(len(found), one_line(query, QUERY_SHOWN)))
        if found:
            self.set_focus(self.list)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.say(message.sentence)
