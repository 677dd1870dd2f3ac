"""Deciding at the desk: a choice as it would be recorded and sent, and then recorded and sent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from console.desk import later
from console.desk.allowing import needs
from console.desk.seat import Seat
from console.model import OPEN, Choice, Decision, Delivery, Dispatch, UnitStatus
from console.record import RecordError
from console.roles import Right

if TYPE_CHECKING:
    from console.case import Case, Proposal


class Deciding(Seat):
    """What an operator does to decide, and after it."""

    @needs(Right.DECIDE)
    async def draft_choice(self, case: Case, choice: Choice | None) -> Case:
        """Keep what is chosen and not confirmed yet, so that it survives the console; None when it was left."""
        await self._write(self._calls.draft_choice, case.claim, choice)
        return await self._same(case)

    @needs(Right.DECIDE)
    def propose(self, case: Case, choice: Choice, also: tuple[Choice, ...] = ()) -> Proposal:
        """Show what a choice would record and send; nothing is written. `also` is what is chosen beside it."""
        dispatch = None
        if choice.priority is not None:
            dispatch = later.dispatching.prepare(
                case.file,
                choice,
                policy=case.policy,
                message_id=str(uuid.uuid4()),
                by=self.operator,
                at=self.clock(),
                exercise=self.settings.exercise,
                control_word=later.control_word.choose(),
                classes=later.classification.classifications(self.settings.classifications),
            )
        draft = later.values.DecisionDraft(
            token=str(uuid.uuid4()),
            choice=choice,
            policy=later.case.stamp(case.policy),
            answers={each.id: case.file.answers.get(each.id, OPEN) for each in case.policy.questions},
            suggestion=case.suggestion,
            deviates=later.deviation.deviates(choice, later.case.bounds(case.said), case.policy),
            also=also,
        )
        return later.case.Proposal(draft, dispatch, after=max((each.id for each in case.file.decisions), default=0))

    @needs(Right.DECIDE)
    async def decide(self, case: Case, proposal: Proposal) -> Decision:
        """Record a choice with all that was known, and put its dispatch in the outbox, in one transaction.

        After an error the same proposal can be confirmed again: whatever had reached the disk, it is one decision.

        Raises:
            DecidedMeanwhile: the call has a decision that was not on the screen when this was proposed, such as one
                whose answer got lost. Propose again on the call as it now stands to decide beside it.
        """
        return await self._write(
            self._calls.decide, case.claim, proposal.draft, proposal.dispatch, after=proposal.after
        )

    @needs(Right.DECIDE)
    async def propose_addition(self, case: Case) -> Dispatch | None:
        """Show what the CAD was not told yet of a call that it has; None when it was told everything.

        Raises:
            RecordError: there is no dispatch that can be added to; the text says what to do.
        """
        try:
            return await self._addition(case)
        except later.dispatching.NothingToAddToError as error:
            raise RecordError(str(error)) from error

    @needs(Right.PASS_ON)
    async def propose_by_voice(self, case: Case) -> Dispatch | None:
        """Show what a crew that was told by hand was not told yet; None when that is nothing, or the CAD tells it."""
        try:
            return await self._addition(case, by_voice=True)
        except later.dispatching.NothingToAddToError:
            return None

    @needs(Right.PASS_ON)
    async def told_by_voice(self, case: Case, news: Dispatch) -> Case:
        """Record that this news was passed on by telephone or radio; the same again changes nothing.

        Raises:
            RecordError: the dispatch it adds to was not passed on by hand.
        """
        await self._write(self._calls.told_by_voice, case.claim, news)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def news_for_the_crew(self, case: Case) -> tuple[str, ...]:
        """Say what a unit was not told yet, a new address first; empty when there is none underway.

        An addition reaches it, or a telephone where its dispatch was passed on by hand.
        """
        asked = [each for each in case.file.deliveries if not each.adds_to]
        if not asked or asked[-1].unit_status is UnitStatus.CLOSED:
            return ()
        if asked[-1].state is Delivery.BY_HAND:
            earlier = await self._read(lambda reader: reader.dispatches(case.file.call_id))
            return later.dispatching.news_since(case.file, earlier, policy=case.policy)
        try:
            addition = await self._addition(case)
        except later.dispatching.NothingToAddToError:
            return ()
        return () if addition is None else addition.details

    async def _addition(self, case: Case, *, by_voice: bool = False) -> Dispatch | None:
        earlier = await self._read(lambda reader: reader.dispatches(case.file.call_id))
        return later.dispatching.addition(
            case.file,
            earlier,
            policy=case.policy,
            message_id=str(uuid.uuid4()),
            by=self.operator,
            at=self.clock(),
            exercise=self.settings.exercise,
            classes=later.classification.classifications(self.settings.classifications),
            by_voice=by_voice,
        )

    @needs(Right.DECIDE)
    async def send_addition(self, case: Case, dispatch: Dispatch) -> Case:
        """Put an addition in the outbox; the same one again changes nothing.

        Raises:
            RecordError: the dispatch it adds to was refused or passed on by hand; the text says what to do.
        """
        await self._write(self._calls.add_to_dispatch, case.claim, dispatch)
        return await self._same(case)

    @needs(Right.PASS_ON)
    async def by_hand(self, case: Case, message_id: str) -> Case:
        """Record that a dispatch was passed on by telephone or radio: it is not sent (again)."""
        await self._write(self._calls.by_hand, case.claim, message_id)
        return await self._same(case)

    @needs(Right.DECIDE)
    async def give_reason(self, case: Case, decision_id: int, reason: str) -> Case:
        """Record why a decision departed from the suggestion."""
        await self._write(self._calls.give_reason, case.claim, decision_id, reason)
        return await self._same(case)
