"""A room with a locked seat in it: the settings of the machine, the launch, and what the audit says of it."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.accounts import os_user
from tests import machine
from tests.seat import open_seat, ring
from tests.terminal.pty_session import PtySession, alone_in_terminal, wait_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

START = Path(__file__).with_name("locked_start.py")
PLAIN = {"PATH": "/usr/bin:/bin", "HOME": "/", "LANG": "C.UTF-8", "TERM": "xterm-256color"}


@dataclass
class LockedRoom:
    """A data folder and a settings file of the machine that names it."""

    folder: Path
    home: Path = field(init=False)
    machine: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.folder / "huis"
        self.machine = machine.write(
            self.folder / "etc" / "instellingen.toml",
            f'gegevensmap = "{self.home}"\noefening = true\n[rollen]\ncentralist = ["{os_user()}"]\n',
        )
        self.desk = open_seat(self.home)

    def ring(self, words: str = "er klopt iets niet") -> str:
        """Let a call ring."""
        return ring(self.desk, words=words)

    def command(self, *arguments: str, before: tuple[str, ...] = ()) -> list[str]:
        """How the program is started."""
        return [*before, sys.executable, "-I", str(START), str(self.machine), *arguments]

    def seat(
        self, *arguments: str, before: tuple[str, ...] = (), environment: dict[str, str] | None = None
    ) -> AbstractContextManager[PtySession]:
        """Start a locked console on a terminal of its own, or what else is asked."""
        given = arguments or ("console", "--vergrendeld")
        return alone_in_terminal(self.command(*given, before=before), {**PLAIN, **(environment or {})})

    @property
    def refused(self) -> list[dict[str, Any]]:
        """What the audit says was refused, oldest first."""
        with closing(sqlite3.connect(f"file:{self.home / 'dossier.db'}?mode=ro", uri=True)) as record:
            rows = record.execute("SELECT who, os_user, terminal, details FROM audit WHERE what = 'geweigerd'")
            return [
                {"who": who, "os_user": user, "terminal": at, **json.loads(details)} for who, user, at, details in rows
            ]

    def audited(self, attempt: str, name: str = "") -> None:
        """Wait until the audit has it that this was tried, by who sits here."""
        wait_for(lambda: self.has(attempt, name), f"{attempt} {name} in {self.refused}")

    def has(self, attempt: str, name: str = "") -> bool:
        """Tell whether the audit has it."""
        return any(
            (row["poging"], row.get("naam", ""), row["os_user"]) == (attempt, name, os_user())
            and row["terminal"].startswith("/dev/pts/")
            for row in self.refused
        )


def state_of(pid: int) -> str:
    """What the kernel says a process does; `T` is stopped."""
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def children_of(pid: int) -> set[str]:
    """What runs under a process: their command lines."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            words = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue  # it has just ended
        if parent == pid:
            found.add(words.strip())
    return found


def environment_of(pid: int) -> dict[str, str]:
    """What a process was started with."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode("utf-8", "replace").split("\0")
    return {name: value for name, _, value in (each.partition("=") for each in pairs) if name}
