"""Programs that are killed in the middle of their work: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Delivery
from console.record import Calls, Home, Reader, Writer
from tests.record.support import ROOT, incoming, rows, run, start

if TYPE_CHECKING:
    from pathlib import Path

Fact = list[Any]
ORDER = [Delivery.READY, Delivery.SENT, Delivery.DELIVERED, Delivery.ACCEPTED]


def crew(home: Home, name: str, seed: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.record.crew", str(home.path), name, seed]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": "."})


def acknowledged_until_killed(program: subprocess.Popen[str], facts: int) -> list[Fact]:
    """Read that many facts, kill the program wherever it is by then, and read what it had said before it died."""
    assert program.stdout is not None
    said = [program.stdout.readline() for _ in range(facts)]
    program.kill()
    said += program.stdout.readlines()
    program.wait()
    program.stdout.close()
    whole = [json.loads(line) for line in said if line.endswith("\n")]
    assert len(whole) >= facts, "the program stopped by itself"
    return whole


@dataclass
class Notes:
    """What a call's note line may be: the last one acknowledged, or one that its program died too early to tell of."""

    told: set[str] = field(default_factory=set)
    newest: tuple[int, int, str] = (0, 0, "")

    def add(self, note: str, fence: int) -> None:
        self.told.add(note)
        self.newest = max(self.newest, (fence, int(note.rsplit(maxsplit=1)[1]), note))

    def allow(self, note: str) -> bool:
        return note == self.newest[2] or note not in self.told


def check(home: Home, facts: list[Fact]) -> None:
    """Everything acknowledged is on disk, and every rule of the record holds for all that is."""
    with Writer.open(home) as writer, Reader.open(home) as reader:
        assert rows(writer, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(writer, "PRAGMA foreign_key_check") == []
        call_of = {row["external_id"]: row["id"] for row in rows(writer, "SELECT id, external_id FROM call")}
        fence_of = {row["id"]: row["fence"] for row in rows(writer, "SELECT id, fence FROM call")}
        answers = {(row["call_id"], row["value"]) for row in rows(writer, "SELECT call_id, value FROM answer")}
        decided = {row["token"]: row for row in rows(writer, "SELECT id, call_id, token, message_id FROM decision")}
        sent = {row["message_id"]: row for row in rows(writer, "SELECT * FROM dispatch")}
        units = {row["message_id"] for row in rows(writer, "SELECT message_id FROM unit")}
        claims = set()
        notes: dict[str, Notes] = {}
        for what, *fact in facts:
            match what, fact:
                case "ring", [external_id, call_id]:
                    assert call_of[external_id] == call_id
                case "claim", [call_id, _, fence]:
                    assert fence_of[call_id] >= fence
                    assert (call_id, fence) not in claims, "two programs hold one call"
                    claims.add((call_id, fence))
                case "answer", [call_id, value]:
                    assert (call_id, value) in answers
                case "note", [call_id, note, fence]:
                    notes.setdefault(call_id, Notes()).add(note, fence)
                case "decide", [call_id, token, number, message_id]:
                    row = decided[token]
                    assert (row["id"], row["call_id"], row["message_id"]) == (number, call_id, message_id)
                case "release", [call_id, fence]:
                    assert fence_of[call_id] >= fence
                case "unit", [message_id]:
                    assert message_id in units
                case ("sending" | "delivered" | "accepted") as step, [message_id]:
                    least = {"sending": 1, "delivered": 2, "accepted": 3}[step]
                    assert ORDER.index(Delivery(sent[message_id]["state"])) >= least
                case _:
                    raise AssertionError(f"unknown fact {what}")
        for call_id, allowed in notes.items():
            assert allowed.allow(reader.file(call_id).note)
        wanted = {row["message_id"]: row["id"] for row in decided.values() if row["message_id"] is not None}
        assert {message_id: row["decision_id"] for message_id, row in sent.items()} == wanted
        trail = rows(writer, "SELECT seq FROM audit ORDER BY seq")
        assert [row["seq"] for row in trail] == list(range(1, len(trail) + 1))
        by_audit = rows(writer, "SELECT count(*) AS n FROM audit WHERE what = 'besloten'")
        assert by_audit == [{"n": len(decided)}]


def kill_often(folder: Path, kills: int, seed: int, programs: int) -> None:
    chance = random.Random(seed)
    home = Home.prepare(folder / "map")
    facts: list[Fact] = []
    for turn in range(kills // programs):
        names = [f"{turn}-{number}" for number in range(programs)]
        crews = [crew(home, name, f"{seed} {name}") for name in names]
        for program in crews:
            facts += acknowledged_until_killed(program, chance.randrange(1, 120))
    print(f"seed {seed}: {kills} kills, {len(facts)} facts acknowledged")
    check(home, facts)


def test_what_was_acknowledged_survives_the_death_of_its_program(tmp_path: Path) -> None:
    kill_often(tmp_path, kills=20, seed=int(os.environ.get("MELDKAMER_TEST_SEED", "411")), programs=2)


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_thousand_deaths(tmp_path: Path) -> None:
    seed = int(os.environ.get("MELDKAMER_TEST_SEED", str(random.SystemRandom().randrange(10**9))))
    print(f"MELDKAMER_TEST_SEED={seed}")
    kill_often(tmp_path, kills=1000, seed=seed, programs=4)


CLAIMING = """
import sys
from pathlib import Path
from console.record import AlreadyClaimed, Calls, Home, Reader, Writer
home = Home.prepare(Path(sys.argv[1]))
with Writer.open(home, deadline=30) as writer, Reader.open(home) as reader:
    calls = Calls(writer)
    numbers = [row.call_id for row in reader.board().rows]
    print("klaar", flush=True)
    sys.stdin.readline()
    for number in numbers:
        try:
            calls.claim(number, sys.argv[2])
        except AlreadyClaimed as refusal:
            print("bezet", number, refusal.owner)
        else:
            print("mijn", number)
"""


def test_of_programs_that_claim_one_call_exactly_one_gets_it(tmp_path: Path) -> None:
    home = Home.prepare(tmp_path / "map")
    with Writer.open(home) as writer:
        numbers = {Calls(writer).ring(incoming(str(number))).call_id for number in range(60)}
    names = ["jan", "piet", "an", "els"]
    programs = {name: start(CLAIMING, home.path, name) for name in names}
    for program in programs.values():
        assert program.stdout is not None
        assert program.stdout.readline() == "klaar\n"
    for program in programs.values():
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    said = {
        name: [line.split() for line in program.communicate()[0].splitlines()] for name, program in programs.items()
    }
    owner = {line[1]: name for name, printed in said.items() for line in printed if line[0] == "mijn"}
    assert set(owner) == numbers
    assert sum(line[0] == "mijn" for printed in said.values() for line in printed) == len(numbers)
    assert all(line[2] == owner[line[1]] for printed in said.values() for line in printed if line[0] == "bezet")
    with Reader.open(home) as reader:
        assert {row.call_id: row.owner for row in reader.board().rows} == owner


def test_a_half_written_migration_is_made_whole_by_the_next_start(tmp_path: Path) -> None:
    home = Home.prepare(tmp_path / "map")
    dying = """
import os, signal, sys
from pathlib import Path
from console.record import Home, Writer, schema
schema._FIRST_TABLES = (*schema._FIRST_TABLES[:8], "SELECT sterf()")
def connect(path, engine=__import__("console.record.engine").record.engine):
    connection = engine.connect(path)
    connection.create_function("sterf", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
    return connection
Writer.open(Home.prepare(Path(sys.argv[1])), connect=connect)
"""
    program = start(dying, home.path)
    program.communicate()
    assert program.returncode == -9
    opening = """
import sys
from pathlib import Path
from console.record import Home, Reader, Writer
home = Home.prepare(Path(sys.argv[1]))
with Writer.open(home), Reader.open(home) as reader:
    print(len(reader.board().rows))
"""
    assert run(opening, home.path) == "0"
