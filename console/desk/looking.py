"""Looking at the desk: into other calls and into what was said before, never without a line in the log of reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.desk import later
from console.desk.allowing import needs
from console.desk.seat import Seat
from console.roles import Right
from console.texts import words
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.case import Case
    from console.model import Assessment, CallFile, Choice, Related, Stage
    from console.record import Reader
    from triage_rules import Policy

MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A call that answers a question: enough to choose it by, nothing of what was said in it."""

    call_id: str
    received_at: datetime
    place: str
    stage: Stage
    choice: Choice | None
    entered_later: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A call that was looked up, to read only: all of it, its assessments, the calls it shares something with.

    `policy` is the one it was asked under, whose words its answers need; None when this room no longer keeps it.
    Special data (Wpg 5) may only be shown of it when it was asked for and logged so, which `special` tells.
    """

    file: CallFile
    versions: tuple[Assessment, ...]
    related: tuple[Related, ...]
    policy: Policy | None
    special: bool


class Looking(Seat):
    """What an operator reads beside the call in hand."""

    @needs(Right.HANDLE)
    async def related(self, case: Case) -> tuple[Related, ...]:
        """Read which other calls share an account, a number, a domain or an address; never an input of a rule.

        Each of them is logged as read before it is shown for the first time (Wpg 32a: combining).
        """
        window = timedelta(days=self.settings.link_days)
        found = await self._read(lambda reader: reader.related(case.file.call_id, window))
        fresh = {each.call_id for each in found} - self._linked.get(case.file.call_id, set())
        if fresh:
            reason = words.desk.related_to(case.file.call_id)
            await self._write(self._reads.read, self.operator, later.access.LINKED, sorted(fresh), reason)
            self._linked.setdefault(case.file.call_id, set()).update(fresh)
        return found

    @needs(Right.HANDLE)
    async def versions(self, case: Case) -> tuple[Assessment, ...]:
        """Read every assessment of a call, the first one first; of an undecided one the policy says what it says now.

        `console.domain.difference.difference` tells what changed between two of them.
        """
        found = await self._read(lambda reader: reader.versions(case.file.call_id))
        if found[-1].suggestion is None:
            found = (*found[:-1], replace(found[-1], suggestion=case.suggestion))
        return found

    @needs(Right.READ)
    async def find(self, query: str) -> tuple[Found, ...]:
        """Search in all calls: by number, by what can be recognised in the question, by its words; at most fifty.

        The question and every call it gives are logged before they are shown (Wpg 32a); the words of it are not.

        Raises:
            RecordError: there is nothing in the question to search by.
        """
        traces = later.linking.of_question(query)
        hits = await self._read(
            lambda reader: reader.ask(
                lambda connection: later.search.by_anything(connection, query, traces, MOST_FOUND)
            )
        )
        await self._log(later.access.SEARCHED_HERE, [None])
        await self._log(later.access.FOUND, [hit.call_id for hit in hits])
        return tuple(
            Found(hit.call_id, hit.received_at, hit.place, hit.stage, hit.choice, hit.entered_later) for hit in hits
        )

    @needs(Right.READ)
    async def look_up(self, call_id: str, *, special: bool = False) -> Looked:
        """Read a call without taking it; logged before it is shown, with `special` as such.

        Raises:
            UnknownCall: no call has this number.
        """
        window = timedelta(days=self.settings.link_days)

        def read(reader: Reader) -> tuple[CallFile, tuple[Assessment, ...], tuple[Related, ...], str | None]:
            file = reader.file(call_id)
            return file, reader.versions(call_id), reader.related(call_id, window), reader.policy_of(call_id)

        file, versions, related, text_hash = await self._read(read)
        await self._log(later.access.SEEN_SPECIAL if special else later.access.SEEN, [call_id])
        await self._log(later.access.LINKED, [each.call_id for each in related])
        return Looked(file, versions, related, await self._policy(text_hash), special)

    @needs(Right.HANDLE)
    async def read_through(self, case: Case) -> Looked:
        """Read the same of the call in hand; that its operator reads it was logged when it was taken."""
        return Looked(case.file, await self.versions(case), await self.related(case), case.policy, special=True)

    async def _log(self, what: str, call_ids: Sequence[str | None]) -> None:
        if call_ids:
            await self._write(self._reads.read, self.operator, what, call_ids, words.desk.LOOKING_BACK)

    async def _policy(self, text_hash: str | None) -> Policy | None:
        """The policy a call was asked under; of one that nobody took yet the active one."""
        try:
            asked_under = text_hash or await self._active()
            await self._know(asked_under)
        except PolicyError:
            return None
        return self._known[asked_under]
