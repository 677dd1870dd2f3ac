"""What a role does not allow, in lines: one sentence each time, and the list goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.line_mode.conftest import Sitting
from tests.seat import MARCH_2, FixedClock, colleague, open_seat, ring

DISPATCHER = "u hebt uitgifte. De functioneel beheerder geeft rollen."


@pytest.fixture
async def dispatcher(tmp_path: Path) -> AsyncIterator[Sitting]:
    """Somebody who gives out units, at a record with one call that a colleague has and one that waits."""
    desk = open_seat(tmp_path / "huis", roles=["uitgifte"], clock=FixedClock(MARCH_2))
    theirs = colleague(desk)
    await theirs.take(ring(desk))
    ring(desk)
    yield Sitting(desk)
    await theirs.close()
    await desk.close()


async def test_each_word_works_or_says_which_role_it_takes(dispatcher: Sitting) -> None:
    said = await dispatcher.types("1", "2", "nieuw", "zoek bakker", "papier", "verouderd", "stop")
    assert said.count(DISPATCHER) == 5
    assert said.count("Meldingen behandelen mag als centralist, ovd of trainer") == 3
    assert "Andere meldingen inzien mag als" in said
    assert "Meldingen van papier invoeren mag als" in said
    assert "Er is niets dat te lang wachtte." in said
    assert dispatcher.file("26-0001").owner == "a.bakker"
    assert dispatcher.file("26-0002").owner is None


async def test_a_call_by_its_number_and_a_new_one_end_at_once(dispatcher: Sitting) -> None:
    for call in ("26-0002", None):
        said = await dispatcher.types(call=call)
        assert DISPATCHER in said
        assert "OPGEHANGEN" not in said


async def test_an_operator_is_not_asked_why_for_what_only_a_shift_lead_does(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis", roles=["centralist"], clock=FixedClock(MARCH_2))
    theirs = colleague(desk)
    await theirs.take(ring(desk))
    said = await Sitting(desk).types("1", "stop")
    assert "Een melding overnemen mag als ovd of trainer; u hebt centralist." in said
    assert "reden" not in said.lower()
    await theirs.close()
    await desk.close()
