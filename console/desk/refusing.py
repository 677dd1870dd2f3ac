"""What is refused at the desk, on record."""

from __future__ import annotations

from console import locked
from console.desk.seat import Seat
from console.model import Attempt


class Refusing(Seat):
    """What an operator tried that nobody may do from a console."""

    async def demand(self, operation: str) -> None:
        """Ask for an operation of the desk before somebody types for it: it refuses as the operation itself would.

        Raises:
            NotAllowed: no role of this account gives the right to it.
        """
        await self.doorkeeper.demand(getattr(type(self), operation).needs, operation)

    async def attempted(self, what: str, times: int = 1, variable: str = "") -> None:
        """Record that a way out of the console was tried so many times, and refused: one row, whatever the number.

        Raises:
            ValueError: `what` is none of the words of `Attempt`, or `variable` no name of `console.locked`; text from
                outside never gets into the register.
        """
        if variable and variable not in locked.TOLD:
            raise ValueError("not a variable that is told")
        await self._write(self._refusals.attempted, self.operator, Attempt(what), times, variable)
