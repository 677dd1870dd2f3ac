"""Consulting at the desk: asking the shift lead without letting go of the call, and answering a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk import later
from console.desk.allowing import needs
from console.desk.seat import Seat
from console.roles import Right

if TYPE_CHECKING:
    from console.case import Case


class Consulting(Seat):
    """What is asked and answered beside a call (S4.13)."""

    @needs(Right.HANDLE)
    async def consult(self, case: Case, question: str) -> Case:
        """Ask the shift lead; the call stays yours, and the board shows the question until it is answered."""
        await self._write(self._calls.consult, case.claim, question)
        return await self._same(case)

    @needs(Right.ADVISE)
    async def take_up(self, call_id: str, number: int) -> None:
        """Say that you look at a question; whoever asked sees so. Needs no claim.

        Raises:
            RecordError: it was answered, or somebody else looks at it.
        """
        await self._write(self._calls.take_up, call_id, number, self.operator)

    @needs(Right.ADVISE)
    async def typed_answer(self, call_id: str, number: int) -> str:
        """Give what you typed as an answer and did not give yet, also before a kill."""
        return await self._read(
            lambda reader: reader.ask(lambda line: later.typed.answer_to(line, call_id, number, self.operator))
        )

    @needs(Right.ADVISE)
    async def draft_answer(self, call_id: str, number: int, text: str) -> None:
        """Keep how an answer stands that is typed and not given yet.

        Raises:
            NotYours: somebody answered, or took the question up.
        """
        await self._write(self._calls.draft_answer, call_id, number, text, self.operator)

    @needs(Right.ADVISE)
    async def reply(self, call_id: str, number: int, answer: str) -> None:
        """Answer a question; needs no claim.

        Raises:
            RecordError: it has an answer already, which stands.
        """
        await self._write(self._calls.reply, call_id, number, answer, self.operator)
