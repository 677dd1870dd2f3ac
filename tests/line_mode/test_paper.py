"""A paper form in lines: every field can be heard, answered and skipped; a yes records it, and nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.model import Choice, Delivery
from console.record import Outbox
from console.record.reserving import PaperNumbers
from tests.line_mode.conftest import Sitting

CALLED = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
TOP = ("9001", "1007", "1", "mevr. bakker", "06-12345678", "brink 4, gieten", "1", "j")
QUESTIONS = ("n", "n", "bankhelp", *("",) * 11)
DECIDED = ("2", "1012", "", "uitgifte", "1013", "11-01")


@pytest.fixture(autouse=True)
def _numbers(sitting: Sitting) -> None:
    PaperNumbers(sitting.desk._writer).current()


async def test_a_form_is_entered_with_its_own_moments(sitting: Sitting) -> None:
    said = await sitting.types("papier", *TOP, *QUESTIONS, *DECIDED, "600 euro", "a.bakker", "ja", "stop")
    assert "Nog niet ingevoerd: 26-9001 t/m 26-9020" in said
    assert "ma 02-03-2026 10:07" in said
    assert "Doorgegeven ma 02-03-2026 10:13, aan uitgifte, eenheid 11-01" in said
    assert "Het formulier is vastgelegd, later ingevoerd." in said
    file = sitting.file("26-9001")
    assert [(each.choice, each.made_at) for each in file.decisions] == [(Choice.PRIO2, CALLED + timedelta(minutes=5))]
    assert [each.state for each in file.deliveries] == [Delivery.BY_HAND]
    assert (file.answers["vorm"], file.answers["gevaar"]) == ("bankhelpdeskfraude", "nee")
    assert Outbox(sitting.desk._writer).due(datetime(2100, 1, 1, tzinfo=UTC), 5) == []


async def test_what_cannot_be_is_asked_again(sitting: Sitting) -> None:
    top = ("x", "", "9001", "vandaag 1500", "1007", "9", "", "1", *TOP[3:])
    course = ("2", "1000", "1012", *DECIDED[2:])
    said = await sitting.types("papier", *top, *QUESTIONS, *course, "", "", "misschien", "ja", "stop")
    for sentence in (
        "Dit is geen nummer van een formulier.",
        "Typ het nummer van het formulier",
        "Dit ligt in de toekomst.",
        "Typ wat er voor een keuze staat",
        "Kies het kanaal",
        "vóór gebeld om ma 02-03-2026 10:07",
        "Typ ja of nee.",
    ):
        assert sentence in said
    assert sitting.file("26-9001").entered is not None


@pytest.mark.parametrize("lines", [("stop",), (*TOP, "stop"), (*TOP, *QUESTIONS, *DECIDED, "", "", "nee")])
async def test_leaving_halfway_or_a_no_records_nothing(sitting: Sitting, lines: tuple[str, ...]) -> None:
    said = await sitting.types("papier", *lines, "stop")
    assert "Er is niets veranderd." in said
    assert (await sitting.desk.board()).rows == ()
    assert (await sitting.desk.free_paper_numbers())[0] == "26-9001"


async def test_an_undecided_form_goes_on_as_a_call(sitting: Sitting) -> None:
    said = await sitting.types("papier", *TOP, *QUESTIONS, "n", "", "", "ja", "stop", "stop")
    assert "Formulier 26-9001, gebeld 10:07" in said
    assert "in behandeling, van u, later ingevoerd" in said
    assert sitting.file("26-9001").decisions == ()


async def test_a_number_that_was_used_says_so_and_keeps_nothing(sitting: Sitting) -> None:
    form = (*TOP, *QUESTIONS, *DECIDED, "", "", "ja")
    said = await sitting.types("papier", *form, "papier", *form, "nee", "stop")
    assert "26-9001 is al ingevoerd als melding 26-9001, door j.devries" in said
