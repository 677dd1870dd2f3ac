"""How many keys a call costs, from `enter` on the ringing call to the decision; only free text is not counted."""

from __future__ import annotations

from console.model import Choice, Delivery
from tests.journey.conftest import CadRoom
from tests.seat import Seat, open_seat, ring, seated


class Hand:
    """A hand on the keyboard that counts."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press and count; every key does what it should before the next one is counted."""
        self.keys += len(keys)
        await self._seat.press(*keys)


async def test_a_fresh_fraud_with_access_open_takes_at_most_15_keys(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="ze kijken mee op mijn computer")
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        hand = Hand(seat)
        await hand.press("enter")
        await hand.press("n", "n")
        await hand.press("b", "a", "enter")
        await hand.press("j", "j")
        await seat.see("URGENTIE  zeker: prio 2")
        await hand.press("f5", "2", "enter")
        await seat.see("bevestigd", "CAD-")
        file = seat.call.case.file
        assert (file.answers["vorm"], file.answers["gaande"], file.answers["toegang_open"]) == (
            "bankhelpdeskfraude",
            "ja",
            "ja",
        )
        assert (file.decisions[0].choice, file.decisions[0].deviates) == (Choice.PRIO2, False)
        assert file.deliveries[0].state is Delivery.ACCEPTED
        assert hand.keys <= 15, hand.keys


async def test_a_fraud_of_weeks_ago_is_referred_online_in_at_most_15_keys(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="drie weken geleden opgelicht")
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        hand = Hand(seat)
        await hand.press("enter")
        await hand.press("n", "n")
        await hand.press("1", "enter")
        await hand.press("n", "n")
        await hand.press("n")
        await hand.press("3", "w", "enter")
        await seat.see("ten minste: online")
        await hand.press("f5", "5", "enter")
        await seat.see("Online aangifte (")
        file = seat.call.case.file
        assert file.answers["laatste_handeling"] == "504"
        assert file.answers["poging"] == "nee"
        assert (file.decisions[0].choice, file.decisions[0].deviates) == (Choice.ONLINE, False)
        assert not file.deliveries
        assert hand.keys <= 15, hand.keys


async def test_a_suspect_on_the_way_gets_a_unit_in_at_most_8_keys(cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    ring(desk, words="er komt zo iemand mijn pas halen")
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        hand = Hand(seat)
        await hand.press("enter")
        await hand.press("n", "2")
        await seat.see("URGENTIE  ten minste: prio 1")
        await hand.press("f5", "1", "enter")
        await seat.see("bevestigd", "CAD-")
        file = seat.call.case.file
        assert file.answers["verdachte"] == "onderweg"
        assert (file.decisions[0].choice, file.decisions[0].deviates) == (Choice.PRIO1, False)
        assert hand.keys <= 8, hand.keys
