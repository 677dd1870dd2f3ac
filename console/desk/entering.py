"""Entering paper forms at the desk: what was done while the console could not be used, with its own moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk import later
from console.desk.allowing import needs
from console.desk.seat import Seat
from console.roles import Right

if TYPE_CHECKING:
    from console.model import Claim, PaperForm
    from triage_rules import Policy


class Entering(Seat):
    """What an operator does with a stack of forms."""

    @needs(Right.ENTER)
    async def paper_policy(self) -> Policy:
        """Give the policy under which forms are read: the one that new calls get. Raises PolicyError."""
        return self._known[await self._active()]

    @needs(Right.ENTER)
    async def free_paper_numbers(self) -> tuple[str, ...]:
        """Read the reserved numbers that no form was entered under."""
        return await self._read(lambda reader: reader.ask(later.on_paper.free_numbers))

    async def _enter(self, form: PaperForm, token: str) -> Claim:
        """Record a form whole; the claim holds only where nothing was decided yet."""
        entry = later.entering.entry(
            form, token, policy=await self.paper_policy(), operator=self.operator, exercise=self.settings.exercise
        )
        return await self._write(self._calls.enter, entry, self.operator)
