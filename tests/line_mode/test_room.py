"""Which call: the list as lines, its numbers, a new one, a colleague's."""

from __future__ import annotations

from datetime import timedelta

from console.record import Calls
from tests.line_mode.conftest import Sitting
from tests.line_mode.test_call import HEADER
from tests.seat import OPERATOR, ring


async def test_what_waits_is_listed_and_taken_by_the_number_of_its_line(sitting: Sitting) -> None:
    first = ring(sitting.desk, ago=timedelta(seconds=47), words="er staat een man [/b]\x1b[2J")
    second = ring(sitting.desk, words="opgelicht")
    said = await sitting.types("7", "x", "?", "2", *HEADER, "stop", "stop")
    assert f"  1  WACHT, 0:47, 112, Gieten: er staat een man [/b]�[2J ({first})\n" in said
    assert "Dat nummer staat niet in de lijst." in said
    assert "nieuw: open een melding" in said
    assert sitting.file(second).owner == OPERATOR
    assert f"van u, 0:00, 112, Gieten: opgelicht ({second})" in said


async def test_a_call_can_be_named_by_its_own_number(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types("26-9999", call_id, *HEADER, "stop", "stop")
    assert "26-9999" in said
    assert sitting.file(call_id).owner == OPERATOR


async def test_an_empty_room_says_so_and_opens_a_new_call(sitting: Sitting) -> None:
    said = await sitting.types("nieuw", "Markt 1, Assen", "", "", "", "stop", "stop")
    assert said.startswith("OEFENING\n")
    assert "Er wacht geen melding." in said
    assert sitting.file("26-0001").facts.address == "Markt 1, Assen"


async def test_a_long_list_says_how_many_more_there_are(sitting: Sitting) -> None:
    for _ in range(23):
        ring(sitting.desk)
    said = await sitting.types("stop")
    assert "en nog 3 meldingen" in said


async def test_a_colleague_s_call_is_taken_over_only_with_a_reason(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    Calls(sitting.desk._writer).claim(call_id, "a.bakker")
    said = await sitting.types("1", "", "stop")
    assert "a.bakker" in said
    assert sitting.file(call_id).owner == "a.bakker"
    await sitting.types("1", "console is stil", *HEADER, "stop", "stop")
    file = sitting.file(call_id)
    assert (file.owner, file.transfers[-1].reason) == (OPERATOR, "console is stil")
