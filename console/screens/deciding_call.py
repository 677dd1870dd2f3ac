"""A call and what is decided about it: the decision, its reason and its dispatch, and who goes on with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.desk import DecidedMeanwhile, RecordError
from console.domain.dispatching import callback_of
from console.model import CallBack, Choice, DraftPlace
from console.screens.addition import AdditionScreen
from console.screens.by_hand import ByHandScreen
from console.screens.call_back import CallBackScreen
from console.screens.consult import ConsultScreen
from console.screens.decision import Deciding, DecisionScreen
from console.screens.hand_over import HandOverScreen
from console.screens.offer import OfferScreen
from console.screens.reason import ReasonScreen
from console.screens.room import RoomScreen
from console.screens.telling_call import TellingCall
from console.texts import words
from console.widgets.asking import Asking
from console.widgets.outcome import as_told, passed_on_question, reason_missing, to_pass_on
from console.widgets.together import promised_call_back

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Case, Desk, Proposal
    from console.model import Board, Detail
    from console.widgets.follow_up import FollowUp


class DecidingCall(TellingCall):
    """The keys of a call that decide, or that follow from a decision."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "decide", words.call.DECIDE, priority=True, id="melding.besluit"),
        Binding("f7", "reason", words.call.REASON, show=False, priority=True, id="melding.reden"),
        Binding("f8", "consult", words.call.CONSULT, show=False, priority=True, id="melding.overleg"),
        Binding("f9", "hand_over", words.call.HAND_OVER, show=False, priority=True, id="melding.overdracht"),
        Binding("f10", "by_hand", words.call.BY_HAND, show=False, priority=True, id="melding.hand"),
        Binding("f12", "reassess", words.call.REASSESS, show=False, priority=True, id="melding.opnieuw"),
        Binding("ctrl+g", "ordinary", words.call.ORDINARY, show=False, priority=True, id="melding.gewoon"),
        Binding("ctrl+r", "call_back", words.call.CALL_BACK, show=False, priority=True, id="melding.terugbellen"),
    ]

    def __init__(self, desk: Desk, case: Case) -> None:
        """Open a call that was just claimed."""
        super().__init__(desk, case)
        self._colleagues: tuple[str, ...] = ()

    def show_board(self, board: Board) -> None:
        """Remember who is at work in the room: to one of them a call can be handed over."""
        super().show_board(board)
        owners = {row.owner for row in board.rows if row.owner and row.owner != self.desk.operator}
        self._colleagues = tuple(sorted({*self._colleagues, *owners}))

    async def action_decide(self) -> None:
        """Open the decision; possible at any moment, with any number of questions answered."""
        await self._open_decision(None)

    async def action_ordinary(self) -> None:
        """Open the decision with the ordinary protocol chosen; enter confirms."""
        await self._open_decision(Choice.ORDINARY)

    async def action_consult(self) -> None:
        """Ask the shift lead something; the call stays yours."""

        async def ask(question: str) -> str:
            return await self._tried(lambda case: self.desk.consult(case, question), words.consult.ASKED)

        draft = self.drafts[DraftPlace.QUESTION]
        await self.app.push_screen(ConsultScreen(self.case.file.call_id, draft, ask, self.action_decide))

    async def action_call_back(self) -> None:
        """Promise to call back, move the promise, or record that it was kept."""
        known = promised_call_back(self.case.file)
        promised = known.detail if known is not None and isinstance(known.detail, CallBack) else None
        kept_under = known.number if known is not None else None
        number = callback_of(self.case.file)

        async def promise(moment: datetime) -> str:
            return await self._put(CallBack(moment, number), kept_under)

        async def keep() -> str:
            return "" if promised is None else await self._put(replace(promised, done=True), kept_under)

        await self.app.push_screen(
            CallBackScreen(
                self.case.file.call_id,
                number,
                promised,
                self.desk.clock,
                self.drafts[DraftPlace.CALL_BACK],
                promise,
                keep,
            )
        )

    async def action_reason(self) -> None:
        """Give the reason of a deviation that still lacks one."""
        decision = reason_missing(self.case.file)
        if decision is None:
            if not await self._as_it_stands():
                return
            decision = reason_missing(self.case.file)
        if decision is None:
            self.say(words.call.NO_REASON_MISSING)
            return

        async def give(reason: str) -> str:
            return await self._tried(
                lambda case: self.desk.give_reason(case, decision.id, reason), words.call.REASON_KEPT
            )

        await self.app.push_screen(ReasonScreen(decision, self.drafts[DraftPlace.REASON], give))

    async def action_by_hand(self) -> None:
        """Record that a dispatch was passed on by telephone or radio, and then its news."""
        delivery = to_pass_on(self.case.file)
        if delivery is None:
            if not await self._as_it_stands():
                return
            delivery = to_pass_on(self.case.file)
        if delivery is None:
            await self._news_by_hand()
            return

        async def record() -> str:
            return await self._tried(
                lambda case: self.desk.by_hand(case, delivery.message_id), words.call.PASSED_ON_BY_HAND
            )

        question = passed_on_question(delivery, self.desk.settings.cad_name)
        await self.app.push_screen(ByHandScreen(delivery, record, question))

    async def _as_it_stands(self) -> bool:
        """Read the call before it is said that there is nothing: what was decided a moment ago may not be read yet."""
        return await self._all_kept() and await self._step(self.desk.see)

    async def _news_by_hand(self) -> None:
        news = await self.desk.propose_by_voice(self.case)
        if news is None:
            self.say(words.call.NO_OPEN_DISPATCH)
            return

        async def record() -> str:
            return await self._tried(lambda case: self.desk.told_by_voice(case, news), words.call.PASSED_ON_BY_HAND)

        await self.app.push_screen(ByHandScreen(as_told(news), record, words.by_hand.NEWS_QUESTION))

    async def action_hand_over(self) -> None:
        """Give the call to a colleague, or back to the queue."""
        if not await self._all_kept():
            return
        call_id = self.case.file.call_id

        async def give(to: str | None, note: str) -> str:
            try:
                await self.desk.hand_over(self.case, to, note)
            except RecordError as error:
                return str(error)
            screen.dismiss(None)
            self.app.pop_screen()
            if isinstance(self.app.screen, RoomScreen):
                self.app.screen.say(words.hand_over.done(call_id, to))
            self.app.post_message(self.Left(call_id))
            return ""

        drafts = self.drafts[DraftPlace.HAND_OVER_TO], self.drafts[DraftPlace.HAND_OVER_NOTE]
        screen = HandOverScreen(call_id, self._colleagues, drafts, give)
        await self.app.push_screen(screen)

    async def action_reassess(self) -> None:
        """Open a decided call again for new facts; all that was said and decided stays on record."""
        if await self._step(self.desk.reassess):
            self.asking = Asking(self.case.policy, self.case.state, self.case.file.assessed_from)
            self.checklist.asking = self.asking
            self.checklist.redraw()
            self.say(words.call.REASSESSING)

    async def _draft(self, choice: Choice | None) -> None:
        """Keep what is chosen and not confirmed yet: it survives the console."""
        await self._step(lambda case: self.desk.draft_choice(case, choice))

    async def _record(self, proposal: Proposal) -> str:
        """Record a decision; gives the empty text, or why it could not be recorded.

        Raises:
            DecidedMeanwhile: there is a decision that was not on the screen yet.
        """
        try:
            await self.desk.decide(self.case, proposal)
        except DecidedMeanwhile:
            raise
        except RecordError as error:
            return str(error)
        self.say(words.call.DECIDED)
        self.app.post_message(self.Decided(self.case.file.call_id, proposal.choice))
        self._look_again()
        return ""

    async def _open_decision(self, chosen: Choice | None) -> None:
        if not await self._as_it_stands():
            return
        screen = DecisionScreen(
            self.case,
            Deciding(
                propose=lambda choice, also: self.desk.propose(self.case, choice, also),
                record=self._record,
                keep=self._keep_follow_up,
                draft=self._draft,
                look=self._looked,
                add=lambda: self._open_addition(screen),
                then=self._after_decision,
                clock=self.desk.clock,
                cad_name=self.desk.settings.cad_name,
            ),
            self._related,
            chosen,
        )
        await self.app.push_screen(screen)

    async def _open_addition(self, decision: DecisionScreen) -> str:
        """Show what is new for the crew in the place of the decision; gives why there is nothing to show."""
        try:
            addition = await self.desk.propose_addition(self.case)
        except RecordError as error:
            return str(error)
        if addition is None:
            return words.addition.NOTHING_NEW

        async def send() -> str:
            return await self._tried(lambda case: self.desk.send_addition(case, addition), words.addition.SENT)

        decision.dismiss(None)
        await self.app.push_screen(AdditionScreen(addition, send, self.desk.settings.cad_name))
        return ""

    async def _keep_follow_up(self, follow: FollowUp) -> str:
        """Record what was agreed with a decision; gives the empty text, or why it could not be recorded."""
        for detail in follow.details:
            if trouble := await self._put(detail, follow.number_of(detail)):
                return trouble
        return ""

    async def _put(self, detail: Detail, number: int | None) -> str:
        if number is None:
            return await self._tried(lambda case: self.desk.add(case, detail), words.call.AGREED)
        return await self._tried(lambda case: self.desk.change(case, number, detail), words.call.AGREED)

    async def _looked(self) -> Case:
        await self._step(self.desk.see)
        return self.case

    async def _after_decision(self, proposal: Proposal | None, earlier: str) -> None:
        """What a decision leads to: the question to the shift lead, or the call that this one belongs to."""
        if proposal is not None and proposal.choice is Choice.CONSULT:
            await self.action_consult()
        elif earlier:
            await self.app.push_screen(OfferScreen(earlier, lambda: self._go_to(earlier)))

    async def _go_to(self, call_id: str) -> None:
        """Leave this call, which stays in hand, for another one."""
        if await self._all_kept():
            self.app.pop_screen()
            self.app.post_message(self.Left(self.case.file.call_id))
            await self.app.run_action(f"open_call({call_id!r})")
