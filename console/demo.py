"""The whole control room on one machine: simulator, intake, delivery, a feed of calls and the console, all OEFENING.

Everything lives in a throw-away folder, with keys of its own: no real key is looked for, so none can reach a simulator.
When the console ends, or this program is told to, every process it started ends too and the folder goes.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from console import settings as settings_of
from console.cad.child import DELIVERY
from console.credentials import DIRECTORY_VARIABLE
from console.intake.feed import ring_examples
from console.record import Home
from console.settings import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from types import FrameType

READY_SECONDS: Final = 30.0
STOP_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.02
_ADDRESS: Final = re.compile(r"(http://127\.0\.0\.1:\d+)\D")
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
_ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_KEYS: Final = "sleutels"

T = TypeVar("T")


class DemoError(Exception):
    """A part of the demo did not start; the text says which, and what it said."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer demo` can be told."""
    parser.add_argument("--tempo", metavar="SECONDEN", type=float, default=20.0, help="tijd tussen meldingen (20)")


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Run the demo until the console is left; the console's exit code, or 128 + n when a signal ended it."""
    for number in _ENDINGS:
        signal.signal(number, _leave)
    with contextlib.ExitStack() as leaving:
        try:
            return _run(leaving, arguments.tempo)
        except DemoError as error:
            print(f"meldkamer: {error}", file=sys.stderr)
            return 1
        finally:
            _leave_undisturbed()


def _leave(number: int, _frame: FrameType | None) -> None:
    _leave_undisturbed()
    sys.exit(128 + number)


def _leave_undisturbed() -> None:
    """From here on tidy up to the end, however often somebody presses ctrl+c."""
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _run(leaving: contextlib.ExitStack, pace_seconds: float) -> int:
    print("De demo start: CAD-simulator, intake en bezorging ...", flush=True)
    folder, alive = leaving.enter_context(_throw_away_folder())
    keys = _keys(folder)
    demo = _Demo(folder, Settings(home=folder / "data", exercise=True), alive, leaving)
    simulator = demo.listening("cad-simulator", "--port", "0", "--sleutel")
    demo = replace(demo, settings=replace(demo.settings, cad_url=simulator))
    intake = demo.listening("intake", "--port", "0")
    demo.delivering()
    console = demo.console()
    stop = threading.Event()
    feed = threading.Thread(target=ring_examples, args=(intake, keys["intake_token"], pace_seconds, stop), daemon=True)
    feed.start()
    leaving.callback(feed.join, STOP_SECONDS)
    leaving.callback(stop.set)
    return console.wait()


@contextlib.contextmanager
def _throw_away_folder() -> Iterator[tuple[Path, int]]:
    """Give a new folder, and the descriptor that each program of the demo holds as long as it lives.

    See `console.demo_folder` for how the folder goes, also when this program is killed.
    """
    with _at_one_go():
        reading, alive = os.pipe()
        folder = Path(tempfile.mkdtemp(prefix="meldkamer-demo-"))
        remover = subprocess.Popen(
            [sys.executable, "-P", "-m", "console.demo_folder", str(folder)],
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(reading)
    try:
        yield folder, alive
    finally:
        os.close(alive)
        remover.wait()


def _keys(folder: Path) -> dict[str, str]:
    """Make the keys of this demo; what is found here is looked for nowhere else, the key ring included."""
    (folder / _KEYS).mkdir(mode=0o700)
    keys = {name: secrets.token_urlsafe(24) for name in ("intake_token", "cad_token")}
    for name, key in keys.items():
        (folder / _KEYS / name).write_text(key)
    return keys


@dataclass(frozen=True)
class _Demo:
    """The programs of a demo: each writes what it says to a log in the folder, and is ended by `leaving`."""

    folder: Path
    settings: Settings
    alive: int
    leaving: contextlib.ExitStack

    def listening(self, *arguments: str) -> str:
        """Start a program that says where it listens, and give that address."""
        process = self._service(*arguments)
        log = self._log(arguments[0])

        def address() -> str | None:
            found = _ADDRESS.search(log.read_text(errors="replace"))
            return found and found[1]

        return self._wait_for(process, arguments[0], address)

    def delivering(self) -> None:
        """Start the delivery and let it take its lock, so that the console finds it and starts none itself."""
        home = Home.prepare(self.settings.home)
        self._wait_for(self._service("deliver"), "deliver", lambda: home.locked(DELIVERY))

    def console(self) -> subprocess.Popen[bytes]:
        """Start the console in this terminal."""
        with _at_one_go():
            process = subprocess.Popen(
                [sys.executable, "-m", "console", "console"],
                env=self._environment(),
                pass_fds=(self.alive,),
                preexec_fn=_before_the_console,  # noqa: PLW1509 - no thread runs yet
            )
            self.leaving.callback(_stop, process)
        return process

    def _service(self, *arguments: str) -> subprocess.Popen[bytes]:
        with _at_one_go(), self._log(arguments[0]).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "console", *arguments],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(self.alive,),
                start_new_session=True,
                preexec_fn=_as_a_program,  # noqa: PLW1509 - no thread runs yet
            )
            self.leaving.callback(_stop, process)
        return process

    def _wait_for(self, process: subprocess.Popen[bytes], name: str, ready: Callable[[], T | None]) -> T:
        """Look until a program that was started is ready, and give what it is ready with."""
        until = time.monotonic() + READY_SECONDS
        while process.poll() is None and time.monotonic() < until:
            if found := ready():
                return found
            time.sleep(_LOOK_SECONDS)
        said = self._log(name).read_text(errors="replace").strip()
        raise DemoError(f"{name} is niet gestart. Het zei: {said or 'niets'}")

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(settings_of.PREFIX)}
        return {**kept, **settings_of.as_environment(self.settings), DIRECTORY_VARIABLE: str(self.folder / _KEYS)}


@contextlib.contextmanager
def _at_one_go() -> Iterator[None]:
    """Let a signal wait until what was started is also known to whoever must end it: nothing runs on unseen."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _as_a_program() -> None:
    """Begin with the signals of any program, and have the kernel end this one when the demo dies, however it dies."""
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _before_the_console() -> None:
    """Leave ctrl+c to the demo until the console reads keys itself: it ends the console without a traceback."""
    _as_a_program()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program: ask first, then insist."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
