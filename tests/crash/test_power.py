"""Power that fails at any moment: what was acknowledged is on the platter, and the file is whole."""

from __future__ import annotations

import random
import tempfile
from bisect import bisect_right
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.record import Home, Reader, Writer
from tests.crash.crew import Crew
from tests.crash.disk import Disk, Platters
from tests.crash.facts import faults
from tests.crash.over_apsw import connect
from tests.crash.seeds import seed_of
from tests.record.support import Clock

if TYPE_CHECKING:
    from tests.crash.disk import Harm, Platter
    from tests.crash.facts import Fact

FULL, NORMAL, OFF = "synchronous = 2", "synchronous = 1", "synchronous = 0"
SESSIONS = 2
STEPS = 30
CUTS = 25
"""Of each life; each life begins where a cut of the one before left the record, and after some on an empty one."""
LIVES = 4


@dataclass
class Tally:
    """What a number of trials found."""

    trials: int = 0
    losing: int = 0
    worst: int = 0
    broken: int = 0
    commits: int = 0
    syncs: int = 0
    first: str = "nothing"

    def add(self, found: list[str], where: str) -> None:
        lost = sum(fault.startswith("lost") for fault in found)
        self.trials += 1
        self.losing += bool(lost)
        self.worst = max(self.worst, lost)
        self.broken += len(found) > lost
        if found and self.first == "nothing":
            self.first = f"{where}: {found[0]}"

    def __str__(self) -> str:
        return (
            f"{self.trials} cuts, {self.losing} lost something acknowledged (at most {self.worst} facts), "
            f"{self.broken} broke the record; {self.syncs / self.commits:.2f} syncs per commit"
        )


def new_record(folder: Path) -> Platter:
    """An empty record, made by the record's own engine and closed again before another library touches it."""
    home = Home.prepare(folder / "leeg")
    Writer.open(home).close()
    return {"dossier.db": home.database.read_bytes()}


def put_down(folder: Path, platter: Platter) -> Home:
    home = Home.prepare(folder)
    for name, content in platter.items():
        (home.path / name).write_bytes(content)
        (home.path / name).chmod(home.file_mode)
    return home


def live(home: Home, life: str, synchronous: str) -> Disk:
    """Let two programs take turns at the record, twice, on a disk that writes down its history."""
    disk = Disk(f"schijf {life}", home.path)
    chance = random.Random(f"beurten {life}")
    small_log = f"wal_autocheckpoint = {chance.choice([8, 40, 1000])}"
    for session in range(SESSIONS):
        with ExitStack() as programs:
            crews = []
            for number in range(2):
                opener = partial(connect, disk=disk, more=(synchronous, small_log))
                writer = programs.enter_context(Writer.open(home, clock=Clock(), connect=opener))
                reader = programs.enter_context(Reader(opener(home.database, read_only=True), Clock()))
                name = f"telefonist-{number}"
                crews.append(Crew(writer, reader, name, f"{life}-{session}-{number}", disk.hear))
            for _ in range(STEPS):
                chance.choice(crews).step()
    disk.unregister()
    return disk


def cut_often(folder: Path, seed: int, trials: int, synchronous: str, harms: tuple[Harm, ...]) -> Tally:
    chance = random.Random(seed)
    tally = Tally()
    empty = new_record(folder)
    begin: tuple[Platter, list[Fact]] = (empty, [])
    life = 0
    while tally.trials < trials:
        life += 1
        if life % LIVES == 1:
            begin = (empty, [])
        with tempfile.TemporaryDirectory(dir=folder) as place:
            platter, before = begin
            disk = live(put_down(Path(place) / "leven", platter), f"{seed}-{life}", synchronous)
            tally.commits += disk.commits
            tally.syncs += disk.syncs
            platters = Platters(disk)
            heard = [moment for moment, _ in disk.acknowledged]
            moments = sorted(chance.randint(0, len(disk.history)) for _ in range(CUTS))
            for number, moment in enumerate(moments):
                left = platters.after_cut(moment, chance.choice(harms), chance)
                facts = before + [fact for _, fact in disk.acknowledged[: bisect_right(heard, moment)]]
                found = faults(put_down(Path(place) / f"snede-{number}", left), facts)
                tally.add(found, f"MELDKAMER_TEST_SEED={seed}, life {life}, event {moment} of {len(disk.history)}")
                if not found and chance.random() < 0.3:
                    begin = (left, facts)
    return tally


BOTH: tuple[Harm, ...] = ("drop", "tear")


def test_what_was_acknowledged_survives_a_cut_of_the_power(memory: Path) -> None:
    tally = cut_often(memory, seed_of(11), 50, FULL, BOTH)
    assert (tally.losing, tally.broken) == (0, 0), tally.first
    assert tally.syncs >= tally.commits


def test_a_record_that_syncs_less_loses(memory: Path) -> None:
    """The same trials can fail: without a sync for each commit, what was acknowledged is gone."""
    tally = cut_often(memory, seed_of(12), 25, NORMAL, ("drop",))
    assert tally.losing > 0


def test_a_record_that_never_syncs_breaks(memory: Path) -> None:
    """And the sectors that come through apart from each other do damage, once nothing orders them."""
    tally = cut_often(memory, seed_of(13), 25, OFF, ("tear",))
    assert tally.broken > 0


@pytest.mark.slow
def test_ten_thousand_cuts_of_the_power_lose_nothing(memory: Path) -> None:
    seed = seed_of(None)
    tally = cut_often(memory, seed, 10_000, FULL, BOTH)
    print(f"power, synchronous FULL, seed {seed}: {tally}")
    assert (tally.losing, tally.broken) == (0, 0), tally.first
    less = cut_often(memory, seed, 1000, NORMAL, BOTH)
    print(f"power, synchronous NORMAL, seed {seed}: {less}")
    assert less.losing > 0
