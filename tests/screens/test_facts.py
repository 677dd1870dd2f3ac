"""The facts of a caller: every change on disk while the dialog is open, in the right field, however fast or slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.model import Dispatch, Facts, Location, Role
from console.record import Outbox
from console.screens import keeper
from console.times import now
from console.widgets.facts_line import facts_words
from tests.screens.hand import burst, field, in_call, on_disk, paste, troubled
from tests.seat import Seat, open_seat

HOSTILE = "Brink [/b] 4\x1b]0;x\x07 \u202eneteiG\u202c é 👩‍👩‍👧  Gieten"


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.2)


def focused(seat: Seat) -> str | None:
    return seat.app.focused.id if seat.app.focused else None


async def test_what_is_typed_is_on_disk_while_the_dialog_is_open(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        await seat.type(" a")
        await seat.until(lambda: on_disk(seat).facts.address == "Brink 4, Gieten a", "the address on disk")
        await seat.press("enter", "backspace", "9")
        await seat.until(lambda: on_disk(seat).facts.callback == "06-12345679", "the number on disk")
        await seat.press("enter", "3", "enter", "j")
        told = Facts("Brink 4, Gieten a", "06-12345679", Role.PARENT, speaks_freely=True)
        await seat.until(lambda: on_disk(seat).facts == told, "all of it on disk")
        await seat.see("GEGEVENS", "[x] 3 ouder van slachtoffer", "[x] j praat vrij")
        await seat.press("escape")
        await seat.see("terug: 06-12345679", "ouder van slachtoffer", "praat vrij")
        await seat.press("f2")
        await seat.see("[x] 3 ouder van slachtoffer", "[x] j praat vrij")


async def test_who_cannot_speak_freely_is_recorded_so_and_danger_is_at_least_unknown(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n")
        await seat.press("f2", "up", "n", "f2")
        await seat.see("KAN NIET VRIJ PRATEN")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        file = on_disk(seat)
        assert file.answers["gevaar"] == "onbekend"
        assert (file.facts.address, file.facts.callback) == ("Brink 4, Gieten", "06-12345678")
        await seat.press("f2")
        await seat.see("[x] n kan niet vrij praten")
        await seat.press("up", "j", "escape")
        await seat.see("praat vrij")
        assert on_disk(seat).facts.speaks_freely is True


async def test_the_fields_come_in_the_order_in_which_they_are_asked_both_ways(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        order = ["adres", "terug", "rol", "vrij", "adres"]
        for key in ("enter", "tab", "down"):
            passed = [focused(seat)]
            for _ in order[1:]:
                await seat.press(key)
                passed.append(focused(seat))
            assert passed == order, key
        for key in ("up", "shift+tab"):
            passed = [focused(seat)]
            for _ in order[1:]:
                await seat.press(key)
                passed.append(focused(seat))
            assert passed == order[::-1], key
        assert on_disk(seat).facts == Facts()


async def test_a_burst_lands_in_the_right_fields(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk, Location(""), number="") as seat:
        burst(seat, "f2", *"Markt 1", "enter", *"050 1", "enter", "2", "enter", "n", "f2", "n", "n")
        told = Facts("Markt 1", "050 1", Role.THIRD_PARTY, speaks_freely=False)
        await seat.until(lambda: on_disk(seat).facts == told, "the facts on disk")
        await seat.until(lambda: on_disk(seat).answers.get("verdachte") == "nee", "the keys after the dialog answered")
        assert on_disk(seat).answers["gevaar"] == "onbekend"
        assert on_disk(seat).note == ""
        burst(seat, "f2", *"bis", "backspace", "f2")
        await seat.until(lambda: on_disk(seat).facts.address == "Markt 1bi", "what was typed just before leaving")


async def test_leaving_and_reopening_on_a_slow_disk_loses_nothing(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("tell")
        await seat.press("f2")
        await seat.type("a")
        await seat.press("enter", "1", "enter", "2", "escape")
        await seat.press("f2")
        assert field(seat, "adres").value == "Brink 4, Gietena"
        assert field(seat, "terug").value == "06-123456781"
        await seat.see("[x] 2 belt voor een ander")
        await seat.press("enter", "2", "escape")
        desk.let_go("tell")
        told = Facts("Brink 4, Gietena", "06-1234567812", Role.THIRD_PARTY)
        await seat.until(lambda: on_disk(seat).facts == told, "every change on disk")


async def test_a_disk_that_refuses_is_said_and_tried_again(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["tell"] = 1
        await seat.press("f2", "a", "escape")
        await seat.see("NOG NIET BEWAARD", "De schijf is vol")
        await seat.until(lambda: on_disk(seat).facts.address == "Brink 4, Gietena", "the second attempt on disk")


async def test_looking_at_the_facts_changes_none_of_them(tmp_path: Path) -> None:
    place = Location(HOSTILE, 53.003, 6.762)
    async with in_call(open_seat(tmp_path / "huis"), place, number=" 06-1\x00") as seat:
        await seat.press("f2", "enter", "enter", "enter", "escape")
        assert on_disk(seat).facts == Facts()
        await seat.press("f2", "up", "j", "escape")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely, "the answer on disk")
        assert on_disk(seat).facts.address == HOSTILE
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        assert sent(seat).location == place


async def test_an_emptied_address_stays_empty_and_the_crew_is_told(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "ctrl+u", "escape")
        await seat.see("ADRES ONBEKEND", "terug: 06-12345678")
        await seat.press("f5", "1")
        await seat.see("Adres: ONBEKEND", "ADRES ONBEKEND - vraag na bij melder")
        await seat.press("enter")
        await seat.see("Besluit vastgelegd")
        assert sent(seat).location == Location("")


async def test_an_address_and_a_number_that_were_both_emptied_stay_empty(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "ctrl+u", "enter", "ctrl+u", "escape")
        await seat.see("ADRES ONBEKEND", "terug: ONBEKEND")
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        assert (sent(seat).location, sent(seat).callback) == (Location(""), "")


async def test_more_than_a_field_holds_is_said(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        paste(seat, "straat\nlaan " * 1000)
        await seat.see("De regel is vol (200 tekens)")
        await seat.until(lambda: len(on_disk(seat).facts.address) >= 199, "as much as fits on disk")
        await seat.press("enter")
        paste(seat, "\x1b[2J[/b]" + "0" * 100)
        await seat.see("De regel is vol (40 tekens)")
        assert seat.app.is_running
        assert "\x1b" not in facts_words(on_disk(seat), 80)


def sent(seat: Seat) -> Dispatch:
    """The dispatch as it lies in the outbox."""
    (parcel,) = Outbox(seat.app.desk._writer).due(now(), 5)
    return parcel.dispatch


async def test_one_key_says_that_the_caller_cannot_speak_freely_and_takes_it_back(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n", "ctrl+p")
        await seat.see("KAN NIET VRIJ PRATEN", "alleen vragen met ja of nee")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        file = on_disk(seat)
        assert file.answers["gevaar"] == "onbekend"
        assert (file.facts.address, file.facts.callback) == ("Brink 4, Gieten", "06-12345678")
        await seat.press("ctrl+p")
        await seat.see("vrij praten?")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is None, "taken back on disk")


async def test_while_typing_a_note_the_same_key_does_the_same(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f4", "a", "ctrl+p", "b", "escape")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        await seat.until(lambda: on_disk(seat).note == "ab", "the note is what was typed")


async def test_what_to_ask_first_stands_on_top_until_it_is_known(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), Location(""), number="") as seat:
        await seat.see("VRAAG EERST (F2): ADRES ONBEKEND, terug: ONBEKEND, voor wie?", "--Vraag eerst (F2)")
        await seat.press("n")
        await seat.until(lambda: on_disk(seat).answers, "nothing is blocked")
        burst(seat, "f2", *"Markt 1, Assen", "enter", *"050 1", "enter", "1", "f2")
        await seat.until(lambda: on_disk(seat).facts.role is Role.VICTIM, "all of it on disk")
        await seat.until(lambda: seat.app.screen is seat.call, "the dialog is left")
        await seat.until(lambda: "raag eerst" not in seat.text.casefold(), "nothing to ask first")
