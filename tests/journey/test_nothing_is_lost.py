"""Kill the console, pull the CAD, refuse a dispatch, depart from the suggestion: what was said stays, and goes once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from console.model import CallFile, Choice, Delivery
from console.record import Home, Reader
from console.settings import Settings, as_environment
from tests.cad.conftest import wait_for
from tests.journey.conftest import CadRoom
from tests.seat import OPERATOR, open_seat, ring, seated

HOSTILE = "[/b] [@click=app.leave]x[/] \x1b]0;over\x07 \u202enetto\u202c é € 😀"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "huis"


def console_in_a_terminal(home: Path) -> pexpect.spawn[str]:
    """Start the real console on a real pty."""
    settings = Settings(home=home, exercise=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MELDKAMER_")}
    environment = {**kept, **as_environment(settings), "TERM": "xterm-256color"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "console", "console", "--als", OPERATOR],
        env=environment,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )


async def test_after_a_kill_the_call_is_still_yours_with_answers_and_note(home: Path) -> None:
    desk = open_seat(home)
    call_id = ring(desk)
    await desk.close()
    terminal = console_in_a_terminal(home)
    terminal.expect("1 wachtend")
    terminal.send("\r")
    terminal.expect("In gevaar")
    terminal.send("no1\r")
    terminal.expect("Is het nu nog bezig")
    terminal.send("\x1bOS")  # F4
    terminal.send("dochter is bij haar")
    terminal.expect("bij haar")
    wait_until_noted(home, call_id, "dochter is bij haar")
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    terminal.close()

    desk = open_seat(home)
    async with seated(desk) as seat:
        await seat.see("1 in behandeling", OPERATOR)
        await seat.press("enter")
        await seat.see(f"MELDING {call_id}", "bankhelp", "dochter is bij haar")
        file = seat.call.case.file
        assert file.owner == OPERATOR
        assert file.answers == {
            "gevaar": "nee",
            "verdachte": "onbekend",
            "vorm": "bankhelpdeskfraude",
            "slachtoffer_in_nederland": "ja",
        }


async def test_after_a_kill_a_question_that_was_not_asked_yet_is_there_again(home: Path) -> None:
    desk = open_seat(home)
    call_id = ring(desk)
    await desk.close()
    terminal = console_in_a_terminal(home)
    terminal.expect("1 wachtend")
    terminal.send("\r")
    terminal.expect("In gevaar")
    terminal.send("\x1b[19~")  # F8
    terminal.expect("Wat wilt u weten")
    terminal.send("mag dit [/b] é?")
    wait_until(home, lambda file: file.call_id == call_id and "mag dit [/b] é?" in file.drafts.values())
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    terminal.close()

    async with seated(open_seat(home)) as seat:
        await seat.see("1 in behandeling", OPERATOR)
        await seat.press("enter", "f8")
        await seat.see("mag dit [/b] é?")
        await seat.press("enter")
        await seat.until(lambda: seat.call.case.file.consultations, "the question")
        file = seat.call.case.file
        assert ([each.question for each in file.consultations], dict(file.drafts)) == (["mag dit [/b] é?"], {})


def wait_until_noted(home: Path, call_id: str, note: str) -> None:
    """Wait until the note is on disk: it is written while it is typed."""
    wait_until(home, lambda file: file.call_id == call_id and file.note == note)


def wait_until(home: Path, written: Callable[[CallFile], bool]) -> None:
    """Wait until the one call on disk says so."""

    def on_disk() -> bool:
        reader = Reader.open(Home.prepare(home))
        try:
            return written(reader.file(reader.board().rows[0].call_id))
        finally:
            reader.close()

    wait_for(on_disk, what="what was typed on disk")


async def test_with_the_cad_down_the_decision_stands_and_goes_once_when_it_is_back(cad_room: CadRoom) -> None:
    cad_room.simulator.set_mode("uit")
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "1", "enter")
        await seat.see("BEL NU de uitgifte", "inzet is vastgelegd")
        decision = seat.call.case.file.decisions[0]
        assert decision.choice is Choice.PRIO1
        await seat.press("escape")
        await seat.see("1 zonder bevestiging")
        cad_room.simulator.set_mode("accepteert")
        await seat.press("enter")
        await seat.see("bevestigd", "CAD-", seconds=90)
    assert cad_room.effects() == {decision.message_id: 1}


async def test_a_refused_dispatch_says_so_and_what_to_do(cad_room: CadRoom) -> None:
    cad_room.simulator.set_mode("weigert")
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "3", "enter")
        await seat.see("GEWEIGERD", "weigert", "F10")
        assert seat.call.case.file.deliveries[0].state is Delivery.REFUSED
        await seat.press("escape")
        await seat.see("prio 3 GEWEIGERD")


async def test_a_deviation_is_recorded_at_once_and_its_reason_asked_afterwards(home: Path) -> None:
    desk = open_seat(home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        keys = {value: key for key, value, _label in seat.call.asking.choices()}
        await seat.press(keys["nu"])
        await seat.press("f5", "7", "enter")
        await seat.see("Waarom wijkt u af?", "F7")
        assert seat.call.case.file.decisions[0].deviates
        assert seat.call.case.file.decisions[0].reason is None
        await seat.press("f7")
        await seat.see("Waarom: Advies", "eigen woorden")
        await seat.press("1", "escape")
        await seat.see("Waarom wijkt u af?")
        await seat.press("f7", "t")
        await seat.type("melder trok het in")
        await seat.press("enter")
        await seat.see("Reden vastgelegd")
        assert seat.call.case.file.decisions[0].reason == "melder trok het in"


async def test_hostile_words_of_a_caller_are_shown_and_do_nothing(home: Path) -> None:
    desk = open_seat(home)
    ring(desk, number=HOSTILE, place=HOSTILE, words=HOSTILE)
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        assert "\x1b" not in seat.text
        await seat.press("enter", "f5", "1")
        await seat.see("[/b] [@click=app.leave]x[/]")
        assert "\x1b" not in seat.text
        assert "\u202e" not in seat.text
        await seat.press("enter", "escape")
        await seat.see("WACHTRIJ")
        assert seat.app.is_running


async def test_two_terminals_of_one_operator_cannot_both_write(home: Path) -> None:
    first, second = open_seat(home), open_seat(home)
    call_id = ring(first)
    async with seated(first) as old:
        await old.see("1 wachtend")
        await old.press("enter", "n")
        async with seated(second) as young:
            await young.see("1 in behandeling")
            await young.press("enter", "n")
            await old.press("n")
            await old.see("is niet meer van u")
            assert {"gevaar": "nee", "verdachte": "nee"}.items() <= young.call.case.file.answers.items()
            assert young.call.case.file.call_id == call_id
