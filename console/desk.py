"""What an operator does, in the room's words: look, take, answer, decide. The one door between screens and record.

Every step returns the call as it now stands on disk, so a screen never shows what was not kept. Nothing here blocks the
event loop: writing and reading each have a thread of their own.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from console import control_word, dispatching, linking, policy_shelf
from console.case import Case, Proposal, bounds
from console.deviation import deviates
from console.heartbeat import Heartbeat
from console.model import (
    OPEN,
    UNKNOWN,
    Assessment,
    Board,
    Channel,
    Choice,
    Claim,
    Decision,
    Facts,
    PolicyStamp,
    Related,
    Role,
)
from console.record import Calls, DecisionDraft, Home, NotYours, Policies, Reader, RecordError, Writer, access
from console.record.access import AccessLog
from console.record.leasing import RENEW_EVERY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from console.settings import Settings
    from triage_rules import Policy

__all__ = ["Case", "Desk", "NotYours", "Proposal", "RecordError", "active_policy", "bounds", "open_desk"]

HANDLING: Final = "afhandelen van de melding"
"""Why an operator's console reads a call; anybody else gives a reason of their own (`meldkamer dossier`)."""

_DANGER: Final = "gevaar"
_IN_NL: Final = "slachtoffer_in_nederland"
_NOT_THE_VICTIM: Final = {Role.THIRD_PARTY, Role.BANK, Role.WITNESS, Role.OTHER_ROOM}
_YES: Final = "ja"
_NO: Final = "nee"

P = ParamSpec("P")
T = TypeVar("T")


def _said_later(hours: str, later: timedelta) -> str:
    """Say how many hours ago the same moment is by then: cut, never rounded up, because fewer is more urgent."""
    ago = Decimal(hours) + Decimal(round(later.total_seconds())) / 3600
    return f"{max(ago, Decimal(0)).quantize(Decimal('0.0001'), rounding=ROUND_DOWN).normalize():f}"


class Desk:
    """One operator's place in the room."""

    def __init__(
        self, settings: Settings, policy: Policy, writer: Writer, operator: str, clock: Callable[[], datetime]
    ) -> None:
        """Sit down; `open_desk` is the usual way. `policy` is the one that is active now."""
        self.settings = settings
        self.operator = operator
        self.clock = clock
        self._writer = writer
        self._calls = Calls(writer)
        self._policies = Policies(writer)
        self._first = policy.text_hash
        self._known = {policy.text_hash: policy}
        self._reads = AccessLog(writer)
        self._linked: dict[str, set[str]] = {}
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="lezen")
        self._reader: Reader | None = None
        self._board: Board | None = None
        self._look_again_at = 0.0
        self._heart: Heartbeat | None = None

    async def warm_up(self) -> None:
        """Load what recognises accounts and numbers before the first call needs it; 50 ms, once."""
        await asyncio.to_thread(linking.load)

    async def board(self) -> Board:
        """Read the whole room."""
        return await self._read(self._look)

    async def board_if_changed(self) -> Board | None:
        """Read the room when there is something new in it, else None; cheap enough for ten times a second.

        New is what anybody recorded, and a claim whose console went silent; signs of life are no news.
        """
        return await self._read(self._look_if_changed)

    async def take(self, call_id: str) -> Case:
        """Claim a call, or come back to one that is yours.

        Raises:
            AlreadyClaimed: somebody else has it.
        """
        return await self._in_hand(await self._write(self._calls.claim, call_id, self.operator))

    async def take_over(self, call_id: str, *, owner: str, reason: str) -> Case:
        """Take a call from `owner`, as shown to the one who takes over, and say why; it is on record and they hear it.

        Raises:
            AlreadyClaimed: somebody else took it meanwhile.
            RecordError: there is no reason, or the call is free or yours; the text says what to do.
        """
        claim = await self._write(self._calls.take_over, call_id, self.operator, owner=owner, reason=reason)
        return await self._in_hand(claim)

    async def hand_over(self, case: Case, to: str | None, note: str) -> None:
        """Give a call to a colleague, or with None back to the queue, with what they must know; it is no longer yours.

        Raises:
            RecordError: there is no note, or nobody to hand over to.
        """
        await self._write(self._calls.hand_over, case.claim, to, note)
        if self._heart is not None:
            self._heart.drop(case.claim)

    async def new_call(self, channel: Channel = Channel.OTHER) -> Case:
        """Open a call that only came by telephone; it is yours at once and its facts follow."""
        return await self._in_hand(await self._write(self._calls.open_by_hand, channel, self.operator))

    async def see(self, case: Case) -> Case:
        """Read the same call again, as it stands now."""
        return await self._same(case)

    async def answer(self, case: Case, question: str, value: str) -> Case:
        """Record an answer and give the call with what the policy now says.

        Of a caller who cannot speak freely a "nee" to danger is recorded as `onbekend` (policy.md, before the
        questions); the answer in the case that comes back is the one that was recorded.

        Raises:
            AnswerError: the policy does not know this answer; nothing was recorded.
        """
        if question == _DANGER and value == _NO and case.file.facts.speaks_freely is False:
            value = UNKNOWN
        recorded = case.state.answer(question, value).answers[question]
        await self._write(self._calls.answer, case.claim, question, recorded)
        return await self._same(case)

    async def reopen(self, case: Case, question: str) -> Case:
        """Take an answer back: the question counts as not asked; the earlier answer stays in the record.

        Of a caller who cannot speak freely danger goes back to `onbekend`, never to not asked.
        """
        if question == _DANGER and case.file.facts.speaks_freely is False:
            return await self.answer(case, question, UNKNOWN)
        await self._write(self._calls.answer, case.claim, question, None)
        return await self._same(case)

    async def tell(self, case: Case, facts: Facts) -> Case:
        """Record where the caller is, how to call back and for whom they call.

        That a caller cannot speak freely makes danger at least `onbekend` (policy.md, before the questions).
        """
        if facts.speaks_freely is False and case.file.answers.get(_DANGER, _NO) == _NO:
            await self._write(self._calls.answer, case.claim, _DANGER, UNKNOWN)
        await self._write(self._calls.tell, case.claim, facts)
        return await self._placed(await self._same(case))

    async def note(self, case: Case, text: str) -> None:
        """Record the note line as it now stands."""
        await self._write(self._calls.note, case.claim, text)

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

    async def related(self, case: Case) -> tuple[Related, ...]:
        """Read which other calls share an account, a number, a domain or an address; never an input of a rule.

        Each of them is logged as read before it is shown for the first time (Wpg 32a: combining).
        """
        window = timedelta(days=self.settings.link_days)
        found = await self._read(lambda reader: reader.related(case.file.call_id, window))
        fresh = {each.call_id for each in found} - self._linked.get(case.file.call_id, set())
        if fresh:
            reason = f"verband met melding {case.file.call_id}"
            await self._write(self._reads.read, self.operator, access.LINKED, sorted(fresh), reason)
            self._linked.setdefault(case.file.call_id, set()).update(fresh)
        return found

    async def versions(self, case: Case) -> tuple[Assessment, ...]:
        """Read every assessment of a call, the first one first; of an undecided one the policy says what it says now.

        `console.difference.difference` tells what changed between two of them.
        """
        found = await self._read(lambda reader: reader.versions(case.file.call_id))
        if found[-1].suggestion is None:
            found = (*found[:-1], replace(found[-1], suggestion=case.suggestion))
        return found

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

    async def close(self) -> None:
        """Leave: what was asked to be written is written first. Leaving again does nothing."""
        if self._heart is not None:
            await asyncio.to_thread(self._heart.stop)
        reader, self._reader = self._reader, None
        if reader is not None:
            await asyncio.wrap_future(self._reading.submit(reader.close))
        self._reading.shutdown(wait=False)
        await asyncio.to_thread(self._writer.close)

    async def _begin(self, claim: Claim) -> Case:
        """Open a call under the policy it began with, or under the active one when it is new."""
        active = await asyncio.to_thread(policy_shelf.named, _shelf(self.settings)) or self._first
        await self._know(active)
        bound = await self._write(self._policies.begin, claim, active)
        await self._know(bound)
        return await self._placed(await self._case(claim, self._known[bound]))

    async def _know(self, text_hash: str) -> None:
        """Have a policy at hand; each is read once, because reading one holds everything up for 10 ms."""
        if text_hash not in self._known:
            self._known[text_hash] = await asyncio.to_thread(policy_shelf.version, _shelf(self.settings), text_hash)

    async def _placed(self, case: Case) -> Case:
        """Record that the victim is in the Netherlands where the address says so: asked only without one (policy.md).

        Only the address of whoever is the victim, as far as is known; another answer can be given at any moment.
        """
        known = {question.id for question in case.policy.questions}
        is_of_victim = case.file.facts.role not in _NOT_THE_VICTIM
        if _IN_NL in known - set(case.file.answers) and is_of_victim and dispatching.address_of(case.file):
            return await self.answer(case, _IN_NL, _YES)
        return case

    async def _in_hand(self, claim: Claim) -> Case:
        """Vouch for a new claim from now on, and give its call."""
        if self._heart is None:
            self._heart = Heartbeat(self._calls.renew, asyncio.get_running_loop())
            self._heart.start()
        self._heart.hold(claim)
        await self._write(self._reads.read, self.operator, access.OPENED, [claim.call_id], HANDLING)
        return await self._begin(claim)

    def _look(self, reader: Reader) -> Board:
        self._board = reader.board()
        self._look_again_at = time.monotonic() + RENEW_EVERY.total_seconds()
        return self._board

    def _look_if_changed(self, reader: Reader) -> Board | None:
        if not reader.changed() and time.monotonic() < self._look_again_at:
            return None
        before = self._board
        return None if self._look(reader) == before else self._board

    async def _same(self, case: Case) -> Case:
        return await self._case(case.claim, case.policy)

    async def _case(self, claim: Claim, policy: Policy) -> Case:
        file = await self._read(lambda reader: reader.file(claim.call_id))
        return Case(claim, file, policy.resume(file.answers))

    async def _write(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._writer.call(operation, *args, **kwargs)

    async def _read(self, look: Callable[[Reader], T]) -> T:
        return await asyncio.wrap_future(self._reading.submit(lambda: look(self._opened())))

    def _opened(self) -> Reader:
        if self._reader is None:
            self._reader = Reader.open(self._writer.home, clock=self.clock)
        return self._reader


def open_desk(settings: Settings, *, operator: str, terminal: str, os_user: str, clock: Callable[[], datetime]) -> Desk:
    """Prepare the data folder and sit down at it.

    Raises:
        RecordError: the folder or the database cannot be used; the text says what to do.
        PolicyError: the active policy cannot be read.
    """
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    policy = active_policy(settings)
    writer = Writer.open(home, clock=clock, terminal=terminal, os_user=os_user)
    return Desk(settings, policy, writer, operator, clock)


def active_policy(settings: Settings) -> Policy:
    """The policy that new calls get: the one the room activated, else that of the settings, else the packaged one."""
    return policy_shelf.active(_shelf(settings), settings.policy)


def _shelf(settings: Settings) -> Path:
    return settings.home / policy_shelf.FOLDER


def _stamp(policy: Policy) -> PolicyStamp:
    return PolicyStamp(policy.id, policy.version, policy.text_hash, policy.meaning_hash)
