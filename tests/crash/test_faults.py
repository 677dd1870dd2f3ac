"""Disks that fail, files taken or damaged, clocks that jump: nothing acknowledged is lost, and words say what to do.

A full disk, a damaged half, a file taken away and a writer that stays busy are in tests/record/test_writer.py.
"""

from __future__ import annotations

import os
import random
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import apsw
import pytest

from console.model import Choice, Delivery
from console.record import Busy, Calls, Outbox, Reader, RecordError, Writer, engine
from tests.crash.disk import Disk, Platters
from tests.crash.facts import faults
from tests.crash.over_apsw import connect
from tests.crash.test_power import new_record, put_down
from tests.crash.words import assert_words
from tests.record.support import Clock, dispatch, draft, home_in, incoming, lines, start

if TYPE_CHECKING:
    from pathlib import Path

    from console.record import DecisionDraft

HERE = ZoneInfo("Europe/Amsterdam")
SICKNESSES = {
    "full": (apsw.SQLITE_FULL, "schijf is vol"),
    "failing": (apsw.SQLITE_IOERR, "schijf geeft een fout|schijf gaf een fout"),
    "read-only": (apsw.SQLITE_READONLY, "alleen-lezen|schijf gaf een fout"),
}


def decided(calls: Calls, disk: Disk, name: str, work: tuple[str, DecisionDraft]) -> None:
    call_id, made = work
    claim = calls.claim(call_id, name)
    disk.hear("claim", call_id, name, claim.fence)
    sent = dispatch(call_id, message_id=f"bericht {made.token}")
    decision = calls.decide(claim, made, sent)
    disk.hear("decide", call_id, made.token, decision.id, sent.message_id)


def fail_each(memory: Path, sickness: str, *, forever: bool, others: bool, cut_every: int) -> int:
    """Let each write and each sync of a decision fail in turn; when the disk is well again the same is asked again.

    Then the power fails too, after any acknowledged fact: what a failed sync left behind must not stand between the
    platter and what came later. Gives how many writes and syncs were made to fail.
    """
    fault, sentence = SICKNESSES[sickness]
    home = put_down(memory / "map", new_record(memory))
    disk = Disk(f"ziek {sickness} {forever} {others}", home.path)
    opener = partial(connect, disk=disk, more=("wal_autocheckpoint = 12",))
    heard_of = 0
    with Writer.open(home, clock=Clock(), connect=opener) as writer:
        looking = Reader(opener(home.database, read_only=True), Clock()) if others else None
        calls = Calls(writer)
        number = 0
        while number == heard_of:
            number += 1
            call_id = calls.ring(incoming(str(number))).call_id
            disk.hear("ring", str(number), call_id)
            work = call_id, draft(f"besluit {number}")
            disk.fail(number, fault, forever=forever)
            try:
                decided(calls, disk, "jan", work)
            except RecordError as error:
                heard_of += 1
                assert_words(error, sentence)
            disk.fail(0, fault)
            decided(calls, disk, "jan", work)
        if looking is not None:
            looking.close()
    disk.unregister()
    assert heard_of > 8, "writes, syncs and checkpoints were each made to fail"
    facts = [fact for _, fact in disk.acknowledged]
    assert faults(home, facts) == []
    platters = Platters(disk)
    for number, (moment, _) in enumerate(disk.acknowledged, start=1):
        if number % cut_every:
            continue
        left = put_down(memory / f"stroom weg {number}", platters.after_cut(moment, "drop", random.Random(0)))
        assert faults(left, facts[:number]) == [], f"the power failed after fact {number}"
    return heard_of


@pytest.mark.parametrize("sickness", SICKNESSES)
@pytest.mark.parametrize("others", [False, True])
def test_whatever_write_or_sync_fails_nothing_acknowledged_is_lost(memory: Path, sickness: str, others: bool) -> None:
    fail_each(memory, sickness, forever=True, others=others, cut_every=1 if sickness == "failing" else 7)


@pytest.mark.slow
def test_each_sickness_of_a_disk_with_the_power_cut_after_each_fact(memory: Path) -> None:
    failed = 0
    for sickness in SICKNESSES:
        for forever, others in product([False, True], repeat=2):
            place = memory / f"{sickness} {forever} {others}"
            place.mkdir()
            failed += fail_each(place, sickness, forever=forever, others=others, cut_every=1)
    print(f"sick disks: {failed} writes and syncs failed, each followed by cuts of the power; 0 lost")


LOCKING = """
import sys
from pathlib import Path
from console.record import engine
connection = engine.sqlite.connect(Path(sys.argv[1]), isolation_level=None)
connection.execute("PRAGMA locking_mode = exclusive").fetchall()
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE counter SET last = last")
print("vast", flush=True)
sys.stdin.readline()
"""


def test_a_file_that_another_program_keeps_to_itself_is_busy_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool on the file, as an administrator may leave it open: nobody gets in, all hear so, nothing is lost."""
    monkeypatch.setattr(engine, "OPENING_TIMEOUT_MS", 50)
    home = home_in(tmp_path)
    with Writer.open(home) as writer:
        call_id = Calls(writer).ring(incoming()).call_id
    locker = start(LOCKING, home.database)
    assert next(lines(locker)) == "vast"
    for opened in (Writer.open, Reader.open):
        with pytest.raises(Busy, match=r"bezet.*Probeer het opnieuw"):
            opened(home)
    locker.communicate("\n")
    with Writer.open(home) as writer, Reader.open(home) as reader:
        assert Calls(writer).claim(call_id, "jan").fence == 1
        assert [row.call_id for row in reader.board().rows] == [call_id]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to mount a disk")
def test_a_disk_that_became_read_only_is_named_when_a_program_starts(tmp_path: Path) -> None:
    place = tmp_path / "schijf"
    place.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=8m,mode=0755", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a disk")
    try:
        home = home_in(place)
        with Writer.open(home) as writer:
            call_id = Calls(writer).ring(incoming()).call_id
        subprocess.run(["/bin/mount", "-o", "remount,ro", str(place)], check=True)
        for opened in (Writer.open, Reader.open):
            with pytest.raises(RecordError) as raised:
                opened(home)
            assert_words(raised.value, "alleen-lezen|niet te openen")
        subprocess.run(["/bin/mount", "-o", "remount,rw", str(place)], check=True)
        with Writer.open(home) as writer:
            assert Calls(writer).claim(call_id, "jan").fence == 1
    finally:
        subprocess.run(["/bin/umount", str(place)], check=True)


def test_a_clock_set_back_an_hour_holds_no_dispatch_up(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock
) -> None:
    """A pause that was planned before the clock went back must not become an hour."""
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(), sent)
    outbox.sending(sent.message_id)
    outbox.postpone(sent.message_id, clock.now + timedelta(seconds=5), "time-out")
    assert outbox.due(clock.now, 10) == []
    clock.forward(hours=-1)
    assert [parcel.dispatch.message_id for parcel in outbox.due(clock.now, 10)] == [sent.message_id]
    outbox.sending(sent.message_id)
    outbox.delivered(sent.message_id, "GMS-7")
    assert [state.message_id for state in outbox.watched(10)] == [sent.message_id]
    outbox.accepted(sent.message_id, "GMS-7")
    file = reader.file(claim.call_id)
    assert file.deliveries[0].state is Delivery.ACCEPTED
    assert [row.call_id for row in reader.board().rows] == [claim.call_id]


@pytest.mark.parametrize(
    ("midnight", "hours"), [(datetime(2026, 10, 25, tzinfo=HERE), 25), (datetime(2027, 3, 28, tzinfo=HERE), 23)]
)
def test_the_night_that_the_clock_changes_has_every_hour_once(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock, midnight: datetime, hours: int
) -> None:
    """The hour that local clocks show twice, or never, is told apart, kept in order and planned across."""
    begin = midnight.astimezone(UTC)
    moments = [begin + timedelta(minutes=30 * number) for number in range(2 * hours)]
    assert (moments[-1] + timedelta(minutes=30)).astimezone(HERE).date() == midnight.date() + timedelta(days=1)
    messages = []
    for number, moment in enumerate(moments):
        clock.now = moment
        call_id = calls.ring(incoming(f"{number}", received_at=moment.astimezone(HERE))).call_id
        claim = calls.claim(call_id, "jan")
        decision = calls.decide(claim, draft(call_id, Choice.PRIO1), dispatch(call_id, decided_at=moment))
        assert decision.at == moment
        messages.append(decision.message_id)
        outbox.sending(str(decision.message_id))
        outbox.postpone(str(decision.message_id), moment + timedelta(seconds=30), "time-out")
    rows = reader.board().rows
    assert [row.received_at for row in rows] == moments
    assert [row.claimed_at for row in rows] == moments
    clock.now = moments[-1]
    due = outbox.due(clock.now, len(moments))
    assert [parcel.dispatch.message_id for parcel in due] == messages[:-1]
    assert [parcel.dispatch.decided_at for parcel in due] == moments[:-1]
