"""`meldkamer monitor --eenmaal`: the program as a script or a screen reader gets it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Choice
from console.record import chain
from console.times import now
from tests.overview.room import Room, program

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, now() - timedelta(minutes=3))
    yield room
    room.close()


def monitor(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return program(home, "monitor", *arguments, **environment)


def test_it_prints_the_board_once(room: Room) -> None:
    room.ring()
    done = monitor(room.settings.home, "--eenmaal", MELDKAMER_OEFENING="ja")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"OEFENING  OVERZICHT  stand van \d\d-\d\d-\d{4} \d\d:\d\d:\d\d", lines[0])
    assert any(re.match(r" wacht +1  112: 1 \(3:\d\d\)", line) for line in lines)
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.stdout


def test_it_gives_json(room: Room) -> None:
    room.take(call_id := room.ring())
    room.decide(call_id, Choice.PRIO1)
    done = monitor(room.settings.home, "--eenmaal", "--json", MELDKAMER_NORM_AANNEMEN="30")
    told = json.loads(done.stdout)
    assert told["onbevestigd"]["inzetten"][0]["melding"] == call_id
    assert told["laatste_uur"]["uitkomsten"] == {"eenheid_prio1": 1}
    assert (told["laatste_uur"]["norm"], told["laatste_uur"]["binnen_norm"]) == (30.0, 1)
    assert [each["soort"] for each in told["seinen"]] == ["bezorging", "bevestiging"]


def test_nothing_of_a_person_is_in_it(room: Room) -> None:
    claim = room.take(room.ring(first_words="ik ben Truus", name="Truus Visser"))
    room.calls.note(claim, "Truus woont alleen")
    room.calls.consult(claim, "bel 0612345678 of truus@example.nl")
    for arguments in ((), ("--json",)):
        printed = monitor(room.settings.home, "--eenmaal", *arguments).stdout.lower()
        assert "26-0001" in printed
        for private in ("truus", "visser", "brink", "12345678", "9461", "alleen", "example"):
            assert private not in printed, private


def test_signals_follow_the_settings_of_the_room(room: Room) -> None:
    room.ring()
    assert "26-0001 wacht te lang" in monitor(room.settings.home, "--eenmaal").stdout
    done = monitor(room.settings.home, "--eenmaal", MELDKAMER_SEINEN="wacht = 3000; overleg = 5")
    assert "wacht te lang" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--json",), "--json werkt alleen samen met --eenmaal."),
        (("--eenmaal", "--breedte", "10"), "--breedte is ten minste 60 kolommen."),
    ],
)
def test_wrong_use_is_said(room: Room, arguments: tuple[str, ...], says: str) -> None:
    done = monitor(room.settings.home, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"meldkamer: {says}\n")


def test_without_a_record_nothing_is_made(tmp_path: Path) -> None:
    home = tmp_path / "leeg"
    done = monitor(home, "--eenmaal")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith("meldkamer: ")
    assert not home.exists()


def test_it_leaves_no_trace_in_the_data_folder(room: Room) -> None:
    """Not a byte, not a file, not a row, not a lock: also with the folder closed to writing for everybody."""
    room.ring()
    home = room.settings.home
    before = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file() and "-shm" not in path.name}
    head = room.overlook._reader.head(chain.Log.AUDIT)
    assert monitor(home, "--eenmaal").returncode == 0
    after = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file() and "-shm" not in path.name}
    assert after == before
    assert room.overlook._reader.head(chain.Log.AUDIT) == head
