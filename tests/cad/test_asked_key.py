"""A delivery that a person starts in a terminal asks for a key that is nowhere, before it begins."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from console.exit_codes import ENDED
from console.model import Delivery
from tests.cad.conftest import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cad.conftest import Programs, Room, Simulator

KEY = "geheim-123"


@pytest.fixture
def cad(programs: Programs, tmp_path: Path) -> Simulator:
    keys = tmp_path / "sleutels"
    keys.mkdir(mode=0o700)
    (keys / "cad_token").write_text(KEY)
    return programs.simulator("--sleutel", environment={"CREDENTIALS_DIRECTORY": str(keys)})


@pytest.fixture
def terminal(room: Room, cad: Simulator) -> Iterator[pexpect.spawn[str]]:
    """The delivery in a terminal of its own, with nothing that could hold a key."""
    kept = {name: text for name, text in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    started = pexpect.spawn(
        sys.executable,
        ["-m", "console", "deliver"],
        env={**kept, "MELDKAMER_HOME": str(room.home.path), "MELDKAMER_CAD_URL": cad.url},
        encoding="utf-8",
        timeout=30,
    )
    yield started
    started.close(force=True)


def test_the_key_that_is_typed_is_used_and_shown_nowhere(room: Room, terminal: pexpect.spawn[str]) -> None:
    made = room.decide()
    terminal.expect("cad_token staat nergens klaar")
    terminal.waitnoecho(30)
    terminal.sendline(KEY)
    wait_for(lambda: room.state(made).state is Delivery.ACCEPTED, what="the dispatch to be confirmed")
    terminal.kill(15)
    terminal.expect(pexpect.EOF)
    assert KEY not in str(terminal.before)
    said = [path for path in room.home.path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert said == []


def test_who_breaks_off_the_question_gets_no_pile_of_english(terminal: pexpect.spawn[str]) -> None:
    terminal.expect("cad_token staat nergens klaar")
    terminal.waitnoecho(30)
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    assert "Traceback" not in str(terminal.before)
    terminal.close()
    assert terminal.exitstatus == ENDED
