"""The heads of the logs stand outside the database, on time, on disk, and never at the cost of a decision."""

from __future__ import annotations

import os
import socket
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.record import Calls, Home, HomeRefused, Reader, Writer, access
from console.record.anchoring import EVERY_ROWS, Anchor, AnchorError, Anchors, read_head, read_line
from console.record.chain import START, Head, Log
from console.record.verifying import verify
from tests.record.support import START as NOON
from tests.record.support import Clock, incoming, lines, start, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def kept(home: Home) -> list[Anchor]:
    if not home.anchor_file.exists():
        return []
    return [read_line(line) for line in home.anchor_file.read_text().splitlines()]


def seqs(home: Home, log: Log = Log.AUDIT) -> list[int]:
    return [anchor.head.seq for anchor in kept(home) if anchor.head.log is log]


def head(seq: int, log: Log = Log.AUDIT) -> Head:
    return Head(log, seq, bytes([seq % 256]) * 32)


@pytest.fixture
def anchors(home: Home, clock: Clock, tmp_path: Path) -> Iterator[Anchors]:
    """Anchors that look when they are told to, and by themselves only when enough was written."""
    made = Anchors(home, clock, look_every=3600, system_log=tmp_path / "geen")
    yield made
    made.close()


def test_a_writer_leaves_the_heads_of_what_it_committed(home: Home, writer: Writer, calls: Calls) -> None:
    calls.ring(incoming())
    writer.submit(access.log_read, "beheer", "getoond", "26-0001", "klacht").result()
    writer.close()
    with Reader.open(home) as reader:
        assert [anchor.head for anchor in kept(home)] == [reader.head(Log.AUDIT), reader.head(Log.READS)]
    assert home.anchor_file.read_text().endswith("\n")


def test_a_writer_that_wrote_nothing_leaves_nothing(home: Home, writer: Writer) -> None:
    writer.close()
    assert kept(home) == []


def test_what_was_denied_is_anchored_and_what_failed_is_not(home: Home, writer: Writer, calls: Calls) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    with pytest.raises(Exception, match="al in behandeling"):
        calls.claim(claim.call_id, "piet")
    with pytest.raises(ValueError, match="time zone"):
        calls.ring(incoming("b", received_at=NOON.replace(tzinfo=None)))
    writer.close()
    assert seqs(home) == [3]
    assert verify(home).whole


def test_many_rows_are_anchored_while_the_writer_goes_on(home: Home, anchors: Anchors) -> None:
    anchors.note({Log.AUDIT: head(1)})
    for seq in range(2, EVERY_ROWS):
        anchors.note({Log.AUDIT: head(seq)})
    assert seqs(home) == []
    anchors.note({Log.AUDIT: head(EVERY_ROWS)})
    wait_for(lambda: seqs(home) == [EVERY_ROWS])
    anchors.note({Log.AUDIT: head(EVERY_ROWS * 2 - 1)})
    anchors.note({Log.AUDIT: head(EVERY_ROWS * 2)})
    wait_for(lambda: seqs(home) == [EVERY_ROWS, EVERY_ROWS * 2])


def test_a_few_rows_are_anchored_when_a_minute_went_by(home: Home, anchors: Anchors, clock: Clock) -> None:
    anchors.note({Log.AUDIT: head(1)})
    anchors._look()
    assert seqs(home) == [1]
    anchors.note({Log.AUDIT: head(2)})
    clock.forward(seconds=59)
    anchors._look()
    assert seqs(home) == [1]
    clock.forward(seconds=1)
    anchors._look()
    assert seqs(home) == [1, 2]
    clock.forward(hours=1)
    anchors._look()
    assert seqs(home) == [1, 2], "nothing new, nothing to keep"


def test_a_clock_that_was_put_back_holds_no_anchor_up(home: Home, anchors: Anchors, clock: Clock) -> None:
    anchors.note({Log.AUDIT: head(1)})
    anchors._look()
    clock.forward(hours=-1)
    anchors.note({Log.AUDIT: head(2)})
    anchors._look()
    assert seqs(home) == [1, 2]


def test_what_another_program_anchored_is_not_said_again(home: Home, anchors: Anchors, clock: Clock) -> None:
    other = Anchors(home, clock, look_every=3600)
    other.note({Log.AUDIT: head(50)})
    other.close()
    anchors.note({Log.AUDIT: head(40)})
    anchors._look()
    clock.forward(minutes=2)
    anchors._look()
    assert seqs(home) == [50], "the head of 50 covers row 40"
    anchors.note({Log.AUDIT: head(51)})
    anchors._look()
    assert seqs(home) == [50, 51]


def test_each_log_is_anchored_by_itself(home: Home, anchors: Anchors) -> None:
    anchors.note({Log.AUDIT: head(1)})
    anchors._look()
    anchors.note({Log.READS: head(1, Log.READS)})
    anchors._look()
    assert (seqs(home), seqs(home, Log.READS)) == ([1], [1])


def test_a_line_that_was_cut_off_spoils_no_other(home: Home, anchors: Anchors) -> None:
    home.anchor_file.write_text("2026-11-21T12:00:00.000Z dossier 12:ab")
    anchors.note({Log.AUDIT: head(13)})
    anchors.close()
    first, second = home.anchor_file.read_text().splitlines()
    assert first.endswith("12:ab")
    assert read_line(second).head == head(13)


def test_lines_of_many_programs_never_mix(home: Home) -> None:
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from console.record import Home
from console.record.anchoring import Anchors
from console.record.chain import Head, Log
home = Home.prepare(Path(sys.argv[1]))
for number in range(1, 200):
    anchors = Anchors(home, lambda: datetime.now(UTC), look_every=3600, system_log=home.path / "geen")
    anchors.note({Log.AUDIT: Head(Log.AUDIT, number * 8 + int(sys.argv[2]), bytes(32))})
    anchors.close()
"""
    programs = [start(code, home.path, str(number)) for number in range(3)]
    for program in programs:
        program.communicate(timeout=60)
        assert program.returncode == 0
    assert len(kept(home)) > 199
    assert all(anchor.head.hash == START for anchor in kept(home))


def test_an_anchor_that_cannot_be_kept_stops_no_work_and_is_said(home: Home, writer: Writer, calls: Calls) -> None:
    home.anchor_file.mkdir()
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    assert writer.anchor_trouble is None, "nobody looked yet"
    writer._anchors._look()
    assert writer.anchor_trouble is not None
    assert "niet te schrijven" in writer.anchor_trouble
    assert str(home.anchor_file) in writer.anchor_trouble
    calls.answer(claim, "gaande", "ja")
    home.anchor_file.rmdir()
    writer._anchors._look()
    assert writer.anchor_trouble is None
    assert seqs(home) == [3]


def test_an_anchor_file_that_is_a_link_is_not_followed(home: Home, anchors: Anchors, tmp_path: Path) -> None:
    target = tmp_path / "elders.txt"
    target.write_text("van mij\n")
    home.anchor_file.symlink_to(target)
    anchors.note({Log.AUDIT: head(1)})
    anchors._look()
    assert anchors.trouble is not None
    assert target.read_text() == "van mij\n"


def test_the_folder_of_the_setting_is_used_and_must_be_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "getuige"
    with pytest.raises(HomeRefused, match="van de instelling anker bestaat niet"):
        Home.prepare(tmp_path / "map", anchors=elsewhere)
    elsewhere.mkdir()
    home = Home.prepare(tmp_path / "map", anchors=elsewhere)
    with Writer.open(home) as writer:
        Calls(writer).ring(incoming())
    assert seqs(home) == [1]
    assert [file.name for file in elsewhere.iterdir()] == ["anker.txt"]
    assert not (home.path / "anker").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    elsewhere = tmp_path / "getuige"
    elsewhere.mkdir(mode=0o500)
    with pytest.raises(HomeRefused, match="mag u niet schrijven"):
        Home.prepare(tmp_path / "map", anchors=elsewhere)


def test_an_anchor_is_also_sent_to_the_system_log(home: Home, clock: Clock, tmp_path: Path) -> None:
    address = tmp_path / "log"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(str(address))
        system.settimeout(20)
        anchors = Anchors(home, clock, look_every=3600, system_log=address)
        anchors.note({Log.AUDIT: head(7)})
        anchors.close()
        heard = system.recv(2000).decode()
    assert heard.startswith("<86>meldkamer: anker 2026-11-21T13:00:00.123Z dossier 7:0707")
    assert heard.rstrip("\x00").endswith(str(head(7)))


def test_a_system_log_that_does_not_listen_is_no_trouble(
    home: Home, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = tmp_path / "log"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(str(address))
    assert stat.S_ISSOCK(address.stat().st_mode)
    anchors = Anchors(home, clock, look_every=3600, system_log=address)
    anchors.note({Log.AUDIT: head(7)})
    anchors.close()
    assert (seqs(home), anchors.trouble) == ([7], None)
    assert capsys.readouterr() == ("", "")


def test_a_killed_program_leaves_its_tail_to_the_next(home: Home) -> None:
    program = start(
        """
import sys
from pathlib import Path
from tests.record.support import incoming
from console.record import Calls, Home, Writer
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    print(Calls(writer).ring(incoming()).call_id, flush=True)
    sys.stdin.read()
""",
        home.path,
    )
    assert next(lines(program)) == "26-0001"
    program.kill()
    program.communicate()
    assert seqs(home) == []
    with Writer.open(home) as writer:
        Calls(writer).claim("26-0001", "jan")
    assert seqs(home) == [2]
    assert verify(home).uncovered[Log.AUDIT] == 0


@pytest.mark.parametrize("seq", [0, 1, 10**12])
def test_a_line_is_read_back_as_it_was_written(seq: int) -> None:
    anchor = Anchor(NOON + timedelta(days=1), Head(Log.READS, seq, os.urandom(32)))
    assert read_line(str(anchor)) == anchor
    assert read_head(anchor.head.short, Log.READS).hash == anchor.head.hash[:8]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "2026-11-21T13:00:00.123Z dossier 7",
        "2026-11-21T13:00:00.123Z dossier 7:abcd",
        "2026-11-21T13:00:00.123Z ander 7:0123456789abcdef",
        "2026-11-21T13:00:00.123 dossier 7:0123456789abcdef",
        "gisteren dossier 7:0123456789abcdef",
        "2026-11-21T13:00:00.123Z dossier ٧:0123456789abcdef",
        "2026-11-21T13:00:00.123Z dossier 7:0123456789abcdeg",
        "2026-11-21T13:00:00.123Z dossier 7:0123456789abcdef nog wat",
    ],
)
def test_what_is_no_anchor_is_none(line: str) -> None:
    with pytest.raises(AnchorError):
        read_line(line)
