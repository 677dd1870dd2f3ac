"""Whatever is done to a log behind the program's back, the check finds it and names the first bad row."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Location
from console.record import Calls, Home, Outbox, Reader, RecordError, Writer, access, contents, engine
from console.record.anchoring import read_head
from console.record.chain import Head, Log, bytes_of
from console.record.verifying import verify
from tests.record import tampering
from tests.record.support import ROOT, Clock, home_in, incoming, lines, start
from tests.record.test_audit import a_whole_call

if TYPE_CHECKING:
    from pathlib import Path


def read_some(writer: Writer, times: int = 12) -> None:
    for number in range(times):
        writer.submit(access.log_read, "p.functioneel", "getoond", "26-0001", f"klacht {number}").result()


def head_of(home: Home, log: Log = Log.AUDIT) -> Head:
    with Reader.open(home) as reader:
        return reader.head(log)


@pytest.fixture
def whole(tmp_path: Path, clock: Clock) -> Home:
    """A record in which a whole call and some reads stand, closed."""
    home = home_in(tmp_path)
    with Writer.open(home, clock=clock, terminal="pts/4") as writer:
        a_whole_call(Calls(writer), Outbox(writer))
        read_some(writer)
    return home


def commit(home: Home, crime: tampering.Crime, log: Log, seq: int) -> None:
    with tampering.opened(home) as connection:
        connection.execute("BEGIN")
        crime(connection, log, seq)
        connection.execute("COMMIT")


def test_an_untouched_record_is_whole_and_all_of_it_anchored(whole: Home) -> None:
    told: list[tuple[int, int]] = []
    verdict = verify(whole, head_of(whole), progress=lambda done, of: told.append((done, of)))
    assert (verdict.whole, verdict.faults, verdict.remarks) == (True, (), ())
    assert verdict.heads == {log: head_of(whole, log) for log in Log}
    assert verdict.uncovered == {Log.AUDIT: 0, Log.READS: 0}
    total = sum(each.seq for each in verdict.heads.values())
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_place_on_the_equator_is_no_alteration_whatever_the_sign_of_its_zero(tmp_path: Path, clock: Clock) -> None:
    home = home_in(tmp_path)
    with Writer.open(home, clock=clock) as writer:
        Calls(writer).ring(replace(incoming(), location=Location("", -0.0, 5e-324)))
    assert verify(home).faults == ()


@pytest.mark.parametrize("log", Log)
@pytest.mark.parametrize("crime", tampering.FOUND_BY_THE_CHAIN)
@pytest.mark.parametrize("seq", [1, 5, 11])
def test_the_chain_alone_finds_what_was_done_to_a_row(whole: Home, log: Log, crime: tampering.Crime, seq: int) -> None:
    whole.anchor_file.unlink()
    assert verify(whole).whole
    commit(whole, crime, log, seq)
    (fault,) = verify(whole).faults
    shown_at: dict[tampering.Crime, int] = {
        tampering.insert_before_the_first: 0,
        tampering.edit_and_hash: seq + 1,
        tampering.insert: seq + 1,
    }
    assert (fault.log, fault.row) == (log, shown_at.get(crime, seq))
    assert f"ij {fault.row} " in fault.sentence
    assert ("inzagelogboek" in fault.sentence) == (log is Log.READS)


@pytest.mark.parametrize("log", Log)
@pytest.mark.parametrize("crime", tampering.FOUND_BY_AN_ANCHOR)
@pytest.mark.parametrize("known", ["anchor", "other file", "head", "short head"])
def test_a_cut_tail_and_a_rewrite_show_beside_an_anchor(
    whole: Home, tmp_path: Path, log: Log, crime: tampering.Crime, known: str
) -> None:
    elsewhere = tmp_path / "elders.txt"
    elsewhere.write_bytes(whole.anchor_file.read_bytes())
    if known != "anchor":
        whole.anchor_file.unlink()
    paper = read_head(str(head_of(whole, log)) if known == "head" else head_of(whole, log).short, log)
    commit(whole, crime, log, 7)
    match known:
        case "anchor":
            verdict = verify(whole)
        case "other file":
            verdict = verify(whole, anchors=elsewhere)
        case _:
            verdict = verify(whole, paper)
    (fault,) = verdict.faults
    assert fault.log is log
    if crime is tampering.cut_tail:
        assert fault.row == 8
        assert f"houdt op bij rij 7, en er was een rij {paper.seq} (" in fault.sentence
    else:
        assert f"herschreven, ergens van rij {fault.row} tot en met rij {paper.seq}" in fault.sentence


@pytest.mark.parametrize("log", Log)
@pytest.mark.parametrize("crime", tampering.FOUND_BY_AN_ANCHOR)
def test_without_an_anchor_a_cut_tail_and_a_rewrite_would_pass(
    whole: Home, log: Log, crime: tampering.Crime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "faults", lambda _: [])
    whole.anchor_file.unlink()
    commit(whole, crime, log, 7)
    verdict = verify(whole)
    assert verdict.whole
    (remark,) = verdict.remarks
    assert "Zonder anker is niet te zien" in remark


@pytest.mark.parametrize("crime", tampering.FOUND_BY_THE_CHAIN)
def test_without_the_chain_everything_would_pass(whole: Home, crime: tampering.Crime) -> None:
    """So it is the chain that finds it: SQLite's own checks are content with all of it."""
    commit(whole, crime, Log.AUDIT, 5)
    with tampering.opened(whole) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"


def test_a_rewrite_lies_between_the_last_anchor_that_fits_and_the_first_that_does_not(
    whole: Home, clock: Clock
) -> None:
    middle = head_of(whole)
    clock.forward(hours=1)
    with Writer.open(whole, clock=clock) as writer:
        calls = Calls(writer)
        claim = calls.claim("26-0001", "jan")
        for number in range(8):
            calls.answer(claim, "gaande", str(number))
    last = head_of(whole)
    commit(whole, tampering.rewrite, Log.AUDIT, middle.seq + 3)
    (fault,) = verify(whole).faults
    assert fault.row == middle.seq + 1
    assert f"ergens van rij {middle.seq + 1} tot en met rij {last.seq}" in fault.sentence
    assert "21-11-2026 15:00:00" in fault.sentence, "when it was anchored, in Dutch time"


def test_a_log_that_was_emptied_was_cut(whole: Home) -> None:
    commit(whole, tampering.cut_tail, Log.READS, 0)
    (fault,) = verify(whole).faults
    assert (fault.log, fault.row) == (Log.READS, 1)


def test_a_row_of_one_log_is_no_row_of_the_other() -> None:
    fields: dict[str, Any] = dict.fromkeys(("at", "who", "terminal", "os_user", "what", "call_id"), "x")
    fields |= {"details": "{}", "reason": "{}"}
    assert bytes_of(Log.AUDIT, 1, fields) != bytes_of(Log.READS, 1, fields)


def test_anybody_can_check_a_row_with_these_lines(whole: Home) -> None:
    """The documented form, written out without any code of the record; it never changes."""
    with engine.connect(whole.database) as connection:
        trail = connection.execute("SELECT * FROM audit ORDER BY seq").fetchall()
    connection.close()
    before = bytes(32)
    for row in trail:
        fields = {name: row[name] for name in ("at", "who", "terminal", "os_user", "what", "call_id", "details")}
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256(before + b"\x01" + row["seq"].to_bytes(8, "big") + text.encode()).digest()
        assert row["hash"] == before
    assert len(trail) > 20


def test_what_no_anchor_covers_yet_is_counted(whole: Home, clock: Clock) -> None:
    lines = whole.anchor_file.read_bytes()
    clock.forward(hours=1)
    with Writer.open(whole, clock=clock) as writer:
        Calls(writer).claim("26-0001", "jan")
        read_some(writer, 2)
    whole.anchor_file.write_bytes(lines)
    assert verify(whole).uncovered == {Log.AUDIT: 1, Log.READS: 2}
    assert verify(whole, head_of(whole)).uncovered == {Log.AUDIT: 0, Log.READS: 2}


def test_a_garbled_line_of_the_anchor_file_is_told_and_the_others_count(whole: Home) -> None:
    text = whole.anchor_file.read_text()
    whole.anchor_file.write_text(f"{text[: len(text) // 3]}\n\x00\xff\n{text}", encoding="latin-1")
    verdict = verify(whole)
    assert verdict.whole
    assert verdict.uncovered[Log.AUDIT] == 0
    assert [remark.split(" van ")[0] for remark in verdict.remarks] == ["Regel 1", "Regel 2"]


def test_checking_a_record_that_is_being_written_finds_nothing(whole: Home) -> None:
    program = start(
        """
import sys
from pathlib import Path
from console.record import Calls, Home, Writer
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    calls = Calls(writer)
    claim = calls.claim("26-0001", "jan")
    print("bezig", flush=True)
    for number in range(100_000):
        calls.answer(claim, "gaande", str(number))
        calls.note(claim, str(number))
""",
        whole.path,
    )
    try:
        assert next(lines(program)) == "bezig"
        first = verify(whole).heads[Log.AUDIT].seq
        until = time.monotonic() + 30
        verdict = verify(whole)
        while verdict.heads[Log.AUDIT].seq == first and time.monotonic() < until:
            verdict = verify(whole)
            assert verdict.faults == ()
    finally:
        program.kill()
        program.communicate()
    assert verdict.heads[Log.AUDIT].seq > first, "it wrote meanwhile"


def test_what_cannot_be_checked_is_named(whole: Home, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="weg\\.txt bestaat niet"):
        verify(whole, anchors=tmp_path / "weg.txt")
    with pytest.raises(RecordError, match="staat geen dossier"):
        verify(home_in(tmp_path / "leeg"))
    whole.anchor_file.unlink()
    whole.anchor_file.mkdir()
    with pytest.raises(RecordError, match="niet te lezen"):
        verify(whole)


# The command


def check(home: Home, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(home.path), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return done.returncode, done.stdout, done.stderr


COMMAND = """
import sys
from pathlib import Path
from console import dossier_verify
from console.dutch_arguments import Parser
from console.settings import Settings
parser = Parser(prog="meldkamer dossier verifieer")
dossier_verify.add_arguments(parser)
sys.exit(dossier_verify.run(parser.parse_args(sys.argv[2:]), Settings(home=Path(sys.argv[1]))))
"""


def test_the_command_says_that_all_is_well(whole: Home) -> None:
    printed = head_of(whole).short
    code, out, _ = check(whole, "--kop", printed)
    assert code == 0
    assert f"Het logboek klopt: 25 rijen, kop {printed}." in out
    assert "Het inzagelogboek klopt: 12 rijen" in out
    assert "De opgegeven kop 25 staat in het logboek." in out


def test_the_command_names_the_first_bad_row_and_exits_with_one(whole: Home) -> None:
    commit(whole, tampering.edit, Log.AUDIT, 5)
    code, out, _ = check(whole)
    assert code == 1
    assert "Rij 5 van het logboek is veranderd." in out
    assert "Bewaar het bestand zoals het is" in out


def test_the_command_says_when_it_cannot_check(whole: Home, tmp_path: Path) -> None:
    for wrong in ("12", "12:abc", "x:0123456789abcdef", "12:0123456789abcdeg", "-1:0123456789abcdef"):
        code, _, error = check(whole, f"--kop={wrong}")
        assert (code, "kop" in error) == (2, True)
    code, _, error = check(whole, "--anker", str(tmp_path / "weg.txt"))
    assert (code, "bestaat niet" in error) == (2, True)


def test_a_head_on_paper_finds_what_happened_since_in_the_log_of_reads(whole: Home) -> None:
    printed = head_of(whole, Log.READS).short
    whole.anchor_file.unlink()
    commit(whole, tampering.cut_tail, Log.READS, 3)
    code, out, _ = check(whole, "--kop", printed, "--log", "inzage")
    assert (code, "de opgegeven kop" in out) == (1, True)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_file_is_never_whole_and_never_keeps_the_check_busy(whole: Home, share: float) -> None:
    content = bytearray(whole.database.read_bytes())
    page = int(len(content) * share) // 4096 * 4096
    content[page : page + 4096] = bytes(reversed(content[page : page + 4096]))
    whole.database.write_bytes(content)
    assert "beschadigd" in what_is_said_of(whole)


def what_is_said_of(home: Home) -> str:
    try:
        return " ".join(fault.sentence for fault in verify(home).faults)
    except RecordError as error:
        return str(error)


def test_an_index_that_hides_a_row_is_damage(whole: Home) -> None:
    with tampering.opened(whole) as connection:
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'IS NOT NULL', 'IS NULL') WHERE name = 'audit_of_call'"
        )
    (fault,) = verify(whole).faults
    assert "beschadigd" in fault.sentence
