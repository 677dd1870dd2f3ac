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

After a run of failures one dispatch is tried at a time, at growing pauses, until one gets through
(`console.cad.circuit`). What could not be delivered for too long is set aside for a person and never sent by itself
(`console.record.ageing`).

What adds to a dispatch goes the same way, after it and one by one (`Outbox.due`); a unit is never told of it.

Writing to the record happens on its own thread; nothing here blocks the event loop. Logs hold message ids and what went
wrong, never what a dispatch says.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.cad import schedule
from console.cad.doubts import Doubts
from console.cad.fault import tell
from console.cad.follower import Follower
from console.cad.insisting import surely
from console.cad.link_note import LinkNote
from console.cad.peer import Conflict, Delivered, NoCad, NotDelivered, Refused, Unclear
from console.record import NotToSend, RecordError
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from console.cad.peer import Cad, Outcome
    from console.record import Outbox, Parcel, Writer


AT_ONCE: Final = 4
"""Dispatches under way at once, questions about earlier ones included."""
_TICK: Final = 0.1
_AHEAD: Final = 16
"""Dispatches that are read at once, so that not each of them waits for a look at the record;
it is looked at again after a tick, so that a more urgent one waits no longer than that."""
_LINK_EVERY: Final = 2.0
_AGE_EVERY: Final = 1.0
_AGED_AT_ONCE: Final = 200
"""Messages set aside in one transaction: others get their turn in between, however many have waited too long."""

_CANDIDATES: Final = 8
"""How many of the most urgent take turns while one is tried at a time: a message that a CAD chokes on holds up none."""

_REST_AFTER_FAULT: Final = 10.0
_GRACE: Final = 5.0

_log = logging.getLogger("meldkamer.bezorging")


class Courier:
    """Carries one outbox to one CAD. Exactly one may run on a data folder; the delivery lock sees to that."""

    def __init__(
        self,
        cad: Cad | NoCad,
        writer: Writer,
        outbox: Outbox,
        *,
        name: str,
        clock: Callable[[], datetime],
        too_old_after: timedelta = timedelta(minutes=30),
        others_before: datetime | None = None,
    ) -> None:
        """Prepare to carry to the CAD that operators call `name`; where there is none, nothing leaves.

        What waits for longer than `too_old_after` is set aside. What was delivered before `others_before` went to
        another CAD: this one is not asked about it (`console.cad.change`).
        """
        self._cad = cad
        self._writer = writer
        self._outbox = outbox
        self._name = name
        self._clock = clock
        self._sending: dict[asyncio.Task[None], str] = {}
        self._next: list[Parcel] = []
        self._next_until = 0.0
        self._probe: asyncio.Task[None] | None = None
        self._resting: dict[str, float] = {}
        self._too_old_after = too_old_after
        self._age_at = 0.0
        self._tried: dict[str, int] = {}
        self._link = LinkNote(clock)
        self._resumed = False
        self._follower = Follower(writer, outbox, self._link, name=name, clock=clock, others_before=others_before)
        self._doubts = Doubts()

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
            await self._set_aside()
            if isinstance(self._cad, NoCad):
                self._link.no_cad(self._cad.why)
            else:
                await self._resume()
                await self._start_sending(self._cad)
                await self._follower.start(self._cad, self._room_for_questions())
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

    async def _resume(self) -> None:
        """Go on with a circuit that was open when an earlier delivery ended."""
        if not self._resumed:
            self._link.resume(await self._writer.call(self._outbox.last_link))
            self._resumed = True

    async def _set_aside(self) -> None:
        """Leave to a person what waits for too long; what is out now is waited for."""
        if time.monotonic() < self._age_at:
            return
        found = await self._writer.call(self._outbox.too_old, self._not_before(), _AGED_AT_ONCE)
        theirs = [message_id for message_id in found if message_id not in self._sending.values()]
        if theirs:
            count = await self._writer.call(self._outbox.set_aside, theirs, self._not_before())
            _log.warning(words.cad.set_aside(count, self._too_old_after // timedelta(minutes=1)))
        if len(found) < _AGED_AT_ONCE:
            self._age_at = time.monotonic() + _AGE_EVERY

    def _not_before(self) -> datetime:
        return self._clock() - self._too_old_after

    async def _start_sending(self, cad: Cad) -> None:
        now = time.monotonic()
        self._resting = {message_id: until for message_id, until in self._resting.items() if until > now}
        if self._link.circuit.is_open:
            # Where only questions failed, nothing says that a dispatch would: the first one need not wait.
            unproved = not self._link.circuit.sending and not self._sending
            room = 1 if unproved else self._room_for_a_try()
            self._next = self._taking_turns(await self._due(_CANDIDATES)) if room else []
        else:
            room = AT_ONCE - len(self._under_way())
            if room and (not self._next or now > self._next_until):
                self._next = await self._due(_AHEAD)
                self._next_until = now + _TICK
        leaving, self._next = self._next[:room], self._next[room:]
        for parcel in leaving:
            task = asyncio.create_task(self._deliver(cad, parcel))
            self._sending[task] = parcel.dispatch.message_id

    async def _due(self, limit: int) -> list[Parcel]:
        """What can leave now, most urgent first, without what is under way or rests."""
        held = {*self._sending.values(), *self._resting}
        due = await self._writer.call(
            self._outbox.due,
            self._clock(),
            limit + len(held),
            well_since=self._link.well_since,
            not_before=self._not_before(),
        )
        return [each for each in due if each.dispatch.message_id not in held]

    def _room_for_a_try(self) -> int:
        under_way = self._under_way() or self._probe is not None
        return 0 if under_way or not self._link.circuit.may_try(self._clock()) else 1

    def _room_for_questions(self) -> int:
        if self._link.circuit.is_open:
            return 0 if self._link.circuit.sending else self._room_for_a_try()
        return AT_ONCE - len(self._under_way())

    def _taking_turns(self, due: list[Parcel]) -> list[Parcel]:
        """Put first what was tried least, and of those the most urgent."""
        ids = [each.dispatch.message_id for each in due]
        self._tried = {message_id: times for message_id, times in self._tried.items() if message_id in ids}
        due = sorted(due, key=lambda each: self._tried.get(each.dispatch.message_id, 0))
        for parcel in due[:1]:
            self._tried[parcel.dispatch.message_id] = self._tried.get(parcel.dispatch.message_id, 0) + 1
        return due

    async def _deliver(self, cad: Cad, parcel: Parcel) -> None:
        message_id = parcel.dispatch.message_id
        known = await self._doubts.resolve(cad, parcel)
        if known is not None:
            await self._note_outcome(cad, parcel, known)
            return
        try:
            await self._writer.call(self._outbox.sending, message_id, not_before=self._not_before())
        except NotToSend:
            _log.warning(words.cad.not_to_send(message_id))
            return
        outcome = await cad.send(parcel.dispatch)
        if isinstance(outcome, NotDelivered | Unclear):
            self._link.hear_failure(outcome.error, outcome.retry_after)
        else:
            self._link.hear_success()
        await self._note_outcome(cad, parcel, outcome)

    async def _note_outcome(self, cad: Cad, parcel: Parcel, outcome: Outcome) -> None:
        message_id = parcel.dispatch.message_id
        match outcome:
            case Delivered(reference, remark):
                await surely(self._writer, self._outbox.delivered, message_id, reference, remark)
            case Refused(reason):
                await surely(self._writer, self._outbox.refused, message_id, reason)
            case Conflict(reason):
                await surely(self._writer, self._outbox.unclear, message_id, reason)
            case Unclear(error) if not (cad.abilities.deduplicates or cad.abilities.looks_up):
                await surely(self._writer, self._outbox.unclear, message_id, error)
            case Unclear(error, asked):
                await self._postpone(parcel, error, asked)
            case NotDelivered(error, asked):
                self._doubts.surely_not(message_id)
                await self._postpone(parcel, error, asked)

    async def _postpone(self, parcel: Parcel, error: str, asked: float | None) -> None:
        attempts = parcel.state.attempts + 1
        pause = schedule.pause_after(attempts, parcel.dispatch.priority, asked)
        until = self._clock() + timedelta(seconds=pause)
        await surely(self._writer, self._outbox.postpone, parcel.dispatch.message_id, until, error)

    def _start_probe(self, cad: Cad) -> None:
        if self._link.circuit.is_open and not self._room_for_a_try():
            return
        if self._probe is None and self._link.quiet_for() >= _LINK_EVERY:
            self._probe = asyncio.create_task(self._ask_health(cad))

    async def _ask_health(self, cad: Cad) -> None:
        trouble = await cad.trouble()
        idle = self._link.circuit.is_open and await self._writer.call(self._outbox.pending, answers=False) == 0
        self._link.hear_question(trouble, nothing_waits=idle)

    async def _tell_link(self) -> None:
        if self._link.worth_telling():
            circuit = self._link.circuit
            await self._writer.call(
                self._outbox.link,
                self._link.reachable,
                self._link.error,
                paused_since=circuit.opened_at,
                next_try=circuit.next_at,
            )
            for line in self._link.told():
                _log.warning(line)

    def _under_way(self) -> set[asyncio.Task[None]]:
        return {*self._sending, *self._follower.asking}

    def _collect(self) -> None:
        """Take leave of what is done; a fault of our own in one dispatch must not stop the others."""
        for tasks in (self._sending, self._follower.asking):
            for task in [each for each in tasks if each.done()]:
                message_id = tasks.pop(task)
                fault = None if task.cancelled() else task.exception()
                if fault is not None:
                    self._resting[message_id] = time.monotonic() + _REST_AFTER_FAULT
                    tell(message_id, fault)
        if self._probe is not None and self._probe.done():
            fault = None if self._probe.cancelled() else self._probe.exception()
            if fault is not None:
                tell("verbinding", fault)
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
