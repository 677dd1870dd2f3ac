"""The queue: every open call of the room, what waits on top."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from console.connection import delivery_gone
from console.model import Board, Link, Stage
from console.safe_text import one_line
from console.screens.room import RoomScreen
from console.texts import words
from console.times import clock_time, said_time, waiting_words
from console.widgets.call_list import CallList
from console.widgets.key_hints import key_name
from console.widgets.line_input import LineInput
from console.widgets.list_heading import ListHeading
from console.widgets.marked import Marked
from console.widgets.queue_filter import QueueFilter
from console.widgets.queue_order import count
from console.widgets.queue_words import alarm_words, heading
from console.widgets.said import Said

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Desk


FILTER_LIMIT: Final = 10_000
KEYS_OF_A_CALL: Final = (
    *(f"f{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)),
    *(f"ctrl+{letter}" for letter in "goprtl"),
)
"""What a hand that thinks it is still in a call presses here."""


class Heading(ListHeading):
    """Names the columns, or says it when somebody waits above the window."""

    def __init__(self, calls: CallList) -> None:
        """Stand above these calls."""
        super().__init__(calls, heading)
        self._calls = calls

    def render(self) -> Content:
        """Draw the names, or what is out of sight."""
        above = self._calls.pressing_above
        return Content(set_cell_size(words.queue.out_of_sight(above), self.size.width)) if above else super().render()


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
        Binding("p", "app.paper", words.paper.FROM_PAPER, show=False, id="wachtrij.papier"),
        Binding("l", "app.history", words.queue.HISTORY, id="wachtrij.logboek"),
        Binding("m", "app.overview", words.overview.KEY, id="wachtrij.overzicht"),
        Binding("u", "app.too_old", words.too_old.KEY, show=False, id="wachtrij.verouderd"),
        Binding("v", "app.answer", words.consult.ANSWER_KEY, show=False, id="wachtrij.beantwoorden"),
        Binding("b", "app.sound", words.queue.SOUND, show=False, id="wachtrij.geluid"),
        Binding("escape", "screen.clear_filter", words.queue.CLEAR_SEARCH, show=False, id="wachtrij.wis"),
        Binding("ctrl+q", "app.leave", words.queue.LEAVE, priority=True, id="wachtrij.stoppen"),
        *(Binding(key, f"of_a_call('{key}')", "", show=False, id=f"wachtrij.{key}") for key in KEYS_OF_A_CALL),
    ]

    def __init__(self, desk: Desk, *, sound: bool) -> None:
        """Start with an empty room; the first look fills it. `sound` tells whether the bell rings."""
        super().__init__(desk)
        self.status.show(title=words.queue.title(sound=sound))
        self.list = CallList(desk.clock())
        self.counts = Said(id="telling")
        self.alarm = Said(id="alarm")
        self.filter = SearchLine(placeholder=words.queue.FILTER_HINT, id="zoek", max_length=FILTER_LIMIT)
        self._search = Marked(self.filter, words.queue.SEARCH_LABEL, id="zoek-regel")
        self._heading = Heading(self.list)
        self._board = Board(rows=(), link=Link(None, None, None), version=0)
        self._counts = count(())
        self._wanted = QueueFilter("")
        self._seen_room = False

    def compose(self) -> ComposeResult:
        """Status, counts, heading, list, keys."""
        yield self.status
        yield self.counts
        yield self.alarm
        yield self._heading
        yield self.list
        yield self._search
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Hide the search line until it is asked for."""
        self._search.display = False
        self._count()

    def on_resize(self) -> None:
        """Beside each other stands what fits now."""
        self.call_after_refresh(self._count)

    def show_board(self, board: Board) -> None:
        """Show the room; what is typed and where the cursor stands stay."""
        super().show_board(board)
        self._board, self._counts = board, count(board.rows)
        self._show_rows()
        if not self._seen_room:
            self._seen_room = True
            self._go_to_own(board)

    def _go_to_own(self, board: Board) -> None:
        """Begin at the call that was in hand when the console ended: enter goes on with it."""
        taken = [
            (row.claimed_at, row.call_id)
            for row in board.rows
            if row.owner == self.desk.operator and row.stage is Stage.IN_PROGRESS and row.claimed_at is not None
        ]
        if taken:
            self.list.go_to(max(taken)[1])

    def show_sound(self, *, on: bool) -> None:
        """Say whether the bell rings from now on, and in the title for as long as that is so."""
        self.status.show(title=words.queue.title(sound=on))
        self.say(words.queue.SOUND_IS_ON if on else words.queue.SOUND_IS_OFF)

    def tick(self, moment: datetime) -> None:
        """Let the waiting times run, and what was said about an earlier key go."""
        super().tick(moment)
        self.list.tick(moment)
        self.notice.forget(moment)
        self._count()

    def action_filter(self) -> None:
        """Search among the open calls."""
        self._search.display = True
        self.set_focus(self.filter)

    def action_of_a_call(self, key: str) -> None:
        """Say that this key works in a call, and how to get there; nothing is answered by silence."""
        self.say(words.queue.of_a_call(key_name(key)))

    def action_clear_filter(self) -> None:
        """Show all calls again."""
        self.filter.value = ""
        self._search.display = False
        self.set_focus(self.list)

    @on(Input.Changed, "#zoek")
    def _filtered(self) -> None:
        self._wanted = QueueFilter(self.filter.value)
        self._show_rows()

    @on(Input.Submitted, "#zoek")
    def _to_list(self) -> None:
        self.set_focus(self.list)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.say(message.sentence)

    def _show_rows(self) -> None:
        rows, wanted = self._board.rows, self._wanted
        found = [row for row in rows if wanted.fits(row)] if wanted else rows
        nothing = words.queue.NOTHING_FOUND if wanted and rows else words.call_list.NOBODY_WAITS
        self.list.show(found, empty=nothing)
        self._heading.refresh()
        self._count()

    def _count(self) -> None:
        """Say how many there are, and which of them need somebody now."""
        moment, counts = self.desk.clock(), self._counts
        due = bisect_right(counts.to_call_back, moment)
        parts = [
            words.queue.waiting(counts.waiting, _longest(counts.waiting_since, moment)),
            words.queue.in_progress(counts.in_progress),
            words.queue.unconfirmed(counts.unconfirmed + self._board.more, _longest(counts.unconfirmed_since, moment)),
        ]
        if self._board.too_old:
            parts.insert(0, words.queue.too_old(self._board.too_old))
        if counts.urgent:
            parts.insert(1, words.queue.urgent(counts.urgent))
        if due:
            parts.append(words.queue.to_call_back(due))
        if self._wanted:
            parts.insert(0, words.queue.searching(self.list.count, len(self._board.rows)))
        self.counts.update(Content("\n".join([*_lines(parts, self.size.width), *self._trouble()])))
        alarm = alarm_words(self._board.rows, moment)
        self.alarm.update(Content(f" {alarm}"))
        self.alarm.set_class(words.queue.CALL in alarm, "bel")
        self.alarm.display = bool(alarm)

    def _trouble(self) -> list[str]:
        """Say why nothing gets to the CAD; of sending that is paused also since when, and when it is tried again."""
        link, moment, name = self._board.link, self.desk.clock(), self.desk.settings.cad_name
        why = one_line(link.error).rstrip(".")
        if not why or delivery_gone(link, moment):
            return []
        if link.paused_since is None or link.next_try_at is None:
            said = words.queue.nothing_goes(name, why)
        else:
            next_try = clock_time(link.next_try_at, seconds=True)
            said = words.queue.paused(name, said_time(link.paused_since, moment), why, next_try)
        return textwrap.wrap(said, max(20, self.size.width - 2), initial_indent=" ", subsequent_indent="   ")


def _longest(since: datetime | None, moment: datetime) -> str | None:
    return waiting_words(since, moment) if since is not None else None


def _lines(parts: list[str], width: int) -> list[str]:
    """Put parts side by side, a line more where they do not fit; none of them is broken off."""
    lines = [f" {parts[0]}"]
    for part in parts[1:]:
        longer = f"{lines[-1]} | {part}"
        if cell_len(longer) < width:
            lines[-1] = longer
        else:
            lines.append(f" {part}")
    return lines
