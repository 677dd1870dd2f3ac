"""Whatever comes to the intake is taken whole or refused with a reason: no crash, no 500, nothing half-stored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from console.intake.message import LARGEST_BODY
from tests.crash.seeds import seed_of
from tests.intake import bodies, storm
from tests.intake.rig import Rig

EVERY_DAY = 3_000
SEARCHED = 150
WHOLE = 500_000
WHOLE_SEARCHED = 100_000
MOST_SENTENCES = 70
"""More than the intake has: a sentence that repeats what a caller said would make thousands."""


def test_any_request_by_seed() -> None:
    seed = seed_of(20_261_122)
    with Rig() as rig:
        storm.by_seed(rig, seed, EVERY_DAY)
    assert {"200", "201", "400", "401", "404", "405", "409", "413", "415", "422"} == set(rig.seen)
    assert len(rig.sentences) < MOST_SENTENCES
    assert bodies.LARGEST == LARGEST_BODY


def test_any_request_by_search() -> None:
    with Rig() as rig:
        storm.by_search(rig, seed_of(20_261_122), SEARCHED)
    assert sum(rig.seen.values()) >= SEARCHED


@pytest.mark.slow
def test_six_hundred_thousand_requests() -> None:
    seed, crew = seed_of(None), os.cpu_count() or 1
    share, searched = WHOLE // crew + 1, WHOLE_SEARCHED // crew + 1
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.intake.storm", str(seed + each), str(share), str(searched)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for each in range(crew)
    ]
    ended = [(process, *process.communicate()) for process in running]
    for process, _, errors in ended:
        assert process.returncode == 0, errors[-6_000:]
    reports = [json.loads(said) for _, said, _ in ended]
    seen = sum((Counter(report["seen"]) for report in reports), Counter[str]())
    sentences = {sentence for report in reports for sentence in report["sentences"]}
    seconds = max(report["seconds"] for report in reports)
    print(
        f"\nseeds {seed} to {seed + crew - 1}: {crew * share:,} requests by seed and {crew * searched:,} by search, "
        f"{crew * (share + searched) / seconds:,.0f} a second in {seconds:.0f} s; "
        f"{sum(seen.values()):,} answers with those that were sent again\n  {dict(sorted(seen.items()))}, "
        f"{len(sentences)} sentences"
    )
    assert len(sentences) < MOST_SENTENCES
