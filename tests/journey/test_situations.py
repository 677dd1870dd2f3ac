"""Calls that ask for more than answers: somebody at the door, a daughter who calls, a refused visit, a minor."""

from __future__ import annotations

from console.model import Choice, Delivery, Role
from tests.journey.conftest import CadRoom
from tests.seat import open_seat, ring, seated

DAUGHTER = {
    "gevaar": "nee",
    "verdachte": "nee",
    "vorm": "bankhelpdeskfraude",
    "gaande": "ja",
    "toegang_open": "onbekend",
    "laatste_handeling": "0.5",
    "poging": "nee",
    "seksueel_beeld": "nee",
    "minderjarig": "nee",
    "kwetsbaar": "ja",
    "slachtoffer_in_nederland": "ja",
    "dader": "onbekende",
    "wens": "weet_niet",
    "kan_online": "nee",
}
"""What a daughter knows of the fraud on her mother; the visit is not hers to want."""

IMAGES = DAUGHTER | {
    "vorm": "sextortion",
    "gaande": "ja",
    "toegang_open": "nee",
    "laatste_handeling": "1",
    "seksueel_beeld": "ja",
    "minderjarig": "ja",
    "kwetsbaar": "nee",
    "wens": "thuis",
    "kan_online": "ja",
}


async def test_a_suspect_at_the_door_is_prio_1_with_the_words_to_keep_it_shut(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="er staat een man aan de deur voor mijn pas")
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "n")
        keys = {value: key for key, value, _label in seat.call.asking.choices()}
        await seat.press(keys["aanwezig"])
        await seat.see("ten minste: prio 1", "Doe de deur dicht")
        await seat.press("f5", "1")
        await seat.see("PRIO 1", "verdachte:")
        await seat.press("enter")
        await seat.see("bevestigd")
        file = seat.call.case.file
        assert (file.decisions[0].choice, file.decisions[0].deviates) == (Choice.PRIO1, False)
        assert file.answers.get("vorm") is None, "prio 1 needs no crime form"


async def test_a_daughter_calls_for_her_mother(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="mijn moeder wordt nu opgelicht", place="")
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f2")
        await seat.type("markt 1 assen")
        await seat.press("tab", "tab", "2", "escape")
        await seat.see("belt voor een ander", "markt 1 assen")
        assert seat.call.case.file.facts.role is Role.THIRD_PARTY
        assert "slachtoffer_in_nederland" not in seat.call.case.state.answers, "her address says nothing of the mother"
        await seat.answer(DAUGHTER)
        await seat.see("zeker: prio 2")
        await seat.press("f5", "2")
        await seat.see("(derde)", "markt 1 assen")
        await seat.press("enter")
        await seat.see("bevestigd")
        assert seat.call.case.file.decisions[0].answers["wens"] != "thuis"


async def test_a_refused_visit_goes_to_the_station_and_is_no_deviation(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="stuur maar niemand, ik schaam me")
    refused = DAUGHTER | {"gaande": "nee", "toegang_open": "nee", "wens": "geen_bezoek", "kwetsbaar": "nee"}
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.answer(refused | {"kan_online": "ja"})
        wish = next(each for each in seat.call.case.policy.questions if each.id == "wens")
        if "wens" not in seat.call.case.state.answers:
            await seat.press("g", *str(seat.call.asking.number(wish.id)))
            keys = {value: key for key, value, _label in seat.call.asking.choices()}
            await seat.press(keys["geen_bezoek"])
        await seat.answer(refused | {"kan_online": "ja"})
        await seat.see("NA KEUZE")
        await seat.press("f5", "4", "enter")
        await seat.see("Afspraak op het bureau (")
        decision = seat.call.case.file.decisions[0]
        assert (decision.choice, decision.deviates) == (Choice.STATION, False)
        assert decision.answers["wens"] == "geen_bezoek"
        assert decision.suggestion.urgency.at_least == "eenheid_prio2", "urgency is told as if a visit were wanted"
        assert not seat.call.case.file.deliveries


async def test_a_minor_with_images_gets_a_unit(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="mijn dochter van 14 wordt afgeperst")
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.answer(IMAGES)
        await seat.see("zeker: prio 2", "Stuur de beelden aan niemand")
        await seat.press("f5", "2")
        await seat.see("slachtoffer minderjarig: ja")
        await seat.press("enter")
        await seat.see("bevestigd")
        assert seat.call.case.file.deliveries[0].state is Delivery.ACCEPTED
