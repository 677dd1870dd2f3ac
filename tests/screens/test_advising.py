"""What the caller is told: lines ticked and taken back, where to go by the hour, all on disk at once, at 80x24."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.desk import Desk
from console.domain.referral import ReferralError
from console.model import Advised, BankCalled, CallFile, Detail, Party, Referred
from console.screens import advising_call
from tests.screens.hand import BROKEN, burst, in_call, on_disk, troubled, until
from tests.seat import FixedClock, Seat

FRAUD = ("n", "n", "1", "enter", "j", "j")
"""Nobody at the door, bankhelpdeskfraude, still on the line, access open."""

NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


def standing(file: CallFile) -> list[Detail]:
    """What was noted and not taken back."""
    return [each.detail for each in file.details if not each.taken_back]


def marked(seat: Seat) -> list[int]:
    """The lines of the screen with the mark of what is pointed at."""
    return [number for number, line in enumerate(seat.text.splitlines()) if re.match(r"\| +>", line)]


async def ticked(seat: Seat, detail: Detail) -> None:
    """Wait until this is on disk."""
    await seat.until(lambda: detail in standing(on_disk(seat)), f"{detail} on disk")


async def test_a_line_that_was_said_is_ticked_on_disk_and_beside_the_checklist(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD)
        await seat.see("[ ] “Verbreek het ándere")
        await seat.press("ctrl+t")
        await seat.see("ZEG TEGEN MELDER 26-0001", ">1 [ ] Verbreek het ándere gesprek.", "hun nummer.”")
        await seat.press("enter")
        await ticked(seat, Advised("ander_gesprek"))
        await seat.see("Vastgelegd: dit is gezegd.")
        await seat.press("escape")
        await seat.see("[ ] bank gebeld [x] 1 gezegd", "[ ] “Zet wifi")
        await seat.press("pagedown")
        await seat.see("[x] Verbreek het ándere")


async def test_the_same_key_takes_a_tick_back_and_nothing_is_erased(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD)
        await seat.press("ctrl+t", "enter", "enter")
        await seat.see("Teruggenomen")
        file = on_disk(seat)
        assert standing(file) == []
        assert [each.detail for each in file.details] == [Advised("ander_gesprek")]


async def test_who_called_the_bank_is_recorded(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, "ctrl+t")
        await seat.see("bank of winkel gebeld door centralist")
        await seat.press(*["down"] * 20, "up", "space")
        await ticked(seat, BankCalled(Party.OPERATOR))
        await seat.press("escape")
        await seat.see("[x] bank gebeld [ ] gezegd")
        await seat.press("pagedown")
        await seat.see("[x] bank gebeld: centralist")


async def test_something_can_be_said_before_the_first_question_is_answered(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("ctrl+t")
        await seat.see(">1 [ ] Gooi niets weg.", " 2 [ ] bank of winkel gebeld door melder")


async def test_keys_in_one_burst_tick_what_they_point_at(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD)
        burst(seat, "ctrl+t", "2", "enter", "escape")
        await ticked(seat, Advised("toegang"))
        assert standing(on_disk(seat)) == [Advised("toegang")]


async def test_a_disk_that_refuses_is_said_and_nothing_is_ticked(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, "ctrl+t")
        await seat.see("ZEG TEGEN MELDER")
        desk.refused["add"] = 1
        await seat.press("enter")
        await seat.see(BROKEN, ">1 [ ] Verbreek")
        await seat.press("enter")
        await ticked(seat, Advised("ander_gesprek"))


async def test_a_referral_is_recorded_and_the_reference_is_said(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, "f6")
        await seat.see("DOORVERWIJZEN 26-0001", "Fraudehelpdesk", "open tot 17.00", "Politiebureau", "op afspraak")
        await seat.press("2")
        await seat.see(
            "“De Fraudehelpdesk geeft advies bij alle fraude: 088-786 73 72.”", "CONTROLEREN voordat u het zegt"
        )
        await seat.press("enter")
        await seat.see("Vastgelegd: Fraudehelpdesk. Kenmerk voor de melder: 26-0001", ">2 [x] Fraudehelpdesk")
        assert standing(on_disk(seat)) == [Referred("fraudehelpdesk")]


async def test_at_night_what_is_closed_stands_last_and_says_when_it_opens(desk: Desk, clock: FixedClock) -> None:
    clock.moment = NIGHT
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, "f6")
        await seat.see("gesloten, morgen 9.00")
        lines = [line for line in seat.text.splitlines() if "[ ]" in line]
        assert "Fraudehelpdesk" in lines[-1]
        clock.moment = NIGHT + timedelta(days=4)
        await seat.press("down")
        await seat.see("gesloten, maandag 9.00")


async def test_what_was_not_read_back_says_so_beside_it(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, "f6")
        await seat.see("Slachtofferhulp Nederland")
        number = next(line for line in seat.text.splitlines() if "Slachtofferhulp" in line).split("[")[0].strip(" |>")
        await seat.press(number)
        await seat.see("Bereik: 0900-0101  CONTROLEREN voordat u het zegt")
        assert "0900-0101" not in next(line for line in seat.text.splitlines() if "“" in line)


async def test_what_was_given_stays_ticked_when_it_fits_no_more(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("n", "n", "1", "enter", "f6", "2", "enter", "escape")
        await until(lambda: standing(on_disk(seat)) == [Referred("fraudehelpdesk")], "the referral on disk")
        await seat.press("g", "3", "enter", *"ddos", "enter", "f6")
        await seat.see("Fraudehelpdesk (past niet meer bij de antwoorden)")


@pytest.mark.parametrize("keys", [("ctrl+t",), ("f6",)])
async def test_escape_and_a_stray_digit_record_nothing(desk: Desk, keys: tuple[str, ...]) -> None:
    async with in_call(desk) as seat:
        await seat.press(*FRAUD, *keys, "3", "7", "9", "escape")
        await seat.see("Urgentiecheck")
        assert on_disk(seat).details == ()
        assert seat.call.focused is seat.call.checklist


@pytest.mark.parametrize("size", [(80, 24), (80, 16), (120, 40)])
@pytest.mark.parametrize("keys", [("ctrl+t",), ("f6",)])
async def test_the_line_pointed_at_is_always_in_sight_with_the_cursor_on_it(
    desk: Desk, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with in_call(desk, size=size) as seat:
        await seat.press(*FRAUD, *keys)
        for _ in range(12):
            await seat.until(lambda: seat.app.cursor_position.y in marked(seat), "the cursor on the line")
            assert len(marked(seat)) == 1, seat.text
            await seat.press("down")


async def test_the_station_says_whether_it_can_be_online_too_with_the_source(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("n", "n", *"identiteit", "enter", "f6")
        await seat.see("Politiebureau")
        assert "[ ] Online aangifte" not in seat.text
        number = next(line for line in seat.text.splitlines() if "Politiebureau" in line).split("[")[0].strip(" |>")
        await seat.press(number)
        await seat.see("Online aangifte: nee (meestal bureau; B22, B23). Het bureau kan altijd.")
        await seat.press("escape", "g", "3", "enter", *"hulpvraag", "enter", "f6")
        await seat.press(*["up"] * 20)
        number = next(line for line in seat.text.splitlines() if "] Online" in line).split("[")[0].strip(" |>")
        await seat.press(number)
        await seat.see("Online aangifte: ja (2020, ook bij een poging; B22).")


async def test_a_list_that_cannot_be_used_is_said_and_the_call_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise ReferralError("verwijzing.toml: bij lmio ontbreekt een onderdeel.")

    async with in_call(desk) as seat:
        monkeypatch.setattr(advising_call, "directory", refused)
        await seat.press("f6")
        await seat.see("bij lmio ontbreekt een onderdeel", "Urgentiecheck")
        await seat.press("n")
        await until(lambda: on_disk(seat).answers.get("gevaar") == "nee", "the answer on disk")
