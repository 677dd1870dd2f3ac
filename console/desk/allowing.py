"""What an operation of the desk asks of the role of whoever is at it."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from console.desk import later
from console.record import NotAllowed, RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Writer
    from console.roles import Permit, Right

Operation = TypeVar("Operation", bound="Callable[..., Any]")

_ONE_ROW_IN: Final = 10.0
"""Seconds: a key that is held must not fill the register."""


class Doorkeeper:
    """Lets through what the roles of an account allow, and puts in the register what they do not."""

    def __init__(self, permit: Permit, writer: Writer, operator: str) -> None:
        """Nothing was refused yet."""
        self.permit = permit
        self._writer = writer
        self._operator = operator
        self._noted: dict[tuple[str, Right], tuple[float, int]] = {}

    def refuse(self, right: Right, operation: str, about: object) -> tuple[NotAllowed, Future[None] | None] | None:
        """Give the refusal of an operation, and the row that is being written of it; None for who may do it."""
        refusal = self.permit.refusal(right)
        if not refusal:
            return None
        at, more = self._noted.get((operation, right), (-_ONE_ROW_IN, 0))
        now = time.monotonic()
        if now - at < _ONE_ROW_IN:
            self._noted[operation, right] = at, more + 1
            return NotAllowed(refusal), None
        self._noted[operation, right] = now, 0
        return NotAllowed(refusal), self._note(right, operation, _call_of(about), more + 1)

    async def demand(self, right: Right, operation: str, about: object = None) -> None:
        """Let an operation through, or raise NotAllowed once its row is on disk."""
        if (refused := self.refuse(right, operation, about)) is not None:
            error, row = refused
            if row is not None:
                with suppress(RecordError):  # a register that cannot be written gives nobody a right
                    await asyncio.wrap_future(row)
            raise error

    def close(self) -> None:
        """Write what was not written yet."""
        for (operation, right), (_, more) in self._noted.items():
            if more:
                self._note(right, operation, None, more)
        self._noted.clear()

    def _note(self, right: Right, operation: str, call_id: str | None, times: int) -> Future[None] | None:
        try:
            return self._writer.submit(
                later.refusing.not_allowed, self._operator, operation, right, self.permit.roles, call_id, times
            )
        except RecordError:  # it was closed: whoever is refused stays refused
            return None


def needs(right: Right) -> Callable[[Operation], Operation]:
    """Mark an operation of the desk with the right that it takes.

    Who has it not gets NotAllowed before anything of it was done, and the register a row.
    """

    def mark(operation: Operation) -> Operation:
        if iscoroutinefunction(operation):

            @wraps(operation)
            async def asked(desk: Any, *args: Any, **kwargs: Any) -> Any:
                await desk.doorkeeper.demand(right, operation.__name__, args[0] if args else None)
                return await operation(desk, *args, **kwargs)

        else:

            @wraps(operation)
            def asked(desk: Any, *args: Any, **kwargs: Any) -> Any:
                if (
                    refused := desk.doorkeeper.refuse(right, operation.__name__, args[0] if args else None)
                ) is not None:
                    raise refused[0]
                return operation(desk, *args, **kwargs)

        asked.needs = right  # type: ignore[attr-defined]
        return cast("Operation", asked)

    return mark


def _call_of(about: object) -> str | None:
    """Which call somebody wanted something of; whether there is one of that number is for the record to say."""
    number = getattr(getattr(about, "claim", about), "call_id", about)
    return number if isinstance(number, str) else None
