"""A real sshd on loopback with the lines of docs/installatie.md, and a real client on a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import pwd
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SSHD: Final = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
SSH: Final = shutil.which("ssh")
SITE: Final = Path(__file__).parents[2] / "console" / "release" / "site"
_PROGRAM: Final = """#!{python}
import pathlib
import console.monitor
console.monitor.own_folder = lambda: pathlib.Path({folder!r})
from console.cli import main
main()
"""
"""`meldkamer` for an account whose own folder is one of the test: a refusal is noted there where no system listens."""
PATIENCE: Final = 60.0
_NOT_EMULATED: Final = re.compile(rb"\x1b\[(?:[<=>][0-9;]*[a-z]|\?[0-9;]*\$p)")


def documented(marker: str) -> str:
    """The file for a site that has this in it."""
    texts = [file.read_text(encoding="utf-8") for file in SITE.rglob("*") if file.is_file()]
    (found,) = [text for text in texts if marker in text]
    return found


@dataclass
class Server:
    """The server while it runs; `home` is the data folder that the board shows."""

    port: int
    process: subprocess.Popen[bytes]
    folder: Path
    user: str

    def command(self, *arguments: str, options: tuple[str, ...] = (), tool: str = "") -> list[str]:
        """How this server is called by whoever has the key of the board."""
        own = ("UserKnownHostsFile=/dev/null", "StrictHostKeyChecking=no", "LogLevel=ERROR", "IdentitiesOnly=yes")
        settings = [word for each in own for word in ("-o", each)]
        port = ["-P" if tool in {"sftp", "scp"} else "-p", str(self.port)]
        key = ["-i", str(self.folder / "sleutel")]
        return [tool or str(SSH), "-F", "none", *settings, *port, *key, *options, *arguments]

    @property
    def address(self) -> str:
        """Account and host."""
        return f"{self.user}@127.0.0.1"

    def call(
        self, *arguments: str, options: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Call without a terminal, to the end."""
        return subprocess.run(
            self.command(*options, self.address, *arguments),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={**os.environ, **environment},
        )

    def boards(self) -> list[int]:
        """The process ids of boards that run under this server."""
        return [pid for pid in under(self.process.pid) if "monitor" in arguments_of(pid)[-1:]]

    def programs(self) -> set[str]:
        """The names of everything that runs under this server."""
        return programs_under(self.process.pid)


def programs_under(pid: int) -> set[str]:
    """The names of everything that runs under a process."""
    return {Path(arguments_of(each)[0]).name for each in under(pid) if arguments_of(each)}


def make_key(file: Path) -> None:
    """Make a pair of keys."""
    keygen = Path(str(SSH)).with_name("ssh-keygen")
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)


@contextmanager
def serving(folder: Path, home: Path) -> Iterator[Server]:
    """Run a server that shows the board of this data folder, for the account that the tests run under."""
    assert SSHD is not None
    folder.mkdir(mode=0o700)
    user = pwd.getpwuid(os.getuid()).pw_name
    for name in ("server", "sleutel"):
        make_key(folder / name)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(
            mode=0o755, exist_ok=True
        )  # as its service does; a server of another account needs none
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = folder / "meldkamer"
    program.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder)), encoding="utf-8")
    program.chmod(0o755)
    ours = {"/usr/local/bin/meldkamer": str(program), "/var/lib/meldkamer": str(home), "User ploegchef": f"User {user}"}
    ours |= {"/etc/ssh/meldkamer-overzicht.keys": str(folder / "sleutels"), "10.1.2.0/24": "127.0.0.1"}
    block, line = documented("Match User ploegchef"), documented("restrict,pty,command=")
    for stands, becomes in ours.items():
        block, line = block.replace(stands, becomes), line.replace(stands, becomes)
    key = (folder / "sleutel.pub").read_text(encoding="ascii").strip()
    (folder / "sleutels").write_text(line.replace("ssh-ed25519 AAAA... ploegchef.jansen", key), encoding="ascii")
    general: tuple[str, ...] = (
        "UsePAM no",
        "StrictModes no",
        "PermitRootLogin yes",
        "PasswordAuthentication no",
        "PidFile none",
    )
    general += (f"HostKey {folder / 'server'}", f"Port {port}", "ListenAddress 127.0.0.1", "AcceptEnv LANG LC_*")
    general += ("Subsystem sftp internal-sftp", "LogLevel ERROR")
    (folder / "sshd_config").write_text("\n".join((*general, block)), encoding="utf-8")
    subprocess.run([SSHD, "-t", "-f", folder / "sshd_config"], check=True)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"])
    with stopped(process):
        wait_for(lambda: answers(port), "a server that answers")
        yield Server(port, process, folder, user)


@contextmanager
def stopped(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Stop a server at the end, with all that runs under it."""
    try:
        yield
    finally:
        for pid in under(process.pid):
            _end(pid)
        process.terminate()
        process.wait(PATIENCE)


@dataclass
class Client:
    """`ssh` in the foreground of a terminal, and what it drew there."""

    process: subprocess.Popen[bytes]
    master: int
    screen: pyte.Screen
    written: bytearray = field(default_factory=bytearray)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read_along(self) -> None:
        """Draw what comes until the terminal is closed."""
        stream = pyte.ByteStream(self.screen)
        while True:
            try:
                data = os.read(self.master, 65_536)
            except OSError:
                return
            if not data:
                return
            self.written += data
            with self._lock:
                stream.feed(_NOT_EMULATED.sub(b"", data))

    @property
    def text(self) -> str:
        """The screen as lines."""
        with self._lock:
            return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str | bytes) -> None:
        """Type this."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def see(self, *words: str) -> None:
        """Wait until all of this is on the screen."""
        wait_for(lambda: all(word in self.text for word in words) or self.ended, f"{words}", lambda: self.text)
        assert all(word in self.text for word in words), f"{words} not in:\n{self.text}"

    @property
    def ended(self) -> bool:
        """True when the connection is over."""
        return self.process.poll() is not None

    def end(self) -> int:
        """Wait for the end; the exit code."""
        return self.process.wait(PATIENCE)


@contextmanager
def connected(
    server: Server,
    *arguments: str,
    size: tuple[int, int] = (80, 24),
    options: tuple[str, ...] = (),
    **environment: str,
) -> Iterator[Client]:
    """Call from a terminal of so many columns and lines, with 16 colours."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        server.command("-tt", *options, server.address, *arguments),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-16color", **environment},
    )
    os.close(slave)
    client = Client(process, master, pyte.Screen(*size))
    reader = threading.Thread(target=client.read_along, daemon=True)
    reader.start()
    try:
        yield client
    finally:
        _end(process.pid)
        process.wait(PATIENCE)
        reader.join(PATIENCE)
        os.close(master)


def wait_for(predicate: Callable[[], object], what: str, shown: Callable[[], str] = str) -> None:
    """Look until it is so; fail with what was waited for."""
    deadline = time.monotonic() + PATIENCE
    while not predicate():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE:.0f} s in vain for {what}; on screen:\n{shown()}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Tell whether a server greets there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as tried:
            return tried.recv(4) == b"SSH-"
    except OSError:
        return False


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def under(pid: int) -> list[int]:
    """The process ids of everything that runs under a process."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(stat.parent.name)] = int(fields[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def arguments_of(pid: int) -> list[str]:
    """What a process was started as; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
    except OSError:
        return []
