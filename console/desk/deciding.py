"""Deciding at the desk: a choice as it would be recorded and sent, and then recorded and sent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from console import control_word, dispatching
from console.case import Case, Proposal, bounds
from console.desk.seat import Seat
from console.deviation import deviates
from console.model import OPEN, Choice, Decision, PolicyStamp
from console.record import DecisionDraft

if TYPE_CHECKING:
    from triage_rules import Policy


class Deciding(Seat):
    """What an operator does to decide, and after it."""

    async def draft_choice(self, case: Case, choice: Choice | None) -> Case:
        """Keep what is chosen and not confirmed yet, so that it survives the console; None when it was left."""
        await self._write(self._calls.draft_choice, case.claim, choice)
        return await self._same(case)

    def propose(self, case: Case, choice: Choice) -> Proposal:
        """Show what a choice would record and send; nothing is written."""
        dispatch = None
        if choice.priority is not None:
            dispatch = dispatching.prepare(
                case.file,
                choice,
                policy=case.policy,
                message_id=str(uuid.uuid4()),
                by=self.operator,
                at=self.clock(),
                exercise=self.settings.exercise,
                control_word=control_word.choose(),
            )
        draft = DecisionDraft(
            token=str(uuid.uuid4()),
            choice=choice,
            policy=_stamp(case.policy),
            answers={each.id: case.file.answers.get(each.id, OPEN) for each in case.policy.questions},
            suggestion=case.suggestion,
            deviates=deviates(choice, bounds(case.said), case.policy),
        )
        return Proposal(draft, dispatch)

    async def decide(self, case: Case, proposal: Proposal) -> Decision:
        """Record a choice with all that was known, and put its dispatch in the outbox, in one transaction.

        After an error the same proposal can be confirmed again: whatever had reached the disk, it is one decision.
        """
        return await self._write(self._calls.decide, case.claim, proposal.draft, proposal.dispatch)

    async def by_hand(self, case: Case, message_id: str) -> Case:
        """Record that a dispatch was passed on by telephone or radio: it is not sent (again)."""
        await self._write(self._calls.by_hand, case.claim, message_id)
        return await self._same(case)

    async def give_reason(self, case: Case, decision_id: int, reason: str) -> Case:
        """Record why a decision departed from the suggestion."""
        await self._write(self._calls.give_reason, case.claim, decision_id, reason)
        return await self._same(case)


def _stamp(policy: Policy) -> PolicyStamp:
    return PolicyStamp(policy.id, policy.version, policy.text_hash, policy.meaning_hash)
