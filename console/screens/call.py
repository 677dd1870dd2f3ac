"""One call: the checklist, what the policy says of it, what to say to the caller, and how its dispatch stands."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from console.advice import lines_for
from console.dispatching import address_of, callback_of
from console.model import Board, Choice, Facts, Link
from console.record import RecordError
from console.safe_text import one_line
from console.screens.decision import DecisionScreen
from console.screens.facts import FactsScreen
from console.screens.keeper import Keeper
from console.screens.reason import ReasonScreen
from console.screens.room import RoomScreen
from console.times import elapsed
from console.widgets.asking import Answered, Asking, Refused, Reply
from console.widgets.checklist import Checklist
from console.widgets.outcome import outcome_words, reason_missing
from console.widgets.panel import Panel, Words
from console.widgets.suggestion import suggestion_words
from console.words import ROLE, SPEAKS_FREELY
from triage_rules import AnswerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Desk, Proposal

NOTE_LIMIT = 10_000


class CallScreen(RoomScreen):
    """The operator's place during a call; everything on it is on disk, so it can be left at any moment."""

    CSS_PATH = "call.tcss"
    TITLE_WORDS = "MELDING"
    AUTO_FOCUS = "#vragen"
    VERTICAL_BREAKPOINTS = [(0, "-laag"), (32, "-hoog")]  # noqa: RUF012 - the framework declares it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "facts", "gegevens", priority=True, id="melding.gegevens"),
        Binding("f4", "note", "notitie", priority=True, id="melding.notitie"),
        Binding("f5", "decide", "besluit", priority=True, id="melding.besluit"),
        Binding("f7", "reason", "reden", show=False, priority=True, id="melding.reden"),
        Binding("escape", "back", "wachtrij", priority=True, id="melding.terug"),
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
        self.asking = Asking(case.policy, case.state, case.file.incoming.received_at)
        self.checklist = Checklist(self.asking)
        self.facts_line = Static(markup=False, id="gegevens")
        self.outcome = Panel("Besluit", id="besluit")
        self.suggestion = Panel("Voorstel", id="voorstel")
        self.advice = Panel("Zeg tegen melder", id="zeg")
        self.caller = Panel("Melder", id="melder")
        self.note = Input(case.file.note, id="notitie", max_length=NOTE_LIMIT, select_on_focus=False)
        self.note.cursor_blink = False
        self._link = Link(None, None, None)
        self._turn = asyncio.Lock()
        self._notes = Keeper(self._write_note, self._say_trouble)
        self._facts = Keeper(self._write_facts, self._say_trouble)

    def compose(self) -> ComposeResult:
        """Status, facts, checklist beside suggestion and advice, note, keys."""
        yield self.status
        yield self.facts_line
        with Horizontal(id="midden"):
            with Vertical(id="links"):
                yield Static(Content(f"--Urgentiecheck{'-' * 200}"), markup=False, id="vragen-kop")
                yield self.checklist
            with Vertical(id="rechts"):
                yield self.outcome
                yield self.suggestion
                yield self.advice
                yield self.caller
        with Horizontal(id="notitie-regel"):
            yield Static(Content(" Notitie: "), markup=False, id="notitie-kop")
            yield self.note
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Show the call as it stands on disk."""
        self._show(self.case)
        incoming = self.case.file.incoming
        words = one_line(incoming.first_words)
        name = one_line(incoming.name) or "naam onbekend"
        self.caller.show((Words(f"{name}, {one_line(incoming.number) or 'nummer onbekend'}"), Words(words)))
        if words:
            self.say(f"Melder: {words}")

    def show_board(self, board: Board) -> None:
        """Something in the room changed: look whether it was this call."""
        super().show_board(board)
        self._link = board.link
        self._look_again()

    def tick(self, moment: datetime) -> None:
        """Let the length of the call and the age of its dispatch run."""
        super().tick(moment)
        self._show_title(moment)
        self._show_outcome(moment)

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
        elif question in self.case.state.answers and await self._step(lambda case: self.desk.reopen(case, question)):
            self.asking.go(question)
            self.checklist.redraw()
            self.say("Antwoord gewist: de vraag staat weer open.")
        else:
            self.say("Hier is nog geen antwoord om te wissen.")

    def action_ask_move(self, lines: int) -> None:
        """Go to another question."""
        self.asking.move(lines)
        self.checklist.redraw()

    async def action_facts(self) -> None:
        """Ask where the caller is, how to call back and for whom they call."""
        file = self.case.file
        facts = Facts(address_of(file), callback_of(file), file.facts.role, file.facts.speaks_freely)
        await self.app.push_screen(FactsScreen(facts, self._facts.keep))

    def action_note(self) -> None:
        """Type in the note."""
        self.set_focus(self.note)

    async def action_decide(self) -> None:
        """Open the decision; possible at any moment, with any number of questions answered."""
        await self._notes.settled()
        await self._facts.settled()
        if await self._step(self.desk.see):
            case = self.case
            screen = DecisionScreen(case, lambda choice: self.desk.propose(case, choice), self.desk.settings.cad_name)
            await self.app.push_screen(screen, self._decide)

    def action_reason(self) -> None:
        """Give the reason of a deviation that still lacks one."""
        decision = reason_missing(self.case.file)
        if decision is None:
            self.say("Er is geen afwijking waarvan de reden ontbreekt.")
        else:
            self.app.push_screen(ReasonScreen(decision.choice), lambda reason: self._give_reason(decision.id, reason))

    async def action_back(self) -> None:
        """Leave what is being typed, else go back to the queue with the call still in hand."""
        if self.note.has_focus:
            self.set_focus(self.checklist)
        elif self.asking.back():
            self.checklist.redraw()
        else:
            await self._notes.settled()
            self.app.pop_screen()
            self.app.post_message(self.Left(self.case.file.call_id))

    @on(Input.Changed, "#notitie")
    def _note_changed(self, message: Input.Changed) -> None:
        if message.value != self.case.file.note:
            self._notes.keep(message.value)

    @on(Input.Submitted, "#notitie")
    def _note_done(self) -> None:
        self.set_focus(self.checklist)

    async def _react(self, reply: Reply) -> None:
        self.say("")
        if isinstance(reply, Refused):
            self.say(reply.sentence)
        elif isinstance(reply, Answered):
            await self._answer(reply)
        self.checklist.redraw()

    async def _answer(self, reply: Answered) -> None:
        if not await self._step(lambda case: self.desk.answer(case, reply.question, reply.value)):
            return
        kept = self.case.state.answers[reply.question]
        if reply.question == "gevaar" and kept != reply.value:
            self.say("Melder kan niet vrij praten: gevaar blijft ten minste onbekend.")
        self.asking.follow(self.case.state)
        self.post_message(self.Kept(reply.question, kept))

    async def _decide(self, proposal: Proposal | None) -> None:
        if proposal is None:
            return

        async def record(case: Case) -> Case:
            decided, _decision = await self.desk.decide(case, proposal)
            return decided

        if not await self._step(record):
            return
        self.say(f"Besluit vastgelegd. {DELIVERY_SENTENCE if proposal.dispatch else ''}".strip())
        self.post_message(self.Decided(self.case.file.call_id, proposal.choice))
        if reason_missing(self.case.file) is not None:
            self.action_reason()

    async def _give_reason(self, decision_id: int, reason: str | None) -> None:
        if reason is None:
            self.say("De reden kan later: F7. De melding blijft gemarkeerd tot die er is.")
        elif await self._step(lambda case: self.desk.give_reason(case, decision_id, reason)):
            self.say("Reden vastgelegd.")

    @work(group="zien", exclusive=True)
    async def _look_again(self) -> None:
        await self._step(self.desk.see)

    async def _step(self, step: Callable[[Case], Awaitable[Case]]) -> bool:
        """Take one step at a time, so that an older reading never covers a newer one."""
        async with self._turn:
            try:
                case = await step(self.case)
            except (RecordError, AnswerError) as error:
                self.say(str(error))
                return False
            self._show(case)
            return True

    async def _write_note(self, text: str) -> None:
        await self.desk.note(self.case, text)

    async def _write_facts(self, facts: Facts) -> None:
        await self._step(lambda case: self.desk.tell(case, facts))

    def _say_trouble(self, error: RecordError) -> None:
        self.say(str(error))

    def _show(self, case: Case) -> None:
        self.case = case
        self.asking.state = case.state
        moment = self.desk.clock()
        self._show_title(moment)
        self._show_facts()
        self._show_outcome(moment)
        self.suggestion.show(suggestion_words(case.state))
        self.advice.show(tuple(Words(f"“{text}”", hang=1) for text in lines_for(case.state.answers)))
        self.checklist.redraw()

    def _show_title(self, moment: datetime) -> None:
        file = self.case.file
        form = file.answers.get("vorm")
        words = self.case.policy.question("vorm").value(form).label if form else ""
        self.status.show(title=f"MELDING {file.call_id}  {elapsed(file.incoming.received_at, moment)}  {words}")

    def _show_facts(self) -> None:
        file = self.case.file
        parts = (
            one_line(address_of(file)) or "ADRES ONBEKEND (F2)",
            f"terug: {one_line(callback_of(file)) or 'ONBEKEND (F2)'}",
            ROLE[file.facts.role] if file.facts.role else "voor wie?",
            SPEAKS_FREELY[file.facts.speaks_freely],
        )
        self.facts_line.update(Content(" " + " | ".join(parts)))

    def _show_outcome(self, moment: datetime) -> None:
        words = outcome_words(self.case.file, link=self._link, cad_name=self.desk.settings.cad_name, moment=moment)
        self.outcome.display = bool(words)
        self.outcome.show(words)


DELIVERY_SENTENCE = "De inzet gaat nu weg; de stand ziet u rechts."
