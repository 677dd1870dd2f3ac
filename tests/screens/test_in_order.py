"""What is typed while a dialog writes waits for it: it reaches what stands there then, and closes nothing unseen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from console.model import Choice
from console.screens.decision import DecisionScreen
from console.screens.queue import QueueScreen
from tests.screens.hand import PLACED, TO_ADDRESS, TroubledDesk, burst, in_call, on_disk, ring_from, troubled, until
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


async def test_what_was_typed_just_before_a_decision_goes_along_with_it(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("note")
        burst(seat, "f4", *"zwarte golf")
        await until(lambda: "note" in desk.begun, "the note on its way")
        burst(seat, "f5", "1", "enter")
        for _turn in range(200):
            await asyncio.sleep(0)
        desk.let_go("note")
        await until(lambda: on_disk(seat).decisions, "the decision")
        (sent,) = await desk._read(lambda reader: reader.dispatches(on_disk(seat).call_id))
        assert "Notitie: zwarte golf" in sent.details


async def test_that_a_caller_cannot_speak_freely_undoes_no_address_that_is_still_being_kept(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("tell")
        await seat.press(*TO_ADDRESS, "x")
        await until(lambda: "tell" in desk.begun, "the address on its way")
        await seat.press("escape", "ctrl+p")
        desk.let_go("tell")
        await until(lambda: on_disk(seat).facts.speaks_freely is False, "what the key says")
        assert on_disk(seat).facts.address == "Brink 4, Gietenx"
