"""What is typed while a dialog writes waits for it: it reaches what stands there then, and closes nothing unseen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from console.model import Choice
from console.screens.decision import DecisionScreen
from console.screens.queue import QueueScreen
from tests.screens.hand import PLACED, TroubledDesk, burst, in_call, on_disk, ring_from, troubled, until
from tests.seat import Seat, seated
from triage_rules import PolicyError


async def held_up(seat: Seat, desk: TroubledDesk, write: str, *typed: str) -> None:
    """Type while this write is held up, long enough for keys that would not wait, then let it go."""
    desk.hold(write)
    burst(seat, "enter")
    await until(lambda: write in desk.begun, "the write")
    burst(seat, *typed)
    for _turn in range(200):
        await asyncio.sleep(0)
    desk.let_go(write)
    await until(lambda: write in desk.done, "what was written")


async def test_f5_while_a_question_is_asked_opens_a_decision_that_stays(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f8", *"mag ik")
        await held_up(seat, desk, "consult", "f5")
        await until(lambda: isinstance(seat.app.screen, DecisionScreen), "the decision")
        await seat.press("1", "enter")
        await until(lambda: on_disk(seat).decisions, "the decision on disk")
        assert on_disk(seat).decisions[0].choice is Choice.PRIO1


async def test_enter_twice_on_a_promise_makes_one_and_leaves_no_call(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("ctrl+r", *"10m")
        await held_up(seat, desk, "add", "enter", "f4", "x")
        await until(lambda: on_disk(seat).note == "x", "the note")
        assert len(on_disk(seat).details) == 1


async def test_a_call_that_is_taken_over_stands_before_the_queue(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    call_id = ring_from(desk, PLACED)
    desk._calls.claim(call_id, "a.bakker")
    async with seated(desk) as seat:
        await seat.see("1 in behandeling")
        await seat.press("o", *"scherm stuk")
        await held_up(seat, desk, "take_over", "escape")
        await until(lambda: isinstance(seat.app.screen, QueueScreen), "the queue")
        assert sum(isinstance(each, QueueScreen) for each in seat.app.screen_stack) == 1


async def test_a_call_that_cannot_open_after_it_was_taken_over_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = troubled(tmp_path / "huis")
    call_id = ring_from(desk, PLACED)
    desk._calls.claim(call_id, "a.bakker")

    async def fail(*_args: object) -> object:
        raise PolicyError("Het beleid is onleesbaar.")

    async with seated(desk) as seat:
        await seat.see("1 in behandeling")
        monkeypatch.setattr(desk, "_begin", fail)
        await seat.press("o", *"scherm stuk", "enter")
        await seat.see(f"Melding {call_id} kan niet open", "gewone protocol")
        assert seat.app.is_running
