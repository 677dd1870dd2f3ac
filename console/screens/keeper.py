"""Keeps what is being typed: every change is written, and while one write runs only the newest text waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

from console.record import RecordError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


class Keeper(Generic[T]):
    """Writes values one after another, skipping those that were overtaken while a write ran."""

    def __init__(self, write: Callable[[T], Awaitable[None]], failed: Callable[[RecordError], None]) -> None:
        """`write` puts a value on disk; `failed` hears why it could not."""
        self._write = write
        self._failed = failed
        self._waiting: list[T] = []
        self._running: asyncio.Task[None] | None = None

    def keep(self, value: T) -> None:
        """Write this value as soon as the one before it is on disk."""
        self._waiting = [value]
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    async def settled(self) -> None:
        """Wait until the newest value is on disk."""
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        while self._waiting:
            value = self._waiting.pop()
            try:
                await self._write(value)
            except RecordError as error:
                self._failed(error)
