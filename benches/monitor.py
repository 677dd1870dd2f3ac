"""The shift lead's board while a room works: how current it is, and what it takes of the machine and of the line.

A thousand open calls and fifty operators in five processes, each of whom records an answer once a second.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benches.console import CALLS, fill
from benches.pty_terminal import PtyTerminal
from benches.reporting import Sheet, quantile
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyte

PROCESSES: Final = 5
SAMPLES: Final = 25
SECONDS: Final = 40.0
TIDIED: Final = 65.0
"""Seconds after which the board has collected its garbage once: its memory is looked at after each such time."""

MOST_LATE: Final = 1.0
MOST_BUSY: Final = 0.02
MOST_BYTES: Final = 12_000
MOST_GROWTH: Final = 2.0


def run() -> bool:
    """Print every figure; False when a goal was missed."""
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        home = Path(folder) / "huis"
        fill(home)
        for name in "abcde"[:PROCESSES]:
            command = [sys.executable, "-m", "benches.busy_room", str(home), name]
            process = subprocess.Popen(command, stdout=subprocess.PIPE)
            ending.callback(process.wait)
            ending.callback(process.terminate)
            if process.stdout is not None:
                process.stdout.readline()
        board = PtyTerminal(["-m", "console", "monitor"], {"MELDKAMER_HOME": str(home), "MELDKAMER_OEFENING": "ja"})
        ending.callback(board.close)
        sheet.heading(f"Board of {CALLS} open calls, {10 * PROCESSES} operators who each record once a second")
        sheet.say("from the command to the figures", f"{board.until(_waiting(None)) * 1e3:.0f} ms")
        _currency(sheet, home, board)
        _costs(sheet, board)
    return sheet.met


def _waiting(count: int | None) -> Callable[[pyte.Screen], bool]:
    """True when the screen says that so many wait, or any number."""
    said = re.compile(rf"^ wacht +{count or '[0-9]+'} ")
    return lambda screen: any(said.match(line[:80]) or said.match(line[-61:]) for line in screen.display)


def _currency(sheet: Sheet, home: Path, board: PtyTerminal) -> None:
    """From the commit of a call that rings to the paint that counts it."""
    late = []
    count = CALLS - 10 * PROCESSES
    with Writer.open(Home.prepare(home)) as writer:
        calls = Calls(writer)
        for number in range(SAMPLES):
            board.drain(0.2 + 0.037 * number)
            place = Location("Brink 4, Gieten")
            calls.ring(IncomingCall(None, Channel.SERVICE, f"050-{number:07}", "", place, "er klopt iets niet", now()))
            committed = time.perf_counter()
            late.append(board.until(_waiting(count + number + 1)) + board.begun - committed)
    sheet.say("a call is on the board after: p50", f"{quantile(late, 0.5):.2f} s")
    most = max(late)
    sheet.say(
        f"a call is on the board after: at most of {SAMPLES}", f"{most:.2f} s", f"< {MOST_LATE:.0f} s", most < MOST_LATE
    )


def _costs(sheet: Sheet, board: PtyTerminal) -> None:
    board.drain(3)
    taken, received = board.processor_seconds(), board.received
    board.drain(SECONDS)
    busy = (board.processor_seconds() - taken) / SECONDS
    sent = (board.received - received) / SECONDS
    board.drain(TIDIED - SECONDS)
    memory = board.megabytes()
    board.drain(TIDIED)
    grown = board.megabytes() - memory
    sheet.say("of one processor", f"{busy:.2%}", f"< {MOST_BUSY:.0%}", busy < MOST_BUSY)
    sheet.say("sent to the terminal", f"{sent / 1000:.1f} kB/s", f"< {MOST_BYTES / 1000:.0f} kB/s", sent < MOST_BYTES)
    sheet.say("memory", f"{board.megabytes():.1f} MB")
    sheet.say(f"grown in {TIDIED:.0f} s", f"{grown:.1f} MB", f"< {MOST_GROWTH:.0f} MB", grown < MOST_GROWTH)
