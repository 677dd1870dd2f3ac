"""Programs that are killed in the middle of their work: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from console.record import Home
from tests.crash.facts import Fact, faults
from tests.crash.seeds import seed_of
from tests.record.support import ROOT, run, start

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_LIFE = 0.4
"""Seconds after its first acknowledged fact within which a program is killed."""


class Doomed:
    """A crew in a program of its own, which dies at a moment that chance chose."""

    def __init__(self, home: Home, name: str, life: str, seconds: float) -> None:
        command = [sys.executable, "-m", "tests.crash.crew", str(home.path), name, life]
        environment = os.environ | {"PYTHONPATH": "."}
        self._program = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment)
        self._seconds = seconds
        self._said = b""
        self._thread = threading.Thread(target=self._let_live, daemon=True)
        self._thread.start()

    def _let_live(self) -> None:
        assert self._program.stdout is not None
        first = self._program.stdout.readline()
        timer = threading.Timer(self._seconds, self._program.kill)
        timer.start()
        self._said = first + self._program.stdout.read()
        self._program.stdout.close()
        timer.cancel()

    def facts(self) -> list[Fact]:
        """Everything that it had said when it died; a line that it was still saying does not count."""
        self._thread.join()
        assert self._program.wait() == -9, "the program stopped by itself"
        return [json.loads(line) for line in self._said.splitlines(keepends=True) if line.endswith(b"\n")]


def kill_often(folder: Path, kills: int, seed: int, programs: int, look_every: int = 50) -> None:
    chance = random.Random(seed)
    home = Home.prepare(folder / "map")
    facts: list[Fact] = []
    for turn in range(kills // programs):
        crews = [
            Doomed(home, f"telefonist-{number}", f"{seed}-{turn}-{number}", chance.uniform(0, LONGEST_LIFE))
            for number in range(programs)
        ]
        for crew in crews:
            facts += crew.facts()
        if turn % look_every == look_every - 1:
            assert faults(home, facts) == [], f"MELDKAMER_TEST_SEED={seed}, turn {turn}"
    assert faults(home, facts) == [], f"MELDKAMER_TEST_SEED={seed}"
    decided = sum(fact[0] == "decide" for fact in facts)
    print(
        f"kill -9: {turn * programs + programs} kills, seed {seed}: {len(facts)} facts acknowledged, {decided} of them "
        "decisions; 0 lost, 0 double"
    )


def test_what_was_acknowledged_survives_the_death_of_its_program(tmp_path: Path) -> None:
    kill_often(tmp_path, kills=30, seed=seed_of(411), programs=3)


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_thousand_deaths(tmp_path: Path) -> None:
    kill_often(tmp_path, kills=1000, seed=seed_of(None), programs=4)


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
