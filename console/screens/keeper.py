"""Keeps what is being typed: every change is written, only the newest text waits, and what failed is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from console.desk import RecordError

T = TypeVar("T")

RETRY_SECONDS: Final = 1.0


class Keeper(Generic[T]):
    """Writes values one after another, skipping those that were overtaken; never forgets the newest one."""

    def __init__(self, write: Callable[[T], Awaitable[None]], failed: Callable[[RecordError], None]) -> None:
        """`write` puts a value on disk; `failed` hears each time why it could not."""
        self._write = write
        self._failed = failed
        self._waiting: list[T] = []
        self._running: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()

    @property
    def kept(self) -> bool:
        """True when the newest value is on disk."""
        return self._running is None or self._running.done()

    def keep(self, value: T) -> None:
        """Write this value as soon as the one before it is on disk."""
        self._waiting = [value]
        if self.kept:
            self._running = asyncio.create_task(self._run())

    async def settled(self) -> bool:
        """Wait until the newest value is on disk, or could not be written; tells which."""
        while not self.kept:
            self._tried.clear()
            await self._tried.wait()
            if self._waiting:
                return self.kept
        return True

    async def _run(self) -> None:
        while self._waiting:
            value = self._waiting.pop()
            try:
                await self._write(value)
            except RecordError as error:
                self._waiting = self._waiting or [value]
                self._failed(error)
                self._tried.set()
                await asyncio.sleep(RETRY_SECONDS)
        self._running = None
        self._tried.set()
