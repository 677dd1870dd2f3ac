"""A machine of its own for a test: real accounts with our login shells, in namespaces that go with their processes."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.overview.over_ssh import SSHD, Server, answers, documented, make_key, stopped, wait_for
from tests.terminal.locked_room import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT: Final = Path(__file__).with_name("machine_of_its_own.sh")
PROJECT: Final = Path(__file__).parents[2]
NEEDED: Final = ("unshare", "su", "useradd", "groupadd", "usermod", "login")


def why_not() -> str:
    """Why no such machine can be made here; empty where it can."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [tool for tool in NEEDED if shutil.which(tool, path=path) is None]
    if missing:
        return f"no {', '.join(missing)} on this machine"
    if os.geteuid() != 0:
        return "accounts and namespaces need root"
    tried = subprocess.run(
        [str(shutil.which("unshare")), "--mount", "sh", "-c", "mount --make-rprivate / && mount -t tmpfs tmpfs /opt"],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "no mount namespace can be made here"


@dataclass
class OwnMachine:
    """The folder in which its /etc, its homes and its data folder lie; each process on it has them in their places."""

    folder: Path

    def command(self, *words: str) -> list[str]:
        """A command on this machine, as root there."""
        venv = Path(sys.executable).parent.parent
        prefix = [str(shutil.which("unshare")), "--mount", "--", "/bin/sh", str(SCRIPT)]
        return [*prefix, str(self.folder), str(venv), str(PROJECT), sys.base_prefix, *words]

    def run(self, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run it to its end, without a terminal."""
        return subprocess.run(
            self.command(*words),
            env={**PLAIN, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def refused(self) -> list[dict[str, Any]]:
        """What the audit says was refused, oldest first."""
        file = self.folder / "huis" / "dossier.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as record:
            rows = record.execute("SELECT os_user, terminal, details FROM audit WHERE what = 'geweigerd'")
            return [{"os_user": user, "terminal": at, **json.loads(details)} for user, at, details in rows]

    def has(self, attempt: str, **named: str) -> bool:
        """Tell whether the audit has it, of the operator unless told otherwise."""
        wanted = {"poging": attempt, "os_user": "centralist1", **named}
        return any(wanted.items() <= row.items() for row in self.refused)

    def audited(self, attempt: str, **named: str) -> None:
        """Wait until the audit has it."""
        wait_for(lambda: self.has(attempt, **named), f"{attempt} in the audit", lambda: str(self.refused))

    @contextmanager
    def sshd(self, *, marker: str = "", user: str = "centralist1") -> Iterator[Server]:
        """Run a server there, with a documented block or with nothing of ours but the login shell."""
        assert SSHD is not None
        keys = self.folder / "ssh"
        keys.mkdir(mode=0o755)
        for name in ("server", "sleutel"):
            make_key(keys / name)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # as its service does
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        general = ["UsePAM no", "StrictModes no", "PasswordAuthentication no", "PidFile none", f"Port {port}"]
        general += ["ListenAddress 127.0.0.1", f"HostKey {keys / 'server'}", "AcceptEnv *", "LogLevel ERROR"]
        general += ["Subsystem sftp internal-sftp" if marker else "Subsystem sftp /usr/lib/openssh/sftp-server"]
        general += [] if marker else ["AuthorizedKeysFile /etc/ssh/meldkamer/%u"]
        (keys / "sshd_config").write_text("\n".join((*general, documented(marker) if marker else "")), encoding="utf-8")
        public = (keys / "sleutel.pub").read_text("ascii")
        lay = f"mkdir -p /etc/ssh/meldkamer && printf %s '{public}' > /etc/ssh/meldkamer/{user}"
        start = f"{lay} && exec {SSHD} -D -e -f {keys / 'sshd_config'}"
        process = subprocess.Popen(self.command("sh", "-c", start), env={**os.environ})
        with stopped(process):
            wait_for(lambda: answers(port), "a server that answers")
            yield Server(port, process, keys, user)
