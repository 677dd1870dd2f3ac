"""A crash of any program, in any way: one Dutch line, a number, exit code 70, a report for few, and no caller."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from console import crash
from console.cli import PROGRAMS, READING
from console.crash import KEPT, CrashReporter, describe

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"(.+) (is gestopt door|had) een fout.* \(storing (\d{8}-\d{6}-[0-9a-f]{4})\)\. .+")
CALLER = re.compile(r"Truus|Plantsoen|00001234")
ARGUMENTS = {
    "dossier": ["verifieer"],
    "triage": ["--lijn"],
    "beleid": ["toon"],
    "rapport": ["dienst"],
    "geheim": ["test", "cad_token"],
}


def fall(way: str, tmp_path: Path, program: str = "deliver", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that falls over this way, with every bit of its umask open."""
    (tmp_path / "data").mkdir(mode=0o700, exist_ok=True)
    (tmp_path / "eigen").mkdir(exist_ok=True)
    names = {name: value for name, value in os.environ.items() if not name.startswith(("MELDKAMER_", "CRED"))}
    return subprocess.run(
        [sys.executable, "-m", "tests.falling", way, str(tmp_path / "eigen"), program, *ARGUMENTS.get(program, [])],
        env={**names, "MELDKAMER_HOME": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        umask=0,
    )


def report_of(run: subprocess.CompletedProcess[str], folder: Path) -> str:
    """The one report in a folder, which the one line names; only its account reads it."""
    (report,) = folder.glob("storingen/*")
    assert str(report) in run.stderr
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text("utf-8")
    assert not CALLER.search(text)
    return text


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_tells_a_crash_in_one_line(program: str, tmp_path: Path) -> None:
    run = fall("raised", tmp_path, program)
    assert run.returncode == 70
    assert not CALLER.search(run.stdout + run.stderr)
    (line,) = run.stderr.splitlines()
    found = LINE.fullmatch(line)
    assert found, line
    assert found[1] == ("De console" if program == "console" else f"meldkamer {program}")
    text = report_of(run, tmp_path / ("eigen" if program in READING else "data"))
    assert f"{program} proces" in text
    assert "builtins.ValueError" in text
    assert "raised" in text
    assert "Python 3" in text


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("raised", "builtins.ValueError"),
        ("chained", "builtins.KeyError"),
        ("grouped", "builtins.OSError errno 28"),
        ("deep", "builtins.RecursionError"),
        ("in_sql", "sqlite3.OperationalError SQLITE_ERROR"),
        ("of_no_ordinary_kind", "asyncio.exceptions.CancelledError"),
        ("in_a_thread", "builtins.ValueError"),
        ("in_a_task", "builtins.ValueError"),
        ("while_it_ends", "builtins.ValueError"),
        ("while_it_is_removed", "builtins.ValueError"),
        ("logged", "builtins.ValueError"),
    ],
)
def test_in_whatever_way_it_falls(way: str, told: str, tmp_path: Path) -> None:
    run = fall(way, tmp_path)
    assert run.returncode == 70, run.stderr
    assert not CALLER.search(run.stdout + run.stderr)
    assert len(run.stderr.splitlines()) == 1
    assert LINE.fullmatch(run.stderr.strip()), run.stderr
    text = report_of(run, tmp_path / "data")
    assert told in text
    assert len(text.splitlines()) < 100


def test_what_python_says_at_its_very_end_is_not_said(tmp_path: Path) -> None:
    run = fall("at_the_very_end", tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_ctrl_c_is_no_crash(tmp_path: Path) -> None:
    run = fall("interrupted", tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")


def test_a_hard_fault_tells_places_only_and_dumps_no_core(tmp_path: Path) -> None:
    run = fall("hard", tmp_path)
    assert run.returncode == -signal.SIGSEGV
    assert "Fatal Python error" in run.stderr
    assert "in hard" in run.stderr
    assert not CALLER.search(run.stderr)
    assert not list(tmp_path.glob("**/core*"))


def test_a_report_that_the_data_folder_does_not_take_is_kept_by_the_account(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "storingen").symlink_to(tmp_path)
    report_of(fall("raised", tmp_path), tmp_path / "eigen")


def test_a_crash_before_the_settings_are_known_is_kept_by_the_account(tmp_path: Path) -> None:
    assert fall("raised", tmp_path, MELDKAMER_HOME=str(tmp_path / "nergens")).returncode == 70
    assert list((tmp_path / "eigen").glob("storingen/*"))


def test_a_report_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    for folder in ("data", "eigen"):
        (tmp_path / folder).mkdir(mode=0o700)
        (tmp_path / folder / "storingen").write_text("in de weg")
    run = fall("raised", tmp_path)
    assert run.returncode == 70
    assert run.stderr.endswith("Het verslag kon niet worden opgeslagen.\n")
    assert len(run.stderr.splitlines()) == 1


def test_a_standard_error_that_is_closed_changes_nothing_of_the_rest(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    command = f'exec "{sys.executable}" -m tests.falling raised "{tmp_path}" deliver 2>&-'
    run = subprocess.run(
        ["/bin/sh", "-c", command],
        env={**os.environ, "MELDKAMER_HOME": str(tmp_path / "data")},
        timeout=60,
        check=False,
    )
    assert run.returncode == 70
    assert len(list((tmp_path / "data").glob("storingen/*"))) == 1


def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m console dossier --help; "{sys.executable}" -m console intake --help | true'
    run = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path
    )
    assert run.stderr == ""


def test_a_program_without_a_screen_reports_without_the_screen_library() -> None:
    code = "import sys, console.cli, console.crash, console.logbook; print({'textual', 'rich'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_all_that_goes_wrong_in_one_program_is_one_incident(tmp_path: Path) -> None:
    reporter = CrashReporter([tmp_path], "intake")
    lines = {reporter.report(ValueError(str(number))) for number in range(1000)}
    assert len(lines) == 1
    (report,) = tmp_path.glob("storingen/*")
    assert report.read_text().count("builtins.ValueError") == crash._MOST_ERRORS


def test_the_newest_reports_of_a_program_stay(tmp_path: Path) -> None:
    (tmp_path / "storingen").mkdir()
    other = tmp_path / "storingen" / "console-20250101-000000-aaaa.txt"
    other.touch()
    names = []
    for number in range(KEPT + 5):
        reporter = CrashReporter([tmp_path], "deliver")
        reporter.incident = f"20260101-0000{number:02d}-abcd"
        reporter.report(ValueError())
        names.append(f"deliver-{reporter.incident}.txt")
    found = {each.name for each in tmp_path.glob("storingen/*")}
    assert found == {*names[-KEPT:], other.name}


def test_in_a_shared_folder_everybody_keeps_reports_that_only_they_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    CrashReporter([tmp_path], "console").report(ValueError())
    (report,) = tmp_path.glob("storingen/*")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o2770


def test_a_link_that_is_put_in_place_of_the_folder_takes_nothing_away_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = tmp_path / "reservekopie"
    backups.mkdir()
    for number in range(KEPT + 5):
        (backups / f"dossier-2026110{number % 10}-0000{number:02d}.db").touch()
        (backups / f"dossier-2026110{number % 10}-0000{number:02d}.txt").touch()
    there = set(backups.iterdir())
    write = os.write

    def swap(descriptor: int, data: bytes) -> int:
        (tmp_path / "storingen").rename(tmp_path / "opzij")
        (tmp_path / "storingen").symlink_to(backups)
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", swap)
    CrashReporter([tmp_path], "dossier").report(ValueError())
    assert set(backups.iterdir()) == there
    assert (tmp_path / "opzij").is_dir()


def test_a_path_with_anything_in_it_stays_one_line(tmp_path: Path) -> None:
    home = tmp_path / "map\nmet \x1b]0;regel"
    home.mkdir()
    line = CrashReporter([home], "deliver").report(ValueError())
    assert line.isprintable()


def test_a_report_tells_what_the_system_called_it() -> None:
    error = PermissionError(13, "Truus", "/srv/Truus")
    error.__cause__ = UnicodeDecodeError("utf-8", b"Truus", 0, 1, "Plantsoen")
    assert describe(error) == ["builtins.PermissionError errno 13", "builtins.UnicodeDecodeError"]
