"""Handing a call over: to whom and with what, by key; it never happens by one stray key, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from console.model import DraftPlace, Stage
from console.screens.hand_over import HandOverScreen
from tests.screens.hand import burst, field, in_call, on_disk, until
from tests.seat import Seat, open_seat, ring, seated


def colleague_at_work(seat: Seat, name: str) -> None:
    """Let a colleague take a call of their own, so that the room sees them."""
    desk = seat.app.desk
    desk._calls.claim(ring(desk), name)


async def test_a_colleague_of_the_room_gets_the_call_with_what_they_must_know(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        colleague_at_work(seat, "a.bakker")
        await seat.until(lambda: seat.call._colleagues, "the colleague in the room")
        call_id = seat.call.case.file.call_id
        await seat.press("f9")
        await seat.see(f"OVERDRACHT {call_id}", "1 a.bakker", "9 terug in de wachtrij")
        await seat.press("enter")
        await seat.see("Kies eerst aan wie")
        await seat.press("1", "enter", "enter")
        await seat.see("Typ eerst wat uw collega moet weten.")
        await seat.type("dochter belt zo terug")
        file = on_disk(seat)
        await seat.press("enter")
        await seat.see("WACHTRIJ", f"Melding {call_id} is nu van a.bakker.")
        assert file.owner == "j.devries"
        await seat.until(
            lambda: (
                ("a.bakker", "dochter belt zo terug")
                in [(row.owner, row.transfer and row.transfer.reason) for row in seat.queue.list.rows]
            ),
            "the room that sees whose it is",
        )


async def test_back_to_the_queue_for_whoever_is_free(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f9", "9", "enter")
        await seat.type("einde dienst")
        await seat.press("enter")
        await seat.see("WACHTRIJ", "staat weer in de wachtrij", "WACHT terug")
        assert [row.stage for row in seat.queue.list.rows] == [Stage.WAITING]
        await seat.press("enter")
        await seat.see("Urgentiecheck", "einde dienst")


async def test_a_name_that_is_not_in_the_room_is_asked_about_once(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f9", "8", "enter")
        await seat.see("Typ eerst de naam van uw collega.")
        await seat.type("c.smit")
        await seat.press("enter")
        await seat.type("belt terug")
        await seat.press("enter")
        await seat.see("Let op: c.smit heeft nu geen melding")
        assert on_disk(seat).owner == "j.devries"
        await seat.press("enter")
        await seat.see("WACHTRIJ", "is nu van c.smit")


async def test_escape_changes_nothing_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f9", "9", "enter", *"einde [/b]", "escape")
        await until(
            lambda: (
                not isinstance(seat.app.screen, HandOverScreen) and seat.call.drafts[DraftPlace.HAND_OVER_NOTE].text
            ),
            "left",
        )
        assert on_disk(seat).owner == "j.devries"
        await seat.press("f9")
        assert field(seat, "weten").value == "einde [/b]"
        assert not any("[x]" in line for line in seat.text.splitlines())


async def test_a_refusal_stays_on_screen_with_what_was_typed(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f9", "9", "enter", "x")
        await desk.take(seat.call.case.file.call_id)
        await seat.press("enter")
        await seat.see("OVERDRACHT", "is niet meer van u")
        assert isinstance(seat.app.screen, HandOverScreen)
        assert field(seat, "weten").value == "x"


async def test_at_80_columns_with_seven_colleagues_all_of_it_is_in_sight(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    ring(desk)
    async with seated(desk) as seat:
        for number in range(9):
            colleague_at_work(seat, f"collega{number}")
        await seat.see("1 wachtend", "9 in behandeling")
        await seat.press("enter")
        await seat.see("Urgentiecheck")
        await seat.until(lambda: len(seat.call._colleagues) == 9, "the colleagues")
        await seat.press("f9", "8")
        await seat.see("1 collega0", "7 collega6", "8 iemand anders", "9 terug", "Wat moet uw collega weten?", "enter")
        assert isinstance(field(seat, "naam"), Input)
