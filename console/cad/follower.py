"""Asks a CAD what became of what it took, and brings back its answer and its unit; never more than it has room for."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.cad import schedule
from console.cad.insisting import surely
from console.cad.peer import NoAnswer, Stage, Unknown
from console.model import Delivery
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.cad.link_note import LinkNote
    from console.cad.peer import Cad, Standing, Unit
    from console.model import DeliveryState
    from console.record import Outbox, Writer

_AT_ONCE: Final = 2
_WATCHED: Final = 500
_LOOK_EVERY: Final = 0.5
_UNKNOWN_TIMES: Final = 3
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_FURTHEST_ARRIVAL: Final = timedelta(hours=12)


class Follower:
    """Follows what one CAD has, the longest unasked first."""

    def __init__(
        self,
        writer: Writer,
        outbox: Outbox,
        link: LinkNote,
        *,
        name: str,
        clock: Callable[[], datetime],
        others_before: datetime | None = None,
    ) -> None:
        """Prepare to ask the CAD that operators call `name`; `link` hears how each question went.

        What was delivered before `others_before` went to another CAD, which this one cannot speak for.
        """
        self.asking: dict[asyncio.Task[None], str] = {}
        """The questions that are under way, each with the message that it is about."""
        self._writer = writer
        self._outbox = outbox
        self._link = link
        self._name = name
        self._clock = clock
        self._others_before = others_before
        self._asked_at: dict[str, float] = {}
        self._unknown: dict[str, int] = {}
        self._waiting: list[DeliveryState] = []
        self._look_at = 0.0

    async def start(self, cad: Cad, room: int) -> None:
        """Begin to ask what it is time to ask, at most `room` questions.

        Raises:
            RecordError: the record cannot be read now; nothing was begun.
        """
        room = min(_AT_ONCE - len(self.asking), room)
        if room <= 0 or not cad.abilities.confirms:
            return
        now = time.monotonic()
        if now >= self._look_at:
            self._waiting = await self._look(now)
            self._look_at = now + _LOOK_EVERY
        begun, self._waiting = self._waiting[:room], self._waiting[room:]
        for state in begun:
            self._asked_at[state.message_id] = now
            self.asking[asyncio.create_task(self._follow(cad, state))] = state.message_id

    async def _look(self, now: float) -> list[DeliveryState]:
        """What it is time to ask, the longest unasked first."""
        watched = [each for each in await self._writer.call(self._outbox.watched, _WATCHED) if self._is_ours(each)]
        known = {state.message_id for state in watched}
        self._asked_at = {message_id: at for message_id, at in self._asked_at.items() if message_id in known}
        self._unknown = {message_id: times for message_id, times in self._unknown.items() if message_id in known}
        waiting = [state for state in watched if self._is_time_to_ask(state, now)]
        return sorted(waiting, key=lambda state: self._asked_at.get(state.message_id, 0.0))

    def _is_ours(self, state: DeliveryState) -> bool:
        return self._others_before is None or (state.delivered_at or self._others_before) >= self._others_before

    def _is_time_to_ask(self, state: DeliveryState, now: float) -> bool:
        if state.message_id in self.asking.values():
            return False
        moments = [each for each in (state.delivered_at, state.answered_at, state.unit_status_at) if each is not None]
        quiet = (self._clock() - max(moments, default=state.created_at)).total_seconds()
        pause = schedule.pause_before_asking(quiet, answered=state.state is Delivery.ACCEPTED)
        return now - self._asked_at.get(state.message_id, -pause) >= pause

    async def _follow(self, cad: Cad, state: DeliveryState) -> None:
        standing = await cad.standing(state.message_id, state.cad_reference)
        if isinstance(standing, NoAnswer):
            self._link.hear_question(standing.error)
            return
        self._link.hear_question("")
        if isinstance(standing, Unknown):
            await self._note_unknown(state)
        else:
            self._unknown.pop(state.message_id, None)
            await self._note_standing(state, standing)

    async def _note_unknown(self, state: DeliveryState) -> None:
        """Say it when a CAD keeps denying what it took; a copy of the CAD that lags a moment is given that moment."""
        times = self._unknown[state.message_id] = self._unknown.get(state.message_id, 0) + 1
        if times == _UNKNOWN_TIMES and state.state is Delivery.DELIVERED:
            reason = words.cad.no_longer_known(self._name)
            await surely(self._writer, self._outbox.unclear, state.message_id, reason)

    async def _note_standing(self, state: DeliveryState, standing: Standing) -> None:
        if standing.stage is Stage.REFUSED:
            await surely(self._writer, self._outbox.refused, state.message_id, standing.reason or "zonder reden")
            return
        if standing.stage is Stage.ACCEPTED and state.state is Delivery.DELIVERED:
            await surely(self._writer, self._outbox.accepted, state.message_id, state.cad_reference, state.reason)
        unit = None if state.adds_to else standing.unit
        if unit is None:
            return
        expected_at = self._expected(unit)
        known = (state.unit, state.unit_status, state.expected_at)
        if (unit.callsign, unit.status, expected_at or state.expected_at) != known:
            at = self._believable(unit)
            await surely(
                self._writer,
                self._outbox.unit,
                state.message_id,
                unit.callsign,
                unit.status,
                at,
                expected_at=expected_at,
            )

    def _believable(self, unit: Unit) -> datetime:
        """Take the CAD's time of a unit's status, unless its clock is off: then the moment that we heard it."""
        now = self._clock()
        return unit.at if abs(unit.at - now) <= _CLOCK_TOLERANCE else now

    def _expected(self, unit: Unit) -> datetime | None:
        """Take when a unit thinks to be there, on the whole second; a moment that cannot be meant is not shown."""
        if unit.expected_at is None:
            return None
        ahead = unit.expected_at - self._clock()
        return unit.expected_at.replace(microsecond=0) if -_CLOCK_TOLERANCE <= ahead <= _FURTHEST_ARRIVAL else None
