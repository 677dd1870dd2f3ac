"""A call on screen: keeps what is typed, takes one step at a time, shows what is on disk; it has no keys of its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from console.desk import NotYours, RecordError
from console.domain.dispatching import address_of, callback_of
from console.model import UNKNOWN, Assessment, Board, Choice, DraftPlace, Facts, Link, Related
from console.safe_text import one_line
from console.screens.draft import KeptDraft
from console.screens.keeper import Keeper
from console.screens.room import RoomScreen
from console.texts import words
from console.times import elapsed
from console.widgets.asking import Asking
from console.widgets.call_column import call_blocks
from console.widgets.checklist import Checklist
from console.widgets.facts_line import facts_words
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.marked import Marked
from console.widgets.panel import Column
from console.widgets.presses import Presses
from console.widgets.row_list import fitted
from console.widgets.said import Said
from console.widgets.together import call_back_words
from triage_rules import AnswerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Desk

NOTE_LIMIT: Final = 10_000
NOTE_PAUSE: Final = 0.05
"""Seconds in which a letter of the note is painted before it is written: writing takes the interpreter from drawing."""


class NoteLine(LineInput):
    """The note of a call; escape goes back to the questions from here, and the bottom line says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", words.call.TO_QUESTIONS, priority=True, id="notitie.terug"),
    ]


class OpenCall(RoomScreen):
    """What stands on the screen of a call; everything on it is on disk, so it can be left at any moment."""

    CSS_PATH = "call.tcss"
    TITLE_WORDS = words.call.TITLE
    AUTO_FOCUS = "#vragen"

    @dataclass
    class Kept(Message):
        """An answer is on disk."""

        question: str
        value: str

    @dataclass
    class Decided(Message):
        """A decision is on disk, and its dispatch in the outbox when it sends a unit."""

        call_id: str
        choice: Choice

    @dataclass
    class Left(Message):
        """Back to the queue; the call stays with its operator."""

        call_id: str

    def __init__(self, desk: Desk, case: Case) -> None:
        """Open a call that was just claimed."""
        super().__init__(desk, beside=words.call.under_policy(case.policy.id, case.policy.version))
        self.case = case
        self.asking = Asking(case.policy, case.state, case.file.assessed_from)
        self.checklist = Checklist(self.asking)
        self.presses = Presses()
        self.facts_line = Said(id="gegevens")
        self.column = Column(id="rechts")
        self.note = NoteLine(case.file.note, max_length=NOTE_LIMIT, id="notitie")
        self._note_given = case.file.note  # what the keeper was last given: the file is older than what it wrote since
        self._versions: tuple[Assessment, ...] = ()
        self._news: tuple[str, ...] = ()
        self._related: tuple[Related, ...] = ()
        self._turn = asyncio.Lock()
        self._told_lost = False
        self.trouble = ""
        self._notes = Keeper(
            self._write_note, lambda error: self._say_not_kept(words.call.THE_NOTE, error), pause=NOTE_PAUSE
        )
        self._facts = Keeper(self._write_facts, lambda error: self._say_not_kept(words.call.THE_FACTS, error))
        self.drafts: Final = {place: self._drafted(place) for place in DraftPlace}

    def compose(self) -> ComposeResult:
        """Status, facts, checklist beside what is said of it, note, keys."""
        yield self.status
        yield self.facts_line
        with Horizontal(id="midden"):
            with Vertical(id="links"):
                yield Static(Content(f"--{words.call.CHECKLIST}{'-' * 200}"), markup=False, id="vragen-kop")
                yield self.checklist
            yield self.column
        yield from self.compose_above_note()
        yield Marked(self.note, words.call.NOTE_PROMPT)
        yield self.notice
        yield self.hints

    def compose_above_note(self) -> ComposeResult:
        """What belongs to the note and stands above it."""
        yield from ()

    def on_mount(self) -> None:
        """Show the call as it stands on disk."""
        self._show(self.case)
        said = one_line(self.case.file.incoming.first_words)
        if said:
            self.say(fitted(words.call.caller_said(said), self.app.size.width - 2).rstrip())

    def on_resize(self) -> None:
        """The facts may need a line more, or less."""
        self._show_facts()

    async def on_unmount(self) -> None:
        """Finish what is being written, also when the console is told to end."""
        await self._all_kept()
        for draft in self.drafts.values():
            await draft.settled()

    def hear(self, key: str, at: float) -> None:
        """Know a key that answers from the same key held."""
        self.presses.hear(key, at)

    def show_board(self, board: Board) -> None:
        """Something in the room changed: look whether it was this call."""
        super().show_board(board)
        self._look_again()

    def tick(self, moment: datetime) -> None:
        """Let the length of the call and the age of its dispatch run."""
        super().tick(moment)
        self._show_title(moment)
        self._show_column(moment)

    @on(Input.Changed, "#notitie")
    def _note_changed(self) -> None:
        self._keep_note()

    @on(Input.Submitted, "#notitie")
    def _note_done(self) -> None:
        self.set_focus(self.checklist)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.say(message.sentence)

    async def _tried(self, step: Callable[[Case], Awaitable[Case]], done: str) -> str:
        """Take a step for a dialog; gives the empty text, or why it could not be taken."""
        if await self._step(step):
            self.say(done)
            return ""
        return self.trouble

    async def _all_kept(self) -> bool:
        """Put all that was typed on disk; False, and said, when that did not work."""
        if self.note.is_attached:
            await keys_taken(self.note)
            if self.note.value != self.case.file.note or self.note.value != self._note_given:
                self._keep_note()
        return await self._notes.settled() and await self._facts.settled()

    @work(group="zien", exclusive=True)
    async def _look_again(self) -> None:
        if await self._step(self.desk.see):
            try:
                self._related = await self.desk.related(self.case)
                self._news = await self.desk.news_for_the_crew(self.case)
                if self.case.file.assessment > 1:
                    self._versions = await self.desk.versions(self.case)
            except RecordError as error:
                self.say(str(error))
            self._show_column(self.desk.clock())

    async def _step(self, step: Callable[[Case], Awaitable[Case]], *, go_on: bool = False) -> bool:
        """Take one step at a time, so that an older reading never covers a newer one; `go_on` to the next question."""
        async with self._turn:
            try:
                case = await step(self.case)
            except (RecordError, AnswerError) as error:
                self.trouble = str(error)
                self.say(self.trouble)
                return False
            if case is not self.case:
                if go_on:
                    self.asking.follow(case.state)
                self._show(case)
            return True

    def _told(self) -> Facts:
        """What is known of the caller, typed a moment ago included."""
        file = self.case.file
        return self._facts.unkept or replace(file.facts, address=address_of(file), callback=callback_of(file))

    def _keep_note(self) -> None:
        self._note_given = self.note.value
        self._notes.keep(self._note_given)

    async def _write_note(self, text: str) -> None:
        await self.desk.note(self.case, text)

    def _drafted(self, place: DraftPlace) -> KeptDraft:
        async def write(text: str) -> None:
            await self.desk.draft_text(self.case, place, text)

        return KeptDraft(
            self.case.file.drafts.get(place, ""),
            write,
            lambda error: self._say_not_kept(words.call.THE_DRAFT, error),
        )

    async def _write_facts(self, facts: Facts) -> None:
        async with self._turn:
            self._show(await self.desk.tell(self.case, facts))

    def _say_not_kept(self, what: str, error: RecordError) -> bool:
        """Say it; tells whether trying again can help, which a call that is somebody else's does not."""
        self.say(words.call.not_kept(what, str(error)))
        return not isinstance(error, NotYours)

    def _show(self, case: Case) -> None:
        lost = self.case.held and not case.held
        self.case = case
        self.asking.state = case.state
        moment = self.desk.clock()
        self._show_title(moment)
        self._show_facts()
        self._show_column(moment)
        self.checklist.yes_no_only = case.file.facts.speaks_freely is False
        self.checklist.redraw()
        if lost:
            self.say(words.call.lost_to(one_line(case.file.owner or "") or None))

    def _show_title(self, moment: datetime) -> None:
        file = self.case.file
        form = file.answers.get("vorm")
        label = self.case.policy.question("vorm").value(form).label if form not in {None, UNKNOWN} else ""
        late = words.paper.MARK if file.entered is not None else ""
        promise = "  ".join(part for part in (late, call_back_words(file, moment)) if part)
        lasts = elapsed(file.incoming.received_at, moment)
        self.status.show(title=words.call.title(file.call_id, lasts, promise, held=self.case.held), about=label)

    def _show_facts(self) -> None:
        self.facts_line.update(Content(facts_words(self.case.file, self.size.width or 80)))

    def _show_column(self, moment: datetime) -> None:
        cad_name = self.desk.settings.cad_name
        link = self.link or Link(None, None, None)
        case = self.case
        blocks = call_blocks(
            case.file,
            case.state,
            self._versions,
            self._related,
            self._news,
            link=link,
            cad_name=cad_name,
            moment=moment,
        )
        self.column.show(blocks)
