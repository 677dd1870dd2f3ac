"""Recording what cannot be asked again: tried until the record takes it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import stamina

from console.record import Busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Writer

P = ParamSpec("P")
T = TypeVar("T")


async def surely(writer: Writer, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Record what the CAD said, however long the record is busy: until then it is not sent or asked again."""
    with suppress(Busy):  # nearly always enough, and making ready to try again costs more than trying
        return await writer.call(method, *args, **kwargs)
    async for attempt in stamina.retry_context(
        on=Busy, attempts=None, timeout=None, wait_initial=0.05, wait_max=2.0, wait_jitter=0.1
    ):
        with attempt:
            return await writer.call(method, *args, **kwargs)
    raise AssertionError("unreachable")
