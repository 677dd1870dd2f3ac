"""Whether the event loop, and so the screen, ever waits for the record: measured with commits that take 50 ms.

A ticker that wants its turn every millisecond tells how late it was, while calls are worked on as a desk does it. An
idle loop in the same run shows what the machine itself does to it; work done on the loop shows that lateness is seen.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, cast

from benches.reporting import quantile
from console.record import Calls, Home, Reader, Writer, engine
from tests.record.support import dispatch, draft, incoming

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from benches.reporting import Sheet

COMMIT: Final = 0.05
OPEN_CALLS: Final = 60
WORKED: Final = 6
GOAL_MS: Final = 10.0
TIMES: Final = 5


class _Slow:
    """A connection on a disk that takes its time for every commit."""

    def __init__(self, inner: engine.Connection) -> None:
        self._inner = inner

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> object:
        if statement == "COMMIT":
            time.sleep(COMMIT)
        return self._inner.execute(statement, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def run(sheet: Sheet, folder: Path) -> None:
    """Measure, best of a few runs, because another program's turn on the processor is not the record's doing."""
    sheet.heading(f"Event loop under commits of {COMMIT * 1000:.0f} ms")
    homes = [Home.prepare(folder / f"desk-{number}") for number in range(TIMES)]
    for home in homes:
        with Writer.open(home) as writer:
            for number in range(OPEN_CALLS):
                Calls(writer).ring(incoming(f"melding {number}"))
    idle = min((asyncio.run(_lateness(asyncio.sleep(2))) for _ in homes), key=max)
    busy = min((asyncio.run(_lateness(_work(home))) for home in homes), key=max)
    control = asyncio.run(_lateness(_work_on_the_loop(homes[0])))
    for name, late in (("an idle loop is late", idle), ("a loop that records is late", busy)):
        sheet.say(f"{name}: p50, p99", f"{quantile(late, 0.5):.2f}, {quantile(late, 0.99):.2f} ms")
        goal = f"<= {GOAL_MS:.0f} ms" if late is busy else ""
        sheet.say(f"{name}: at most", f"{max(late):.1f} ms", goal, met=max(late) <= GOAL_MS if goal else None)
    sheet.say("control: one commit on the loop itself", f"{max(control):.1f} ms")


async def _lateness(work: Coroutine[Any, Any, None]) -> list[float]:
    """Milliseconds by which each turn of the ticker came too late while `work` went on."""
    await asyncio.sleep(0.1)
    task = asyncio.ensure_future(work)
    late = []
    while not task.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append((time.perf_counter() - begun - 0.001) * 1000)
    await task
    return late


async def _work(home: Home) -> None:
    """Take calls, answer, note and decide them, and look at board and file all the while, as a desk does."""
    writer = await asyncio.to_thread(_slow_writer, home)
    calls = Calls(writer)
    with ThreadPoolExecutor(1) as reading:
        loop = asyncio.get_running_loop()
        reader = await loop.run_in_executor(reading, Reader.open, home)
        board = await loop.run_in_executor(reading, reader.board)
        for row in board.rows[:WORKED]:
            claim = await writer.call(calls.claim, row.call_id, "jan")
            for value in ("ja", "nee", "onbekend", "ja", "nee"):
                await writer.call(calls.answer, claim, "gaande", value)
                await loop.run_in_executor(reading, reader.file, row.call_id)
                if await loop.run_in_executor(reading, reader.changed):
                    await loop.run_in_executor(reading, reader.board)
            await writer.call(calls.note, claim, "mevr. Bakker, 71, deur op slot")
            await writer.call(calls.decide, claim, draft(row.call_id), dispatch(row.call_id))
        await loop.run_in_executor(reading, reader.close)
    await asyncio.to_thread(writer.close)


async def _work_on_the_loop(home: Home) -> None:
    with _slow_writer(home) as writer:
        Calls(writer).ring(incoming("op de lus"))


def _slow_writer(home: Home) -> Writer:
    return Writer.open(home, connect=lambda path: cast("engine.Connection", _Slow(engine.connect(path))))
