"""Noting at the desk: what is kept of a call besides its answers. Each step gives the call as it then stands."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from console.desk.allowing import needs
from console.desk.seat import Seat
from console.roles import Right

if TYPE_CHECKING:
    from console.case import Case
    from console.model import Detail, DraftPlace, Fact, Known, Person, Special


class Noting(Seat):
    """What an operator keeps while talking."""

    @needs(Right.HANDLE)
    async def note(self, case: Case, text: str) -> None:
        """Record the note line as it now stands."""
        await self._write(self._calls.note, case.claim, text)

    @needs(Right.HANDLE)
    async def draft_text(self, case: Case, place: DraftPlace, text: str) -> None:
        """Keep how a line stands that is typed and not confirmed yet, so that it survives the console."""
        await self._write(self._calls.draft_text, case.claim, place, text)

    @needs(Right.HANDLE)
    async def add(self, case: Case, detail: Detail, token: str = "") -> Case:
        """Record a clue, a payment, a device, an appointment or another detail, under a number of its own.

        After an error the same detail can be added again: whatever had reached the disk, it is one detail. Where it is
        another text by then, one `token` says that it is the same thing.
        """
        adding = case.claim.call_id, detail
        given = token or self._adding.setdefault(adding, str(uuid.uuid4()))
        await self._write(self._calls.add, case.claim, detail, given)
        after = await self._same(case)
        self._adding.pop(adding, None)
        return after

    @needs(Right.HANDLE)
    async def change(self, case: Case, number: int, detail: Detail) -> Case:
        """Record how a detail now stands; one that was taken back counts again.

        Raises:
            RecordError: the call has no such detail, or it is one of another kind.
        """
        await self._write(self._calls.change, case.claim, number, detail)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def take_back(self, case: Case, number: int) -> Case:
        """Record that a detail does not hold; nothing is erased."""
        await self._write(self._calls.take_back, case.claim, number)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def person(self, case: Case, person: Person, number: int | None = None) -> Case:
        """Record a person with their role, or with `number` how one now stands."""
        await self._write(self._calls.person, case.claim, person, number)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def fact(self, case: Case, fact: Fact, number: int | None = None) -> Case:
        """Record a fact with its source, or with `number` how one now stands."""
        await self._write(self._calls.fact, case.claim, fact, number)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def impression(self, case: Case, text: str) -> Case:
        """Record what the operator makes of it, apart from the facts (Wpg 4 lid 3)."""
        await self._write(self._calls.impression, case.claim, text)
        return await self._same(case)

    @needs(Right.HANDLE)
    async def special(self, case: Case, kind: Special, value: Known) -> Case:
        """Record special data as a code (Wpg 5)."""
        await self._write(self._calls.special, case.claim, kind, value)
        return await self._same(case)
