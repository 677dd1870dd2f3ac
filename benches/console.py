"""The operator's console through a terminal, against a bare Textual app in the same run, taking turns.

The real program on a real record with a thousand calls that wait, their times ticking. What is measured is what the
operator feels: from the key to the last byte of the paint that shows it.
"""

from __future__ import annotations

import statistics
import tempfile
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benches import bare_app
from benches.pty_terminal import PtyTerminal
from benches.reporting import Sheet, quantile
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyte

CALLS: Final = 1_000
KEYS: Final = 400
TURN: Final = 40
STARTS: Final = 7
IDLE_SECONDS: Final = 30.0
HOUR: Final = 3_600

MOST_P50: Final = 1.5
MOST_P99: Final = 2.0
MOST_READY: Final = 2.0
MOST_IDLE: Final = 0.02
MOST_BYTES: Final = 12_000
MOST_MEMORY: Final = 80.0
MOST_GROWTH: Final = 2.0

UP, DOWN, F4 = "\x1b[A", "\x1b[B", "\x1bOS"


def run(*only: str) -> bool:
    """Print every figure, or those of the parts that were named; False when a goal was missed."""
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "huis"
        fill(home)
        for name, part in PARTS.items():
            if not only or name in only:
                part(sheet, home)
    return sheet.met


def fill(home: Path) -> None:
    """Record a thousand calls that wait, each with its own number."""
    moment = now()
    with Writer.open(Home.prepare(home)) as writer:
        calls = Calls(writer)
        for number in range(CALLS):
            place = Location(f"Brink {number}, Gieten")
            since = moment - timedelta(seconds=3 * (CALLS - number))
            calls.ring(
                IncomingCall(
                    None, Channel.SERVICE, f"06-{10_000_000 + number}", "mw. Jansen", place, "er klopt iets niet", since
                )
            )


def _console(home: Path) -> PtyTerminal:
    return PtyTerminal(["-m", "console", "console"], {"MELDKAMER_HOME": str(home), "MELDKAMER_OEFENING": "ja"})


def _bare() -> PtyTerminal:
    return PtyTerminal(["-m", "benches.bare_app"])


def _shows(words: str) -> Callable[[pyte.Screen], bool]:
    return lambda screen: any(words in line for line in screen.display)


QUEUE_READY: Final = _shows("wachtend, langste")
BARE_READY: Final = _shows(bare_app.READY)


def _starting(sheet: Sheet, home: Path) -> None:
    """From the command to a screen that can be worked on."""
    sheet.heading(f"Start (middle one of {STARTS}, by turns)")
    ready: dict[str, list[float]] = {"console": [], "bare": []}
    for _ in range(STARTS):
        for name, start, seen in (("bare", _bare, BARE_READY), ("console", lambda: _console(home), QUEUE_READY)):
            terminal = start()
            ready[name].append(terminal.until(seen))
            terminal.close()
    console, bare = (statistics.median(ready[name]) for name in ("console", "bare"))
    sheet.say("bare app", f"{bare * 1e3:.0f} ms")
    sheet.say(f"console with {CALLS} calls", f"{console * 1e3:.0f} ms")
    _ratio(sheet, "ready, as a multiple", console / bare, MOST_READY)


def _keys(sheet: Sheet, home: Path) -> None:
    """Every kind of key that an operator presses often, against the same number of keys in the bare app."""
    console, bare = _console(home), _bare()
    console.until(QUEUE_READY)
    bare.until(BARE_READY)
    against = _Turns(sheet, console, bare)
    against.measure("up and down in the queue, in page", [DOWN] * 20 + [UP] * 20, _marked)
    for _ in range(30):
        console.press(DOWN, _marked)
    against.measure("down in the queue, every key scrolls", [DOWN], _marked)
    console.press("\r", _shows("Urgentiecheck"))
    against.measure("an answer in the checklist, and back up", ["n", UP, "o", UP], _checklist)
    console.press("n", _checklist)
    console.press("o", _checklist)
    against.measure("letters in the form picker", ["b", "a", "\x7f", "\x7f"], _checklist)
    console.press(F4, _pointer)
    against.measure("typing in the note", list("dochterbelt"), _note)
    console.close()
    bare.close()


class _Turns:
    """Measures keys in the console and in the bare app by turns, so that whatever else runs slows both."""

    def __init__(self, sheet: Sheet, console: PtyTerminal, bare: PtyTerminal) -> None:
        self._sheet, self._console, self._bare = sheet, console, bare

    def measure(self, what: str, keys: Sequence[str], probe: Callable[[pyte.Screen], object]) -> None:
        """Press these keys over and over, and hold the ratios against their goals."""
        ours: list[float] = []
        floor: list[float] = []
        pressed: Iterator[str] = cycle(keys)
        while len(ours) < KEYS:
            ours += [self._console.press(key, probe) for key in islice(pressed, TURN)]
            floor += [self._bare.press("x", _whole) for _ in range(TURN)]
        self._sheet.heading(f"Key to paint: {what} ({len(ours)} keys)")
        for name, took in (("bare app", floor), ("console", ours)):
            self._sheet.say(f"{name}: p50, p99", f"{_ms(took, 0.5):.2f}, {_ms(took, 0.99):.2f} ms")
        _ratio(self._sheet, "p50, as a multiple", _ms(ours, 0.5) / _ms(floor, 0.5), MOST_P50)
        _ratio(self._sheet, "p99, as a multiple", _ms(ours, 0.99) / _ms(floor, 0.99), MOST_P99)


def _idle(sheet: Sheet, home: Path) -> None:
    """What the queue costs while nobody touches it and a screenful of waiting times ticks."""
    sheet.heading(f"Idle for {IDLE_SECONDS:.0f} s, {CALLS} calls ticking")
    console = _console(home)
    console.until(QUEUE_READY)
    console.drain(2)
    taken, received = console.processor_seconds(), console.received
    console.drain(IDLE_SECONDS)
    busy = (console.processor_seconds() - taken) / IDLE_SECONDS
    bytes_per_second = (console.received - received) / IDLE_SECONDS
    sheet.say("of one processor", f"{busy:.2%}", f"< {MOST_IDLE:.0%}", met=busy < MOST_IDLE)
    most = f"< {MOST_BYTES / 1000:.0f} kB/s"
    sheet.say("sent to the terminal", f"{bytes_per_second / 1000:.1f} kB/s", most, met=bytes_per_second < MOST_BYTES)
    memory = console.megabytes()
    sheet.say("memory", f"{memory:.1f} MB", f"< {MOST_MEMORY:.0f} MB", met=memory < MOST_MEMORY)
    console.close()


def _an_hour(sheet: Sheet, home: Path) -> None:
    """An hour of ticks, each of which lets a second pass and draws it, one after another as fast as they are drawn."""
    sheet.heading(f"An hour: {HOUR} ticks, hurried")
    console = PtyTerminal(["-m", "benches.hurried_console", str(home), str(HOUR)])
    memory: list[float] = []
    for share in range(10, 101, 10):
        console.until(_shows(f"tik {HOUR * share // 100:05}"), patience=120)
        memory.append(console.megabytes())
    grown = memory[-1] - memory[0]
    sheet.say("memory after 10 % and after all", f"{memory[0]:.1f}, {memory[-1]:.1f} MB")
    sheet.say("grown", f"{grown:.1f} MB", f"< {MOST_GROWTH:.0f} MB", met=grown < MOST_GROWTH)
    console.close()


PARTS: Final = {"ready": _starting, "keys": _keys, "idle": _idle, "hour": _an_hour}


def _ratio(sheet: Sheet, name: str, ratio: float, most: float) -> None:
    sheet.say(name, f"{ratio:.2f} x", f"<= {most:.1f} x", met=ratio <= most)


def _ms(took: Sequence[float], share: float) -> float:
    return quantile(took, share) * 1e3


def _whole(screen: pyte.Screen) -> list[str]:
    return list(screen.display)


def _marked(screen: pyte.Screen) -> tuple[int, str] | None:
    """Where the cursor of the queue is and on which call, without its waiting time."""
    marked = ((row, line[10:]) for row, line in enumerate(screen.display) if line.startswith(">"))
    return next(marked, None)


def _checklist(screen: pyte.Screen) -> list[str]:
    """The left half between the facts and the note, in which nothing ticks."""
    return [line[:60] for line in screen.display[3:-4]]


def _note(screen: pyte.Screen) -> str:
    return next(line for line in screen.display if line[1:].startswith("Notitie:"))


def _pointer(screen: pyte.Screen) -> tuple[int, int]:
    return screen.cursor.y, screen.cursor.x
