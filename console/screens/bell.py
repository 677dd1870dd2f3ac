"""The sound of the console: the terminal's bell for what happens in the room, each thing once.

A console that is in a call hears only what concerns its own calls: its operator has a caller at the ear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.model import Delivery, Stage
from console.widgets.queue_order import came_back

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from console.model import Board


@dataclass(frozen=True, slots=True)
class _Heard:
    """What there was to hear at a look at the room; news and promises stand with whose call it is.

    `asked` holds the questions of this operator to the shift lead that wait for an answer, `calls` all calls.
    """

    news: dict[Hashable, str | None]
    asked: frozenset[tuple[str, int]]
    promises: dict[tuple[datetime, str], str | None]
    calls: frozenset[str]


class Bell:
    """Rings once for each new thing, however often it is looked at; nothing that was there at the start rings."""

    def __init__(self, ring: Callable[[], None], operator: str, *, on: bool) -> None:
        """`ring` sounds the terminal; `operator` is whose calls are heard from within a call."""
        self.on = on
        self._ring = ring
        self._operator = operator
        self._heard: _Heard | None = None
        self._due: set[tuple[datetime, str]] = set()
        self._rung: set[Hashable] = set()

    def once(self, event: Hashable) -> None:
        """Ring for this event, unless it rang for it before."""
        if event not in self._rung:
            self._rung.add(event)
            self._sound()

    def hear(self, board: Board, moment: datetime, *, in_call: bool = False) -> None:
        """Compare the room with how it was; several new things at once are one ring."""
        before, self._heard = self._heard, _listen(board, self._operator)
        due = self._newly_due(moment)
        if before is None:
            return
        fresh = [whom for event, whom in self._heard.news.items() if event not in before.news]
        gone = before.asked - self._heard.asked
        answered = [self._operator for call_id, _number in gone if call_id in self._heard.calls]
        self._ring_for([*fresh, *answered, *due], in_call=in_call)

    def tick(self, moment: datetime, *, in_call: bool = False) -> None:
        """Ring when a promise to call back falls due."""
        self._ring_for(self._newly_due(moment), in_call=in_call)

    def _newly_due(self, moment: datetime) -> list[str | None]:
        promises = self._heard.promises if self._heard is not None else {}
        self._due &= promises.keys()
        due = [key for key in promises if key[0] <= moment and key not in self._due]
        self._due.update(due)
        return [promises[key] for key in due]

    def _ring_for(self, concerned: list[str | None], *, in_call: bool) -> None:
        if any(not in_call or whom == self._operator for whom in concerned):
            self._sound()

    def _sound(self) -> None:
        if self.on:
            self._ring()


def _listen(board: Board, operator: str) -> _Heard:
    """Collect what can be heard, in one pass."""
    news: dict[Hashable, str | None] = {}
    asked: set[tuple[str, int]] = set()
    promises: dict[tuple[datetime, str], str | None] = {}
    for row in board.rows:
        if row.stage is Stage.WAITING:
            news[row.call_id] = None
        if row.delivery is not None and came_back(row.delivery) and row.delivery.state is not Delivery.TOO_OLD:
            news[row.delivery.message_id, row.delivery.state] = row.owner
        if row.consultation is not None and row.consultation.asked_by == operator:
            asked.add((row.call_id, row.consultation.number))
        if row.call_back_at is not None:
            promises[row.call_back_at, row.call_id] = row.owner
    if board.too_old:  # once for all of them: the few on the board change with each that somebody deals with
        news[Delivery.TOO_OLD] = None
    return _Heard(news, frozenset(asked), promises, frozenset(row.call_id for row in board.rows))
