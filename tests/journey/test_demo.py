"""The first command of the README: the whole room comes up, a dispatch is confirmed, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cad.conftest import wait_for


def start_demo(folder: Path) -> pexpect.spawn[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MELDKAMER_")}
    return pexpect.spawn(
        sys.executable,
        ["-m", "console", "demo", "--tempo", "1"],
        env={**kept, "TERM": "xterm-256color", "TMPDIR": str(folder)},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=40,
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


def test_one_command_from_a_ringing_call_to_a_confirmed_dispatch(tmp_path: Path) -> None:
    demo = start_demo(tmp_path)
    demo.expect("OEFENING")
    demo.expect("1 wachtend")
    demo.send("\r")
    demo.expect("In gevaar")
    demo.send("nn1\rjj")
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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_told_to_stop_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    demo = start_demo(tmp_path)
    demo.expect("1 wachtend")
    demo.kill(number)
    demo.expect(pexpect.EOF)
    demo.close()
    assert list(tmp_path.iterdir()) == []
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")


def test_a_killed_demo_takes_its_processes_along(tmp_path: Path) -> None:
    demo = start_demo(tmp_path)
    demo.expect("1 wachtend")
    demo.kill(signal.SIGKILL)
    wait_for(lambda: not processes_that_know(tmp_path), what="every process of the demo to end")
    demo.close()
