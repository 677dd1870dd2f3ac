"""A program that takes one free call after the other from a crowded queue, until none is left.

Run as `python -m tests.crash.crowd FOLDER NAME`. It says `klaar`, waits for a line, and in the end prints as JSON which
calls it won, who had the others, and how long each claim took.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from console.record import AlreadyClaimed, Calls, Home, Writer, engine

IN_SIGHT = 8
"""How many of the oldest free calls a program chooses from, as an operator does from the top of a list."""

_FREE = "SELECT seq, id FROM call WHERE seq >= ? AND owner IS NULL ORDER BY seq LIMIT ?"


def main() -> None:
    """Take part."""
    home, name = Home.prepare(Path(sys.argv[1])), sys.argv[2]
    chance = random.Random(name)
    won: list[str] = []
    lost: list[tuple[str, str]] = []
    took: list[float] = []
    looking = engine.connect(home.database, read_only=True)
    with Writer.open(home, deadline=30) as writer:
        calls = Calls(writer)
        print("klaar", flush=True)
        sys.stdin.readline()
        oldest = 0
        while free := looking.execute(_FREE, (oldest, IN_SIGHT)).fetchall():
            oldest = free[0]["seq"]
            number = chance.choice(free)["id"]
            begun = time.perf_counter()
            try:
                calls.claim(number, name)
            except AlreadyClaimed as refusal:
                lost.append((number, refusal.owner))
            else:
                won.append(number)
            took.append(time.perf_counter() - begun)
    looking.close()
    print(json.dumps({"won": won, "lost": lost, "took": took}))


if __name__ == "__main__":
    main()
