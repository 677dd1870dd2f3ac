"""Many programs that take calls from one queue at once: each call has one owner, and everybody gets a fair turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from console.record import Calls, Home, Reader, Writer
from tests.record.support import ROOT, incoming, rows

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [f"telefonist-{number}" for number in range(8)]


@dataclass
class Crowd:
    """What a crowd said of itself."""

    numbers: set[str]
    said: dict[str, dict[str, Any]]

    @property
    def owners(self) -> dict[str, str]:
        return {number: name for name, each in self.said.items() for number in each["won"]}

    @property
    def won(self) -> list[int]:
        return sorted(len(each["won"]) for each in self.said.values())

    def quantile(self, share: float) -> float:
        took = sorted(seconds for each in self.said.values() for seconds in each["took"])
        return float(took[min(int(share * len(took)), len(took) - 1)]) * 1000

    def check(self, home: Home) -> None:
        """One owner for each call, in what was said and in the record, and every refusal named that owner."""
        assert sum(self.won) == len(self.owners) == len(self.numbers)
        assert set(self.owners) == self.numbers
        lost = [tuple(each) for said in self.said.values() for each in said["lost"]]
        assert all(self.owners[number] == owner for number, owner in lost)
        with Reader.open(home) as reader:
            assert {row.call_id: row.owner for row in reader.board().rows} == self.owners
        with Writer.open(home) as writer:
            assert rows(writer, "SELECT max(fence) AS most FROM call") == [{"most": 1}]
            taken = rows(writer, "SELECT call_id, who FROM audit WHERE what = 'aangenomen'")
        assert sorted((row["call_id"], row["who"]) for row in taken) == sorted(self.owners.items())


def gather(folder: Path, names: list[str], calls: int) -> tuple[Home, Crowd]:
    home = Home.prepare(folder / "map")
    with Writer.open(home) as writer:
        numbers = {Calls(writer).ring(incoming(str(number))).call_id for number in range(calls)}
    programs = {name: _start(home, name) for name in names}
    for program in programs.values():
        assert program.stdout is not None
        assert program.stdout.readline() == "klaar\n"
    for program in programs.values():
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    said = {name: json.loads(program.communicate()[0]) for name, program in programs.items()}
    return home, Crowd(numbers, said)


def _start(home: Home, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crash.crowd", str(home.path), name]
    environment = os.environ | {"PYTHONPATH": "."}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )


def test_of_programs_that_claim_one_call_exactly_one_gets_it(tmp_path: Path) -> None:
    home, crowd = gather(tmp_path, NAMES[:4], calls=200)
    crowd.check(home)
    assert any(said["lost"] for said in crowd.said.values()), "nobody was ever in anybody's way"


@pytest.mark.slow
def test_in_a_crowd_of_eight_everybody_gets_a_fair_turn(tmp_path: Path) -> None:
    home, crowd = gather(tmp_path, NAMES, calls=10_000)
    least, most = crowd.won[0], crowd.won[-1]
    print(
        f"claims: 8 programs, 10,000 calls: won {least} to {most} ({most / least:.2f}:1); a claim took p50 "
        f"{crowd.quantile(0.5):.2f}, p99 {crowd.quantile(0.99):.1f}, at most {crowd.quantile(1):.0f} ms"
    )
    crowd.check(home)
    assert most <= 2 * least
    assert crowd.quantile(0.99) <= 50
