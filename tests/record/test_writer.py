"""The writing thread: all or nothing whatever fails, in turn with other programs, and never on the caller's thread."""

from __future__ import annotations

import asyncio
import os
import subprocess
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest

from console.model import CallBack, Channel, Choice, Claim, Delivery, Device, Facts, UnitStatus
from console.record import Busy, Calls, Home, Outbox, Reader, RecordError, Writer, engine
from tests.record.support import START, Clock, dispatch, draft, incoming, rows, sent_out, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from console.record.writer import Transaction


class Seam:
    """A connection that fails at a chosen statement: instead of it (`before`) or just after it."""

    def __init__(self) -> None:
        self.fail_at = 0
        self.error: BaseException = AssertionError("no error chosen")
        self.after = False
        self.only = ""
        self.count = 0

    def connect(self, path: Path) -> engine.Connection:
        return cast("engine.Connection", _Faulty(engine.connect(path), self))

    def passes(self, statement: str) -> bool:
        if statement.startswith(self.only):
            self.count += 1
        return self.count != self.fail_at or not statement.startswith(self.only)

    def arm(self, number: int, error: BaseException, *, after: bool = False, only: str = "") -> None:
        self.count, self.fail_at, self.error, self.after, self.only = 0, number, error, after, only

    def disarm(self) -> None:
        self.fail_at = 0


class _Faulty:
    def __init__(self, inner: engine.Connection, seam: Seam) -> None:
        self._inner = inner
        self._seam = seam

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> object:
        if not self._seam.passes(statement):
            if self._seam.after:
                self._inner.execute(statement, values)
            raise self._seam.error
        return self._inner.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def fault(code: str) -> engine.sqlite.OperationalError:
    error = engine.sqlite.OperationalError(code)
    error.sqlite_errorcode = getattr(engine.sqlite, code)
    error.sqlite_errorname = code
    return error


TABLES = (
    *("call", "told", "answer", "decision", "dispatch", "unit", "link", "audit", "counter"),
    *("detail", "consultation", "trace", "words"),
)


def everything(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    connection = engine.connect(home.database, read_only=True)
    try:
        return {
            table: [tuple(row) for row in connection.execute(f"SELECT * FROM {table}").fetchall()]  # noqa: S608
            for table in TABLES
        }
    finally:
        connection.close()


@dataclass(frozen=True)
class Prepared:
    """A call in hand with a deviating decision, a dispatch on its way, one detail and one question."""

    claim: Claim
    decision_id: int
    message_id: str


def prepare(calls: Calls, outbox: Outbox) -> Prepared:
    claim = calls.claim(calls.ring(incoming("eerste")).call_id, "jan")
    sent = dispatch(claim.call_id)
    decision = calls.decide(claim, draft("eerste", deviates=True), sent)
    outbox.sending(sent.message_id)
    calls.add(claim, Device("laptop"))
    calls.consult(claim, "mag dit online?")
    return Prepared(claim, decision.id, sent.message_id)


STEPS: dict[str, Callable[[Calls, Outbox, Prepared], object]] = {
    "ring": lambda calls, _, __: calls.ring(incoming("tweede")),
    "open_by_hand": lambda calls, _, __: calls.open_by_hand(Channel.OTHER, "jan"),
    "claim": lambda calls, _, ready: calls.claim(ready.claim.call_id, "jan"),
    "release": lambda calls, _, ready: calls.release(ready.claim),
    "tell": lambda calls, _, ready: calls.tell(ready.claim, Facts(address="Markt 1")),
    "answer": lambda calls, _, ready: calls.answer(ready.claim, "gaande", "ja"),
    "note": lambda calls, _, ready: calls.note(ready.claim, "mevr. 71"),
    "decide": lambda calls, _, ready: calls.decide(
        ready.claim, draft("tweede"), dispatch(ready.claim.call_id, message_id="tweede")
    ),
    "add": lambda calls, _, ready: calls.add(ready.claim, CallBack(START, "06-12345678")),
    "change": lambda calls, _, ready: calls.change(ready.claim, 1, Device("laptop", "staat aan")),
    "take_back": lambda calls, _, ready: calls.take_back(ready.claim, 1),
    "consult": lambda calls, _, ready: calls.consult(ready.claim, "en nu?"),
    "take_up": lambda calls, _, ready: calls.take_up(ready.claim.call_id, 1, "lead"),
    "reply": lambda calls, _, ready: calls.reply(ready.claim.call_id, 1, "ja", "lead"),
    "add_to_dispatch": lambda calls, _, ready: calls.add_to_dispatch(
        ready.claim, dispatch(ready.claim.call_id, message_id="nieuws", adds_to=ready.message_id)
    ),
    "give_reason": lambda calls, _, ready: calls.give_reason(ready.claim, ready.decision_id, "lokale kennis"),
    "by_hand": lambda calls, _, ready: calls.by_hand(ready.claim, ready.message_id),
    "sending": lambda _, outbox, ready: outbox.sending(ready.message_id),
    "postpone": lambda _, outbox, ready: outbox.postpone(ready.message_id, START, "fout"),
    "delivered": lambda _, outbox, ready: outbox.delivered(ready.message_id, "GMS-7"),
    "refused": lambda _, outbox, ready: outbox.refused(ready.message_id, "nee"),
    "unit": lambda _, outbox, ready: outbox.unit(ready.message_id, "11-01", UnitStatus.ASSIGNED, START),
    "link": lambda _, outbox, __: outbox.link(True, ""),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", ["SQLITE_IOERR", "SQLITE_FULL", "memory"])
def test_whatever_statement_fails_nothing_is_half_done(home: Home, step: str, kind: str) -> None:
    seam = Seam()
    error = MemoryError() if kind == "memory" else fault(kind)
    with Writer.open(home, clock=Clock(), connect=seam.connect) as writer:
        calls, outbox = Calls(writer), Outbox(writer)
        ready = prepare(calls, outbox)
        before = everything(home)
        number = 0
        while True:
            number += 1
            seam.arm(number, error)
            try:
                STEPS[step](calls, outbox, ready)
            except (RecordError, MemoryError):
                assert everything(home) == before, f"statement {number}"
            else:
                break
            seam.disarm()
        assert number > 3, "begin, one statement, audit and commit were each made to fail"
        after = everything(home)
    changed = {table for table in TABLES if after[table] != before[table]}
    assert "audit" in changed
    assert len(after["audit"]) == len(before["audit"]) + 1
    if step == "decide":
        assert changed == {"decision", "dispatch", "audit"}


@pytest.mark.parametrize(
    "step", ["ring", "decide", "note", "change", "take_back", "consult", "reply", "add_to_dispatch", "give_reason"]
)
def test_a_commit_that_may_have_come_through_is_safe_to_repeat(home: Home, step: str) -> None:
    seam = Seam()
    with Writer.open(home, clock=Clock(), connect=seam.connect) as writer:
        calls, outbox = Calls(writer), Outbox(writer)
        ready = prepare(calls, outbox)
        seam.arm(1, fault("SQLITE_IOERR"), after=True, only="COMMIT")
        with pytest.raises(RecordError, match="niet zeker"):
            STEPS[step](calls, outbox, ready)
        seam.disarm()
        before = everything(home)
        STEPS[step](calls, outbox, ready)
        assert everything(home) == before


def test_a_failed_disk_is_tried_again_on_a_new_connection(home: Home) -> None:
    seam = Seam()
    with Writer.open(home, connect=seam.connect) as writer:
        calls = Calls(writer)
        first = writer.look(lambda transaction: transaction.connection).result()
        seam.arm(1, fault("SQLITE_IOERR"))
        with pytest.raises(RecordError, match="schijf geeft een fout"):
            calls.ring(incoming())
        seam.disarm()
        assert calls.ring(incoming()).created
        assert writer.look(lambda transaction: transaction.connection).result() is not first


def fill(writer: Writer, *, longest: int = 5000) -> list[str]:
    """Ring calls until the disk is full; give the numbers that were acknowledged."""
    stored: list[str] = []
    calls = Calls(writer)
    for number in range(longest):
        try:
            stored.append(calls.ring(incoming(str(number), first_words="x" * 2000)).call_id)
        except RecordError as error:
            assert "schijf is vol" in str(error)  # noqa: PT017 - the loop is what is tested
            return stored
    raise AssertionError("the disk never got full")


def test_a_full_disk_loses_nothing_that_was_acknowledged(home: Home) -> None:
    def small(path: Path) -> engine.Connection:
        connection = engine.connect(path)
        connection.execute("PRAGMA max_page_count = 100").fetchall()
        return connection

    with Writer.open(home, connect=small) as writer:
        stored = fill(writer)
        with pytest.raises(RecordError, match=r"schijf is vol.*niets vastgelegd.*papier"):
            Calls(writer).ring(incoming("nog een", first_words="x" * 2000))
    assert len(stored) > 5
    with Writer.open(home) as writer, Reader.open(home) as reader:
        assert [row.call_id for row in reader.board().rows] == stored
        assert Calls(writer).ring(incoming("weer ruimte")).created
        assert rows(writer, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "schijf"
    place.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=2m,mode=0755", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk")
    yield place
    subprocess.run(["/bin/umount", str(place)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to mount a small disk")
def test_a_disk_that_is_really_full_says_so_and_keeps_what_it_has(tiny_disk: Path) -> None:
    home = Home.prepare(tiny_disk / "map")
    assert home.warnings
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    with Writer.open(home) as writer:
        stored = fill(writer)
        with Reader.open(home) as reader:
            assert [row.call_id for row in reader.board().rows] == stored
        ballast.unlink()
        assert Calls(writer).ring(incoming("weer ruimte")).created
    assert len(stored) > 5
    with Writer.open(home) as writer:
        assert rows(writer, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def holding(home: Home) -> engine.Connection:
    connection = engine.connect(home.database)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_record_that_stays_taken_is_busy_and_nothing_is_written(home: Home) -> None:
    with Writer.open(home, deadline=0.05) as writer:
        calls = Calls(writer)
        holder = holding(home)
        with pytest.raises(Busy, match="opnieuw"):
            calls.ring(incoming())
        holder.close()
        assert rows(writer, "SELECT * FROM call") == []
        assert calls.ring(incoming()).created


def test_a_short_wait_is_not_noticed(home: Home, writer: Writer, calls: Calls) -> None:
    holder = holding(home)
    waiting = writer.submit(lambda _: "aan de beurt")
    assert not waiting.done()
    holder.close()
    assert waiting.result(timeout=60) == "aan de beurt"
    assert calls.ring(incoming()).created


async def test_the_event_loop_goes_on_while_a_write_waits(home: Home, writer: Writer, calls: Calls) -> None:
    holder = holding(home)
    waiting = asyncio.ensure_future(writer.call(calls.ring, incoming()))
    for _ in range(50):
        await asyncio.sleep(0)
    assert not waiting.done()
    holder.close()
    assert (await waiting).created


async def test_cancelling_the_wait_never_cancels_the_write(
    home: Home, writer: Writer, calls: Calls, reader: Reader
) -> None:
    holder = holding(home)
    waiting = asyncio.ensure_future(writer.call(calls.ring, incoming()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert reader.board().rows == ()
    holder.close()
    wait_for(lambda: len(reader.board().rows) == 1)


def test_nobody_can_cancel_a_future_of_the_writer(home: Home, writer: Writer) -> None:
    holder = holding(home)
    waiting = writer.submit(lambda _: "gedaan")
    assert not waiting.cancel()
    holder.close()
    assert waiting.result(timeout=60) == "gedaan"


async def test_an_awaited_refusal_is_the_same_refusal(writer: Writer, calls: Calls) -> None:
    with pytest.raises(RecordError, match="26-0042"):
        await writer.call(calls.claim, "26-0042", "jan")


def test_closing_finishes_what_was_asked(home: Home) -> None:
    writer = Writer.open(home)
    holder = holding(home)
    calls = Calls(writer)
    asked = [writer._on_thread(partial(calls.ring, incoming(str(number)))) for number in range(20)]
    closing = threading.Thread(target=writer.close)
    closing.start()
    holder.close()
    closing.join()
    assert [future.result(timeout=0).call_id for future in asked] == [f"26-{number:04d}" for number in range(1, 21)]
    writer.close()
    with pytest.raises(RecordError, match="al gesloten"):
        calls.ring(incoming("te laat"))
    with Reader.open(home) as reader:
        assert len(reader.board().rows) == 20


def test_writes_happen_on_one_thread_that_is_not_the_callers(writer: Writer) -> None:
    def where(_: Transaction) -> int:
        return threading.get_ident()

    threads = {writer.submit(where).result() for _ in range(5)} | {writer.look(where).result()}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_failed_operation_leaves_the_writer_fit(writer: Writer, calls: Calls) -> None:
    def wrong(transaction: Transaction) -> None:
        transaction.run("INSERT INTO counter VALUES (1, 1)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writer.submit(wrong).result()
    assert rows(writer, "SELECT * FROM counter") == []
    assert calls.ring(incoming()).created


def test_looking_takes_no_lock_from_anybody(home: Home, writer: Writer, outbox: Outbox, calls: Calls) -> None:
    sent_out(calls, "a")
    holder = holding(home)
    assert outbox.pending() == 1
    assert len(outbox.due(START, 10)) == 1
    assert len(outbox.watched(10)) == 0
    assert writer.home == home
    holder.close()


def test_a_file_that_is_taken_away_is_noticed_before_anything_is_acknowledged(
    home: Home, writer: Writer, calls: Calls
) -> None:
    calls.ring(incoming())
    elsewhere = home.path / "elders"
    elsewhere.mkdir()
    for file in home.path.glob("dossier.db*"):
        file.rename(elsewhere / file.name)
    for _ in range(3):
        with pytest.raises(RecordError, match=r"weggehaald|niet te openen"):
            calls.ring(incoming("b"))
    assert not home.database.exists(), "an empty record in its place would hide the loss"
    for file in elsewhere.iterdir():
        file.rename(home.path / file.name)
    assert calls.ring(incoming("b")).call_id == "26-0002"
    assert writer.home == home


def test_a_log_without_its_file_is_left_for_a_person(home: Home, writer: Writer, calls: Calls) -> None:
    calls.ring(incoming())
    home.database.rename(home.path / "elders")
    with pytest.raises(RecordError, match="verwijder niets"):
        Writer.open(home)
    (home.path / "elders").rename(home.database)
    assert rows(writer, "SELECT id FROM call") == [{"id": "26-0001"}]


def test_a_damaged_file_is_named_and_left_as_it_is(home: Home) -> None:
    with Writer.open(home) as writer:
        for number in range(200):
            Calls(writer).ring(incoming(str(number)))
    whole = home.database.read_bytes()
    kept = len(whole) * 3 // 4  # with the tables' own descriptions in it, so that the file opens
    home.database.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    with Writer.open(home) as writer, Reader.open(home) as reader:
        with pytest.raises(RecordError, match="beschadigd"):
            reader.board()
        with pytest.raises(RecordError, match="beschadigd"):
            claim_all(Calls(writer))
    home.database.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for opened in (Writer.open, Reader.open):
        with pytest.raises(RecordError, match="beschadigd"):
            opened(home)


def claim_all(calls: Calls) -> None:
    for number in range(1, 201):
        calls.claim(f"26-{number:04d}", "jan")


def test_a_clock_that_is_set_back_changes_no_order(calls: Calls, reader: Reader, outbox: Outbox, clock: Clock) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.answer(claim, "gaande", "nee")
    clock.forward(hours=-1)
    calls.answer(claim, "gaande", "ja")
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(choice=Choice.PRIO1), sent)
    outbox.sending(sent.message_id)
    outbox.accepted(sent.message_id, "GMS-7")
    file = reader.file(claim.call_id)
    assert file.answers == {"gaande": "ja"}
    assert file.deliveries[0].state == Delivery.ACCEPTED
    assert [row.call_id for row in reader.board().rows] == [claim.call_id]


def test_a_writer_that_cannot_open_leaves_no_thread(home: Home) -> None:
    home.database.write_bytes(b"geen database" * 1000)
    before = threading.active_count()
    with pytest.raises(RecordError, match="geen dossier"):
        Writer.open(home)
    assert threading.active_count() == before
