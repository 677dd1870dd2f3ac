"""How fast an outbox that has filled up reaches the CAD, against a bare loop of the same posts and the same commits.

The floor sends the very bytes that the delivery sends, with the same library and as many at once, and commits for each
what the delivery commits before and after it: the statements were written down while they were recorded in a copy. Both
talk to a simulator of their own that answers at once, and take turns, so that whatever else the machine does slows
both alike.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import httpx

from benches.bare_record import Listening, Statement, commit
from benches.reporting import Sheet, quantile
from console.cad import contract, eido
from console.cad.client import HttpCad
from console.cad.courier import AT_ONCE, Courier
from console.record import Home, Outbox, Writer, engine
from console.times import now
from tests.cad.conftest import Room, Simulator

if TYPE_CHECKING:
    from console.model import Dispatch

ROUNDS: Final = 7
WAITING: Final = 200
GOAL: Final = 1.3
ROOM: Final = "meldkamer.test"

Sending = tuple["Dispatch", list[Statement], list[Statement]]


def run() -> bool:
    """Print every figure; False when a goal was missed."""
    sheet = Sheet()
    sheet.heading(f"Delivery of {WAITING} waiting dispatches, {AT_ONCE} at once, {ROUNDS} turns each")
    ours, bare = zip(*(_turn() for _ in range(ROUNDS)), strict=True)
    for name, times in (("the delivery", ours), ("the bare loop", bare)):
        middle = quantile(times, 0.5)
        sheet.say(f"{name}: dispatches per second", f"{WAITING / middle:.0f} ({WAITING / max(times):.0f} at worst)")
    ratios = [mine / floor for mine, floor in zip(ours, bare, strict=True)]
    ratio = quantile(ratios, 0.5)
    sheet.say("delivery against the bare loop, middle turn", f"{ratio:.2f}x", f"<= {GOAL}x", met=ratio <= GOAL)
    sheet.say("delivery against the bare loop, best and worst turn", f"{min(ratios):.2f}x, {max(ratios):.2f}x")
    return sheet.met


def _turn() -> tuple[float, float]:
    """Seconds that the delivery took, and that the bare loop took, for the same outbox."""
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder) / "ours")
        waiting = [room.decide() for _ in range(WAITING)]
        room.writer.close()
        bare, listened = (_copy(room.home, Path(folder) / name) for name in ("bare", "listened"))
        sendings = _listen(listened, waiting)
        simulators = Simulator(), Simulator()
        try:
            took = (
                asyncio.run(_deliver(room.home, simulators[0].url)),
                asyncio.run(_send_bare(bare, simulators[1].url, sendings)),
            )
            sent = {each.message_id for each in waiting}
            if not all(set(each.effects()) == sent for each in simulators):
                raise AssertionError("not everything arrived: these figures mean nothing")
        finally:
            for each in simulators:
                each.close()
        return took


def _copy(home: Home, folder: Path) -> Home:
    copy = Home.prepare(folder)
    copy.database.write_bytes(home.database.read_bytes())
    copy.database.chmod(copy.file_mode)
    return copy


def _listen(home: Home, waiting: list[Dispatch]) -> list[Sending]:
    """What the delivery of each dispatch writes before it is sent, and after it was taken."""
    heard: list[Statement] = []
    opener = lambda path: cast("engine.Connection", Listening(engine.connect(path), heard))  # noqa: E731
    found: list[Sending] = []
    with Writer.open(home, terminal="bezorging", connect=opener) as writer:
        outbox = Outbox(writer)
        for number, dispatch in enumerate(waiting, 1):
            heard.clear()
            outbox.sending(dispatch.message_id)
            before = list(heard)
            heard.clear()
            outbox.delivered(dispatch.message_id, f"CAD-{number:06}", "")
            found.append((dispatch, before, list(heard)))
    return found


async def _deliver(home: Home, url: str) -> float:
    """Seconds until the last one is on record as delivered; what became of them is asked meanwhile, as always."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    ended = 0.0

    class Counted(Outbox):
        """Ends the work when the last dispatch was delivered."""

        left = WAITING

        def delivered(self, message_id: str, cad_reference: str, remark: str = "") -> bool:
            nonlocal ended
            news = super().delivered(message_id, cad_reference, remark)
            self.left -= news
            if not self.left:
                ended = time.perf_counter()
                loop.call_soon_threadsafe(stop.set)
            return news

    async def never() -> bool:
        return False

    with Writer.open(home, terminal="bezorging") as writer:
        async with HttpCad(url, ROOM, name="GMS") as cad:
            begun = time.perf_counter()
            await Courier(cad, writer, Counted(writer), name="GMS", clock=now).work(stop, never)
    return ended - begun


async def _send_bare(home: Home, url: str, sendings: list[Sending]) -> float:
    """Seconds that a loop takes which only posts and commits, in turns of the same number at once."""
    ready = [(each.message_id, _bytes(each), before, after) for each, before, after in reversed(sendings)]
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        plain = await loop.run_in_executor(thread, engine.connect, home.database)
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:

            async def carry() -> None:
                while ready:
                    message_id, content, before, after = ready.pop()
                    await loop.run_in_executor(thread, commit, plain, before)
                    headers = {contract.KEY_HEADER: message_id, "Content-Type": eido.CONTENT_TYPE}
                    answer = await http.post(contract.INCIDENTS, content=content, headers=headers)
                    answer.raise_for_status().json()
                    await loop.run_in_executor(thread, commit, plain, after)

            begun = time.perf_counter()
            await asyncio.gather(*(carry() for _ in range(AT_ONCE)))
            took = time.perf_counter() - begun
        await loop.run_in_executor(thread, plain.close)
    return took


def _bytes(dispatch: Dispatch) -> bytes:
    return eido.encode(eido.build(dispatch, ROOM))
