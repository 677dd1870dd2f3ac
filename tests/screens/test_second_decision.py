"""A decision that was recorded while its answer got lost: the next choice says so, and makes no second one unseen."""

from __future__ import annotations

import pytest

from console.desk import Desk, RecordError
from console.model import Choice, Claim, Decision, Dispatch
from console.record import Calls, DecisionDraft
from tests.seat import ring, seated


async def test_another_digit_after_a_lost_answer_makes_no_second_decision(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(desk)
    decide = Calls.decide
    lost = [True]

    def lose_once(
        calls: Calls, claim: Claim, draft: DecisionDraft, dispatch: Dispatch | None, *, after: int | None = None
    ) -> Decision:
        decision = decide(calls, claim, draft, dispatch, after=after)
        if lost and lost.pop():
            raise RecordError("Het is niet zeker of dit bewaard is.")
        return decision

    monkeypatch.setattr(Calls, "decide", lose_once)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see("Urgentiecheck")
        await seat.press("f5")
        await seat.see("BESLUIT")
        await seat.press("2", "enter")
        await seat.see("niet zeker")
        await seat.press("1", "enter")
        await seat.see("al besloten door")
        (decision,) = (await desk.see(seat.call.case)).file.decisions
        assert decision.choice is Choice.PRIO2
        await seat.press("escape", "f5", "1", "enter")
        await seat.until(lambda: len(seat.call.case.file.decisions) == 2, "the second decision, now that it is meant")


async def test_after_the_refusal_another_choice_is_a_decision_of_its_own(desk: Desk) -> None:
    call_id = ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see("Urgentiecheck")
        await seat.press("f5")
        await seat.see("BESLUIT")
        claim = seat.call.case.claim
        draft = desk.propose(seat.call.case, Choice.ADVICE).draft
        Calls(desk._writer).decide(claim, draft, None)
        await seat.press("1", "enter")
        await seat.see("al besloten door")
        await seat.press("1", "enter")
        await seat.until(lambda: len(seat.call.case.file.decisions) == 2, f"the decision beside it on {call_id}")
