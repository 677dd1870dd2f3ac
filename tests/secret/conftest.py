"""`meldkamer geheim` as a program of its own, at a terminal of its own, with a key ring that a test can look in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from console.record import Home, Reader, Writer
from console.record.engine import Connection

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Geheim-proef-8c1f"

DESKTOP = '''
"""A desktop whose key ring keeps its secrets in a file, so that another process finds them."""
import json, sys
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.backends import SecretService

FILE = Path(__file__).with_name("ring.json")


class Ring(KeyringBackend):
    priority = 5.0

    def _all(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def get_password(self, service, username):
        return self._all().get(service + "/" + username)

    def set_password(self, service, username, password):
        FILE.write_text(json.dumps({**self._all(), service + "/" + username: password}))

    def delete_password(self, service, username):
        FILE.write_text(json.dumps({k: v for k, v in self._all().items() if k != service + "/" + username}))


SecretService.Keyring = Ring
from console.cli import main
main()
'''


class Machine:
    """A machine with a data folder, and a desktop with a key ring where `desktop` is run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "data"
        self.desktop = folder / "desktop.py"
        self.desktop.write_text(DESKTOP)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return {**kept, "HOME": str(self.folder), "MELDKAMER_HOME": str(self.home), "PYTHONPATH": str(ROOT), **more}

    def ring(self) -> dict[str, str]:
        """What the key ring holds."""
        file = self.folder / "ring.json"
        held: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return held

    def at_terminal(self, *arguments: str) -> Any:
        """Run it with somebody at the terminal."""
        return pexpect.spawn(
            sys.executable,
            [str(self.desktop), "geheim", *arguments],
            env=self.environment(),
            encoding="utf-8",
            timeout=30,
        )

    def run(
        self, *arguments: str, given: str = "", desktop: bool = True, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run it without a terminal."""
        program = [str(self.desktop)] if desktop else ["-m", "console"]
        return subprocess.run(
            [sys.executable, *program, "geheim", *arguments],
            env=self.environment(**more),
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def with_record(self) -> None:
        """Give it a record."""
        Writer.open(Home.prepare(self.home)).close()

    def audit(self, what: str = "geheim%") -> list[tuple[str, str, str]]:
        """Who did what with which details, of the rows about secrets or another verb."""

        def rows(connection: Connection) -> list[tuple[str, str, str]]:
            found = connection.execute("SELECT who, what, details FROM audit WHERE what LIKE ? ORDER BY seq", (what,))
            return [tuple(row) for row in found.fetchall()]

        with Reader.open(Home.prepare(self.home)) as reader:
            return reader.ask(rows)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without a record yet."""
    return Machine(tmp_path)


@pytest.fixture
def apart(tmp_path: Path) -> Callable[..., list[str]]:
    """Give how to run a script where the host key of this machine is another one, and nothing is left behind."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not Path("/usr/bin/systemd-creds").exists():
        pytest.skip("NOT RUN: needs root, unshare and systemd-creds")
    keys = iter(range(9))

    def alone(script: str) -> list[str]:
        own = tmp_path / f"systemd-{next(keys)}"  # a temporary file system would keep no host key
        own.mkdir()
        return ["unshare", "-m", "sh", "-ec", f"mount --bind {own} /var/lib/systemd\n{script}"]

    if subprocess.run(alone("systemd-creds setup"), capture_output=True, check=False).returncode:
        pytest.skip("NOT RUN: no host key of its own can be made here")
    return alone
