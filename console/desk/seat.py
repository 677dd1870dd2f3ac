"""The chair at the desk: the record opened for one operator, and the room read from it.

Nothing here blocks the event loop: writing, reading the room and reading a call each have a thread of their own, so
that an answer never waits for a look at a thousand other calls.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import triage_rules
from console import permits, policy_shelf
from console.desk import later
from console.desk.allowing import Doorkeeper, needs
from console.record import Reader
from console.record.leasing import RENEW_EVERY
from console.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from console.case import Case
    from console.heartbeat import Heartbeat
    from console.model import Board, Claim, Detail
    from console.record import Ageing, Calls, Home, Policies, Writer
    from console.record.access import AccessLog
    from console.record.refusing import Refusals
    from console.settings import Settings
    from triage_rules import Policy

P = ParamSpec("P")
T = TypeVar("T")


class _Reading:
    """A reader on a thread of its own; it is opened when it is first asked something."""

    def __init__(self, home: Home, clock: Callable[[], datetime]) -> None:
        self._home = home
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lezen")
        self._reader: Reader | None = None

    async def read(self, look: Callable[[Reader], T]) -> T:
        return await asyncio.wrap_future(self.begin(look))

    def begin(self, look: Callable[[Reader], T]) -> Future[T]:
        return self._thread.submit(lambda: look(self._opened()))

    async def close(self) -> None:
        """Close it after what was asked before; closing again does nothing."""
        reader, self._reader = self._reader, None
        if reader is not None:
            await asyncio.wrap_future(self._thread.submit(reader.close))
        self._thread.shutdown(wait=False)

    def _opened(self) -> Reader:
        if self._reader is None:
            self._reader = Reader.open(self._home, clock=self._clock)
        return self._reader


class Seat:
    """What every use case of the desk stands on."""

    def __init__(self, settings: Settings, writer: Writer, operator: str, clock: Callable[[], datetime]) -> None:
        """Sit down; `open_desk` is the usual way."""
        self.settings = settings
        self.operator = operator
        self.clock = clock
        self.doorkeeper = Doorkeeper(permits.of_this_account(settings), writer, operator)
        self._writer = writer
        self._known: dict[str, Policy] = {}
        self._unless_chosen: Policy | None = None
        self._adding: dict[tuple[str, Detail], str] = {}
        self._linked: dict[str, set[str]] = {}
        self._of_calls = _Reading(writer.home, clock)
        self._of_the_room = _Reading(writer.home, clock)
        self._board: Board | None = None
        self._ahead: Future[Board] | None = None
        self._look_again_at = 0.0
        self._heart: Heartbeat | None = None

    @needs(Right.SEE)
    async def warm_up(self) -> None:
        """Load the policy and what else the first call needs while the operator looks at the queue; 150 ms, once.

        Raises:
            PolicyError: the active policy, or this room's table of classes, cannot be read.
        """
        await asyncio.to_thread(later.load)
        await asyncio.to_thread(later.classification.classifications, self.settings.classifications)
        await self._active()

    @needs(Right.SEE)
    def look_ahead(self) -> None:
        """Begin to read the room: the first `board` gives what was read while the screen was still being made."""
        self._ahead = self._of_the_room.begin(self._look)

    @needs(Right.SEE)
    async def board(self) -> Board:
        """Read the whole room."""
        ahead, self._ahead = self._ahead, None
        return await asyncio.wrap_future(ahead or self._of_the_room.begin(self._look))

    @needs(Right.SEE)
    async def board_if_changed(self) -> Board | None:
        """Read the room when there is something new in it, else None; cheap enough for ten times a second.

        New is what anybody recorded, and a claim whose console went silent; signs of life are no news.
        """
        return await self._of_the_room.read(self._look_if_changed)

    @needs(Right.HANDLE)
    async def see(self, case: Case) -> Case:
        """Read the same call again, as it stands now; where nothing changed the same case, not weighed again."""
        file = await self._read(lambda reader: reader.file(case.claim.call_id))
        return case if file == case.file else later.case.Case(case.claim, file, case.policy.resume(file.answers))

    async def close(self) -> None:
        """Leave: what was asked to be written is written first. Leaving again does nothing."""
        if self._heart is not None:
            await asyncio.to_thread(self._heart.stop)
        await self._of_calls.close()
        await self._of_the_room.close()
        self.doorkeeper.close()
        await asyncio.to_thread(self._writer.close)

    @cached_property
    def _calls(self) -> Calls:
        return later.calls.Calls(self._writer)

    @cached_property
    def _ageing(self) -> Ageing:
        return later.ageing.Ageing(self._writer)

    @cached_property
    def _policies(self) -> Policies:
        return later.policies.Policies(self._writer)

    @cached_property
    def _reads(self) -> AccessLog:
        return later.access.AccessLog(self._writer)

    @cached_property
    def _refusals(self) -> Refusals:
        return later.refusing.Refusals(self._writer)

    async def _active(self) -> str:
        """Have the policy that new calls get at hand, and give its text hash."""
        chosen = await asyncio.to_thread(policy_shelf.named, shelf(self.settings))
        if chosen is not None:
            await self._know(chosen)
            return chosen
        if self._unless_chosen is None:
            self._unless_chosen = await asyncio.to_thread(triage_rules.load, self.settings.policy)
            self._known[self._unless_chosen.text_hash] = self._unless_chosen
        return self._unless_chosen.text_hash

    async def _know(self, text_hash: str) -> None:
        """Have a policy at hand; each is read once, because reading one holds everything up for 10 ms."""
        if text_hash not in self._known:
            self._known[text_hash] = await asyncio.to_thread(policy_shelf.version, shelf(self.settings), text_hash)

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
        return later.case.Case(claim, file, policy.resume(file.answers))

    async def _write(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._writer.call(operation, *args, **kwargs)

    async def _read(self, look: Callable[[Reader], T]) -> T:
        return await self._of_calls.read(look)


def shelf(settings: Settings) -> Path:
    """Give the folder in which a room keeps its policies."""
    return settings.home / policy_shelf.FOLDER
