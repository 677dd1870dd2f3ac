"""Programs that are killed in the middle of their work: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Delivery
from console.record import Calls, Home, Reader, Writer
from tests.record.support import ROOT, incoming, rows, run, start

if TYPE_CHECKING:
    from collections.abc import Callable
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


class Found:
    """What stands in the record after the kills, beside what was acknowledged before them."""

    def __init__(self, writer: Writer, facts: list[Fact]) -> None:
        self.calls = {row["id"]: row for row in rows(writer, "SELECT id, external_id, fence, note FROM call")}
        self.answers = {(row["call_id"], row["value"]) for row in rows(writer, "SELECT call_id, value FROM answer")}
        self.decisions = {row["token"]: row for row in rows(writer, "SELECT * FROM decision")}
        self.dispatches = {row["message_id"]: row for row in rows(writer, "SELECT * FROM dispatch")}
        self.units = {row["message_id"] for row in rows(writer, "SELECT message_id FROM unit")}
        self.notes: dict[str, list[tuple[int, int, str]]] = {}
        for _, call_id, note, fence in (fact for fact in facts if fact[0] == "note"):
            self.notes.setdefault(call_id, []).append((fence, int(note.rsplit(maxsplit=1)[1]), note))

    def holds(self, fact: Fact) -> bool:
        checks: dict[str, Callable[..., bool]] = {
            "ring": lambda external_id, call_id: self.calls[call_id]["external_id"] == external_id,
            "claim": lambda call_id, _, fence: self.calls[call_id]["fence"] >= fence,
            "release": lambda call_id, fence: self.calls[call_id]["fence"] >= fence,
            "answer": lambda call_id, value: (call_id, value) in self.answers,
            "note": lambda call_id, _, __: self.note_stands(call_id),
            "decide": self.decided,
            "sending": lambda message_id: self.came_to(message_id, Delivery.SENT),
            "delivered": lambda message_id: self.came_to(message_id, Delivery.DELIVERED),
            "accepted": lambda message_id: self.came_to(message_id, Delivery.ACCEPTED),
            "unit": lambda message_id: message_id in self.units,
        }
        return bool(checks[fact[0]](*fact[1:]))

    def decided(self, call_id: str, token: str, number: int, message_id: str | None) -> bool:
        row = self.decisions[token]
        return (row["id"], row["call_id"], row["message_id"]) == (number, call_id, message_id)

    def came_to(self, message_id: str, least: Delivery) -> bool:
        return ORDER.index(Delivery(self.dispatches[message_id]["state"])) >= ORDER.index(least)

    def note_stands(self, call_id: str) -> bool:
        """The last one acknowledged, or one whose program died too early to tell of it."""
        told = self.notes[call_id]
        note = self.calls[call_id]["note"]
        return bool(note == max(told)[2] or note not in {each for *_, each in told})


def check(home: Home, facts: list[Fact]) -> None:
    """Everything acknowledged is on disk, and every rule of the record holds for all that is."""
    with Writer.open(home) as writer:
        assert rows(writer, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(writer, "PRAGMA foreign_key_check") == []
        found = Found(writer, facts)
        assert [fact for fact in facts if not found.holds(fact)] == []
        claims = [(fact[1], fact[3]) for fact in facts if fact[0] == "claim"]
        assert len(claims) == len(set(claims)), "two programs hold one call"
        wanted = {row["message_id"]: row["id"] for row in found.decisions.values() if row["message_id"] is not None}
        assert {message_id: row["decision_id"] for message_id, row in found.dispatches.items()} == wanted
        trail = rows(writer, "SELECT seq, what FROM audit ORDER BY seq")
    assert [row["seq"] for row in trail] == list(range(1, len(trail) + 1))
    assert sum(row["what"] == "besloten" for row in trail) == len(found.decisions)


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
