"""One call: its keys, and what each of them does with the checklist, the decision and the dispatch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.desk import RecordError
from console.screens.by_hand import ByHandScreen
from console.screens.decision import DecisionScreen
from console.screens.facts import FactsScreen
from console.screens.open_call import OpenCall
from console.screens.reason import ReasonScreen
from console.texts import words
from console.widgets.asking import Answered, Asking, Refused, Reply
from console.widgets.outcome import reason_missing, to_pass_on

if TYPE_CHECKING:
    from console.desk import Proposal
    from console.model import Choice


class CallScreen(OpenCall):
    """The operator's place during a call."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "facts", words.call.FACTS, priority=True, id="melding.gegevens"),
        Binding("f4", "note", words.call.NOTE, priority=True, id="melding.notitie"),
        Binding("f5", "decide", words.call.DECIDE, priority=True, id="melding.besluit"),
        Binding("f7", "reason", words.call.REASON, show=False, priority=True, id="melding.reden"),
        Binding("f10", "by_hand", words.call.BY_HAND, show=False, priority=True, id="melding.hand"),
        Binding("f12", "reassess", words.call.REASSESS, show=False, priority=True, id="melding.opnieuw"),
        Binding("pagedown", "read(1)", words.call.READ_ON, show=False, priority=True, id="melding.verder"),
        Binding("pageup", "read(-1)", words.call.READ_BACK, show=False, priority=True, id="melding.terugblad"),
        Binding("escape", "screen.back", words.call.TO_QUEUE, priority=True, id="melding.terug"),
    ]

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
            self.say(words.call.NOTHING_TO_ERASE)
        elif await self._step(lambda case: self.desk.reopen(case, question)):
            self.asking.go(question)
            self.checklist.redraw()
            self.say(self._about_danger() or words.call.ERASED)

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
            self.say(words.call.NO_REASON_MISSING)
            return

        async def give(reason: str) -> str:
            return await self._tried(
                lambda case: self.desk.give_reason(case, decision.id, reason), words.call.REASON_KEPT
            )

        await self.app.push_screen(ReasonScreen(decision, give))

    async def action_by_hand(self) -> None:
        """Record that a dispatch was passed on by telephone or radio."""
        delivery = to_pass_on(self.case.file)
        if delivery is None:
            self.say(words.call.NO_OPEN_DISPATCH)
            return

        async def record() -> str:
            return await self._tried(
                lambda case: self.desk.by_hand(case, delivery.message_id), words.call.PASSED_ON_BY_HAND
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
            self.say(words.call.LOST_UNKEPT)

    async def action_reassess(self) -> None:
        """Open a decided call again for new facts; all that was said and decided stays on record."""
        if await self._step(self.desk.reassess):
            self.asking = Asking(self.case.policy, self.case.state, self.case.file.assessed_from)
            self.checklist.asking = self.asking
            self.checklist.redraw()
            self.say(words.call.REASSESSING)

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
            return words.call.DANGER_STAYS
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
        self.say(words.call.DECIDED)
        self.app.post_message(self.Decided(self.case.file.call_id, proposal.choice))
        self._look_again()
        return ""
