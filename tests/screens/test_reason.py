"""The reason of a deviation: asked after the dispatch has gone, given with enter, and never by one stray key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.model import Choice
from console.screens.reason import KEYS, ReasonScreen
from tests.screens.hand import burst, in_call, on_disk, troubled, until
from tests.seat import Seat, open_seat


@asynccontextmanager
async def deviating(seat_at: Path) -> AsyncIterator[Seat]:
    """A call in danger that was given advice only."""
    async with in_call(troubled(seat_at / "huis")) as seat:
        await seat.press("1", "f5", "7", "enter")
        await seat.see("Waarom wijkt u af?")
        yield seat


def given(seat: Seat) -> list[str | None]:
    return [each.reason for each in on_disk(seat).decisions]


async def test_a_digit_alone_records_nothing_and_enter_does(tmp_path: Path) -> None:
    async with deviating(tmp_path) as seat:
        await seat.press("f7")
        await seat.see("Waarom: Advies, geen vervolg, ", "Kies een cijfer, of t voor eigen woorden.")
        await seat.press("enter")
        await seat.see("Kies eerst een cijfer")
        await seat.press("2", "3")
        await seat.see(f"> 3  {KEYS['3']}", "enter legt deze reden vast")
        assert f"> 2  {KEYS['2']}" not in seat.text
        assert given(seat) == [None]
        await seat.press("enter")
        await seat.see("Reden vastgelegd.")
        assert given(seat) == [KEYS["3"]]
        assert "Waarom wijkt u af?" not in seat.text
        await seat.press("f7")
        await seat.see("Er is geen afwijking waarvan de reden ontbreekt.")


async def test_the_reason_of_what_was_decided_a_moment_ago_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("1")
        monkeypatch.setattr(seat.call, "_look_again", lambda: None)  # reading is slow
        await seat.press("f5", "7", "enter")
        await seat.see("Besluit vastgelegd.")
        await seat.press("f7")
        await seat.see("Waarom: Advies, geen vervolg, ")


async def test_escape_leaves_it_open_and_f7_brings_it_back(tmp_path: Path) -> None:
    async with deviating(tmp_path) as seat:
        await seat.press("f7", "1", "escape")
        await seat.see("Urgentiecheck", "Waarom wijkt u af?")
        assert given(seat) == [None]
        await seat.press("f7")
        await seat.see("Waarom: Advies")
        assert not any(f"> {key}  {text}" in seat.text for key, text in KEYS.items())


async def test_own_words_are_recorded_as_typed_and_digits_are_letters_there(tmp_path: Path) -> None:
    async with deviating(tmp_path) as seat:
        burst(seat, "f7", "1", "t", *"t 2 [/b]", "enter")
        await until(lambda: given(seat) == ["t 2 [/b]"], "the reason on disk")
        await seat.see("Urgentiecheck")


async def test_empty_words_are_refused_and_a_failure_is_said(tmp_path: Path) -> None:
    async with deviating(tmp_path) as seat:
        desk = seat.app.desk
        await seat.press("f7", "t", "space", "enter")
        await seat.see("Typ eerst een reden")
        desk.refused["give_reason"] = 1  # type: ignore[attr-defined]
        await seat.press("x", "enter")
        await seat.see("De schijf is vol")
        assert isinstance(seat.app.screen, ReasonScreen)
        assert given(seat) == [None]
        await seat.press("enter")
        await seat.see("Reden vastgelegd.")
        assert given(seat) == ["x"]


async def test_each_deviation_is_asked_by_its_own_name_the_oldest_first(tmp_path: Path) -> None:
    async with deviating(tmp_path) as seat:
        await seat.press("f5", "5", "enter")
        await until(lambda: len(on_disk(seat).decisions) == 2, "the second decision")
        await seat.press("f7")
        await seat.see("Waarom: Advies")
        await seat.press("1", "enter")
        await seat.see("Reden vastgelegd.")
        await seat.press("f7")
        await seat.see("Waarom: Online aangifte")
        await seat.press("2", "enter")
        await until(lambda: given(seat) == [KEYS["1"], KEYS["2"]], "both reasons")
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.ADVICE, Choice.ONLINE]


async def test_who_does_not_deviate_is_asked_nothing(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("1", "f5", "1", "enter")
        await seat.see("klaargezet")
        assert "Waarom wijkt u af?" not in seat.text
        await seat.press("f7")
        await seat.see("Er is geen afwijking waarvan de reden ontbreekt.")
