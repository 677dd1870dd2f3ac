"""A call and what is decided about it: the decision, its reason and its dispatch, and who goes on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.desk import RecordError
from console.screens.by_hand import ByHandScreen
from console.screens.decision import DecisionScreen
from console.screens.hand_over import HandOverScreen
from console.screens.line_dialog import Draft
from console.screens.reason import ReasonScreen
from console.screens.room import RoomScreen
from console.screens.telling_call import TellingCall
from console.texts import words
from console.widgets.asking import Asking
from console.widgets.outcome import reason_missing, to_pass_on

if TYPE_CHECKING:
    from console.desk import Case, Desk, Proposal
    from console.model import Board, Choice


class DecidingCall(TellingCall):
    """The keys of a call that decide, or that follow from a decision."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "decide", words.call.DECIDE, priority=True, id="melding.besluit"),
        Binding("f7", "reason", words.call.REASON, show=False, priority=True, id="melding.reden"),
        Binding("f9", "hand_over", words.call.HAND_OVER, show=False, priority=True, id="melding.overdracht"),
        Binding("f10", "by_hand", words.call.BY_HAND, show=False, priority=True, id="melding.hand"),
        Binding("f12", "reassess", words.call.REASSESS, show=False, priority=True, id="melding.opnieuw"),
    ]

    def __init__(self, desk: Desk, case: Case) -> None:
        """Open a call that was just claimed."""
        super().__init__(desk, case)
        self._handing = Draft()
        self._colleagues: tuple[str, ...] = ()

    def show_board(self, board: Board) -> None:
        """Remember who is at work in the room: to one of them a call can be handed over."""
        super().show_board(board)
        owners = {row.owner for row in board.rows if row.owner and row.owner != self.desk.operator}
        self._colleagues = tuple(sorted({*self._colleagues, *owners}))

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

        screen = HandOverScreen(call_id, self._colleagues, self._handing, give)
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
        """Record a decision; gives the empty text, or why it could not be recorded."""
        try:
            await self.desk.decide(self.case, proposal)
        except RecordError as error:
            return str(error)
        self.say(words.call.DECIDED)
        self.app.post_message(self.Decided(self.case.file.call_id, proposal.choice))
        self._look_again()
        return ""
