"""The dispatch that a person must look at first, in words, at the two moments after which it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.model import Channel, Choice, Delivery, DeliveryState, QueueRow, Stage, UnitStatus
from console.widgets.queue_order import LATE_AFTER, SLOW_AFTER
from console.widgets.queue_words import alarm_words, state_words

AT = datetime(2026, 3, 2, 13, 5, 12, tzinfo=UTC)
READY = DeliveryState("m1", "26-0001", 1, Delivery.READY, AT)


def row(call_id: str, place: str = "Gieten", **changes: object) -> QueueRow:
    made = replace(READY, call_id=call_id, **changes)  # type: ignore[arg-type]
    return QueueRow(call_id, Channel.SERVICE, "", place, "", AT, Stage.DECIDED, None, None, Choice.PRIO1, made, False)


def said(*rows: QueueRow, after: timedelta) -> str:
    return alarm_words(rows, AT + after)


def test_nothing_is_said_before_it_is_slow() -> None:
    assert SLOW_AFTER.total_seconds() == 5
    assert LATE_AFTER.total_seconds() == 30
    assert said(row("26-0001"), after=SLOW_AFTER - timedelta(milliseconds=1)) == ""
    assert said(after=LATE_AFTER) == ""


def test_after_five_seconds_it_says_how_long_and_after_thirty_what_to_do() -> None:
    assert said(row("26-0001"), after=SLOW_AFTER) == "! prio 1 nog niet bevestigd 0:05, 26-0001 Gieten"
    assert said(row("26-0001"), after=timedelta(seconds=29)) == "! prio 1 nog niet bevestigd 0:29, 26-0001 Gieten"
    late = "! prio 1 NIET BEVESTIGD 0:30, 26-0001 Gieten: bel de uitgifte, F10"
    assert said(row("26-0001"), after=LATE_AFTER) == late
    assert len(late) < 79


@pytest.mark.parametrize(("state", "shown"), [(Delivery.REFUSED, "GEWEIGERD"), (Delivery.UNCLEAR, "ONDUIDELIJK")])
def test_what_came_back_says_so_at_once(state: Delivery, shown: str) -> None:
    words = f"! prio 1 {shown}, 26-0001 Gieten: bel de uitgifte, F10"
    assert said(row("26-0001", state=state), after=timedelta()) == words


@pytest.mark.parametrize("state", [Delivery.ACCEPTED, Delivery.BY_HAND, Delivery.TOO_OLD, Delivery.DROPPED])
def test_what_was_settled_or_has_a_list_of_its_own_is_not_said(state: Delivery) -> None:
    assert said(row("26-0001", state=state), after=timedelta(hours=1)) == ""


def test_the_most_pressing_stands_there_and_the_others_are_counted() -> None:
    urgent = row("26-0003", created_at=AT + timedelta(seconds=28))
    lower = row("26-0002", priority=2)
    older = row("26-0001", priority=3, created_at=AT - timedelta(minutes=1))
    assert said(older, lower, urgent, after=LATE_AFTER).endswith("26-0002 Gieten: bel de uitgifte, F10 (en nog 1)")
    assert said(older, lower, urgent, after=timedelta(minutes=2)).startswith("! prio 1 NIET BEVESTIGD 1:32, 26-0003")
    assert said(older, lower, urgent, after=timedelta(minutes=2)).endswith("(en nog 2)")


def test_a_place_from_outside_cannot_act_on_a_screen() -> None:
    assert "\x1b" not in said(row("26-0001", "\x1b[2J[/b]"), after=LATE_AFTER)


def test_that_the_cad_stored_something_else_shows_in_the_list() -> None:
    for state, unit in ((Delivery.DELIVERED, None), (Delivery.ACCEPTED, UnitStatus.ON_SCENE)):
        plain = row("26-0001", state=state, unit_status=unit)
        other = row("26-0001", state=state, unit_status=unit, reason="telefoonnummer past niet")
        assert state_words(other, AT) == f"{state_words(plain, AT)} ANDERS"
        assert len(state_words(other, AT)) <= 25
    assert "ANDERS" not in state_words(row("26-0001", state=Delivery.REFUSED, reason="vol"), AT)
