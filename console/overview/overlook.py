"""Looks at the room, again and again, at next to no cost: what is open is read each time, what happened only once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

from console import policy_shelf
from console.model import AppointmentKind
from console.overview.agreements import appointed
from console.overview.figures import HOUR, Figures
from console.overview.last_hour import LastHour
from console.overview.possible import PrioOne
from console.record import glance, patterns
from console.record.errors import RecordError
from console.record.home import Home
from console.record.reader import Reader
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType

    from console.model.overview import Linked, Rising
    from console.record.engine import Connection
    from console.settings import Settings


__all__ = ["Overlook", "RecordError"]


PATTERNS_EVERY: Final = timedelta(seconds=20)
"""What goes on over hours is not looked for at each look."""


class Overlook:
    """One place from which a room is watched; it belongs to the thread that opened it."""

    def __init__(self, settings: Settings, home: Home, reader: Reader, clock: Callable[[], datetime]) -> None:
        """Use `Overlook.open`."""
        self._home = home
        self._reader = reader
        self._clock = clock
        self._norm = None if settings.taking_norm is None else timedelta(seconds=settings.taking_norm)
        self._prio_one = PrioOne(settings.home / policy_shelf.FOLDER)
        self._hour = LastHour()
        self._seen: glance.Seen | None = None
        self._file = _identity(home)
        self._patterns: tuple[datetime, tuple[Linked, ...], tuple[Rising, ...]] | None = None
        self.patterns_every = PATTERNS_EVERY

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime]) -> Self:
        """Open the record for reading only: nothing is made, and no right of anything is changed.

        Raises:
            RecordError: there is no record, or it cannot be read; the text says what to do.
        """
        home = Home(settings.home)
        return cls(settings, home, Reader.open(home, clock=clock), clock)

    def close(self) -> None:
        """Close the connection."""
        self._reader.close()

    def __enter__(self) -> Self:
        """Give the place itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def changed(self) -> bool:
        """Tell whether anything was written since the last look.

        Raises:
            RecordError: another file stands in the place of the record: what was read is no longer the room's.
        """
        if _identity(self._home) != self._file:
            raise RecordError(words.overview.OTHER_RECORD)
        return self._reader.changed()

    def look(self) -> Figures:
        """Read the room as it is now."""
        now = self._clock()
        return self._reader.ask(lambda connection: self._look(connection, now))

    def _look(self, connection: Connection, now: datetime) -> Figures:
        self._reader.changed()  # within the snapshot: what comes after it is news again
        before, seen = self._seen, glance.newest(connection)
        if before is None:
            lately, answered = glance.back_to(connection, now - HOUR), frozenset[str]()
        else:
            lately, answered = glance.since(connection, before), glance.answered(connection, before)
        found = glance.glance(connection, now, self._norm)
        self._prio_one.weigh(connection, glance.held(connection), answered)
        if self._patterns is None or abs(now - self._patterns[0]) >= self.patterns_every:
            self._patterns = now, patterns.linked(connection, now), patterns.rising(connection, now)
        _, linked, rising = self._patterns
        # Only now is all of it read: what failed half way is read again by the next look.
        self._hour.add(lately)
        self._seen = seen
        agreed = {kind: [each for each in found.agreed if each.kind is kind] for kind in AppointmentKind}
        return Figures(
            glance=found,
            prio1=self._prio_one.among(found.held),
            windows=appointed(agreed[AppointmentKind.WINDOW]),
            pickups=appointed(agreed[AppointmentKind.PICKUP]),
            hour=self._hour.figures(now, self._norm, sum(each.late for each in found.waiting)),
            norm=self._norm,
            linked=linked,
            rising=rising,
        )


def _identity(home: Home) -> tuple[int, int] | None:
    """Which file the record is; None while there is none."""
    try:
        found = home.database.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
