"""Lines as they come in on a descriptor: one without end is kept only as far as it is seen to be too long."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from console.line_mode.talk import MAX_ENTRY, Typed


async def test_a_line_of_a_megabyte_is_seen_to_be_too_long_and_the_next_one_is_whole() -> None:
    reading, writing = os.pipe()

    def type_on() -> None:
        with os.fdopen(writing, "wb") as keys:
            keys.write(b"x" * 1_000_000 + "\nwél\n".encode() + "€".encode() * 1_000_000)

    typist = threading.Thread(target=type_on)
    typist.start()
    typed = Typed(reading)
    long, short, unended = [await typed.next(20) for _ in range(3)]
    typist.join()
    assert await typed.next(20) is None
    os.close(reading)
    assert long is not None
    assert MAX_ENTRY < len(long) <= 200_000
    assert short == "wél"
    assert unended is not None
    assert MAX_ENTRY < len(unended) <= 100_000


async def test_who_is_told_to_stop_at_the_moment_that_a_line_comes_stops() -> None:
    reading, writing = os.pipe()
    typed = Typed(reading)
    waiting = asyncio.create_task(typed.next(20))
    await asyncio.sleep(0)
    typed._lines.put_nowait("nog een regel")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await typed.next(20) == "nog een regel"
    os.close(writing)
    assert await typed.next(20) is None
    os.close(reading)
