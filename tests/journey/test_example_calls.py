"""The example calls of the policy, each handled by key from ringing to decision, with the answers its caller gives."""

from __future__ import annotations

from typing import Final

import pytest

from console.model import Choice, Delivery
from console.safe_text import one_line
from console.texts import words
from console.texts.nl.terms import OUTCOME_SHORT
from tests.journey.conftest import CadRoom
from tests.seat import open_seat, ring, seated
from triage_rules import Example, load, read_pack

CALLS: Final = [each for each in read_pack().examples if each.id.startswith("V")]
KEYS: Final = {choice.value: key for key, choice in words.terms.CHOICE_KEYS.items()}
UP_TO_YOU: Final = "centralist_beslist"
"""There the operator chooses; this one chooses a visit in a time slot."""


def test_all_example_calls_are_here() -> None:
    assert len(CALLS) == 24


@pytest.mark.parametrize("example", CALLS, ids=[each.id for each in CALLS])
async def test_an_example_call_by_key(example: Example, cad_room: CadRoom) -> None:
    desk = open_seat(cad_room.home)
    call_id = ring(desk, words=example.caller)
    policy = load()
    async with seated(desk, size=(120, 40)) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see(f"MELDING {call_id}", one_line(example.caller)[:40])
        await seat.answer(example.answers)
        said = seat.call.case.said
        assert said.final
        assert said.at_least.id == example.expected
        await seat.see(f"zeker: {OUTCOME_SHORT[example.expected]}")

        chosen = Choice.PRIO3 if example.expected == UP_TO_YOU else Choice(example.expected)
        await seat.press("f5", KEYS[chosen.value], "enter")
        await seat.until(lambda: seat.call.case.file.decisions, "the decision on disk")
        if chosen.priority is not None:
            await seat.see("bevestigd", "CAD-")

        decision = seat.call.case.file.decisions[0]
        assert (decision.choice, decision.deviates, decision.by) == (chosen, False, desk.operator)
        assert decision.suggestion.urgency.final
        given = {question: value for question, value in decision.answers.items() if value != "open"}
        assert policy.resume(given).at_least.id == example.expected
        deliveries = seat.call.case.file.deliveries
        assert [each.state for each in deliveries] == ([Delivery.ACCEPTED] if chosen.priority else [])
        assert cad_room.effects() == {each.message_id: 1 for each in deliveries}
