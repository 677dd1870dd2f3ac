"""Deciding, and what comes after it: what was shown goes, once, and never behind anybody's back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import Desk
from console.model import (
    OPEN,
    Choice,
    Delivery,
    UnitStatus,
)
from console.record import DecidedMeanwhile, Outbox, RecordError
from console.record.verifying import verify
from tests.seat import OPERATOR, ring


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
    assert await desk.news_for_the_crew(case) == ()
    case = await desk.answer(case, "gaande", "ja")
    (fresh,) = await desk.news_for_the_crew(case)
    assert fresh.endswith("ja")


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


async def test_a_choice_that_was_not_confirmed_is_there_after_a_restart(two: tuple[Desk, Desk]) -> None:
    here, _ = two
    case = await here.take(ring(here, place=""))
    case = await here.draft_choice(case, Choice.PRIO2)
    assert case.file.draft_choice is Choice.PRIO2
    again = await here.take(case.file.call_id)
    assert again.file.draft_choice is Choice.PRIO2
    assert (await here.draft_choice(again, None)).file.draft_choice is None


async def test_a_lost_answer_does_not_make_a_second_decision(two: tuple[Desk, Desk]) -> None:
    here, _ = two
    case = await here.take(ring(here))
    first = await here.decide(case, here.propose(case, Choice.PRIO2))
    with pytest.raises(DecidedMeanwhile, match="al besloten") as refusal:
        await here.decide(case, here.propose(case, Choice.PRIO1))
    assert refusal.value.decision == first
    case = await here.see(case)
    assert case.file.decisions == (first,)
    second = await here.decide(case, here.propose(case, Choice.PRIO1))
    assert (await here.see(case)).file.decisions == (first, second)


async def test_a_report_beside_the_unit_is_recorded_with_it(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1, (Choice.ONLINE,)))
    assert (decision.choice, decision.also) == (Choice.PRIO1, (Choice.ONLINE,))
    with pytest.raises(RecordError, match="dubbel"):
        await desk.decide(case, desk.propose(await desk.see(case), Choice.ADVICE, (Choice.ADVICE,)))


async def test_only_what_is_new_is_added_to_a_dispatch(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    with pytest.raises(RecordError, match="nog geen inzet"):
        await desk.propose_addition(case)
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1))
    case = await desk.see(case)
    assert await desk.propose_addition(case) is None
    case = await desk.answer(case, "verdachte", "net_weg")
    news = await desk.propose_addition(case)
    assert news is not None
    assert news.adds_to == decision.message_id
    case = await desk.send_addition(case, news)
    case = await desk.send_addition(case, news)
    assert [each.adds_to for each in case.file.deliveries] == ["", decision.message_id]
    assert await desk.propose_addition(case) is None
    assert decision.message_id is not None
    case = await desk.by_hand(case, decision.message_id)
    assert [each.state for each in case.file.deliveries] == [Delivery.BY_HAND, Delivery.REFUSED]
    with pytest.raises(RecordError, match="telefoon"):
        await desk.propose_addition(case)
    with pytest.raises(RecordError, match="telefoon"):
        await desk.send_addition(case, replace(news, message_id="een ander"))
    case = await desk.answer(case, "gaande", "ja")
    told = await desk.propose_by_voice(case)
    assert told is not None
    assert await desk.news_for_the_crew(case) == told.details
    for _again in range(2):
        case = await desk.told_by_voice(case, told)
    assert [each.state for each in case.file.deliveries] == [Delivery.BY_HAND, Delivery.REFUSED, Delivery.BY_HAND]
    assert await desk.news_for_the_crew(case) == ()
    assert await desk.propose_by_voice(case) is None
    assert verify(desk._writer.home).faults == ()


async def test_what_the_cad_tells_a_crew_is_not_recorded_as_told_by_voice(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    assert await desk.propose_by_voice(case) is None
    await desk.decide(case, desk.propose(case, Choice.PRIO1))
    case = await desk.answer(await desk.see(case), "verdachte", "net_weg")
    assert await desk.propose_by_voice(case) is None
    news = await desk.propose_addition(case)
    assert news is not None
    with pytest.raises(RecordError, match="niet met de hand"):
        await desk.told_by_voice(case, news)


async def test_there_is_no_news_for_a_crew_that_has_left(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    assert await desk.news_for_the_crew(case) == ()
    proposal = desk.propose(case, Choice.PRIO2)
    await desk.decide(case, proposal)
    await desk.note(case, "zwarte golf")
    case = await desk.see(case)
    assert await desk.news_for_the_crew(case) == ("Notitie: zwarte golf",)
    assert proposal.dispatch is not None
    outbox = Outbox(desk._writer)
    outbox.sending(proposal.dispatch.message_id)
    outbox.delivered(proposal.dispatch.message_id, "CAD-7")
    outbox.unit(proposal.dispatch.message_id, "11-01", UnitStatus.CLOSED, desk.clock())
    assert await desk.news_for_the_crew(await desk.see(case)) == ()
