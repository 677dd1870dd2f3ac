"""A call that was opened by mistake is closed without a decision, and only when nothing was ever recorded in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from console.model import Channel, Choice, DraftPlace, Facts, OpenedByMistake, Stage
from console.record import NotYours, RecordError
from console.record.verifying import verify
from tests.record.support import incoming

if TYPE_CHECKING:
    from console.model import Claim
    from console.record import Calls, Home, Reader


def test_a_call_opened_by_mistake_leaves_the_board_and_can_be_found(calls: Calls, reader: Reader, home: Home) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    assert reader.file(claim.call_id).untouched
    calls.close_empty(claim)
    file = reader.file(claim.call_id)
    assert (file.stage, file.owner, file.decisions) == (Stage.DECIDED, None, ())
    assert [each.detail for each in file.details] == [OpenedByMistake()]
    assert reader.board().rows == ()
    assert verify(home).faults == ()
    with pytest.raises(NotYours):
        calls.close_empty(claim)
    again = calls.claim(claim.call_id, "jan")
    calls.answer(again, "gevaar", "nee")
    assert not reader.file(claim.call_id).untouched


@pytest.mark.parametrize(
    "recorded",
    [
        lambda calls, claim: calls.answer(claim, "gevaar", "nee"),
        lambda calls, claim: [calls.answer(claim, "gevaar", each) for each in ("nee", None)],
        lambda calls, claim: calls.note(claim, "x"),
        lambda calls, claim: [calls.note(claim, each) for each in ("x", "")],
        lambda calls, claim: calls.tell(claim, Facts(address="Brink 4")),
        lambda calls, claim: calls.draft_text(claim, DraftPlace.QUESTION, "mag ik"),
        lambda calls, claim: calls.consult(claim, "mag ik"),
    ],
)
def test_a_call_in_which_anything_was_ever_recorded_stays_open(
    recorded: Callable[[Calls, Claim], object], calls: Calls, reader: Reader
) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    recorded(calls, claim)
    with pytest.raises(RecordError, match="besluit over haar"):
        calls.close_empty(claim)
    assert reader.file(claim.call_id).owner == "jan"


def test_a_prepared_choice_is_not_nothing(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.draft_choice(claim, Choice.PRIO1)
    assert not reader.file(claim.call_id).untouched


def test_a_call_that_rang_is_never_closed_so(calls: Calls, reader: Reader) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    assert not reader.file(claim.call_id).untouched
    with pytest.raises(RecordError):
        calls.close_empty(claim)
