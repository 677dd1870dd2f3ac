"""What comes after a decision, with a real CAD: news that waits for it, goes once, or is refused in words."""

from __future__ import annotations

from console.model import Delivery
from tests.journey.conftest import CadRoom
from tests.seat import Seat, open_seat, ring, seated


async def noted(seat: Seat, text: str) -> None:
    """Type a note, and send what is new to the crew."""
    await seat.press("f4")
    await seat.type(text)
    await seat.press("enter", "f5", "a")
    await seat.see("AANVULLING", text)
    await seat.press("enter")
    await seat.see("GMS aanvulling")


async def test_news_for_the_crew_is_confirmed_beside_the_dispatch(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "2", "enter")
        await seat.see("bevestigd", "Eenheid")
        await noted(seat, "blauwe bus")
        await seat.until(
            lambda: [each.state for each in seat.call.case.file.deliveries] == [Delivery.ACCEPTED] * 2, "both confirmed"
        )
        sent, added = seat.call.case.file.deliveries
        assert len(sent.control_word.split()) == 2
        assert sent.unit
    assert cad_room.effects() == {sent.message_id: 1}
    assert cad_room.simulator.additions() == {added.message_id: 1}


async def test_with_the_cad_down_the_dispatch_and_its_news_wait_and_go_once(cad_room: CadRoom) -> None:
    cad_room.simulator.set_mode("uit")
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "1", "enter")
        await seat.see("BEL NU de uitgifte, geef de inzet door")
        await noted(seat, "blauwe bus")
        await seat.see("geef de aanvulling door")
        cad_room.simulator.set_mode("accepteert")
        await seat.until(
            lambda: [each.state for each in seat.call.case.file.deliveries] == [Delivery.ACCEPTED] * 2,
            "both confirmed",
            seconds=60,
        )
        sent, added = seat.call.case.file.deliveries
    assert cad_room.effects() == {sent.message_id: 1}
    assert cad_room.simulator.additions() == {added.message_id: 1}


async def test_what_the_cad_refuses_gets_no_addition_and_is_passed_on_by_hand(cad_room: CadRoom) -> None:
    cad_room.simulator.set_mode("weigert")
    desk = open_seat(cad_room.home)
    ring(desk)
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "3", "c", *"14u", "enter", "enter")
        await seat.see("GEWEIGERD", "Geef de inzet nu door", "Tijdvak eenheid: 14u")
        await seat.press("f10", "enter")
        await seat.see("met de hand doorgegeven")
        await seat.press("f5", "a")
        await seat.see("Deze inzet is met de hand doorgegeven.")
        assert len(seat.call.case.file.deliveries) == 1
