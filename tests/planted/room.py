"""A whole room of real programs with a caller in it that exists nowhere else, watched while it works."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pexpect

from console.model import CallFile
from console.record import Home, Reader
from tests.cad.conftest import wait_for
from tests.planted.values import ACCOUNT, ADDRESS, CAD_TOKEN, INTAKE_TOKEN, NAME, PHONE, WORDS, found_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OTHERS = 0o007


class Watch:
    """Looks all the time at what any account can see of the processes of this room, and of their helpers."""

    def __init__(self, mark: str) -> None:
        self.seen: set[str] = set()
        self.looks = 0
        self._mark = mark.encode()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            self.looks += 1
            for process in Path("/proc").glob("[0-9]*"):
                self._look_at(process)

    def _look_at(self, process: Path) -> None:
        try:
            environ = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
            if self._mark not in environ + command:
                return
            names = [each.read_bytes() for each in process.glob("task/*/comm")]
            files = [str(each.readlink()).encode() for each in process.glob("fd/*")]
        except OSError:  # it ended while it was looked at
            return
        for what, shown in {"environ": environ, "cmdline": command, "names": b"\n".join([*names, *files])}.items():
            self.seen |= {f"{each} in {what} of {command!r}" for each in found_in(shown)}


@dataclass
class Room:
    """Folders of one room; `started` are its programs, and `said` what each wrote to stderr."""

    root: Path
    settings: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("own", "home", "tmp", "said", "xdg", "work"):
            (self.root / name).mkdir()
        keys = self.root / "keys"
        keys.mkdir(mode=0o700)
        (keys / "intake_token").write_text(INTAKE_TOKEN)
        (keys / "cad_token").write_text(CAD_TOKEN)

    @property
    def home(self) -> Path:
        return self.root / "data"

    @property
    def reports(self) -> list[Path]:
        return sorted([*self.home.glob("storingen/*"), *self.root.glob("own/storingen/*")])

    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MELDKAMER_", "CRED", "XDG", "DBUS", "PYTEST"))
        }
        return {
            **kept,
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "XDG_DATA_HOME": str(self.root / "xdg"),
            "XDG_STATE_HOME": str(self.root / "xdg"),
            "XDG_CACHE_HOME": str(self.root / "xdg"),
            "XDG_CONFIG_HOME": str(self.root / "xdg"),
            "MELDKAMER_HOME": str(self.home),
            "CREDENTIALS_DIRECTORY": str(self.root / "keys"),
            "TERM": "xterm-256color",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **self.settings,
        }

    def command(self, *arguments: str, fault: str = "-") -> list[str]:
        return [sys.executable, "-m", "tests.planted.faulty", fault, str(self.root / "own"), *arguments]

    def break_now(self) -> None:
        """From now on the fault that a program was started with is there."""
        (self.root / "own" / "fault").touch()

    def mend(self) -> None:
        (self.root / "own" / "fault").unlink(missing_ok=True)

    def said(self, name: str) -> str:
        return "".join(each.read_text("utf-8", "replace") for each in self.root.glob(f"said/{name}.*"))

    def start(self, name: str, *arguments: str, fault: str = "-") -> subprocess.Popen[bytes]:
        """Start a service, with every bit of its umask open; what it says is kept."""
        with (
            (self.root / "said" / f"{name}.err").open("ab") as err,
            (self.root / "said" / f"{name}.out").open("ab") as out,
        ):
            process = subprocess.Popen(
                self.command(*arguments, fault=fault),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                umask=0,
                cwd=self.root / "work",
            )
        self.started.append(process)
        return process

    def listening(self, name: str, *arguments: str, fault: str = "-") -> tuple[subprocess.Popen[bytes], str]:
        """Start a service that says where it listens; the process and the address."""
        before = self.said(name)
        process = self.start(name, *arguments, "--port", "0", fault=fault)
        address = re.compile(r"http://127\.0\.0\.1:\d+")
        wait_for(
            lambda: address.search(self.said(name)[len(before) :]) or process.poll() is not None,
            what=f"{name} to listen",
        )
        found = address.findall(self.said(name)[len(before) :])
        assert found, self.said(name)
        return process, found[-1]

    def run(
        self, *arguments: str, fault: str = "-", shows: bool = False, typed: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program to its end; what it says on stderr is kept, and on stdout unless it `shows` a call."""
        done = subprocess.run(
            self.command(*arguments, fault=fault),
            env=self.environment(),
            input=typed.encode(),
            capture_output=True,
            umask=0,
            cwd=self.root / "work",
            timeout=60,
            check=False,
        )
        number = len(list((self.root / "said").iterdir()))
        (self.root / "said" / f"{arguments[0]}-{number}.err").write_bytes(done.stderr)
        if not shows:
            (self.root / "said" / f"{arguments[0]}-{number}.out").write_bytes(done.stdout)
        return done

    def screen(self, *arguments: str, fault: str = "-") -> Screen:
        """Start a program in a terminal of its own."""
        return Screen(
            pexpect.spawn(
                sys.executable,
                self.command(*arguments, fault=fault)[1:],
                env=self.environment(),
                dimensions=(40, 120),
                timeout=60,
                cwd=str(self.root / "work"),
                preexec_fn=_open_umask,
            )
        )

    def ring(self, url: str, number: int = 1) -> httpx.Response:
        """Ring as the telephony does, with everything of the caller."""
        message = {
            "id": f"tel-{number:04d}",
            "channel": "112",
            "number": PHONE,
            "name": NAME,
            "location": {"address": ADDRESS},
            "first_words": f"{WORDS} {ACCOUNT}",
            "received_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        key = {"Authorization": f"Bearer {INTAKE_TOKEN}"}
        return httpx.post(f"{url}/v1/calls", json=message, headers=key, trust_env=False, timeout=60)

    def until(self, written: Callable[[CallFile], object], what: str) -> CallFile:
        """Wait until the call on disk says so."""

        def on_disk() -> CallFile | None:
            with Reader.open(Home.prepare(self.home)) as reader:
                rows = reader.board().rows
                file = reader.file(rows[0].call_id) if rows else None
                return file if file is not None and written(file) else None

        found: CallFile = wait_for(on_disk, what=what, seconds=60)
        return found

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def leaks(self, allowed: Iterable[Path]) -> set[str]:
        """Where in all files and names of this room the planted data stand that may not be there."""
        known = {*allowed, self.root / "keys"}
        leaks = set()
        for path in sorted(self.root.rglob("*")):
            if found_in(str(path.relative_to(self.root)).encode()):
                leaks.add(f"the name of {path}")
            if path.is_file() and not any(each == path or each in path.parents for each in known):
                leaks |= {f"{what} in {path.relative_to(self.root)}" for what in found_in(path.read_bytes())}
        return leaks

    def open_to_others(self) -> set[str]:
        """What programs wrote that others than its account and group can do something with."""
        own = [self.home, *(self.root / name for name in ("own/storingen", "tmp", "work", "out", "paper"))]
        written = [path for folder in own if folder.exists() for path in folder.rglob("*")]
        return {
            f"{stat.S_IMODE(path.lstat().st_mode):o} {path.relative_to(self.root)}"
            for path in [*written, self.home]
            if path.exists() and not path.is_symlink() and path.lstat().st_mode & OTHERS
        }


def _open_umask() -> None:
    os.umask(0)


@dataclass
class Screen:
    """A program on a terminal, and every byte it wrote."""

    terminal: pexpect.spawn[bytes]
    written: bytearray = field(default_factory=bytearray)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.terminal.send(KEYS.get(key, key))

    def see(self, *texts: str, seconds: float = 60) -> None:
        """Wait until these were written, each after the one before."""
        for text in texts:
            from_here, deadline = max(0, len(self.written) - 4000), time.monotonic() + seconds
            while text.encode() not in self.written[from_here:]:
                assert time.monotonic() < deadline, f"{text!r} is not in {bytes(self.written[-3000:])!r}"
                time.sleep(0.02)
                self._read()

    def press_until(self, key: str, text: str) -> None:
        """Press a key again and again, as slowly as a hand, until this is written."""
        for _ in range(10):
            start = len(self.written)
            self.press(key)
            deadline = time.monotonic() + 15
            while time.monotonic() < deadline:
                self._read()
                if text.encode() in self.written[start:]:
                    return
                time.sleep(0.02)
        raise AssertionError(f"{key} never brought {text!r}: {bytes(self.written[-3000:])!r}")

    def end(self) -> int:
        """Wait until it ends; its exit code, or minus the signal that ended it."""
        wait_for(self._ended, what="the end", seconds=90)
        self._read()
        self.terminal.close()
        if self.terminal.signalstatus is not None:
            return -self.terminal.signalstatus
        return int(self.terminal.exitstatus or 0)

    def _ended(self) -> bool:
        self._read()
        return not self.terminal.isalive()

    @property
    def scrollback(self) -> bytes:
        """What stays on the terminal when the screen is gone."""
        assert b"\x1b[?1049h" in self.written
        return bytes(self.written).rpartition(b"\x1b[?1049l")[2]

    def _read(self) -> None:
        try:
            while True:
                self.written += self.terminal.read_nonblocking(65_536, 0)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return


KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "shift+tab": "\x1b[Z",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "ctrl+o": "\x0f",
    "ctrl+q": "\x11",
    "ctrl+c": "\x03",
    "ctrl+u": "\x15",
}
