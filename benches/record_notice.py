"""How soon a screen has what another program recorded: from its commit there to the board here, in two processes.

The other program commits at moments of its own and says when each commit returned, on the one monotonic clock that all
processes of a machine share. This one looks as the console does, every `LOOK_EVERY`, and reads the board when something
changed. What is left until it stands on the screen is drawing, which the screens measure.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from benches.reporting import quantile
from console.record import Home, Reader, Writer
from console.screens.watching import LOOK_EVERY

if TYPE_CHECKING:
    from pathlib import Path

    from benches.reporting import Sheet

CHANGES: Final = 100
GOAL: Final = 0.150

OTHER_PROGRAM: Final = """
import random, sys, time
from pathlib import Path
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
from console.times import now
chance = random.Random(1)
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    calls = Calls(writer)
    for number in range(int(sys.argv[2])):
        time.sleep(chance.uniform(0.1, 0.3))
        calls.ring(IncomingCall(str(number), Channel.SERVICE, "", "", Location(), "", now()))
        print(time.monotonic(), flush=True)
"""


def run(sheet: Sheet, folder: Path) -> None:
    """Measure, and hold the slowest but one in a hundred against the goal."""
    sheet.heading(f"Another program's change on the board ({CHANGES} changes, a look every {LOOK_EVERY * 1e3:.0f} ms)")
    home = Home.prepare(folder / "notice")
    Writer.open(home).close()
    command = [sys.executable, "-c", OTHER_PROGRAM, str(home.path), str(CHANGES)]
    with (
        Reader.open(home) as reader,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
    ):
        seen_at: list[float] = []
        while len(seen_at) < CHANGES:
            time.sleep(LOOK_EVERY)
            if reader.changed():
                new = len(reader.board().rows) - len(seen_at)
                seen_at += [time.monotonic()] * new
        told, _ = other.communicate()
    took = [seen - float(line) for seen, line in zip(seen_at, told.split(), strict=True)]
    slow = quantile(took, 0.99)
    sheet.say("from commit to board, p50", f"{quantile(took, 0.5) * 1e3:.1f} ms")
    sheet.say("from commit to board, p99", f"{slow * 1e3:.1f} ms", f"<= {GOAL * 1e3:.0f} ms", met=slow <= GOAL)
    sheet.say("slowest", f"{max(took) * 1e3:.1f} ms")
