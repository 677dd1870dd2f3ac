"""The order of the queue: what needs a person stands first, whatever the room looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from console.model import Channel, Choice, Consultation, Delivery, DeliveryState, QueueRow, Stage
from console.widgets.queue_order import LATE_AFTER, Need, count, in_order, need_of
from tests.seat import MARCH_2

moments = some.integers(-7_200, 7_200).map(lambda seconds: MARCH_2 + timedelta(seconds=seconds))
past = some.integers(0, 90).map(lambda seconds: MARCH_2 - timedelta(seconds=seconds))


@some.composite
def deliveries(draw: some.DrawFn) -> DeliveryState:
    return DeliveryState(
        "bericht", "26-0001", draw(some.integers(1, 3)), draw(some.sampled_from(Delivery)), created_at=draw(past)
    )


@some.composite
def rooms(draw: some.DrawFn) -> list[QueueRow]:
    size = draw(some.integers(0, 12))
    return [
        QueueRow(
            call_id=f"26-{number:04}",
            channel=Channel.SERVICE,
            number="050-5512345",
            place="Groningen",
            first_words="",
            received_at=draw(moments),
            stage=draw(some.sampled_from(Stage)),
            owner=None,
            claimed_at=None,
            choice=draw(some.sampled_from([None, Choice.ADVICE])),
            delivery=draw(some.none() | deliveries()),
            reason_missing=False,
            stale_since=draw(some.none() | past),
            urgent=draw(some.booleans()),
            consultation=draw(
                some.none() | past.map(lambda asked: Consultation(1, "26-0001", "mag dit?", asked, "bas"))
            ),
            call_back_at=draw(some.none() | moments),
        )
        for number in draw(some.permutations(range(size)))
    ]


def needs(rows: list[QueueRow], moment: datetime = MARCH_2) -> list[Need]:
    return [need_of(row, moment) for row in in_order(rows, moment).rows]


@given(rooms())
def test_every_call_stands_there_once_and_the_most_pressing_first(rows: list[QueueRow]) -> None:
    ordered = in_order(rows, MARCH_2)
    assert sorted(row.call_id for row in ordered.rows) == sorted(row.call_id for row in rows)
    assert needs(rows) == sorted(needs(rows))
    assert ordered.pressing == sum(need <= Need.WAITING for need in needs(rows))


@given(rooms())
def test_whoever_waits_longest_stands_first_among_equals(rows: list[QueueRow]) -> None:
    ordered = in_order(rows, MARCH_2).rows
    for first, second in pairwise(ordered):
        need = need_of(first, MARCH_2)
        if need is need_of(second, MARCH_2) and need in {Need.URGENT, Need.WAITING, Need.HELD}:
            assert first.received_at <= second.received_at


@given(rooms())
def test_no_dispatch_in_trouble_stands_behind_one_that_is_less_urgent(rows: list[QueueRow]) -> None:
    ordered = in_order(rows, MARCH_2).rows
    priorities = [row.delivery.priority for row in ordered if row.delivery and need_of(row, MARCH_2) is Need.TROUBLE]
    assert priorities == sorted(priorities)


@given(rooms(), some.integers(0, 10_000))
def test_until_the_moment_it_names_time_changes_nothing(rows: list[QueueRow], seconds: int) -> None:
    ordered = in_order(rows, MARCH_2)
    later = MARCH_2 + timedelta(seconds=seconds)
    if ordered.until is None or later < ordered.until:
        assert in_order(rows, later).rows == ordered.rows
    assert ordered.until is None or ordered.until > MARCH_2


@given(rooms())
def test_the_order_does_not_depend_on_how_the_rows_came(rows: list[QueueRow]) -> None:
    assert in_order(reversed(rows), MARCH_2) == in_order(rows, MARCH_2)


@given(rooms())
def test_the_room_is_counted_as_it_is(rows: list[QueueRow]) -> None:
    counts = count(rows)
    waiting = [row for row in rows if row.stage is Stage.WAITING]
    assert counts.waiting == len(waiting)
    assert counts.waiting_since == min((row.received_at for row in waiting), default=None)
    assert counts.urgent == sum(row.urgent for row in waiting)
    assert counts.in_progress == sum(row.stage is Stage.IN_PROGRESS for row in rows)
    sent = [row.delivery for row in rows if row.delivery and row.delivery.state is not Delivery.TOO_OLD]
    open_dispatches = [each for each in sent if not each.state.settled]
    assert counts.unconfirmed == len(open_dispatches)
    assert counts.unconfirmed_since == min((each.created_at for each in open_dispatches), default=None)


def a_row(**changes: object) -> QueueRow:
    row = QueueRow(
        "26-0001", Channel.SERVICE, "", "", "", MARCH_2, Stage.DECIDED, "bas", None, Choice.PRIO1, None, False
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def test_a_dispatch_without_a_word_of_the_cad_is_in_trouble_after_half_a_minute() -> None:
    row = a_row(delivery=DeliveryState("bericht", "26-0001", 1, Delivery.SENT, MARCH_2))
    assert need_of(row, MARCH_2 + LATE_AFTER - timedelta(seconds=1)) is Need.DONE
    assert need_of(row, MARCH_2 + LATE_AFTER) is Need.TROUBLE
    assert in_order([row], MARCH_2).until == MARCH_2 + LATE_AFTER
    confirmed = a_row(delivery=DeliveryState("bericht", "26-0001", 1, Delivery.ACCEPTED, MARCH_2))
    assert need_of(confirmed, MARCH_2 + timedelta(hours=3)) is Need.DONE


def test_a_promise_to_call_back_presses_from_its_moment_on() -> None:
    row = a_row(call_back_at=MARCH_2 + timedelta(minutes=5))
    assert need_of(row, MARCH_2) is Need.DONE
    assert in_order([row], MARCH_2).until == MARCH_2 + timedelta(minutes=5)
    assert need_of(row, MARCH_2 + timedelta(minutes=5)) is Need.CALL_BACK


def test_the_order_of_needs_is_the_order_of_the_room() -> None:
    asked = Consultation(1, "26-0001", "mag dit?", MARCH_2, "bas")
    rows = {
        Need.TROUBLE: a_row(delivery=DeliveryState("bericht", "26-0001", 3, Delivery.REFUSED, MARCH_2)),
        Need.CALL_BACK: a_row(call_back_at=MARCH_2, stage=Stage.WAITING, urgent=True),
        Need.URGENT: a_row(stage=Stage.WAITING, urgent=True),
        Need.WAITING: a_row(stage=Stage.WAITING),
        Need.SILENT: a_row(stage=Stage.IN_PROGRESS, stale_since=MARCH_2, consultation=asked),
        Need.CONSULTED: a_row(stage=Stage.IN_PROGRESS, consultation=asked),
        Need.HELD: a_row(stage=Stage.IN_PROGRESS, urgent=True),
        Need.DONE: a_row(urgent=True),
    }
    assert [need_of(row, MARCH_2) for row in rows.values()] == list(rows) == sorted(Need)
