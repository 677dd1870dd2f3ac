"""The conversation with whoever sits at the terminal: lines out, typed lines in, and news in between.

Typed lines are read by a thread of their own, straight from the descriptor: a terminal that goes away while it waits
holds up nothing, not even the end of the program.
"""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING, Final, TextIO

from console.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

MAX_ENTRY: Final = 10_000
"""Characters of one typed line; the record's own fields take as many."""

_LONGEST_LINE: Final = 4 * (MAX_ENTRY + 1)
"""Bytes of a line that are kept: one character more than is taken, in the widest of UTF-8."""

_LOOK_EVERY: Final = 0.5
_CHUNK: Final = 65_536


class HungUpError(Exception):
    """Nobody types or reads any more: the input ended or the terminal is gone."""


class Typed:
    """The lines that come in on a descriptor; None once there will be no more."""

    def __init__(self, descriptor: int) -> None:
        """Begin to read, within a running event loop."""
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        threading.Thread(target=self._read, name="invoer", daemon=True).start()

    async def next(self, within: float | None = None) -> str | None:
        """The next line without its end; raises TimeoutError when none comes `within` so many seconds.

        Whoever is told to stop stops: `asyncio.wait_for` of Python 3.11 forgets that when a line comes just then.
        """
        async with asyncio.timeout(within):
            return await self._lines.get()

    def _read(self) -> None:
        begun = b""
        while chunk := self._chunk():
            *whole, begun = (begun + chunk).split(b"\n")
            begun = begun[:_LONGEST_LINE]  # more than a line may hold: it is refused, however long it goes on
            for line in whole:
                self._give(line)
        if begun:
            self._give(begun)
        self._hand_over(None)

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK)
        except OSError:  # the terminal is gone
            return b""

    def _give(self, line: bytes) -> None:
        self._hand_over(line.decode("utf-8", "replace"))

    def _hand_over(self, line: str | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)


class Talk:
    """Says lines, asks for one; what happens meanwhile is said as more lines, and the prompt once again."""

    def __init__(self, typed: Typed, out: TextIO) -> None:
        """Hear `typed`, speak to `out`."""
        self._typed = typed
        self._out = out

    def say(self, *lines: str) -> None:
        """Add lines; nothing in them can move a cursor or be taken for another line.

        Raises:
            HungUpError: nobody can read them.
        """
        self._write("".join(f"{visible(line).replace(chr(10), ' ')}\n" for line in lines))

    async def ask(
        self,
        prompt: str,
        news: Callable[[], Awaitable[Sequence[str]]],
        until: Callable[[], bool] = lambda: False,
    ) -> str | None:
        """Wait for a line and give it, saying `news` as it comes; None once `until` says that it need not come.

        Raises:
            HungUpError: nobody types any more.
        """
        if not until():
            self._write(f"{prompt}> ")
        while not until():
            try:
                line = await self._typed.next(_LOOK_EVERY)
            except TimeoutError:
                if lines := await news():
                    self._write("\n")
                    self.say(*lines)
                    self._write("" if until() else f"{prompt}> ")
                continue
            if line is None:
                raise HungUpError
            return line.strip()
        return None

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except (OSError, ValueError):  # the terminal or the pipe is gone
            raise HungUpError from None
