"""What the dialogs of a call note of it: each step on disk before it is shown, and what is typed is never forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from console.desk import Case, RecordError
from console.domain import leads
from console.domain.topics import Topic, fact_about, known_about, said_about
from console.model import Clue, Known, KnownPerson, Person, PersonRole, Secured, Securing, Special
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
        self._keepers: dict[str, Keeper[Any]] = {}
        self._details: dict[int | None, Keeper[Detail | None]] = {}
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
        """Keep one detail while it is typed: the first version is added, each next one changes it; None empties it.

        One keeper per detail, also when its fields are opened again: an older text that is still being written must
        not come after a newer one.
        """
        if number in self._details:
            return self._details[number]
        at, token = number, str(uuid.uuid4())
        adding: Detail | None = None

        async def write(detail: Detail | None) -> None:
            nonlocal at, adding
            if at is None:
                adding = new = detail or adding  # also when it was emptied since: it may stand, though nobody heard so
                if new is None:
                    return
                await self._take(lambda case: self._desk.add(case, new, token))
                at = leads.number_of(self.file, new)
                self._details[at] = keeper
                if detail is not None:
                    return
            standing = at
            if standing is not None and detail is None:
                await self._take(lambda case: self._desk.take_back(case, standing))
            elif standing is not None and detail is not None:
                await self._take(lambda case: self._desk.change(case, standing, detail))

        keeper = self._keeper(write)
        if number is not None:
            self._details[number] = keeper
        return keeper

    def said(self, topic: Topic) -> Keeper[str]:
        """Keep what the caller says of a topic; with nothing said it is taken back."""

        async def write(text: str) -> None:
            known = known_about(self.file, topic)
            if text != said_about(self.file, topic):
                fact = fact_about(topic, text)
                await self._take(lambda case: self._desk.fact(case, fact, known.number if known else None))

        return self._named(topic, write)

    def person(self, role: PersonRole) -> Keeper[Person]:
        """Keep the one person who has this role by what the caller tells of them."""

        async def write(person: Person) -> None:
            known = person_with(self.file, role)
            if person != (known.person if known else Person(role)):
                await self._take(lambda case: self._desk.person(case, person, known.number if known else None))

        return self._named(role, write)

    def impression(self) -> Keeper[str]:
        """Keep what the operator makes of it, apart from the facts (Wpg 4 lid 3)."""

        async def write(text: str) -> None:
            await self._take(lambda case: self._desk.impression(case, text))

        return self._named("", write)

    def special(self, kind: Special) -> Keeper[Known]:
        """Keep a code of what the law protects most (Wpg 5)."""

        async def write(value: Known) -> None:
            await self._take(lambda case: self._desk.special(case, kind, value))

        return self._named(kind, write)

    def _named(self, name: str, write: Callable[[T], Awaitable[None]]) -> Keeper[T]:
        """The keeper of one thing: the same one for as long as the call is on screen, so that it knows what waits."""
        if name not in self._keepers:
            self._keepers[name] = self._keeper(write)
        keeper: Keeper[T] = self._keepers[name]
        return keeper

    def _keeper(self, write: Callable[[T], Awaitable[None]]) -> Keeper[T]:
        keeper = Keeper(write, self._failed)
        self._waiting.append(keeper.settled)
        return keeper

    async def settled(self) -> bool:
        """Wait until all that was typed is on disk, or a write failed; tells which."""
        return all([await settled() for settled in self._waiting])

    async def _tried(self, step: Step) -> str:
        try:
            await self._take(step)
        except RecordError as error:
            return str(error)
        return ""


def person_with(file: CallFile, role: PersonRole) -> KnownPerson | None:
    """The person who was noted first with this role."""
    return next((each for each in file.persons if each.person.role is role), None)
