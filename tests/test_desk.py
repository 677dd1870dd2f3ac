"""What an operator does at the desk: each step is on disk when it comes back, and doing it twice does it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.desk import Desk
from console.model import OPEN, Channel, Choice, Delivery, Facts, Role
from console.record import AlreadyClaimed, Calls
from tests.seat import OPERATOR, open_seat, ring
from triage_rules import AnswerError


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = open_seat(tmp_path / "huis")
    yield made
    await made.close()


async def test_an_answer_is_on_disk_with_what_the_policy_says_of_it(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "verdachte", "aanwezig")
    assert case.file.answers == {"verdachte": "aanwezig"}
    assert (await desk.see(case)).file.answers == {"verdachte": "aanwezig"}
    assert case.suggestion.after_wish.at_least == "eenheid_prio1"
    assert "P1b" in case.suggestion.rules


async def test_an_answer_the_policy_does_not_know_is_refused_and_not_kept(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    with pytest.raises(AnswerError):
        await desk.answer(case, "verdachte", "misschien")
    assert (await desk.see(case)).file.answers == {}


async def test_an_answer_taken_back_is_open_again(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nee")
    assert (await desk.reopen(case, "gevaar")).file.answers == {}


async def test_who_cannot_speak_freely_cannot_say_no_to_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nee")
    case = await desk.tell(case, Facts("Brink 4", "06-12345678", Role.VICTIM, speaks_freely=False))
    assert case.file.answers["gevaar"] == "onbekend"
    case = await desk.answer(case, "gevaar", "nee")
    assert case.file.answers["gevaar"] == "onbekend"
    assert (await desk.answer(case, "gevaar", "nu")).file.answers["gevaar"] == "nu"


async def test_the_place_of_the_victim_follows_from_the_address(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Brink 4, Gieten"))
    assert case.file.answers == {"slachtoffer_in_nederland": "ja"}
    case = await desk.answer(case, "slachtoffer_in_nederland", "nee")
    assert (await desk.take(case.file.call_id)).file.answers == {"slachtoffer_in_nederland": "nee"}


async def test_the_address_of_somebody_else_says_nothing_of_the_victim(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.WITNESS))
    assert case.file.answers == {}
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.VICTIM))
    assert case.file.answers == {"slachtoffer_in_nederland": "ja"}


async def test_taking_back_danger_leaves_it_unknown_for_who_cannot_speak(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert (await desk.reopen(case, "gevaar")).file.answers == {"gevaar": "onbekend"}


async def test_until_the_wish_is_asked_a_deviation_is_measured_on_urgency(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    for question, value in {"gevaar": "nee", "verdachte": "nee", "vorm": "bankhelpdeskfraude", "gaande": "ja"}.items():
        case = await desk.answer(case, question, value)
    for question, value in {"toegang_open": "ja", "minderjarig": "nee"}.items():
        case = await desk.answer(case, question, value)
    assert case.suggestion.urgency.at_least == "eenheid_prio2"
    assert case.suggestion.after_wish.at_least == "centralist_beslist"
    assert desk.propose(case, Choice.ADVICE).draft.deviates
    assert "P2c" in case.suggestion.rules
    refused = await desk.answer(case, "wens", "geen_bezoek")
    assert not desk.propose(refused, Choice.ADVICE).draft.deviates


async def test_what_was_passed_on_by_hand_is_not_sent_any_more(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1))
    assert decision.message_id is not None
    case = await desk.by_hand(case, decision.message_id)
    assert case.file.deliveries[0].state is Delivery.BY_HAND


async def test_telling_never_lowers_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nu")
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert case.file.answers["gevaar"] == "nu"


async def test_confirming_twice_is_one_decision_and_one_dispatch(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    proposal = desk.propose(case, Choice.PRIO1)
    first = await desk.decide(case, proposal)
    assert await desk.decide(case, proposal) == first
    case = await desk.see(case)
    assert len(case.file.decisions) == len(case.file.deliveries) == 1


async def test_a_decision_holds_the_policy_and_every_question_asked_or_not(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "onbekend")
    decision = await desk.decide(case, desk.propose(case, Choice.ONLINE))
    assert decision.answers == {question.id: OPEN for question in case.policy.questions} | {"gevaar": "onbekend"}
    assert (decision.policy.id, decision.policy.version) == (case.policy.id, case.policy.version)
    assert decision.policy.meaning_hash == case.policy.meaning_hash
    assert decision.by == OPERATOR
    assert decision.message_id is None


async def test_a_dispatch_goes_out_as_it_was_shown(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Markt 1, Assen"))
    proposal = desk.propose(case, Choice.PRIO2)
    decision = await desk.decide(case, proposal)
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
