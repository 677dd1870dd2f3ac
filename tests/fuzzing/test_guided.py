"""The coverage-guided search of each reader: `make torture` installs what it needs (requirements/torture.txt)."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import pytest

from tests.crash.seeds import seed_of
from tests.fuzzing.targets import INTAKE, TARGETS
from tests.intake.rig import smallest

if TYPE_CHECKING:
    from pathlib import Path

CREW: Final = os.cpu_count() or 1
SECONDS: Final = 120
"""For each of these searches, so that a slow machine ends too; the bodies of the intake have no such end."""
RUNS: Final = {"message": 1_000_000, "ago": 500_000, "credentials": 500_000}
OTHERS: Final = 100_000
BODIES: Final = 400_000
UNENDED: Final = 3_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("atheris") is None,
        reason="NOT RUN: atheris is not installed (make torture does that, for Python 3.11 to 3.13 on Linux x86-64), "
        "so that nothing searched for bytes that reach new code",
    ),
]


def test_four_hundred_thousand_bodies_for_the_whole_intake(tmp_path: Path) -> None:
    seed = seed_of(None)
    with ThreadPoolExecutor(CREW) as crew:
        each = [(tmp_path / f"{number}", seed + number, BODIES // CREW + 1) for number in range(CREW)]
        found = list(crew.map(lambda one: search("ring", one[2], UNENDED, one[1], one[0]), each))
    runs, edges = sum(runs for runs, _ in found), max(edges for _, edges in found)
    print(f"\nring: seeds {seed} to {seed + CREW - 1}, {runs:,} bodies through the whole intake, {edges} edges")
    assert runs >= BODIES


def test_each_reader(tmp_path: Path) -> None:
    seed, names = seed_of(None), [name for name in TARGETS if name != "ring"]
    with ThreadPoolExecutor(CREW) as crew:
        found = crew.map(lambda name: search(name, RUNS.get(name, OTHERS), SECONDS, seed, tmp_path / name), names)
        for name, (runs, edges) in zip(names, found, strict=True):
            print(f"\n{name}: seed {seed}, {runs:,} texts, {edges} edges", end="")
            assert runs > 1_000
    print()


def search(name: str, runs: int, seconds: int, seed: int, folder: Path) -> tuple[int, int]:
    """Run one search; gives how many it tried and how many branches they reached."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.guided", *map(str, (name, runs, seconds, seed, folder / "found"))],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise AssertionError(
            f"{name}, seed {seed}:\n{done.stdout[-2_000:]}\n{done.stderr[-3_000:]}\n{_shrunk(name, folder)}"
        )
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    edges = re.findall(r" cov: (\d+) ", done.stderr)
    assert tried is not None, done.stderr[-2_000:]
    return int(tried[1]), int(edges[-1])


def _shrunk(name: str, folder: Path) -> str:
    """Show the bytes that failed, as few as still fail."""
    for found in (folder / "found").glob("crash-*"):
        return f"smallest: {smallest(found.read_bytes(), lambda data: _fails(name, data))!r}"
    return ""


def _fails(name: str, data: bytes) -> bool:
    try:
        TARGETS[name].hold(data)
    except Exception:  # noqa: BLE001 - whatever it was, it is still there
        return True
    finally:
        INTAKE.close()
    return False
