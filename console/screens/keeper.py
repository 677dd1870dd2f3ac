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

    def __init__(
        self, write: Callable[[T], Awaitable[None]], failed: Callable[[RecordError], bool], *, pause: float = 0.0
    ) -> None:
        """`write` puts a value on disk; `failed` hears each time why it could not, and tells whether to try again.

        `pause` is how many seconds a value may wait before it is written, so that a letter is painted first; whoever
        waits until all is settled does not wait for that.
        """
        self._write = write
        self._failed = failed
        self._pause = pause
        self._starting: asyncio.TimerHandle | None = None
        self._newest: list[T] = []
        self._failures = 0
        self._running: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()

    @property
    def kept(self) -> bool:
        """True when the newest value is on disk."""
        return not self._newest

    @property
    def unkept(self) -> T | None:
        """The newest value for as long as it is not on disk."""
        return self._newest[0] if self._newest else None

    def keep(self, value: T) -> None:
        """Write this value as soon as the one before it is on disk."""
        self._newest = [value]
        if self._running is not None or self._starting is not None:
            return
        if self._pause:
            self._starting = asyncio.get_running_loop().call_later(self._pause, self._start)
        else:
            self._start()

    async def settled(self) -> bool:
        """Wait until the newest value is on disk, or a write failed since; tells which."""
        if self._starting is not None:
            self._start()
        failures = self._failures
        while not self.kept:
            if self._failures != failures or self._running is None:
                return False
            self._tried.clear()
            await self._tried.wait()
        return True

    def _start(self) -> None:
        if self._starting is not None:
            self._starting.cancel()
            self._starting = None
        self._running = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._newest:
                written = self._newest
                try:
                    await self._write(written[0])
                except RecordError as error:
                    self._failures += 1
                    again = self._failed(error)
                    self._tried.set()
                    if not again:
                        return
                    await asyncio.sleep(RETRY_SECONDS)
                else:
                    if self._newest is written:
                        self._newest = []
        finally:
            self._running = None
            self._tried.set()
