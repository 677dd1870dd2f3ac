"""The reading half: what the board holds, that it follows other programs, and that it can do no harm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Channel, Choice, Delivery, Stage, UnitStatus
from console.record import (
    Calls,
    DifferentCall,
    Outbox,
    Reader,
    RecordError,
    UnknownCall,
    Writer,
    audit,
    engine,
)
from console.record import reader as reading
from console.record.following import followed_since
from console.record.rows import place_of
from console.record.verifying import verify
from tests.record.support import START, dispatch, draft, incoming, rows, run, sent_out, start, wait_for
from tests.record.tampering import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Home
    from tests.record.support import Clock


def jan_has(reader: Reader, calls: int) -> Callable[[], bool]:
    return lambda: [row.owner for row in reader.board().rows] == ["jan"] * calls


def on_board(reader: Reader) -> list[str]:
    return [row.call_id for row in reader.board().rows]


def test_the_board_of_a_new_record_is_empty(reader: Reader) -> None:
    board = reader.board()
    assert (board.rows, board.link.reachable, board.link.since) == ((), None, None)


def test_a_row_says_what_the_room_must_know(calls: Calls, reader: Reader, clock: Clock) -> None:
    call_id = calls.ring(incoming(first_words="a" * 500)).call_id
    clock.forward(seconds=30)
    calls.claim(call_id, "jan")
    (row,) = reader.board().rows
    assert (row.call_id, row.channel, row.number, row.place) == (call_id, Channel.EMERGENCY, "06-12345678", "Gieten")
    assert (row.first_words, row.received_at, row.stage) == ("a" * 200, START, Stage.IN_PROGRESS)
    assert (row.owner, row.claimed_at) == ("jan", START + timedelta(seconds=30))
    assert (row.choice, row.delivery, row.reason_missing) == (None, None, False)


def test_calls_stand_in_the_order_in_which_they_came_in(calls: Calls, reader: Reader) -> None:
    for number, minutes in enumerate([3, 1, 2]):
        calls.ring(incoming(f"a-{number}", received_at=START - timedelta(minutes=minutes)))
    assert on_board(reader) == ["26-0001", "26-0003", "26-0002"]


def test_the_row_of_a_call_that_stands_as_it_stood_is_not_made_again(calls: Calls, reader: Reader) -> None:
    first, second = (calls.ring(incoming(external_id=each)).call_id for each in ("tel-1", "tel-2"))
    before = {row.call_id: row for row in reader.board().rows}
    claim = calls.claim(first, "jan")
    after = {row.call_id: row for row in reader.board().rows}
    assert after[second] is before[second]
    assert after[first].owner == "jan"
    calls.hand_over(claim, None, "weer vrij")
    assert {row.call_id: row.owner for row in reader.board().rows} == {first: None, second: None}


def test_a_decided_call_leaves_the_board_when_nothing_is_left_to_watch(
    calls: Calls, outbox: Outbox, reader: Reader
) -> None:
    message_id = sent_out(calls, "a")
    seen = []
    for step in (
        lambda: outbox.sending(message_id),
        lambda: outbox.delivered(message_id, "1"),
        lambda: outbox.accepted(message_id, "1"),
        lambda: outbox.unit(message_id, "11-01", UnitStatus.ON_SCENE, START),
    ):
        step()
        (row,) = reader.board().rows
        assert row.delivery is not None
        seen.append((row.delivery.state, row.delivery.unit_status))
    assert seen == [
        (Delivery.SENT, None),
        (Delivery.DELIVERED, None),
        (Delivery.ACCEPTED, None),
        (Delivery.ACCEPTED, UnitStatus.ON_SCENE),
    ]
    outbox.unit(message_id, "11-01", UnitStatus.CLOSED, START)
    assert on_board(reader) == []


def test_advice_leaves_the_board_and_a_missing_reason_keeps_it_there(calls: Calls, reader: Reader) -> None:
    for name, deviates in (("a", False), ("b", True)):
        claim = calls.claim(calls.ring(incoming(name)).call_id, "jan")
        decision = calls.decide(claim, draft(name, Choice.ADVICE, deviates=deviates), None)
    (row,) = reader.board().rows
    assert (row.call_id, row.choice, row.reason_missing) == ("26-0002", Choice.ADVICE, True)
    calls.give_reason(claim, decision.id, "lokale kennis")
    assert on_board(reader) == []


def test_what_was_not_confirmed_stays_however_long_it_takes(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock
) -> None:
    ready, unclear, accepted = (sent_out(calls, name) for name in "abc")
    for message_id in (unclear, accepted):
        outbox.sending(message_id)
    outbox.unclear(unclear, "?")
    outbox.accepted(accepted, "1")
    clock.forward(hours=11, minutes=59)
    assert on_board(reader) == ["26-0001", "26-0002", "26-0003"]
    clock.forward(days=30)
    assert on_board(reader) == ["26-0001", "26-0002"]
    assert [state.message_id for state in reader.deliveries("26-0001")] == [ready]


def test_a_refusal_stays_until_something_else_was_sent(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    first = sent_out(calls, "a")
    outbox.sending(first)
    outbox.refused(first, "onbekend adres")
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert row.delivery.state == Delivery.REFUSED
    second = dispatch("26-0001")
    calls.decide(calls.claim("26-0001", "jan"), draft("twee"), second)
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert row.delivery.message_id == second.message_id
    outbox.sending(second.message_id)
    outbox.accepted(second.message_id, "2")
    outbox.unit(second.message_id, "", UnitStatus.CLOSED, START)
    assert on_board(reader) == []


def test_a_row_shows_the_delivery_that_needs_eyes(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    first = sent_out(calls, "a")
    outbox.sending(first)
    outbox.unclear(first, "?")
    second = dispatch("26-0001")
    calls.decide(calls.claim("26-0001", "jan"), draft("twee"), second)
    outbox.sending(second.message_id)
    outbox.accepted(second.message_id, "2")
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert row.delivery.message_id == first
    calls.by_hand(calls.claim("26-0001", "jan"), first)
    (row,) = reader.board().rows
    assert row.delivery is not None
    assert row.delivery.message_id == second.message_id


def test_another_programs_commit_is_noticed_once(home: Home, calls: Calls, reader: Reader) -> None:
    assert reader.changed(), "before the first look everything is new"
    assert not reader.changed()
    calls.ring(incoming("hier"))
    assert reader.changed()
    version = reader.board().version
    assert not reader.changed()
    assert reader.board().version == version
    calls.claim("26-0001", "jan")
    reader.board()
    assert not reader.changed(), "what the board shows is no news"
    run(
        """
import sys
from datetime import UTC, datetime
from pathlib import Path
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    call = IncomingCall("elders", Channel.SERVICE, "", "", Location(), "", datetime.now(UTC))
    print(Calls(writer).ring(call).call_id)
""",
        home.path,
    )
    wait_for(reader.changed)
    assert on_board(reader) == ["26-0001", "26-0002"]
    assert not reader.changed()


def test_every_change_of_another_program_comes_on_the_board(home: Home, writer: Writer) -> None:
    """`benches/record_notice.py` measures how soon."""
    program = start(
        """
import sys
from datetime import UTC, datetime
from pathlib import Path
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    calls = Calls(writer)
    for name in sys.stdin:
        if name.startswith("teken"):
            calls.renew([claim])
            continue
        call_id = calls.ring(IncomingCall(name, Channel.SERVICE, "", "", Location(), "", datetime.now(UTC))).call_id
        claim = calls.claim(call_id, "jan")
""",
        home.path,
    )
    assert program.stdin is not None
    assert writer.home == home
    with Reader.open(home) as reader:
        reader.board()
        for number in range(1, 6):
            program.stdin.write(f"{number}\n")
            program.stdin.flush()
            wait_for(reader.changed)
            wait_for(jan_has(reader, number))
        reader.board()
        program.stdin.write("teken\n")
        program.stdin.flush()
        program.communicate(timeout=60)
        assert not reader.changed(), "a fresh sign is not written again"


def test_a_reader_cannot_write(reader: Reader, calls: Calls) -> None:
    calls.ring(incoming())
    for statement in ("DELETE FROM call", "CREATE TABLE x (y)", "PRAGMA user_version = 9"):
        with pytest.raises(engine.sqlite.OperationalError, match="readonly"):
            reader._connection.execute(statement)
    reader._connection.execute("PRAGMA query_only = 0")
    with pytest.raises(engine.sqlite.OperationalError, match="readonly"):
        reader._connection.execute("DELETE FROM call")


def test_reading_loads_nothing_that_writes() -> None:
    loaded = run("import sys, console.record.reader, console.record.home; print(*sys.modules)").split()
    writing = {"writer", "calls", "outbox", "deciding", "audit"}
    assert {f"console.record.{name}" for name in writing}.isdisjoint(loaded)
    assert {"sqlite_utils", "asyncio", "textual"}.isdisjoint(loaded)


def test_reading_never_holds_up_the_log(home: Home, calls: Calls, reader: Reader) -> None:
    call_id = calls.ring(incoming()).call_id
    reader.board()
    reader.file(call_id)
    reader.deliveries(call_id)
    reader.changed()
    connection = engine.connect(home.database)
    try:
        busy, left, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    assert (busy, left) == (0, 0)


def test_an_unknown_call_is_named(reader: Reader) -> None:
    with pytest.raises(UnknownCall, match="26-0042"):
        reader.file("26-0042")
    assert reader.deliveries("26-0042") == ()


def test_a_folder_without_a_record_says_what_to_start(home: Home) -> None:
    with pytest.raises(RecordError, match="meldkamer console"):
        Reader.open(home)
    assert not home.database.exists()


def test_the_board_costs_the_same_however_much_was_recorded(reader: Reader, calls: Calls) -> None:
    """Every part of the board is found by an index of open things, never by walking what is finished."""
    sent_out(calls, "a")
    since = (followed_since(START),)
    for question in (reading._BOARD_ROWS, reading._BOARD_DISPATCHES):
        plan = [row["detail"] for row in reader._connection.execute(f"EXPLAIN QUERY PLAN {question}", since).fetchall()]
        walks = [
            step
            for step in plan
            if step.startswith("SCAN") and "INDEX" not in step and "open" not in step and "(subquery" not in step
        ]
        assert walks == [], plan
        for index in ("call_open", "decision_without_reason", "dispatch_unsettled", "dispatch_followed"):
            assert any(index in step for step in plan), plan


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Brink 4, 9461 AS Gieten", "Gieten"),
        ("Brink 4, 9461AS  Gieten", "Gieten"),
        ("Brink 4, Gieten", "Gieten"),
        ("Gieten", "Gieten"),
        ("", ""),
        ("Brink 4,", ""),
        ("1012 JS Amsterdam", "Amsterdam"),
    ],
)
def test_the_place_of_an_address(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize("urgent", [None, False, True])
def test_what_the_sender_knows_of_urgency_is_kept_and_brings_forward(
    calls: Calls, reader: Reader, home: Home, urgent: bool | None
) -> None:
    call = incoming(urgent=urgent)
    calls.ring(call)
    assert reader.file("26-0001").incoming == call
    assert reader.board().rows[0].urgent is (urgent is True)
    assert not calls.ring(call).created
    assert verify(home).whole
    if urgent is not None:
        with pytest.raises(DifferentCall):
            calls.ring(incoming())
        with opened(home) as connection:
            connection.execute("UPDATE call SET urgent = NULL")
        assert not verify(home).whole


def test_the_digest_of_a_call_of_which_nothing_is_known_of_urgency_is_as_it_was(calls: Calls, writer: Writer) -> None:
    calls.ring(incoming())
    (salt,) = (row["salt"] for row in rows(writer, "SELECT salt FROM call"))
    content = audit.content(incoming())
    assert "urgent" not in content
    (told,) = rows(writer, "SELECT details FROM audit")
    assert audit.digest(salt, content) in told["details"]
