"""The delivery loop: carries the outbox to one CAD, most urgent first, and brings back what the CAD says of it.

What makes it safe to kill at any moment: the intent to send is on disk before the request leaves, the message id never
changes, and the plan for the next attempt is in the record. What happens after each outcome:

| outcome | in the record |
|---|---|
| delivered | afgeleverd; from then on the CAD is asked what became of it |
| refused | geweigerd, with the reason |
| conflict | onduidelijk: a person must look |
| not delivered | stays where it is, with the time of the next attempt |
| unclear | the same where the CAD deduplicates; where it can be asked, it is asked first; else onduidelijk |

Nothing is ever sent again blindly, also not what a delivery that died had begun (`console.cad.doubts`).

What adds to a dispatch goes the same way, after it and one by one (`Outbox.due`); a unit is never told of it.

Writing to the record happens on its own thread; nothing here blocks the event loop. Logs hold message ids and what went
wrong, never what a dispatch says.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

import stamina

from console.cad import schedule
from console.cad.doubts import Doubts
from console.cad.peer import Conflict, Delivered, NoAnswer, NoCad, NotDelivered, Refused, Stage, Unclear, Unknown
from console.model import Delivery
from console.record import Busy, NotToSend, RecordError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from console.cad.peer import Cad, Outcome, Standing, Unit
    from console.model import DeliveryState
    from console.record import Outbox, Parcel, Writer

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE: Final = 4
"""Dispatches under way at once, questions about earlier ones included."""
_QUESTIONS_AT_ONCE: Final = 2
_WATCHED: Final = 500
_TICK: Final = 0.1
_WATCH_EVERY: Final = 0.5
_LINK_EVERY: Final = 2.0
_FAILURE_COUNTS_FOR: Final = schedule.LONGEST_ASKED_PAUSE + 5.0
_REST_AFTER_FAULT: Final = 10.0
_GRACE: Final = 5.0
_UNKNOWN_TIMES: Final = 3
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_FURTHEST_ARRIVAL: Final = timedelta(hours=12)

_log = logging.getLogger("meldkamer.bezorging")


class Courier:
    """Carries one outbox to one CAD. Exactly one may run on a data folder; the delivery lock sees to that."""

    def __init__(
        self, cad: Cad | NoCad, writer: Writer, outbox: Outbox, *, name: str, clock: Callable[[], datetime]
    ) -> None:
        """Prepare to carry to the CAD that operators call `name`; where there is none, everything stays as it is."""
        self._cad = cad
        self._writer = writer
        self._outbox = outbox
        self._name = name
        self._clock = clock
        self._sending: dict[asyncio.Task[None], str] = {}
        self._asking: dict[asyncio.Task[None], str] = {}
        self._probe: asyncio.Task[None] | None = None
        self._resting: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}
        self._unknown: dict[str, int] = {}
        self._link = _LinkNote()
        self._doubts = Doubts()
        self._watch_at = 0.0

    async def work(self, stop: asyncio.Event, finished: Callable[[], Awaitable[bool]]) -> bool:
        """Carry until `stop` is set, or `finished` says so while nothing is under way; gives True for the latter."""
        ending = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._collect()
                await self._round()
                if not self._under_way() and await self._ask_finished(finished):
                    return True
                await asyncio.wait({ending, *self._under_way()}, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
            return False
        finally:
            ending.cancel()
            await self._land()

    async def _round(self) -> None:
        """Start what can be started now; a record that is busy or full is tried again in the next round."""
        try:
            if isinstance(self._cad, NoCad):
                self._link.hear_failure(self._cad.why)
            else:
                await self._start_sending(self._cad)
                await self._start_asking(self._cad)
                self._start_probe(self._cad)
            await self._tell_link()
        except RecordError as error:
            _log.warning("dossier: %s", error)

    async def _ask_finished(self, finished: Callable[[], Awaitable[bool]]) -> bool:
        try:
            return await finished()
        except RecordError as error:
            _log.warning("dossier: %s", error)
            return False

    async def _start_sending(self, cad: Cad) -> None:
        now = time.monotonic()
        self._resting = {message_id: until for message_id, until in self._resting.items() if until > now}
        held = {*self._sending.values(), *self._resting}
        room = AT_ONCE - len(self._sending) - len(self._asking)
        if room <= 0:
            return
        due = await self._once(self._outbox.due, self._clock(), room + len(held))
        for parcel in [each for each in due if each.dispatch.message_id not in held][:room]:
            task = asyncio.create_task(self._deliver(cad, parcel))
            self._sending[task] = parcel.dispatch.message_id

    async def _deliver(self, cad: Cad, parcel: Parcel) -> None:
        message_id = parcel.dispatch.message_id
        known = await self._doubts.resolve(cad, parcel)
        if known is not None:
            await self._note_outcome(cad, parcel, known)
            return
        try:
            await self._once(self._outbox.sending, message_id)
        except NotToSend:
            _log.warning("%s: hoeft niet meer, intussen met de hand afgehandeld", message_id)
            return
        outcome = await cad.send(parcel.dispatch)
        if isinstance(outcome, NotDelivered | Unclear):
            self._link.hear_failure(outcome.error)
        else:
            self._link.hear_success()
        await self._note_outcome(cad, parcel, outcome)

    async def _note_outcome(self, cad: Cad, parcel: Parcel, outcome: Outcome) -> None:
        message_id = parcel.dispatch.message_id
        match outcome:
            case Delivered(reference, remark):
                await self._surely(self._outbox.delivered, message_id, reference, remark)
            case Refused(reason):
                await self._surely(self._outbox.refused, message_id, reason)
            case Conflict(reason):
                await self._surely(self._outbox.unclear, message_id, reason)
            case Unclear(error) if not (cad.abilities.deduplicates or cad.abilities.looks_up):
                await self._surely(self._outbox.unclear, message_id, error)
            case Unclear(error, asked):
                await self._postpone(parcel, error, asked)
            case NotDelivered(error, asked):
                self._doubts.surely_not(message_id)
                await self._postpone(parcel, error, asked)

    async def _postpone(self, parcel: Parcel, error: str, asked: float | None) -> None:
        attempts = parcel.state.attempts + 1
        pause = schedule.pause_after(attempts, parcel.dispatch.priority, asked)
        until = self._clock() + timedelta(seconds=pause)
        await self._surely(self._outbox.postpone, parcel.dispatch.message_id, until, error)

    async def _start_asking(self, cad: Cad) -> None:
        now = time.monotonic()
        if now < self._watch_at or not cad.abilities.confirms:
            return
        self._watch_at = now + _WATCH_EVERY
        watched = await self._once(self._outbox.watched, _WATCHED)
        known = {state.message_id for state in watched}
        self._asked_at = {message_id: at for message_id, at in self._asked_at.items() if message_id in known}
        self._unknown = {message_id: times for message_id, times in self._unknown.items() if message_id in known}
        waiting = [state for state in watched if self._is_time_to_ask(state, now)]
        waiting.sort(key=lambda state: self._asked_at.get(state.message_id, 0.0))
        room = min(_QUESTIONS_AT_ONCE - len(self._asking), AT_ONCE - len(self._sending) - len(self._asking))
        for state in waiting[: max(room, 0)]:
            self._asked_at[state.message_id] = now
            self._asking[asyncio.create_task(self._follow(cad, state))] = state.message_id
        if len(waiting) > room:
            self._watch_at = now

    def _is_time_to_ask(self, state: DeliveryState, now: float) -> bool:
        if state.message_id in self._asking.values():
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
            reason = f"{self._name} nam deze melding aan maar kent haar niet meer; bel en vergelijk de melding"
            await self._surely(self._outbox.unclear, state.message_id, reason)

    async def _note_standing(self, state: DeliveryState, standing: Standing) -> None:
        if standing.stage is Stage.REFUSED:
            await self._surely(self._outbox.refused, state.message_id, standing.reason or "zonder reden")
            return
        if standing.stage is Stage.ACCEPTED and state.state is Delivery.DELIVERED:
            await self._surely(self._outbox.accepted, state.message_id, state.cad_reference, state.reason)
        unit = None if state.adds_to else standing.unit
        if unit is None:
            return
        expected_at = self._expected(unit)
        known = (state.unit, state.unit_status, state.expected_at)
        if (unit.callsign, unit.status, expected_at or state.expected_at) != known:
            at = self._believable(unit)
            await self._surely(
                self._outbox.unit, state.message_id, unit.callsign, unit.status, at, expected_at=expected_at
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

    def _start_probe(self, cad: Cad) -> None:
        if self._probe is None and self._link.quiet_for() >= _LINK_EVERY:
            self._probe = asyncio.create_task(self._ask_health(cad))

    async def _ask_health(self, cad: Cad) -> None:
        self._link.hear_question(await cad.trouble())

    async def _tell_link(self) -> None:
        if self._link.worth_telling():
            if self._link.news():
                _log.warning("verbinding: %s", self._link.error or "in orde")
            await self._once(self._outbox.link, self._link.reachable, self._link.error)
            self._link.told()

    def _under_way(self) -> set[asyncio.Task[None]]:
        return {*self._sending, *self._asking}

    def _collect(self) -> None:
        """Take leave of what is done; a fault of our own in one dispatch must not stop the others."""
        for tasks in (self._sending, self._asking):
            for task in [each for each in tasks if each.done()]:
                message_id = tasks.pop(task)
                fault = None if task.cancelled() else task.exception()
                if fault is not None:
                    self._resting[message_id] = time.monotonic() + _REST_AFTER_FAULT
                    _log.warning(
                        "%s: %s", message_id, fault if isinstance(fault, RecordError) else type(fault).__name__
                    )
        if self._probe is not None and self._probe.done():
            fault = None if self._probe.cancelled() else self._probe.exception()
            if fault is not None:
                _log.warning("verbinding: %s", type(fault).__name__)
            self._probe = None

    async def _land(self) -> None:
        """Let what is under way end; what does not is cut, and sent again with the same id by the next delivery."""
        tasks = {*self._under_way(), *([self._probe] if self._probe else [])}
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=_GRACE)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        self._collect()

    async def _once(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Use the record once; when it is busy, this is tried again in a later round."""
        return await self._writer.call(method, *args, **kwargs)

    async def _surely(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Record what the CAD said, however long the record is busy: until then it is not sent or asked again."""
        async for attempt in stamina.retry_context(
            on=Busy, attempts=None, timeout=None, wait_initial=0.05, wait_max=2.0, wait_jitter=0.1
        ):
            with attempt:
                return await self._writer.call(method, *args, **kwargs)
        raise AssertionError("unreachable")


class _LinkNote:
    """What was last heard of the link, and what the screens were last told."""

    def __init__(self) -> None:
        self.error = ""
        self._heard_at: float | None = None
        self._failed_at: float | None = None
        self._told: str | None = None
        self._told_at = 0.0

    @property
    def reachable(self) -> bool:
        return not self.error

    def hear_success(self) -> None:
        """A dispatch was handed over, or refused by the CAD itself: the link works."""
        self.error, self._failed_at = "", None
        self._heard_at = time.monotonic()

    def hear_failure(self, error: str) -> None:
        """A dispatch could not be handed over."""
        self.error = error
        self._heard_at = self._failed_at = time.monotonic()

    def hear_question(self, error: str) -> None:
        """A question was answered (the empty text) or not; good news does not cover up that dispatches are failing."""
        self._heard_at = time.monotonic()
        failing = self._failed_at is not None and self._heard_at - self._failed_at < _FAILURE_COUNTS_FOR
        if error or not failing:
            self.error = error

    def quiet_for(self) -> float:
        """Seconds since the last contact."""
        return float("inf") if self._heard_at is None else time.monotonic() - self._heard_at

    def worth_telling(self) -> bool:
        """True when the screens know something else, or would begin to doubt that anybody looks."""
        if self._heard_at is None:
            return False
        return self.news() or time.monotonic() - self._told_at >= _LINK_EVERY

    def news(self) -> bool:
        """True when the screens know something else."""
        return self.error != self._told

    def told(self) -> None:
        """The screens know it now."""
        self._told = self.error
        self._told_at = time.monotonic()
