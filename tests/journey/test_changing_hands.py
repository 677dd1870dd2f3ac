"""A colleague takes over, a caller rings back with new facts, a choice is interrupted: by key, on the real record."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import RecordError, open_desk
from console.model import Choice
from console.settings import Settings
from console.times import now
from tests.seat import open_seat, ring, seated


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "huis"


async def test_a_colleague_takes_over_with_a_reason_and_the_former_owner_can_decide_nothing(home: Path) -> None:
    mine = open_seat(home)
    theirs = open_desk(
        Settings(home=home, exercise=True), operator="a.bakker", terminal="test", os_user="root", clock=now
    )
    call_id = ring(mine)
    case = await theirs.take(call_id)
    case = await theirs.answer(case, "verdachte", "nee")
    async with seated(mine) as seat:
        await seat.see("1 in behandeling", "a.bakker")
        await seat.press("enter")
        await seat.see("is al in behandeling bij a.bakker")
        await seat.press("o")
        await seat.see(f"OVERNEMEN {call_id} van a.bakker")
        await seat.press("enter")
        await seat.see("Typ eerst een reden")
        await seat.type("scherm hangt")
        await seat.press("enter")
        await seat.see(f"MELDING {call_id}", "Overgenomen", "scherm hangt")
        assert seat.call.case.file.owner == mine.operator
        with pytest.raises(RecordError, match="scherm hangt"):
            await theirs.decide(case, theirs.propose(case, Choice.ADVICE))
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        await seat.until(lambda: seat.call.case.file.decisions, "the decision read back")
        assert [decision.by for decision in seat.call.case.file.decisions] == [mine.operator]
    await theirs.close()


async def test_the_former_owner_sees_at_once_that_the_call_is_gone(home: Path) -> None:
    mine = open_seat(home)
    call_id = ring(mine)
    theirs = open_desk(
        Settings(home=home, exercise=True), operator="a.bakker", terminal="test", os_user="root", clock=now
    )
    async with seated(mine) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await theirs.take_over(call_id, owner=mine.operator, reason="pauze")
        await seat.see("NIET MEER VAN U", "niet meer van u maar van a.bakker")
    await theirs.close()


async def test_your_own_call_is_not_taken_over(home: Path) -> None:
    desk = open_seat(home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("o")
        await seat.see("niet van een collega")


async def test_new_facts_open_a_decided_call_again_and_the_difference_is_shown(home: Path) -> None:
    desk = open_seat(home)
    ring(desk)
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "n", "n", "f5", "7", "enter")
        await seat.see("Advies, geen vervolg", "F12: beoordeel opnieuw")
        await seat.press("f12")
        await seat.see("Anders dan eerst", "nog niets (beoordeling 2)")
        await seat.press("g", "2", "2")
        await seat.see("Iemand bij u, of onderweg? nee", "onderweg")
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        await seat.press("pagedown")
        await seat.see("besluit advies -> prio 1")
        file = seat.call.case.file
        assert [each.choice for each in file.decisions] == [Choice.ADVICE, Choice.PRIO1]
        first, second = await desk.versions(seat.call.case)
        assert (first.answers["verdachte"], second.answers["verdachte"]) == ("nee", "onderweg")


async def test_a_choice_that_was_not_confirmed_stands_after_a_restart(home: Path) -> None:
    desk = open_seat(home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "2")
        await seat.until(lambda: seat.call.case.file.draft_choice is Choice.PRIO2, "the choice on disk")
    again = open_seat(home)
    async with seated(again) as seat:
        await seat.see("1 in behandeling")
        await seat.press("enter", "f5")
        await seat.see(">2 Eenheid ter plaatse, prio 2")
        await seat.press("escape", "f5")
        await seat.see("Kies met een cijfer")
        assert seat.call.case.file.decisions == ()


async def test_a_call_that_shares_an_account_says_so_at_once(home: Path) -> None:
    desk = open_seat(home)
    first = await desk.take(ring(desk, number="06-11111111", place="Assen", words="ophaler in grijze auto"))
    await desk.note(first, "geld ging naar NL91 ABNA 0417 1643 00")
    ring(desk, number="06-22222222", place="Emmen")
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("up", "enter", "f4")
        await seat.type("naar nl91abna0417164300 overgemaakt")
        await seat.see("Hangt samen met", f"ook in {first.file.call_id}", "grijze auto", "zelfde IBAN")
        assert seat.call.case.state.answers.keys() == {"slachtoffer_in_nederland"}
