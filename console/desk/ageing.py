"""Dispatches that waited too long, at the desk: looking at them, and saying of each what is to happen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.desk import later
from console.desk.allowing import needs
from console.desk.seat import Seat
from console.record import RecordError
from console.roles import Right
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from console.model import Aged, AgedGroup, AgedList

_AT_ONCE: Final = 100
"""Messages of a group in one transaction: other operators write in between, however large it is."""


class Ageing(Seat):
    """What an operator does about a dispatch that is not sent by itself any more; its call need not be in hand."""

    @needs(Right.SETTLE)
    async def aged(self) -> AgedList:
        """Read what waits for a person."""
        now = self.clock()
        return await self._read(lambda reader: reader.ask(lambda connection: later.aged.listed(connection, now)))

    @needs(Right.SETTLE)
    async def read_aged(self, one: Aged) -> None:
        """Log that the words of a dispatch are read, before they are shown."""
        await self._write(self._reads.read, self.operator, later.access.SEEN, [one.call_id], words.desk.TOO_OLD)

    @needs(Right.SETTLE)
    async def send_after_all(self, one: Aged) -> None:
        """Let it go to the CAD after all, and what was added to it.

        Raises:
            RecordError: somebody said something else of it meanwhile.
        """
        _demand(await self._write(self._ageing.send_after_all, self.operator, [one.message_id]))

    @needs(Right.SETTLE)
    async def drop(self, one: Aged, reason: str) -> None:
        """Record that it is not needed any more, and why.

        Raises:
            RecordError: there is no reason, or somebody said something else of it meanwhile.
        """
        _demand(await self._write(self._ageing.drop, self.operator, [one.message_id], reason))

    @needs(Right.PASS_ON)
    async def passed_on(self, one: Aged) -> None:
        """Record that it was passed on by telephone or radio: it is not sent.

        Raises:
            RecordError: somebody said something else of it meanwhile.
        """
        await self._write(self._ageing.by_hand, self.operator, one.message_id)

    @needs(Right.SETTLE)
    async def send_group(self, group: AgedGroup) -> int:
        """Let a whole group go, in the order of the queue; gives how many of them were still waiting."""
        return await self._each(group, lambda ids: self._write(self._ageing.send_after_all, self.operator, ids))

    @needs(Right.SETTLE)
    async def drop_group(self, group: AgedGroup, reason: str) -> int:
        """Record of a whole group that it is not needed any more; gives how many of them were still waiting."""
        return await self._each(group, lambda ids: self._write(self._ageing.drop, self.operator, ids, reason))

    async def _each(self, group: AgedGroup, say: Callable[[list[str]], Awaitable[int]]) -> int:
        done = 0
        while ids := await self._read(
            lambda reader: reader.ask(lambda line: later.aged.of_group(line, group, _AT_ONCE))
        ):
            done += await say(ids)
        return done


def _demand(changed: int) -> None:
    if not changed:
        raise RecordError(words.record.NOT_SET_ASIDE)
