"""What is typed in a dialog and not confirmed is on disk at each letter, and stands there again after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.model import DraftPlace
from tests.screens.hand import burst, field, in_call, on_disk, troubled
from tests.seat import Seat, open_seat, seated

HOSTILE = "mag [/b] '--"
LINES = {
    DraftPlace.QUESTION: (("f8",), "regel", HOSTILE),
    DraftPlace.REASON: (("f7", "t"), "", HOSTILE),
    DraftPlace.HAND_OVER_TO: (("f9", "8", "enter"), "naam", "c.smit"),
    DraftPlace.HAND_OVER_NOTE: (("f9", "9", "enter"), "weten", HOSTILE),
    DraftPlace.CALL_BACK: (("ctrl+r",), "regel", "20"),
    DraftPlace.TRACE: (("f3",), "nieuw", HOSTILE),
}


async def deviate(seat: Seat) -> None:
    """Decide against the suggestion, so that a reason is asked."""
    await seat.press("1", "f5", "7", "enter")
    await seat.see("Waarom wijkt u af?")


@pytest.mark.parametrize("place", DraftPlace)
async def test_another_console_finds_what_was_typed(tmp_path: Path, place: DraftPlace) -> None:
    way_in, name, text = LINES[place]
    async with in_call(open_seat(tmp_path / "huis")) as first:
        if place is DraftPlace.REASON:
            await deviate(first)
        await first.press(*way_in)
        burst(first, *text)
        await first.until(lambda: on_disk(first).drafts == {place: text}, "what was typed, on disk")
        async with seated(open_seat(tmp_path / "huis")) as second:
            await second.see("WACHTRIJ", "er klopt iets")
            await second.press("enter")
            await second.see("MELDING")
            await second.press(*way_in)
            await second.see(text)
            if name:
                assert field(second, name).value == text


async def test_own_words_stand_there_again_and_a_digit_still_chooses(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await deviate(seat)
        await seat.press("f7", "t", *"half", "escape", "f7")
        await seat.see("half", "enter legt uw woorden vast")
        await seat.press("1")
        await seat.see("> 1")
        await seat.press("enter")
        await seat.see("Reden vastgelegd")
        assert on_disk(seat).drafts == {}


async def test_what_was_confirmed_is_not_typed_any_more(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", *"06-12312312", "enter", "f3", "ctrl+r", *"20 m", "enter")
        await seat.until(lambda: len(on_disk(seat).details) == 2 and on_disk(seat).drafts == {}, "both confirmed")
        await seat.press("ctrl+r")
        assert field(seat, "regel").value == ""


async def test_a_line_that_cannot_be_written_is_said_and_written_later(tmp_path: Path) -> None:
    async with in_call(troubled(tmp_path / "huis")) as seat:
        seat.app.desk.refused["draft_text"] = 1  # type: ignore[attr-defined]
        await seat.press("f8", "x")
        await seat.until(lambda: on_disk(seat).drafts == {DraftPlace.QUESTION: "x"}, "tried again")
        await seat.press("escape")
        await seat.see("Wat u typte: NOG NIET BEWAARD")
