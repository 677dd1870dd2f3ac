"""What an operator does at the desk: each step is on disk when it comes back, and doing it twice does it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.desk import Desk
from console.model import OPEN, Channel, Choice, Facts, Role
from console.record import AlreadyClaimed, Calls
from tests.seat import OPERATOR, open_seat, ring
from triage_rules import AnswerError


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = open_seat(tmp_path / "huis")
    yield made
    await made.close()


async def test_an_answer_is_on_disk_with_what_the_policy_says_of_it(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "verdachte", "aanwezig")
    assert case.file.answers == {"verdachte": "aanwezig"}
    assert (await desk.see(case)).file.answers == {"verdachte": "aanwezig"}
    assert case.suggestion.after_wish.at_least == "eenheid_prio1"
    assert "P1b" in case.suggestion.rules


async def test_an_answer_the_policy_does_not_know_is_refused_and_not_kept(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    with pytest.raises(AnswerError):
        await desk.answer(case, "verdachte", "misschien")
    assert (await desk.see(case)).file.answers == {}


async def test_an_answer_taken_back_is_open_again(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "gevaar", "nee")
    assert (await desk.reopen(case, "gevaar")).file.answers == {}


async def test_who_cannot_speak_freely_cannot_say_no_to_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "gevaar", "nee")
    case = await desk.tell(case, Facts("Brink 4", "06-12345678", Role.VICTIM, speaks_freely=False))
    assert case.file.answers["gevaar"] == "onbekend"
    case = await desk.answer(case, "gevaar", "nee")
    assert case.file.answers["gevaar"] == "onbekend"
    assert (await desk.answer(case, "gevaar", "nu")).file.answers["gevaar"] == "nu"


async def test_telling_never_lowers_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "gevaar", "nu")
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert case.file.answers["gevaar"] == "nu"


async def test_confirming_twice_is_one_decision_and_one_dispatch(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    proposal = desk.propose(case, Choice.PRIO1)
    case, first = await desk.decide(case, proposal)
    case, second = await desk.decide(case, proposal)
    assert first == second
    assert len(case.file.decisions) == len(case.file.deliveries) == 1


async def test_a_decision_holds_the_policy_and_every_question_asked_or_not(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "gevaar", "onbekend")
    case, decision = await desk.decide(case, desk.propose(case, Choice.ONLINE))
    assert decision.answers == {question.id: OPEN for question in case.policy.questions} | {"gevaar": "onbekend"}
    assert (decision.policy.id, decision.policy.version) == (case.policy.id, case.policy.version)
    assert decision.policy.meaning_hash == case.policy.meaning_hash
    assert decision.by == OPERATOR
    assert decision.message_id is None


async def test_a_dispatch_goes_out_as_it_was_shown(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Markt 1, Assen"))
    proposal = desk.propose(case, Choice.PRIO2)
    _case, decision = await desk.decide(case, proposal)
    assert proposal.dispatch is not None
    assert decision.message_id == proposal.dispatch.message_id
    assert proposal.dispatch.location.address == "Markt 1, Assen"
    assert proposal.dispatch.exercise


async def test_a_call_of_somebody_else_cannot_be_taken(desk: Desk) -> None:
    call_id = ring(desk)
    Calls(desk._writer).claim(call_id, "a.bakker")
    with pytest.raises(AlreadyClaimed, match=r"a\.bakker"):
        await desk.take(call_id)


async def test_a_call_that_only_came_by_telephone_is_yours_at_once(desk: Desk) -> None:
    case = await desk.new_call(Channel.EMERGENCY)
    assert (case.file.owner, case.file.incoming.channel) == (OPERATOR, Channel.EMERGENCY)


async def test_a_change_by_another_program_is_seen(desk: Desk) -> None:
    assert len((await desk.board()).rows) == 0
    assert await desk.board_if_changed() is None
    ring(desk)
    for _ in range(100):
        board = await desk.board_if_changed()
        if board is not None:
            break
        await asyncio.sleep(0.01)
    assert board is not None
    assert len(board.rows) == 1
