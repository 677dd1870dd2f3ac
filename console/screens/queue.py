"""The queue: every open call of the room, what waits on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from console.model import Board, Link, QueueRow, Stage
from console.safe_text import one_line
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.call_list import CallList, heading, waiting_words
from console.widgets.line_input import LineInput

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Desk


class Heading(Widget):
    """Names the columns, above the list and as wide as it is."""

    def render(self) -> Content:
        """Draw the names."""
        return Content(heading(self.size.width))


class SearchLine(LineInput):
    """Where is typed what to search for; letters are letters here, so it names its own way out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", words.queue.TO_LIST, id="zoek.naar_lijst"),
        Binding("escape", "screen.clear_filter", words.queue.CLEAR, id="zoek.wis"),
    ]


class QueueScreen(RoomScreen):
    """Where an operator waits, and comes back to after each call."""

    CSS_PATH = "queue.tcss"
    TITLE_WORDS = words.queue.TITLE
    AUTO_FOCUS = "#lijst"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "app.new_call", words.queue.NEW, id="wachtrij.nieuw"),
        Binding("o", "app.take_over", words.queue.TAKE_OVER, id="wachtrij.overnemen"),
        Binding("slash", "filter", words.queue.SEARCH, id="wachtrij.zoek"),
        Binding("escape", "screen.clear_filter", words.queue.CLEAR_SEARCH, show=False, id="wachtrij.wis"),
        Binding("ctrl+q", "app.leave", words.queue.LEAVE, priority=True, id="wachtrij.stoppen"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Start with an empty room; the first look fills it."""
        super().__init__(desk)
        self.list = CallList(desk.clock())
        self.counts = Static(markup=False, id="telling")
        self.filter = SearchLine(placeholder=words.queue.FILTER_HINT, id="zoek", max_length=80)
        self._board = Board(rows=(), link=Link(None, None, None), version=0)

    def compose(self) -> ComposeResult:
        """Status, counts, heading, list, keys."""
        yield self.status
        yield self.counts
        yield Heading(id="kop")
        yield self.list
        yield self.filter
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Hide the search line until it is asked for."""
        self.filter.display = False
        self._count()

    def show_board(self, board: Board) -> None:
        """Show the room; what is typed and where the cursor stands stay."""
        super().show_board(board)
        self._board = board
        self._show_rows()

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run, and what was said about an earlier key go."""
        super().tick(moment)
        self.list.tick(moment)
        self.notice.forget(moment)
        self._count()

    def action_filter(self) -> None:
        """Search among the open calls."""
        self.filter.display = True
        self.set_focus(self.filter)

    def action_clear_filter(self) -> None:
        """Show all calls again."""
        self.filter.value = ""
        self.filter.display = False
        self.set_focus(self.list)

    @on(Input.Changed, "#zoek")
    def _filtered(self) -> None:
        self._show_rows()

    @on(Input.Submitted, "#zoek")
    def _to_list(self) -> None:
        self.set_focus(self.list)

    @property
    def _wanted(self) -> str:
        return self.filter.value.strip().lower()

    def _show_rows(self) -> None:
        wanted = self._wanted
        found = [row for row in self._board.rows if wanted in _searchable(row)]
        nothing = words.queue.NOTHING_FOUND if wanted and self._board.rows else words.call_list.NOBODY_WAITS
        self.list.show(found, empty=nothing)
        self._count()

    def _count(self) -> None:
        moment = self.desk.clock()
        rows = self._board.rows
        waiting = [row.received_at for row in rows if row.stage is Stage.WAITING]
        unconfirmed = [row.delivery.created_at for row in rows if row.delivery and not row.delivery.state.settled]
        busy = sum(row.stage is Stage.IN_PROGRESS for row in rows)
        parts = [
            words.queue.waiting(len(waiting), waiting_words(min(waiting), moment) if waiting else None),
            words.queue.in_progress(busy),
            words.queue.unconfirmed(len(unconfirmed), waiting_words(min(unconfirmed), moment) if unconfirmed else None),
        ]
        if self._wanted:
            parts.insert(0, words.queue.searching(len(self.list.rows), len(rows)))
        self.counts.update(Content(" " + " | ".join(parts)))


def _searchable(row: QueueRow) -> str:
    parts = (row.call_id, row.channel.value, row.number, row.place, row.first_words, row.owner or "")
    return one_line(" ".join(parts), 400).lower()
