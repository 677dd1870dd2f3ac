"""A key answers one question: held, tapped twice, or typed before the next one could be seen it answers no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.screens.queue import QueueScreen
from tests.screens.hand import burst, in_call, on_disk, troubled, until
from tests.seat import Seat, open_seat, ring, seated

IGNORED = "genegeerd: deze vraag stond nog niet op het scherm"


def said(seat: Seat) -> dict[str, str]:
    """What was answered by key; that the victim is in the country follows from the address."""
    return {question: value for question, value in on_disk(seat).answers.items() if "nederland" not in question}


@pytest.mark.parametrize("apart", [0.025, 0.033, 0.09])
async def test_a_held_key_answers_one_question_and_the_next_stands_open(apart: float, tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.hand.hold("n", 2, apart)
        await seat.see("Toets n bleef ingedrukt: vraag 2 staat weer open")
        await seat.hand.press(*"nnnnnnnn", apart=apart)
        assert said(seat) == {"gevaar": "nee"}
        assert seat.call.asking.cursor == "verdachte"
        await seat.press("n")
        await until(lambda: said(seat) == {"gevaar": "nee", "verdachte": "nee"}, "an answer that was meant")


async def test_a_double_tap_answers_one_question_and_says_so(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n")
        await seat.hand.press("n", apart=0.08)
        await seat.see(f"Toets n {IGNORED}")
        assert said(seat) == {"gevaar": "nee"}


async def test_the_same_key_at_the_pace_of_reading_answers_each_question(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n")
        await seat.hand.press("n", apart=0.2)
        assert said(seat) == {"gevaar": "nee", "verdachte": "nee"}


async def test_different_keys_by_heart_all_count_however_fast(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, *"no", *"bank", "enter", *"jno", "enter")
        await until(lambda: len(said(seat)) == 6, "every key")
        assert "genegeerd" not in seat.text


async def test_after_a_key_too_many_the_rest_of_the_burst_answers_nothing_either(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, *"nn2")
        await seat.see(f"Toets 2 {IGNORED}")
        assert said(seat) == {"gevaar": "nee"}
        await seat.press("2")
        await until(lambda: on_disk(seat).answers.get("verdachte") == "onderweg", "the answer once it was seen")


async def test_the_same_key_while_an_answer_is_written_is_no_answer_to_what_comes_next(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("answer")
        burst(seat, "n")
        await until(lambda: "answer" in desk.begun, "the answer on its way")
        burst(seat, "n")  # a second later: what counts is that nothing was painted meanwhile
        desk.let_go("answer")
        await seat.see(f"Toets n {IGNORED}")
        assert said(seat) == {"gevaar": "nee"}


async def test_the_key_that_opens_a_call_answers_nothing_in_it(tmp_path: Path) -> None:
    async with seated(open_seat(tmp_path / "huis")) as seat:
        await seat.hand.hold("n", 5)
        await seat.see("Urgentiecheck")
        assert said(seat) == {}


async def test_a_letter_twice_in_a_word_is_no_double_tap(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n", "1")
        burst(seat, *"aann")
        await until(lambda: seat.call.asking.typed == "aann", "the letters")


async def test_keys_for_a_call_that_was_handed_over_take_no_other_call(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        ring(desk)
        burst(seat, "f9", "9", "enter", *"klaar", "enter", "enter", "n")
        await seat.see("2 wachtend", "Toets n genegeerd")
        assert isinstance(seat.app.screen, QueueScreen)
