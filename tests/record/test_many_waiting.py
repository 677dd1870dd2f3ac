"""Tens of thousands that wait cost no more than hundreds: counted in the steps that SQLite takes, not in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Delivery
from console.record import Calls, Outbox, Reader, Writer, aged, engine
from console.record.following import SHOWN
from tests.record.support import START, Clock, sent_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from console.record import Home
    from console.record.writer import Transaction

FEW, MANY = 600, 4_000
"""More than the board carries of a state, and many times that."""

_COPY_CALL = """INSERT INTO call SELECT NULL, ? || id, NULL, salt, channel, number, name, address, lat, lon,
    first_words, received_at, rung_at, stage, owner, claimed_at, fence, note, draft_choice, assessment, urgent,
    call_back_at
    FROM call WHERE id = '26-0001'"""
_COPY_DECISION = """INSERT INTO decision (call_id, assessment, token, at, by, choice, policy, answers, suggestion,
        deviates, also, message_id)
    SELECT ? || call_id, assessment, ? || token, at, by, choice, policy, answers, suggestion, deviates, also,
        ? || message_id FROM decision WHERE call_id = '26-0001'"""
_COPY_DISPATCH = """INSERT INTO dispatch
        (message_id, call_id, decision_id, priority, body, created_at, changed_at, state)
    SELECT ? || message_id, ? || call_id, (SELECT max(id) FROM decision), 1 + ? % 3, body, created_at, changed_at, ?
    FROM dispatch WHERE call_id = '26-0001'"""


STATES = (Delivery.READY, Delivery.SENT, Delivery.DELIVERED, Delivery.TOO_OLD)


class Steps:
    """How many steps SQLite took, in hundreds."""

    def __init__(self) -> None:
        self.count = 0

    def connect(self, path: Path) -> engine.Connection:
        connection = engine.connect(path)
        connection.set_progress_handler(self.step, 100)
        return connection

    def step(self) -> int:
        self.count += 1
        return 0

    def of(self, question: Callable[[], object]) -> int:
        self.count = 0
        question()
        return self.count


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def counted(home: Home, clock: Clock, steps: Steps) -> Iterator[Writer]:
    with Writer.open(home, clock=clock, connect=steps.connect) as writer:
        yield writer


def copies(transaction: Transaction, start: int, until: int) -> None:
    """A room as it is while a CAD is away, and as it is just after: in each state a part of them."""
    for number in range(start, until):
        name = f"{number}-"
        transaction.run(_COPY_CALL, name)
        transaction.run(_COPY_DECISION, name, name, name)
        transaction.run(_COPY_DISPATCH, name, name, number, STATES[number % len(STATES)])


def test_what_is_asked_all_the_time_costs_the_same_however_many_wait(
    counted: Writer, home: Home, clock: Clock, steps: Steps
) -> None:
    sent_out(Calls(counted), "sjabloon")
    outbox = Outbox(counted)
    clock.forward(minutes=5)
    long_ago = START - timedelta(hours=1)
    with Reader.open(home, clock=clock) as reader:
        reader._connection.set_progress_handler(steps.step, 100)
        questions: dict[str, Callable[[], object]] = {
            "due": lambda: outbox.due(clock.now, 8, well_since=clock.now, not_before=long_ago),
            "too old": lambda: outbox.too_old(long_ago, 200),
            "watched": lambda: outbox.watched(500),
            "board": reader.board,
            "list of what is too old": lambda: reader.ask(lambda line: line.execute(aged._FIRST, (200,)).fetchall()),
        }
        counted.submit(copies, 0, FEW * 4).result()
        few = {name: steps.of(question) for name, question in questions.items()}
        counted.submit(copies, FEW * 4, MANY * 4).result()
        many = {name: steps.of(question) for name, question in questions.items()}
        board = reader.board()
    print(few, many)
    for name, before in few.items():
        assert many[name] <= before * 1.3 + 400, name
    assert board.too_old == MANY
    assert board.more == 3 * MANY + 1 - 3 * 500
    assert len(board.rows) == sum(SHOWN[state] for state in STATES)


def test_of_what_waits_the_board_carries_the_most_urgent_and_oldest(counted: Writer, home: Home, clock: Clock) -> None:
    sent_out(Calls(counted), "sjabloon", 3)
    counted.submit(copies, 0, 2_600).result()
    with Reader.open(home, clock=clock) as reader:
        shown = [row.delivery for row in reader.board().rows if row.delivery is not None]
        by_state: dict[str, list[int]] = {}
        for delivery in shown:
            by_state.setdefault(delivery.state, []).append(delivery.priority)
    assert by_state["klaargezet"].count(1) > 200
    assert set(by_state["verouderd"]) == {1}
