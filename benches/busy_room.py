"""Ten operators at work in a process of their own: each takes a call and answers a question once a second.

python -m benches.busy_room HOME NAME
"""

from __future__ import annotations

import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Final

import triage_rules
from console.record import AlreadyClaimed, Calls, Home, Policies, Reader, Writer

OPERATORS: Final = 10
ANSWERS: Final = ("nee", "onbekend", "ja")


def work(home: Home, name: str) -> None:
    """Go on until somebody ends it."""
    policy = triage_rules.load()
    with Writer.open(home) as writer, Reader.open(home) as reader:
        calls, policies = Calls(writer), Policies(writer)
        free = iter(row.call_id for row in reader.board().rows if row.owner is None)
        claims = []
        for number in range(OPERATORS):
            while len(claims) <= number:
                try:
                    claims.append(calls.claim(next(free), f"{name}{number}"))
                except AlreadyClaimed:
                    continue
            policies.begin(claims[-1], policy.text_hash)
        print("ready", flush=True)
        due = time.monotonic()
        for turn, claim in enumerate(cycle(claims)):
            calls.answer(claim, "gaande", ANSWERS[turn // OPERATORS % len(ANSWERS)])
            due += 1 / OPERATORS
            time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    work(Home.prepare(Path(sys.argv[1])), sys.argv[2])
