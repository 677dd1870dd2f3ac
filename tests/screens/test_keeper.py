"""What is typed is kept: nothing overtakes a newer text, nothing that failed is forgotten, and `settled` tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import RecordError
from console.screens import keeper
from console.screens.keeper import Keeper


class Disk:
    """A disk that writes when it is told to, and fails when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.written: list[str] = []
        self.failures: list[str] = []
        self.trying = True
        self._answers: asyncio.Queue[bool] = asyncio.Queue()

    async def write(self, value: str) -> None:
        self.begun.append(value)
        if not await self._answers.get():
            raise RecordError("vol")
        self.written.append(value)

    def failed(self, error: RecordError) -> bool:
        self.failures.append(str(error))
        return self.trying

    async def finish(self, *, well: bool = True) -> None:
        """Let the write that is under way end."""
        self._answers.put_nowait(well)
        await turn()


async def turn() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
async def kept(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Keeper[str]]:
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0)
    made = Keeper(disk.write, disk.failed)
    yield made
    disk.trying = True
    while not made.kept:
        await disk.finish()


async def test_a_value_is_kept_once_it_is_on_disk_and_not_before(disk: Disk, kept: Keeper[str]) -> None:
    assert kept.kept
    kept.keep("a")
    await turn()
    assert (disk.begun, disk.written, kept.kept) == (["a"], [], False)
    await disk.finish()
    assert (disk.written, kept.kept) == (["a"], True)


async def test_a_pause_lets_the_newest_text_wait_for_the_paint_and_it_is_not_called_kept(disk: Disk) -> None:
    begun = asyncio.Event()

    async def write(value: str) -> None:
        begun.set()
        await disk.write(value)

    paused = Keeper(write, disk.failed, pause=0.001)
    paused.keep("a")
    paused.keep("ab")
    assert (disk.begun, paused.kept, paused.unkept) == ([], False, "ab")
    await begun.wait()
    await disk.finish()
    assert (disk.written, paused.kept) == (["ab"], True)


async def test_whoever_waits_until_all_is_on_disk_does_not_wait_for_the_pause(disk: Disk) -> None:
    paused = Keeper(disk.write, disk.failed, pause=3600)
    paused.keep("a")
    leaving = asyncio.create_task(paused.settled())
    await turn()
    assert (disk.begun, paused.kept) == (["a"], False)
    paused.keep("ab")
    await disk.finish()
    await disk.finish()
    assert await leaving
    assert disk.written == ["a", "ab"]


async def test_only_the_newest_text_waits(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    await turn()
    kept.keep("ab")
    kept.keep("abc")
    await disk.finish()
    await disk.finish()
    assert disk.written == ["a", "abc"]
    assert kept.kept


async def test_what_failed_is_said_and_tried_again_until_it_is_on_disk(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    await turn()
    await disk.finish(well=False)
    assert (disk.failures, kept.kept) == (["vol"], False)
    await disk.finish(well=False)
    await disk.finish()
    assert (disk.begun, disk.written, disk.failures) == (["a", "a", "a"], ["a"], ["vol", "vol"])
    assert kept.kept


async def test_a_newer_text_takes_the_place_of_the_one_that_failed(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    await turn()
    kept.keep("ab")
    await disk.finish(well=False)
    await disk.finish()
    assert (disk.begun, disk.written) == (["a", "ab"], ["ab"])


async def test_settled_waits_for_the_disk_and_tells_that_it_is_there(disk: Disk, kept: Keeper[str]) -> None:
    assert await kept.settled()
    kept.keep("a")
    waiting = asyncio.create_task(kept.settled())
    await turn()
    assert not waiting.done()
    await disk.finish()
    assert await waiting


async def test_settled_tells_that_it_failed_and_does_not_wait_for_ever(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    waiting = asyncio.create_task(kept.settled())
    await turn()
    await disk.finish(well=False)
    assert not await waiting
    again = asyncio.create_task(kept.settled())
    await turn()
    assert not again.done()
    await disk.finish()
    assert await again


async def test_settled_means_the_newest_value_also_when_it_came_while_waiting(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    waiting = asyncio.create_task(kept.settled())
    await turn()
    kept.keep("ab")
    await disk.finish()
    assert not waiting.done()
    await disk.finish()
    assert await waiting
    assert disk.written == ["a", "ab"]


async def test_typing_on_right_after_a_write_is_no_failure(disk: Disk, kept: Keeper[str]) -> None:
    kept.keep("a")
    waiting = asyncio.create_task(kept.settled())
    await turn()
    disk._answers.put_nowait(True)
    for _ in range(10):
        if kept.kept:
            break
        await asyncio.sleep(0)
    kept.keep("ab")
    await turn()
    assert not waiting.done()
    await disk.finish()
    assert await waiting


async def test_where_trying_again_cannot_help_the_value_stays_unkept_until_the_next_one(
    disk: Disk, kept: Keeper[str]
) -> None:
    disk.trying = False
    kept.keep("a")
    await turn()
    waiting = asyncio.create_task(kept.settled())
    await disk.finish(well=False)
    assert not await waiting
    assert (kept.kept, kept.unkept, disk.begun) == (False, "a", ["a"])
    assert not await kept.settled()
    kept.keep("ab")
    await turn()
    await disk.finish()
    assert (kept.kept, disk.written) == (True, ["ab"])


async def test_the_unkept_value_is_the_newest_also_while_it_is_being_written(disk: Disk, kept: Keeper[str]) -> None:
    assert kept.unkept is None
    kept.keep("a")
    await turn()
    assert kept.unkept == "a"
    kept.keep("")
    assert kept.unkept == ""
    await disk.finish()
    assert kept.unkept == ""
    await disk.finish()
    assert kept.unkept is None


STEPS = st.lists(st.sampled_from(["keep", "finish", "fail", "turn", "settle"]), max_size=25)


@settings(deadline=None)
@given(steps=STEPS)
def test_in_whatever_order_it_goes_nothing_older_covers_a_newer_text_and_the_last_one_stands(steps: list[str]) -> None:
    asyncio.run(play(steps))


async def play(steps: list[str]) -> None:
    disk = Disk()
    made = Keeper(disk.write, disk.failed)
    number = 0
    waits: list[tuple[asyncio.Task[bool], int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeper, "RETRY_SECONDS", 0)
        for step in steps:
            if step == "keep":
                number += 1
                made.keep(f"{number:03}")
            elif step == "settle":
                waits.append((asyncio.create_task(told(made)), number, len(disk.failures)))
            elif step == "turn":
                await asyncio.sleep(0)
            elif len(disk.begun) > len(disk.written) + len(disk.failures):
                await disk.finish(well=step == "finish")
        while not made.kept:
            await disk.finish()
        await turn()
        for waiting, newest, failures in waits:
            assert waiting.done()
            if waiting.result():
                assert max(disk.written, default="000") >= f"{newest:03}" if newest else True
            else:
                assert len(disk.failures) > failures
    assert disk.written == sorted(disk.written)
    assert disk.begun == sorted(disk.begun)
    assert (disk.written[-1:] or [""])[0] == (f"{number:03}" if number else "")


async def told(made: Keeper[str]) -> bool:
    """Ask whether all is kept; when it says so, it is so at that moment."""
    well = await made.settled()
    assert made.kept or not well
    return well
