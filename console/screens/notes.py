"""What the dialogs of a call note of it: each step on disk before it is shown, and what is typed is never forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from console import leads
from console.desk import Case, RecordError
from console.model import Clue, Secured, Securing
from console.screens.keeper import Keeper

if TYPE_CHECKING:
    from console.desk import Desk
    from console.model import CallFile, Detail

T = TypeVar("T")
Step: TypeAlias = Callable[[Case], Awaitable[Case]]


class Notes:
    """One call's notes, for as long as it is on screen."""

    def __init__(
        self,
        desk: Desk,
        file: Callable[[], CallFile],
        take: Callable[[Step], Awaitable[None]],
        failed: Callable[[RecordError], bool],
    ) -> None:
        """`take` takes a step at the desk, and raises what the desk does; `failed` hears why a write must wait."""
        self._desk = desk
        self._file = file
        self._take = take
        self._failed = failed
        self._waiting: list[Callable[[], Awaitable[bool]]] = []
        self.new_trace = ""
        """What was typed as a new trace and could not be recorded yet."""
        self.changed: Callable[[], None] = lambda: None
        """Called when the call on disk is another one."""

    @property
    def file(self) -> CallFile:
        """The call as it stands on disk."""
        return self._file()

    async def keep(self, clue: Clue) -> str:
        """Record a clue; one that was taken back counts again. Gives the empty text, or why it was not recorded."""
        for each in self.file.details:
            if isinstance(each.detail, Clue) and (each.detail.kind, each.detail.value) == (clue.kind, clue.value):
                again = each.number
                return await self.change(again, clue) if each.taken_back else ""
        return await self._tried(lambda case: self._desk.add(case, clue))

    async def secure(self, trace: str, how: Securing | None) -> str:
        """Record how a line of the checklist stands; None for not asked."""
        number = leads.number_of_secured(self.file, trace)
        if how is None:
            return "" if number is None else await self.take_back(number)
        detail = Secured(trace, how)
        if number is None:
            return await self._tried(lambda case: self._desk.add(case, detail))
        return await self.change(number, detail)

    async def change(self, number: int, detail: Detail) -> str:
        """Record how a detail now stands."""
        return await self._tried(lambda case: self._desk.change(case, number, detail))

    async def take_back(self, number: int) -> str:
        """Record that a detail does not hold."""
        return await self._tried(lambda case: self._desk.take_back(case, number))

    def detail(self, number: int | None) -> Keeper[Detail | None]:
        """Keep one detail while it is typed: the first version is added, each next one changes it; None empties it."""
        at = number

        async def write(detail: Detail | None) -> None:
            nonlocal at
            standing = at
            if standing is not None:
                if detail is None:
                    await self._take(lambda case: self._desk.take_back(case, standing))
                else:
                    await self._take(lambda case: self._desk.change(case, standing, detail))
            elif detail is not None:
                await self._take(lambda case: self._desk.add(case, detail))
                at = leads.newest_number(self.file)

        return self.keeper(write)

    def keeper(self, write: Callable[[T], Awaitable[None]]) -> Keeper[T]:
        """Keep something else while it is typed; leaving the call waits for it."""
        keeper = Keeper(write, self._failed)
        self._waiting.append(keeper.settled)
        return keeper

    async def step(self, step: Step) -> None:
        """Take a step at the desk for a keeper; raises what the desk does."""
        await self._take(step)

    async def settled(self) -> bool:
        """Wait until all that was typed is on disk, or a write failed; tells which."""
        return all([await settled() for settled in self._waiting])

    async def _tried(self, step: Step) -> str:
        try:
            await self._take(step)
        except RecordError as error:
            return str(error)
        return ""
