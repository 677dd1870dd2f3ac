"""Where all is well the doctor says so and nothing else, within its time, and leaves everything as it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from console.doctor.running import SUBJECTS, WHOLE
from console.record.home import file_system
from console.texts import words
from tests.doctor.conftest import KEY, ROOT, Site, digest, examined, findings, plain_environment


def test_a_site_that_works_is_told_so(site: Site) -> None:
    done = examined(site.environment, "--json")
    found = findings(done)
    trusted = file_system(site.home, Path("/proc/self/mountinfo").read_text()) in {
        "ext4",
        "ext3",
        "xfs",
        "btrfs",
        "zfs",
    }
    not_ok = {name for name, each in found.items() if each["status"] != "ok"} - (
        set() if trusted else {"bestandssysteem"}
    )
    assert not_ok == set(), [found[name] for name in not_ok]
    assert done.returncode == 0
    assert examined(site.environment, "--streng").returncode == (0 if trusted else 1)
    assert KEY not in done.stdout + done.stderr
    assert done.stderr == ""


def test_every_check_has_a_title_and_every_title_a_check(site: Site) -> None:
    told = json.loads(examined(site.environment, "--json").stdout)
    assert [each["naam"] for each in told["bevindingen"]] == list(words.doctor.NAMES)
    assert tuple(words.doctor.SUBJECTS) == SUBJECTS


def test_its_lines_fit_on_a_narrow_terminal(site: Site) -> None:
    done = examined({**site.environment, "COLUMNS": "80"})
    # a path stays whole, so that it can be copied: only a line that is nothing but one may be longer
    assert [line for line in done.stdout.splitlines() if len(line) > 80 and len(line.split()) > 1] == []
    assert done.stdout.splitlines()[-1].endswith("0 fout.")


LEFT_BEHIND = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, datetime
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
writer = Writer.open(Home.prepare(Path(sys.argv[1])))
Calls(writer).ring(IncomingCall(None, Channel.EMERGENCY, "0612345678", "", Location(), "help", datetime.now(UTC)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("left", ["nobody", "killed", "half", "settled"])
def test_it_leaves_the_data_folder_byte_for_byte(home: Path, left: str) -> None:
    if left != "nobody":
        killed = subprocess.run([sys.executable, "-c", LEFT_BEHIND, str(home)], check=False, cwd=ROOT)
        assert killed.returncode == -signal.SIGKILL
        assert (home / "dossier.db-wal").stat().st_size > 0
    if left == "half":
        (home / "dossier.db-shm").unlink()
    if left == "settled":
        (home / "dossier.db-wal").write_bytes(b"")
    before = digest(home)
    done = examined(plain_environment(home), "--json")
    assert digest(home) == before
    assert findings(done)["dossier"]["status"] == "ok", done.stdout


def test_it_makes_no_data_folder(tmp_path: Path) -> None:
    done = examined(plain_environment(tmp_path / "nog-niet"), "--json")
    assert findings(done)["gegevensmap"]["status"] == "let_op"
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert examined(plain_environment(tmp_path / "nog-niet"), "--streng").returncode == 1


def test_all_together_end_in_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    examined(
        plain_environment(
            tmp_path / "data", MELDKAMER_CAD_URL="http://192.0.2.1", MELDKAMER_INTAKE_ADRES="http://192.0.2.1"
        )
    )
    assert time.monotonic() - begun < WHOLE + 10  # not a measurement: that it ends at all while nobody answers
