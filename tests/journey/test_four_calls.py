"""Four whole calls by key, through the real console, record, delivery and CAD simulator, to four outcomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.model import Choice, Delivery
from console.screens.call import CallScreen
from console.screens.messages import CallOpened
from tests.journey.conftest import CadRoom
from tests.seat import open_seat, ring, seated


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "huis"


CALM = {
    "gevaar": "nee",
    "verdachte": "nee",
    "vorm": "bankhelpdeskfraude",
    "gaande": "nee",
    "toegang_open": "nee",
    "laatste_handeling": "504",
    "poging": "nee",
    "seksueel_beeld": "nee",
    "minderjarig": "nee",
    "kwetsbaar": "nee",
    "slachtoffer_in_nederland": "ja",
    "dader": "onbekende",
    "wens": "weet_niet",
    "kan_online": "ja",
}
"""A fraud of three weeks ago, nothing running: policy.md sends it online."""


async def test_fresh_fraud_with_access_open_becomes_a_confirmed_prio_2(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    call_id = ring(desk, words="ze kijken mee op mijn computer")
    async with seated(desk) as seat:
        await seat.see("Gieten", "1 wachtend")
        await seat.press("enter", "n", "n", "1", "enter", "j", "j")
        await seat.see("URGENTIE  zeker: prio 2", "Verbreek het")
        await seat.answer(CALM | {"gaande": "ja", "toegang_open": "ja", "wens": "thuis"})
        await seat.see("NA KEUZE  zeker: prio 2")
        await seat.press("f5", "2")
        await seat.see("Naar GMS: prio 2", "Brink 4, Gieten", "BANKHELPDESKFRAUDE")
        await seat.press("enter")
        await seat.see("bevestigd", "CAD-")
        file = seat.call.case.file
        assert [(each.choice, each.deviates) for each in file.decisions] == [(Choice.PRIO2, False)]
        assert file.deliveries[0].state is Delivery.ACCEPTED
        opened, *kept, decided = seat.told
        assert opened == CallOpened(call_id)
        assert kept[:5] == [
            CallScreen.Kept("gevaar", "nee"),
            CallScreen.Kept("verdachte", "nee"),
            CallScreen.Kept("vorm", "bankhelpdeskfraude"),
            CallScreen.Kept("gaande", "ja"),
            CallScreen.Kept("toegang_open", "ja"),
        ]
        asked = {each.question: each.value for each in kept if isinstance(each, CallScreen.Kept)}
        assert asked | {"slachtoffer_in_nederland": "ja"} == file.answers
        assert decided == CallScreen.Decided(call_id, Choice.PRIO2)
    assert cad_room.effects() == {file.deliveries[0].message_id: 1}


async def test_weeks_old_fraud_is_referred_online(home: Path) -> None:
    desk = open_seat(home)
    ring(desk, words="drie weken geleden opgelicht")
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "n", "n", "1", "enter", "n", "n", "g", "6")
        await seat.type("3w")
        await seat.see("21 dagen geleden")
        await seat.press("enter")
        await seat.answer(CALM)
        await seat.see("zeker: online")
        await seat.press("f5", "5", "enter")
        await seat.see("Uw kenmerk is", "politie.nl")
        assert seat.call.case.file.decisions[0].choice is Choice.ONLINE
        assert seat.call.case.file.deliveries == ()
        await seat.press("escape")
        await seat.see("WACHTRIJ", "Er wachten geen meldingen")


async def test_a_suspect_on_the_way_needs_no_form_for_prio_1(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "n")
        keys = {value: key for key, value, _label in seat.call.asking.choices()}
        await seat.press(keys["onderweg"])
        await seat.see("ten minste: prio 1", "Doe de deur dicht")
        await seat.press("f5", "1")
        await seat.see("PRIO 1 - ONLINE CRIMINALITEIT, VORM NOG ONBEKEND")
        await seat.press("enter")
        await seat.see("bevestigd")
        decision = seat.call.case.file.decisions[0]
        assert (decision.choice, decision.answers["vorm"], decision.deviates) == (Choice.PRIO1, "open", False)
    assert list(cad_room.effects().values()) == [1]


async def test_what_is_no_online_crime_goes_back_to_the_ordinary_protocol(home: Path) -> None:
    desk = open_seat(home)
    ring(desk, words="er is bij mij ingebroken")
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "n", "n")
        await seat.type("geen onl")
        await seat.press("enter")
        await seat.see("zeker: gewone")
        await seat.press("f5", "0", "enter")
        await seat.see("Ga verder in het")
        decision = seat.call.case.file.decisions[0]
        assert (decision.choice, decision.deviates) == (Choice.ORDINARY, False)
