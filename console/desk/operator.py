"""The desk itself: taking and giving a call, asking its questions, assessing it again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from console.desk import later
from console.desk.ageing import Ageing
from console.desk.allowing import needs
from console.desk.consulting import Consulting
from console.desk.deciding import Deciding
from console.desk.entering import Entering
from console.desk.looking import Looking
from console.desk.noting import Noting
from console.desk.refusing import Refusing
from console.domain.before_questions import DANGER, IN_NL, NO, NOT_THE_VICTIM, YES
from console.model import UNKNOWN, Channel
from console.record import RecordError
from console.roles import Right
from console.texts import words

if TYPE_CHECKING:
    from console.case import Case
    from console.model import Claim, Facts, PaperForm


def _said_later(hours: str, later: timedelta) -> str:
    """Say how many hours ago the same moment is by then: cut, never rounded up, because fewer is more urgent."""
    ago = Decimal(hours) + Decimal(round(later.total_seconds())) / 3600
    return f"{max(ago, Decimal(0)).quantize(Decimal('0.0001'), rounding=ROUND_DOWN).normalize():f}"


class Desk(Noting, Consulting, Deciding, Ageing, Looking, Entering, Refusing):
    """One operator's place in the room."""

    @needs(Right.HANDLE)
    async def take(self, call_id: str) -> Case:
        """Claim a call, or come back to one that is yours.

        Raises:
            AlreadyClaimed: somebody else has it.
        """
        return await self._in_hand(await self._write(self._calls.claim, call_id, self.operator))

    @needs(Right.TAKE_OVER)
    async def take_over(self, call_id: str, *, owner: str, reason: str) -> Case:
        """Take a call from `owner`, as shown to the one who takes over, and say why; it is on record and they hear it.

        Raises:
            AlreadyClaimed: somebody else took it meanwhile.
            RecordError: there is no reason, or the call is free or yours; the text says what to do.
        """
        claim = await self._write(self._calls.take_over, call_id, self.operator, owner=owner, reason=reason)
        return await self._in_hand(claim)

    @needs(Right.HANDLE)
    async def hand_over(self, case: Case, to: str | None, note: str) -> None:
        """Give a call to a colleague, or with None back to the queue, with what they must know; it is no longer yours.

        Raises:
            RecordError: there is no note, or nobody to hand over to.
        """
        await self._write(self._calls.hand_over, case.claim, to, note)
        if self._heart is not None:
            self._heart.drop(case.claim)

    @needs(Right.HANDLE)
    async def new_call(self, channel: Channel = Channel.OTHER) -> Case:
        """Open a call that only came by telephone; it is yours at once and its facts follow."""
        return await self._in_hand(await self._write(self._calls.open_by_hand, channel, self.operator))

    @needs(Right.HANDLE)
    async def leave(self, case: Case) -> str:
        """Go out of a call, which stays yours; one that was opened by mistake and holds nothing is closed.

        Gives what is to be said of that, empty where the call is as it was.
        """
        if not (case.held and case.file.untouched):
            return ""
        try:
            await self._write(self._calls.close_empty, case.claim)
        except RecordError as error:
            return str(error)
        if self._heart is not None:
            self._heart.drop(case.claim)
        return words.desk.closed_empty(case.file.call_id)

    @needs(Right.ENTER)
    async def enter(self, form: PaperForm, token: str) -> Case | None:
        """Record a paper form with its own moments; nothing of it goes to the CAD. Gives the call when it is undecided.

        After an error the same form can be entered again under the same `token`: it is one call.

        Raises:
            RecordError: its moments cannot be, its number is not one for paper, or was used; nothing was recorded.
            AnswerError: the policy does not know one of its answers; nothing was recorded.
        """
        claim = await self._enter(form, token)
        return await self._in_hand(claim) if form.choice is None else None

    @needs(Right.HANDLE)
    async def answer(self, case: Case, question: str, value: str) -> Case:
        """Record an answer and give the call with what the policy now says.

        Of a caller who cannot speak freely a "nee" to danger is recorded as `onbekend` (policy.md, before the
        questions); the answer in the case that comes back is the one that was recorded.

        Raises:
            AnswerError: the policy does not know this answer; nothing was recorded.
        """
        if question == DANGER and value == NO and case.file.facts.speaks_freely is False:
            value = UNKNOWN
        recorded = case.state.answer(question, value).answers[question]
        await self._write(self._calls.answer, case.claim, question, recorded)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def reopen(self, case: Case, question: str) -> Case:
        """Take an answer back: the question counts as not asked; the earlier answer stays in the record.

        Of a caller who cannot speak freely danger goes back to `onbekend`, never to not asked.
        """
        if question == DANGER and case.file.facts.speaks_freely is False:
            return await self.answer(case, question, UNKNOWN)
        await self._write(self._calls.answer, case.claim, question, None)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def tell(self, case: Case, facts: Facts) -> Case:
        """Record where the caller is, how to call back and for whom they call.

        That a caller cannot speak freely makes danger at least `onbekend` (policy.md, before the questions). Where it
        turns out that somebody else is the victim, the address no longer places them: the question is open again.
        """
        if facts.role in NOT_THE_VICTIM and case.file.facts.role not in NOT_THE_VICTIM:
            case = await self._unplaced(case)
        if facts.speaks_freely is False and case.file.answers.get(DANGER, NO) == NO:
            await self._write(self._calls.answer, case.claim, DANGER, UNKNOWN)
        await self._write(self._calls.tell, case.claim, facts)
        return await self._placed(await self._same(case))

    @needs(Right.HANDLE)
    async def reassess(self, case: Case) -> Case:
        """Open a decided call again for new facts, timed from now; all that was said and decided stays on record.

        The answers stand as they stood; how long ago something happened is said again from the new moment.
        """
        now = self.clock()
        moved = {
            question.id: _said_later(case.file.answers[question.id], now - case.file.assessed_from)
            for question in case.policy.questions
            if question.kind == "uren" and case.file.answers.get(question.id, UNKNOWN) != UNKNOWN
        }
        await self._write(self._calls.reassess, case.claim, since=now, answers=moved)
        return await self._same(case)

    async def _begin(self, claim: Claim) -> Case:
        """Open a call under the policy it began with, or under the active one when it is new."""
        bound = await self._write(self._policies.begin, claim, await self._active())
        await self._know(bound)
        return await self._placed(await self._case(claim, self._known[bound]))

    async def _placed(self, case: Case) -> Case:
        """Record that the victim is in the Netherlands where the address says so: asked only without one (policy.md).

        Only the address of whoever is the victim, as far as is known; another answer can be given at any moment.
        """
        known = {question.id for question in case.policy.questions}
        is_of_victim = case.file.facts.role not in NOT_THE_VICTIM
        if IN_NL in known - set(case.file.answers) and is_of_victim and later.dispatching.address_of(case.file):
            return await self.answer(case, IN_NL, YES)
        return case

    async def _unplaced(self, case: Case) -> Case:
        """Take back that the victim is in the Netherlands, which the address of another said."""
        if case.file.answers.get(IN_NL) != YES:
            return case
        await self._write(self._calls.answer, case.claim, IN_NL, None)
        return await self._same(case)

    async def _in_hand(self, claim: Claim) -> Case:
        """Vouch for a new claim from now on, and give its call."""
        if self._heart is None:
            self._heart = later.heartbeat.Heartbeat(self._calls.renew, asyncio.get_running_loop())
            self._heart.start()
        self._heart.hold(claim)
        await self._write(self._reads.read, self.operator, later.access.OPENED, [claim.call_id], words.desk.HANDLING)
        return await self._begin(claim)
