"""A stack of paper forms by key: typed over in the order of the paper, with its own moments, and nothing sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.desk import Desk
from console.model import Channel, Choice, Delivery, Role
from console.record import Outbox, Reader
from console.record.reserving import PaperNumbers
from console.record.verifying import verify
from console.screens.call import CallScreen
from console.screens.paper import PaperScreen
from tests.seat import OPERATOR, Seat, ring, seated

CALLED = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def numbers(desk: Desk) -> tuple[str, ...]:
    return PaperNumbers(desk._writer).current().call_ids


def screen(seat: Seat) -> PaperScreen:
    found = seat.app.screen
    assert isinstance(found, PaperScreen), seat.text
    return found


async def open_paper(seat: Seat) -> None:
    await seat.press("p")
    await seat.see("VAN PAPIER", "Nog niet ingevoerd: 26-9001 t/m 26-9020")


async def head(seat: Seat, number: str = "9001", called: str = "1007") -> None:
    """Fill in the top of a form, up to and with the questions."""
    await seat.type(number)
    await seat.press("enter")
    await seat.type(called)
    await seat.press("enter", "1")
    for text in ("mevr. bakker", "06-12345678", "brink 4, gieten"):
        await seat.type(text)
        await seat.press("enter")
    await seat.press("1", "j")


async def skip_to(seat: Seat, name: str) -> None:
    for _ in range(40):
        if seat.app.focused is not None and seat.app.focused.id == name:
            return
        await seat.press("down")
    raise AssertionError(f"no {name} on\n{seat.text}")


async def test_a_form_is_typed_over_and_recorded(desk: Desk) -> None:
    async with seated(desk) as seat:
        await open_paper(seat)
        await head(seat)
        await skip_to(seat, "besluit")
        await seat.press("2")
        await seat.type("1012")
        await seat.see("ma 02-03-2026 10:12")
        await seat.press("enter", "enter")
        await seat.type("uitgifte")
        await seat.press("enter")
        await seat.type("1013")
        await seat.press("enter")
        await seat.type("11-01")
        await seat.press("enter")
        await seat.type("600 euro")
        await seat.press("enter")
        await seat.type("a.bakker")
        await seat.press("enter")
        await seat.see("enter legt vast", "26-9001: gebeld ma 02-03-2026 10:07, brink 4, gieten")
        assert "prio 2, besloten ma 02-03-2026 10:12" in seat.text
        assert "Doorgegeven ma 02-03-2026 10:13, aan uitgifte, eenheid 11-01" in seat.text
        assert "Er gaat niets naar de CAD" in seat.text
        await seat.press("enter")
        await seat.see("26-9001 is vastgelegd (prio 2), later ingevoerd", "Nog niet ingevoerd: 26-9002 t/m 26-9020")
        assert [screen(seat).reading.typed.get(name, "") for name in ("nummer", "besluit", "centralist")] == [
            "",
            "",
            "a.bakker",
        ]
        with Reader.open(desk._writer.home) as reader:
            file = reader.file("26-9001")
        assert file.entered is not None
        assert (file.entered.by, file.entered.at, file.entered.paper.handled_by) == (OPERATOR, desk.clock(), "a.bakker")
        assert (file.incoming.received_at, file.incoming.channel, file.incoming.name) == (
            CALLED,
            Channel.EMERGENCY,
            "mevr. bakker",
        )
        assert (file.facts.role, file.facts.callback, file.note) == (Role.VICTIM, "06-12345678", "600 euro")
        assert [(each.choice, each.made_at) for each in file.decisions] == [
            (Choice.PRIO2, CALLED + timedelta(minutes=5))
        ]
        assert [(each.state, each.answered_at) for each in file.deliveries] == [
            (Delivery.BY_HAND, CALLED + timedelta(minutes=6))
        ]
        assert Outbox(desk._writer).due(datetime(2100, 1, 1, tzinfo=UTC), 10) == []
        await seat.press("escape")
        await seat.see("0 wachtend", "Er wachten geen meldingen")
    assert verify(desk._writer.home).whole


async def finish(seat: Seat) -> None:
    """Go to the form in short, and record it."""
    await skip_to(seat, "klaar")
    await seat.press("enter")


async def test_a_form_without_a_decision_is_a_call_to_go_on_with(desk: Desk) -> None:
    async with seated(desk) as seat:
        await open_paper(seat)
        await head(seat)
        await skip_to(seat, "besluit")
        await seat.press("n")
        assert seat.app.focused is not None
        assert seat.app.focused.id == "notitie"
        assert "Doorgegeven" not in seat.text
        await finish(seat)
        await seat.until(lambda: isinstance(seat.app.screen, CallScreen), "the call")
        await seat.see("MELDING 26-9001", "LATER INGEVOERD", "Formulier 26-9001, gebeld 10:07")
        await seat.press("escape")
        await seat.see("> 3:58:12", "LATER INGEVOERD", "j.devries")
        await seat.press("slash")
        await seat.type("later")
        await seat.see("1 van 1 getoond")
        await seat.press("escape", "p")
        await seat.see("Nog niet ingevoerd: 26-9002")
        assert set(screen(seat).reading.typed.values()) <= {""}


async def test_a_unit_of_which_nobody_was_told_comes_on_top_of_the_queue(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await open_paper(seat)
        await head(seat)
        await skip_to(seat, "besluit")
        await seat.press("1")
        await seat.type("1008")
        await skip_to(seat, "klaar")
        await seat.see("LET OP: er staat niet dat de inzet is doorgegeven")
        await seat.press("enter")
        await seat.see("is vastgelegd")
        await seat.press("escape")
        await seat.see("3:58:12 112", "LATER INGEVOERD prio 1 ONDUIDELIJK")
        await seat.press("home", "enter")
        await seat.see("LATER INGEVOERD", "prio 1: ONDUIDELIJK", "Bel de uitgifte", "Op het papieren formulier")
        assert "klaargezet" not in seat.text
        assert "Ik regel nu hulp" not in seat.text
        await seat.press("f10", "enter")
        await seat.see("met de hand doorgegeven")
        assert Outbox(desk._writer).due(datetime(2100, 1, 1, tzinfo=UTC), 10) == []


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ((), "Typ het nummer van het formulier"),
        (("x", "1"), "Dit is geen nummer van een formulier"),
        ((*"9001", "enter"), "Typ de tijd van het formulier"),
        ((*"9001", "enter", *"1406"), "gisteren"),
        ((*"9001", "enter", *"vandaag", "space", *"1406"), "toekomst"),
        ((*"9001", "enter", *"1007", "enter"), "Kies het kanaal"),
    ],
)
async def test_a_field_that_cannot_be_says_so_and_keeps_the_cursor(desk: Desk, keys: tuple[str, ...], why: str) -> None:
    async with seated(desk) as seat:
        await open_paper(seat)
        await seat.press(*keys)
        before = seat.app.focused
        if why == "gisteren":
            await seat.see("zo 01-03-2026 14:06")
            return
        await seat.press("enter")
        await seat.see(why)
        assert seat.app.focused is before


async def test_what_is_missing_at_the_end_is_gone_back_to(desk: Desk) -> None:
    async with seated(desk) as seat:
        await open_paper(seat)
        await head(seat)
        await finish(seat)
        await seat.see("Kies het besluit")
        assert seat.app.focused is not None
        assert seat.app.focused.id == "besluit"
        await seat.press("2")
        await seat.type("1000")
        await seat.press("enter")
        await seat.see("vóór gebeld om ma 02-03-2026 10:07")


async def test_a_form_that_was_left_half_stands_there_again(desk: Desk) -> None:
    async with seated(desk) as seat:
        await open_paper(seat)
        await head(seat)
        await seat.press("n", "escape")
        await seat.see("0 wachtend")
        await seat.press("p")
        await seat.see("9001", "1007", "[x] 1 112", "mevr. bakker", "[x] 1 belt voor zichzelf")
        await skip_to(seat, "besluit")
        await seat.press("7")
        await seat.type("1008")
        await finish(seat)
        await seat.see("26-9001 is vastgelegd (advies)")
    with Reader.open(desk._writer.home) as reader:
        file = reader.file("26-9001")
    assert file.answers["gevaar"] == "nee"
    assert file.answers["slachtoffer_in_nederland"] == "ja"


async def test_a_number_is_used_once_and_the_history_marks_what_came_later(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await open_paper(seat)
        for said in ("is vastgelegd", "26-9001 is al ingevoerd als melding 26-9001, door j.devries"):
            await head(seat)
            await skip_to(seat, "besluit")
            await seat.press("5")
            await seat.type("1008")
            await finish(seat)
            await seat.see(said)
        await seat.press("escape", "l")
        await seat.see("LOGBOEK")
        await seat.type("gieten")
        await seat.press("enter")
        await seat.see("2 gevonden", "invoer")
        late, usual = (
            next(line for line in seat.text.splitlines() if number in line) for number in ("26-9001", "26-0001")
        )
        assert "later" in late
        assert "later" not in usual
        await seat.press(*([] if ">" in late else ["down"]), "enter")
        await seat.see("--LATER INGEVOERD", "Formulier 26-9001, gebeld 10:07", "Ingevoerd 14:05 door j.devries")
