"""One call: the checklist, what the policy says of it, what to say to the caller, and how its dispatch stands."""

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
from console.model import Assessment, Board, Choice, Facts, Link, Related
from console.safe_text import one_line
from console.screens.by_hand import ByHandScreen
from console.screens.decision import DecisionScreen
from console.screens.facts import FactsScreen
from console.screens.keeper import Keeper
from console.screens.reason import ReasonScreen
from console.screens.room import RoomScreen
from console.times import elapsed
from console.widgets.asking import Answered, Asking, Refused, Reply
from console.widgets.call_column import call_blocks
from console.widgets.checklist import Checklist
from console.widgets.facts_line import facts_words
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.outcome import reason_missing, to_pass_on
from console.widgets.panel import Column
from triage_rules import AnswerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Desk, Proposal

NOTE_LIMIT: Final = 10_000


class NoteLine(LineInput):
    """The note of a call; escape goes back to the questions from here, and the bottom line says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "naar vragen", priority=True, id="notitie.terug"),
    ]


class CallScreen(RoomScreen):
    """The operator's place during a call; everything on it is on disk, so it can be left at any moment."""

    CSS_PATH = "call.tcss"
    TITLE_WORDS = "MELDING"
    AUTO_FOCUS = "#vragen"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "facts", "gegevens", priority=True, id="melding.gegevens"),
        Binding("f4", "note", "notitie", priority=True, id="melding.notitie"),
        Binding("f5", "decide", "besluit", priority=True, id="melding.besluit"),
        Binding("f7", "reason", "reden van afwijken", show=False, priority=True, id="melding.reden"),
        Binding("f10", "by_hand", "inzet met de hand doorgegeven", show=False, priority=True, id="melding.hand"),
        Binding("f12", "reassess", "opnieuw beoordelen", show=False, priority=True, id="melding.opnieuw"),
        Binding("pagedown", "read(1)", "lees rechts verder", show=False, priority=True, id="melding.verder"),
        Binding("pageup", "read(-1)", "lees rechts terug", show=False, priority=True, id="melding.terugblad"),
        Binding("escape", "screen.back", "wachtrij", priority=True, id="melding.terug"),
    ]

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
        super().__init__(desk, beside=f"beleid {case.policy.id} {case.policy.version}")
        self.case = case
        self.asking = Asking(case.policy, case.state, case.file.assessed_from)
        self.checklist = Checklist(self.asking)
        self.facts_line = Static(markup=False, id="gegevens")
        self.column = Column(id="rechts")
        self.note = NoteLine(case.file.note, max_length=NOTE_LIMIT, id="notitie")
        self._versions: tuple[Assessment, ...] = ()
        self._related: tuple[Related, ...] = ()
        self._turn = asyncio.Lock()
        self._told_lost = False
        self.trouble = ""
        self._notes = Keeper(self._write_note, lambda error: self._say_not_kept("De notitie", error))
        self._facts = Keeper(self._write_facts, lambda error: self._say_not_kept("De gegevens", error))

    def compose(self) -> ComposeResult:
        """Status, facts, checklist beside what is said of it, note, keys."""
        yield self.status
        yield self.facts_line
        with Horizontal(id="midden"):
            with Vertical(id="links"):
                yield Static(Content(f"--Urgentiecheck{'-' * 200}"), markup=False, id="vragen-kop")
                yield self.checklist
            yield self.column
        with Horizontal(id="notitie-regel"):
            yield Static(Content(" Notitie: "), markup=False, id="notitie-kop")
            yield self.note
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Show the call as it stands on disk."""
        self._show(self.case)
        words = one_line(self.case.file.incoming.first_words)
        if words:
            self.say(f"Melder: {words}")

    def on_resize(self) -> None:
        """The facts may need a line more, or less."""
        self._show_facts()

    async def on_unmount(self) -> None:
        """Finish what is being written, also when the console is told to end."""
        await self._all_kept()

    def show_board(self, board: Board) -> None:
        """Something in the room changed: look whether it was this call."""
        super().show_board(board)
        self._look_again()

    def tick(self, moment: datetime) -> None:
        """Let the length of the call and the age of its dispatch run."""
        super().tick(moment)
        self._show_title(moment)
        self._show_column(moment)

    async def action_ask_press(self, character: str) -> None:
        """Do what a printable key means in the checklist."""
        await self._react(self.asking.press(character))

    async def action_ask_enter(self) -> None:
        """Confirm what was typed in the checklist."""
        await self._react(self.asking.enter())

    async def action_ask_erase(self) -> None:
        """Take back a letter, or the answer under the cursor."""
        question = self.asking.cursor
        if self.asking.typing or self.asking.jumping is not None:
            await self._react(self.asking.erase())
        elif question not in self.case.state.answers:
            self.say("Hier is nog geen antwoord om te wissen.")
        elif await self._step(lambda case: self.desk.reopen(case, question)):
            self.asking.go(question)
            self.checklist.redraw()
            self.say(self._about_danger() or "Antwoord gewist: de vraag staat weer open.")

    def action_ask_move(self, lines: int) -> None:
        """Go to another question."""
        self.asking.move(lines)
        self.checklist.redraw()

    def action_read(self, pages: int) -> None:
        """Read on in the right-hand column."""
        self.column.page(pages)

    async def action_facts(self) -> None:
        """Ask where the caller is, how to call back and for whom they call."""
        unkept = self._facts.unkept
        file = self.case.file if unkept is None else replace(self.case.file, facts=unkept, told=True)
        await self.app.push_screen(FactsScreen(file, self._facts.keep))

    def action_note(self) -> None:
        """Type in the note."""
        self.set_focus(self.note)

    async def action_decide(self) -> None:
        """Open the decision; possible at any moment, with any number of questions answered."""
        if await self._all_kept() and await self._step(self.desk.see):
            case = self.case
            await self.app.push_screen(
                DecisionScreen(
                    case,
                    lambda choice: self.desk.propose(case, choice),
                    self._record,
                    self._draft,
                    self.desk.clock,
                    self.desk.settings.cad_name,
                )
            )

    async def action_reason(self) -> None:
        """Give the reason of a deviation that still lacks one."""
        decision = reason_missing(self.case.file)
        if decision is None:
            self.say("Er is geen afwijking waarvan de reden ontbreekt.")
            return

        async def give(reason: str) -> str:
            return await self._tried(lambda case: self.desk.give_reason(case, decision.id, reason), "Reden vastgelegd.")

        await self.app.push_screen(ReasonScreen(decision, give))

    async def action_by_hand(self) -> None:
        """Record that a dispatch was passed on by telephone or radio."""
        delivery = to_pass_on(self.case.file)
        if delivery is None:
            self.say("Er is geen inzet die nog moet worden doorgegeven.")
            return

        async def record() -> str:
            return await self._tried(
                lambda case: self.desk.by_hand(case, delivery.message_id), "Vastgelegd: met de hand doorgegeven."
            )

        await self.app.push_screen(ByHandScreen(delivery, record, self.desk.settings.cad_name))

    async def action_back(self) -> None:
        """Leave what is being typed, else go back to the queue with the call still in hand."""
        if self.note.has_focus:
            self.set_focus(self.checklist)
        elif self.asking.back():
            self.checklist.redraw()
        elif await self._all_kept() or self._told_lost:
            self.app.pop_screen()
            self.app.post_message(self.Left(self.case.file.call_id))
        elif not self.case.held:
            self._told_lost = True
            self.say("Wat u typte is niet bewaard: de melding is niet meer van u. Neem het over; escape verlaat haar.")

    @on(Input.Changed, "#notitie")
    def _note_changed(self) -> None:
        self._notes.keep(self.note.value)

    @on(Input.Submitted, "#notitie")
    def _note_done(self) -> None:
        self.set_focus(self.checklist)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.say(message.sentence)

    async def action_reassess(self) -> None:
        """Open a decided call again for new facts; all that was said and decided stays on record."""
        if await self._step(self.desk.reassess):
            self.asking = Asking(self.case.policy, self.case.state, self.case.file.assessed_from)
            self.checklist.asking = self.asking
            self.checklist.redraw()
            self.say("Opnieuw beoordelen: de antwoorden staan zoals ze stonden. Wijzig wat anders is, dan F5.")

    async def _react(self, reply: Reply) -> None:
        self.say(reply.sentence if isinstance(reply, Refused) else "")
        if isinstance(reply, Answered):
            await self._answer(reply)
        self.checklist.redraw()

    async def _answer(self, reply: Answered) -> None:
        if not await self._step(lambda case: self.desk.answer(case, reply.question, reply.value)):
            return
        kept = self.case.state.answers[reply.question]
        if kept != reply.value:
            self.say(self._about_danger())
        self.asking.follow(self.case.state)
        self.post_message(self.Kept(reply.question, kept))

    def _about_danger(self) -> str:
        if self.case.file.facts.speaks_freely is False:
            return "Melder kan niet vrij praten: gevaar blijft ten minste onbekend."
        return ""

    async def _draft(self, choice: Choice | None) -> None:
        """Keep what is chosen and not confirmed yet: it survives the console."""
        await self._step(lambda case: self.desk.draft_choice(case, choice))

    async def _record(self, proposal: Proposal) -> str:
        """Record a decision; gives the empty text, or why it could not be recorded."""
        try:
            await self.desk.decide(self.case, proposal)
        except RecordError as error:
            return str(error)
        self.say("Besluit vastgelegd.")
        self.app.post_message(self.Decided(self.case.file.call_id, proposal.choice))
        self._look_again()
        return ""

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
            if self.note.value != self.case.file.note:
                self._notes.keep(self.note.value)
        return await self._notes.settled() and await self._facts.settled()

    @work(group="zien", exclusive=True)
    async def _look_again(self) -> None:
        if await self._step(self.desk.see):
            try:
                self._related = await self.desk.related(self.case)
                if self.case.file.assessment > 1:
                    self._versions = await self.desk.versions(self.case)
            except RecordError as error:
                self.say(str(error))
            self._show_column(self.desk.clock())

    async def _step(self, step: Callable[[Case], Awaitable[Case]]) -> bool:
        """Take one step at a time, so that an older reading never covers a newer one."""
        async with self._turn:
            try:
                case = await step(self.case)
            except (RecordError, AnswerError) as error:
                self.trouble = str(error)
                self.say(self.trouble)
                return False
            self._show(case)
            return True

    async def _write_note(self, text: str) -> None:
        await self.desk.note(self.case, text)

    async def _write_facts(self, facts: Facts) -> None:
        async with self._turn:
            self._show(await self.desk.tell(self.case, facts))

    def _say_not_kept(self, what: str, error: RecordError) -> bool:
        """Say it; tells whether trying again can help, which a call that is somebody else's does not."""
        self.say(f"{what}: NOG NIET BEWAARD, blijft hier staan. {error}")
        return not isinstance(error, NotYours)

    def _show(self, case: Case) -> None:
        lost = self.case.held and not case.held
        self.case = case
        self.asking.state = case.state
        moment = self.desk.clock()
        self._show_title(moment)
        self._show_facts()
        self._show_column(moment)
        self.checklist.redraw()
        if lost:
            self.say(f"Deze melding is niet meer van u maar van {case.file.owner or 'niemand'}. U kunt niets wijzigen.")

    def _show_title(self, moment: datetime) -> None:
        file = self.case.file
        form = file.answers.get("vorm")
        words = self.case.policy.question("vorm").value(form).label if form else ""
        lost = "" if self.case.held else "NIET MEER VAN U - "
        title = f"{lost}MELDING {file.call_id}  {elapsed(file.incoming.received_at, moment)}  {words}"
        self.status.show(title=title)

    def _show_facts(self) -> None:
        self.facts_line.update(Content(facts_words(self.case.file, self.size.width or 80)))

    def _show_column(self, moment: datetime) -> None:
        cad_name = self.desk.settings.cad_name
        link = self.link or Link(None, None, None)
        case = self.case
        blocks = call_blocks(
            case.file, case.state, self._versions, self._related, link=link, cad_name=cad_name, moment=moment
        )
        self.column.show(blocks)
