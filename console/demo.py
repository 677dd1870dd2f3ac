"""The whole control room on one machine: simulator, intake, delivery, a feed of calls and the console, all OEFENING.

Everything lives in a throw-away folder. When the console ends, or this program is told to, every process it started
ends too and the folder goes.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import settings as settings_of
from console.intake.feed import ring_examples
from console.settings import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

READY_SECONDS: Final = 30.0
STOP_SECONDS: Final = 5.0
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


class DemoError(Exception):
    """A part of the demo did not start; the text says which, and what it said."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer demo` can be told."""
    parser.add_argument("--tempo", metavar="SECONDEN", type=float, default=20.0, help="tijd tussen meldingen (20)")


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Run the demo until the console is left; the console's exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    folder = Path(tempfile.mkdtemp(prefix="meldkamer-demo-"))
    with contextlib.ExitStack() as leaving:
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            return _run(folder, arguments.tempo, leaving)
        except DemoError as error:
            print(f"meldkamer: {error}", file=sys.stderr)
            return 1


def _run(folder: Path, pace_seconds: float, leaving: contextlib.ExitStack) -> int:
    print("De demo start: CAD-simulator, intake en bezorging ...", flush=True)
    settings = Settings(home=folder / "data", exercise=True)
    simulator = _service(folder, settings, leaving, "cad-simulator", "--port", "0")
    settings = Settings(home=folder / "data", exercise=True, cad_url=simulator)
    intake = _service(folder, settings, leaving, "intake", "--port", "0")
    _start(folder, settings, leaving, "deliver")
    stop = threading.Event()
    feed = threading.Thread(target=ring_examples, args=(intake, None, pace_seconds, stop), daemon=True)
    feed.start()
    leaving.callback(feed.join, STOP_SECONDS)
    leaving.callback(stop.set)
    console = subprocess.Popen(
        [sys.executable, "-m", "console", "console"],
        env=_environment(settings),
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - the feed's thread holds no lock that a child needs
    )
    leaving.callback(_stop, console)
    return console.wait()


def _service(folder: Path, settings: Settings, leaving: contextlib.ExitStack, *arguments: str) -> str:
    """Start a program that says where it listens, and give that address."""
    process = _start(folder, settings, leaving, *arguments)
    said = ""
    for line in _lines(process):
        said += line
        if found := _ADDRESS.search(line):
            return found[0]
    log = folder / f"{arguments[0]}.log"
    raise DemoError(f"{arguments[0]} is niet gestart. Het zei: {said or log.read_text(errors='replace') or 'niets'}")


def _start(folder: Path, settings: Settings, leaving: contextlib.ExitStack, *arguments: str) -> subprocess.Popen[bytes]:
    log = leaving.enter_context((folder / f"{arguments[0]}.log").open("wb"))
    process = subprocess.Popen(
        [sys.executable, "-m", "console", *arguments],
        env=_environment(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread runs yet
    )
    leaving.callback(_stop, process)
    return process


def _end_with_parent() -> None:
    """Have the kernel end a service when this program dies, also when it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _environment(settings: Settings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(settings_of.PREFIX)}
    return {**kept, **settings_of.as_environment(settings)}


def _lines(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Give what a program prints, until it ends or takes too long."""
    pipe = process.stdout
    assert pipe is not None  # noqa: S101 - asked for above
    until = time.monotonic() + READY_SECONDS
    while (left := until - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        line = pipe.readline()
        if not line:
            return
        yield line.decode(errors="replace")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program: ask first, then insist."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()
