"""The board within the console: the same figures, and the questions picked up and answered there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.record import Calls, Home, Reader
from console.screens.consult import AnswerScreen
from console.screens.overview import OverviewScreen
from console.texts import words
from tests.screens.hand import burst, troubled, until
from tests.seat import MARCH_2, FixedClock, open_seat, ring, seated

if TYPE_CHECKING:
    from pathlib import Path

    from console.desk import Desk


def asked(desk: Desk, question: str, by: str) -> str:
    """A colleague asks the shift lead about a call of theirs."""
    call_id = ring(desk)
    calls = Calls(desk._writer)
    calls.consult(calls.claim(call_id, by), question)
    return call_id


async def test_m_shows_the_room_and_escape_the_queue(tmp_path: Path) -> None:
    desk = open_seat(tmp_path)
    ring(desk)
    async with seated(desk) as seat:
        await seat.press("m")
        await seat.see("OVERZICHT", "wacht            1", "uitkomsten", "stand van")
        ring(desk)
        await seat.see("wacht            2")
        await seat.press("escape")
        await seat.see("WACHTRIJ", "2 wachtend")


async def test_a_question_is_picked_up_and_answered_from_the_board(tmp_path: Path) -> None:
    desk = open_seat(tmp_path)
    call_id = asked(desk, "mag ik prio 1?", "a.bakker")
    async with seated(desk, size=(120, 30)) as seat:
        await seat.press("m")
        await seat.see(f" > {call_id}", "antwoordt: nog niemand", "mag ik prio 1?")
        await seat.press("p")
        await seat.see("antwoordt: j.devries", "U staat erbij")
        await seat.press("v")
        await seat.until(lambda: isinstance(seat.app.screen, AnswerScreen), "the answer")
        await seat.type("ja doen")
        await seat.press("enter")
        await seat.see("overleg          geen", "Antwoord vastgelegd")
        assert isinstance(seat.app.screen, OverviewScreen)
        await seat.press("v")
        await seat.see("Er staat geen vraag aan de OvD-OC open.")
        await seat.press("p")
        await seat.see("Er staat geen vraag aan de OvD-OC open.")
    (told,) = _questions(call_id, tmp_path)
    assert told == ("j.devries", "ja doen")


async def test_on_a_slow_disk_what_was_typed_of_an_answer_is_not_refused_after_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = troubled(tmp_path)
    call_id = asked(desk, "mag ik prio 1?", "a.bakker")
    async with seated(desk, size=(120, 30)) as seat:
        await seat.press("m")
        await seat.see(f" > {call_id}")
        await seat.press("v")
        await seat.until(lambda: isinstance(seat.app.screen, AnswerScreen), "the answer")
        said: list[str] = []
        monkeypatch.setattr(seat.app, "refused", said.append)
        desk.hold("draft_answer")
        burst(seat, *"jawel", "enter")
        await until(lambda: "draft_answer" in desk.begun, "what was typed, on its way")
        await seat.until(lambda: seat.app.screen.line.value == "jawel", "the answer")  # type: ignore[attr-defined]
        desk.let_go("draft_answer")
        await seat.see("overleg          geen")
        await seat.until(lambda: said, "that it was recorded")
        assert said == [words.consult.ANSWERED]
    (told,) = _questions(call_id, tmp_path)
    assert told == ("j.devries", "jawel")


async def test_the_arrows_choose_a_question_and_it_stays_chosen(tmp_path: Path) -> None:
    clock = FixedClock(MARCH_2)
    desk = open_seat(tmp_path, clock=clock)
    first = asked(desk, "een", "a.bakker")
    second = asked(desk, "twee", "k.smit")
    async with seated(desk, size=(120, 30)) as seat:
        await seat.press("m")
        await seat.see(f" > {first}", second)
        await seat.press("down", "down")
        await seat.see(f" > {second}")
        Calls(desk._writer).reply(first, 1, "ja", "ovd")
        await seat.see("overleg          1", f" > {second}")
        await seat.press("v")
        await seat.see(f"VRAAG BEANTWOORDEN bij {second}")
        await seat.press("escape", "up")
        await seat.see(f" > {second}")


async def test_a_question_that_a_colleague_looks_at_is_refused(tmp_path: Path) -> None:
    desk = open_seat(tmp_path)
    call_id = asked(desk, "mag het?", "a.bakker")
    Calls(desk._writer).take_up(call_id, 1, "ovd")
    async with seated(desk, size=(120, 30)) as seat:
        await seat.press("m")
        await seat.see("antwoordt: ovd")
        await seat.press("p")
        await seat.see("26-0001")
        await seat.until(lambda: words.record.taken_up("ovd", call_id) in " ".join(seat.text.split()), "why")
        assert not isinstance(seat.app.screen, AnswerScreen)


def _questions(call_id: str, home: Path) -> list[tuple[str | None, str | None]]:
    """Who answered what, as it stands in the record."""
    with Reader.open(Home(home)) as reader:
        return [(each.answered_by, each.answer) for each in reader.file(call_id).consultations]
