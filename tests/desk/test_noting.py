"""What an operator keeps and asks besides the answers: on disk when it comes back, and nobody loses the call."""

from __future__ import annotations

import pytest

from console.desk import Desk
from console.model import (
    Advised,
    Certainty,
    Device,
    Fact,
    Known,
    Person,
    PersonRole,
    Source,
    Special,
)
from console.record import RecordError
from tests.seat import OPERATOR, ring


async def test_what_is_noted_comes_back_with_the_call_as_it_stands(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.add(case, Device("laptop"))
    case = await desk.add(case, Advised("niet-ophangen"))
    case = await desk.change(case, 1, Device("laptop", "staat aan"))
    case = await desk.take_back(case, 2)
    assert [(each.number, each.detail, each.taken_back) for each in case.file.details] == [
        (1, Device("laptop", "staat aan"), False),
        (2, Advised("niet-ophangen"), True),
    ]
    case = await desk.person(case, Person(PersonRole.WITNESS, "Anja"))
    case = await desk.person(case, Person(PersonRole.THIRD_PARTY, "Anja"), 1)
    case = await desk.fact(case, Fact("zag een auto", Source.SAID, Certainty.LIKELY, person=1))
    case = await desk.fact(case, Fact("zag een auto", Source.SAID, Certainty.SURE, person=1), 1)
    case = await desk.impression(case, "klinkt angstig")
    case = await desk.special(case, Special.SUICIDALITY, Known.NO)
    file = (await desk.see(case)).file
    assert file == case.file
    assert [(each.number, each.person.role) for each in file.persons] == [(1, PersonRole.THIRD_PARTY)]
    assert [(each.number, each.fact.certainty) for each in file.told_facts] == [(1, Certainty.SURE)]
    assert (file.impression, dict(file.special)) == ("klinkt angstig", {Special.SUICIDALITY: Known.NO})


async def test_the_shift_lead_answers_without_taking_the_call(two: tuple[Desk, Desk]) -> None:
    here, there = two
    case = await here.consult(await here.take(ring(here)), "mag dit online?")
    (row,) = (await there.board()).rows
    assert row.consultation is not None
    assert (row.consultation.question, row.owner) == ("mag dit online?", OPERATOR)
    await there.take_up(row.call_id, row.consultation.number)
    await here.board()
    await there.reply(row.call_id, row.consultation.number, "nee, prio 2")
    board = await here.board_if_changed()
    assert board is not None
    assert board.rows[0].consultation is None
    (asked,) = (await here.see(case)).file.consultations
    assert (asked.seen_by, asked.answered_by, asked.answer) == ("a.bakker", "a.bakker", "nee, prio 2")
    with pytest.raises(RecordError, match="al beantwoord"):
        await here.reply(row.call_id, 1, "ja")
    await here.note(case, "verder")
