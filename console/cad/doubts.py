"""What may have been sent before: to be asked after, to be sent again, or for a person. Never sent again blindly.

A dispatch is in doubt when it was sent without a clear outcome, or when the delivery that sent it died. What a CAD
surely did not take is remembered only while this delivery runs: after a restart it is asked after once more.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from console.cad.peer import Conflict, NoAnswer, Unclear, Unknown
from console.texts import words

if TYPE_CHECKING:
    from console.cad.peer import Cad, Outcome
    from console.record import Parcel

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_LOOKS_WHILE_SETTLING: Final = 3


class Doubts:
    """What one delivery knows of the messages that it, or the one before it, may have sent already."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._surely_not: set[str] = set()
        self._missing_since: dict[str, float] = {}
        self._unanswered: dict[str, int] = {}

    def surely_not(self, message_id: str) -> None:
        """Remember that the CAD did not take this message the last time that it was sent."""
        self._surely_not.add(message_id)

    async def resolve(self, cad: Cad, parcel: Parcel) -> Outcome | None:
        """Find out what an earlier sending did; None means that the dispatch may be sent (again) now."""
        message_id = parcel.dispatch.message_id
        certain = message_id in self._surely_not
        self._surely_not.discard(message_id)
        if parcel.state.attempts == 0 or certain or cad.abilities.deduplicates:
            return None
        if not cad.abilities.looks_up:
            return None if parcel.state.next_attempt_at is not None else Conflict(words.cad.NOBODY_KNOWS)
        return await self._ask_after(cad, parcel)

    async def _ask_after(self, cad: Cad, parcel: Parcel) -> Outcome | None:
        message_id = parcel.dispatch.message_id
        found = await cad.look_up(parcel.dispatch)
        match found:
            case NoAnswer(error):
                times = self._unanswered[message_id] = self._unanswered.get(message_id, 0) + 1
                return Unclear(
                    words.cad.still_unclear(error), min(_FIRST_PAUSE * 2.0 ** min(times, 10), _LONGEST_PAUSE)
                )
            case Unknown():
                self._unanswered.pop(message_id, None)
                return self._not_there(message_id, cad.abilities.settles_after)
            case _:
                self._forget(message_id)
                return found

    def _not_there(self, message_id: str, settles_after: float) -> Outcome | None:
        """Let a message be sent again once it has been missing for as long as the CAD may need to store it."""
        now = time.monotonic()
        left = self._missing_since.setdefault(message_id, now) + settles_after - now
        if left <= 0:
            self._forget(message_id)
            return None
        return Unclear(words.cad.NOT_THERE_YET, min(left, settles_after / _LOOKS_WHILE_SETTLING))

    def _forget(self, message_id: str) -> None:
        self._missing_since.pop(message_id, None)
        self._unanswered.pop(message_id, None)
