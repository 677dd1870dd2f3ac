"""What the console itself depends on fails: it says so in its own place, goes on, and says when it is over."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from console.desk import Desk
from console.record import Reader, RecordError
from console.screens import watching
from tests.seat import FixedClock, ring, seated
from triage_rules import AnswerError, PolicyError

BUSY = "Het dossier was bezet. Wacht even."


async def test_after_a_look_that_failed_the_next_sees_the_whole_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(desk)
    failing = threading.Event()
    looks: list[str] = []
    board, changed = Reader.board, Reader.changed

    def fail_once(reader: Reader) -> object:
        if failing.is_set():
            looks.append("failed")
            failing.clear()
            raise RecordError(BUSY)
        looks.append("whole room")
        return board(reader)

    def note(reader: Reader) -> bool:
        looks.append("changed?")
        return changed(reader)

    monkeypatch.setattr(Reader, "board", fail_once)
    monkeypatch.setattr(Reader, "changed", note)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        failing.set()
        ring(desk, place="Assen")
        await seat.see("2 wachtend", "Assen")
    assert looks[looks.index("failed") + 1] == "whole room"


async def test_trouble_has_a_place_of_its_own_and_goes_when_it_is_over(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(desk)
    failing = threading.Event()
    failing.set()
    changed = Reader.changed

    def fail(reader: Reader) -> bool:
        if failing.is_set():
            raise RecordError(BUSY)
        return changed(reader)

    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        with monkeypatch.context() as broken:
            broken.setattr(Reader, "changed", fail)
            broken.setattr(Reader, "board", fail)
            await seat.see("De wachtrij loopt niet bij.", BUSY)
            await seat.press("ctrl+c")
            await seat.see("De wachtrij loopt niet bij.", "Stoppen: ctrl+q.")
            clock.moment += timedelta(seconds=20)
            seat.tick()
            await seat.until(lambda: "Stoppen: ctrl+q." not in seat.text, "the answer to the key gone")
            assert BUSY in seat.text
            await seat.press("enter")
            await seat.see("MELDING", BUSY)
        await seat.until(lambda: BUSY not in seat.text, "the trouble gone")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), RecordError("De map is weg.")])
async def test_a_delivery_that_does_not_start_is_said_until_it_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(watching, "UPKEEP_EVERY", 0.01)
    failing = threading.Event()
    failing.set()

    def upkeep() -> None:
        if failing.is_set():
            raise error

    async with seated(desk, upkeep=upkeep) as seat:
        await seat.see("De bezorging start niet")
        if isinstance(error, OSError):
            assert "portofoon" in seat.text
        failing.clear()
        await seat.until(lambda: "De bezorging start niet" not in seat.text, "the trouble gone")
        assert seat.app.is_running


@pytest.mark.parametrize(
    "error", [AnswerError("Het antwoord 'x' past niet.", "vorm", ()), PolicyError("Het beleid is onleesbaar.")]
)
async def test_a_call_whose_answers_do_not_fit_its_policy_says_which_and_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    call_id = ring(desk)

    async def fail(*_args: object) -> object:
        raise error

    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        monkeypatch.setattr(desk, "_begin", fail)
        await seat.press("enter")
        await seat.see(f"Melding {call_id} kan niet open", "gewone protocol")
        await seat.until(lambda: f"bel de beheerder. {error}" in " ".join(seat.text.split()), "all of the sentence")
        await seat.press("n")
        await seat.see("De nieuwe melding kan niet open")
        assert seat.app.is_running
