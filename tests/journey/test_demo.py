"""The first command of the README: the whole room comes up, a dispatch is confirmed, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cad.conftest import wait_for


@pytest.fixture
def real_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of a real room, which a demo must leave alone."""
    folder = tmp_path_factory.mktemp("sleutels")
    for name in ("intake_token", "cad_token"):
        (folder / name).write_text("van-de-echte-meldkamer")
    return folder


def start_demo(folder: Path, real_keys: Path) -> pexpect.spawn[str]:
    """Start it as somebody on whose machine the real room's settings and keys are set too."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "console", "demo", "--tempo", "1"],
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "TMPDIR": str(folder),
            "CREDENTIALS_DIRECTORY": str(real_keys),
            "MELDKAMER_HOME": str(folder / "echt"),
            "MELDKAMER_CAD_URL": "https://gms.example",
        },
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=90,
    )


def processes_that_know(folder: Path) -> list[str]:
    """Command lines of the processes whose environment names this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def test_one_command_from_a_ringing_call_to_a_confirmed_dispatch(tmp_path: Path, real_keys: Path) -> None:
    demo = start_demo(tmp_path, real_keys)
    demo.expect("OEFENING")
    demo.expect("1 wachtend")
    demo.send("\r")
    demo.expect("In gevaar")
    demo.send("no1\rjo")
    demo.expect("Jonger dan 18")
    demo.send("\x1b[15~")  # F5
    demo.expect("BESLUIT")
    demo.send("2\r")
    demo.expect("bevestigd")
    demo.send("\x1b")
    demo.expect("WACHTRIJ")
    demo.send("\x11")  # ctrl+q
    demo.expect(pexpect.EOF)
    demo.close()
    assert demo.exitstatus == 0
    assert list(tmp_path.iterdir()) == []
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")


ENDINGS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@pytest.mark.parametrize("number", ENDINGS)
def test_a_demo_that_is_told_to_stop_leaves_nothing(tmp_path: Path, real_keys: Path, number: signal.Signals) -> None:
    demo = start_demo(tmp_path, real_keys)
    demo.expect("1 wachtend")
    demo.kill(number)
    demo.expect(pexpect.EOF)
    demo.close()
    assert demo.exitstatus == 128 + number
    assert list(tmp_path.iterdir()) == []
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")


def test_ctrl_c_while_it_starts_ends_it_without_a_word(tmp_path: Path, real_keys: Path) -> None:
    demo = start_demo(tmp_path, real_keys)
    demo.expect("De demo start")
    wait_for(lambda: list(tmp_path.glob("*/*.log")), what="the first program to start")
    demo.sendintr()
    demo.sendintr()
    demo.expect(pexpect.EOF)
    demo.close()
    assert "Traceback" not in (demo.before or "")
    assert demo.exitstatus == 128 + signal.SIGINT
    assert list(tmp_path.iterdir()) == []
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")


def test_a_killed_demo_takes_its_processes_and_its_folder_along(tmp_path: Path, real_keys: Path) -> None:
    demo = start_demo(tmp_path, real_keys)
    demo.expect("1 wachtend")
    demo.kill(signal.SIGKILL)
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")
    assert list(tmp_path.iterdir()) == []
    demo.close()
