"""What waits for this operator wherever they are: an answer of the shift lead, a caller who was promised a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import Board


class WaitingForYou:
    """Compares the room with how it was; says it until the call was opened or the promise kept."""

    def __init__(self, operator: str) -> None:
        """Watch for this operator."""
        self._operator = operator
        self._asked: dict[str, int] = {}
        self._answered: dict[str, None] = {}
        self._promised: list[tuple[datetime, str]] = []

    def hear(self, board: Board) -> None:
        """Take over what the room looks like now: a question that is gone was answered."""
        asked = {
            row.call_id: row.consultation.number
            for row in board.rows
            if row.consultation is not None and row.consultation.asked_by == self._operator
        }
        for call_id, number in self._asked.items():
            if asked.get(call_id) != number:
                self._answered[call_id] = None
        self._asked = asked
        self._promised = sorted(
            (row.call_back_at, row.call_id)
            for row in board.rows
            if row.call_back_at is not None and row.owner in {None, self._operator}
        )

    def opened(self, call_id: str) -> None:
        """The operator looks at this call, and so at its answer."""
        self._answered.pop(call_id, None)

    def words(self, moment: datetime) -> str:
        """Say what waits now, and what to do; empty when nothing does."""
        answer = words.consult.answer_came(", ".join(self._answered)) if self._answered else ""
        due = [
            words.call_back.one_due(call_id, said_time(at, moment)) for at, call_id in self._promised if at <= moment
        ]
        return " ".join(part for part in (answer, words.call_back.due(", ".join(due)) if due else "") if part)
