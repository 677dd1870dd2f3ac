"""The intake as a process of its own, on a free port, with a record and a key of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from console.record import Home, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from console.model import CallFile

TOKEN = "sleutel-van-de-proef"
PATIENCE = 60.0


def wait_for(predicate: Callable[[], bool], what: str) -> None:
    """Look until it is so; fail with what was waited for."""
    deadline = time.monotonic() + PATIENCE
    while not predicate():
        if time.monotonic() > deadline:
            raise AssertionError(f"not seen within {PATIENCE} s: {what}")
        time.sleep(0.01)


@dataclass
class Intake:
    """A running intake."""

    process: subprocess.Popen[str]
    url: str
    said: str
    home: Path
    log: Path

    @property
    def line(self) -> httpx.Client:
        """A sender's line, with the key."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)

    def files(self) -> list[CallFile]:
        """Every call of the record, as it stands on disk."""
        with Reader.open(Home.prepare(self.home)) as reader:
            return [reader.file(row.call_id) for row in reader.board().rows]


def message(**changes: Any) -> dict[str, Any]:
    """A good message with these changes; a field that is changed to Ellipsis is left out."""
    good = {
        "id": "tel-0001",
        "channel": "0900-8844",
        "number": "06-00000001",
        "name": "Truus Plantsoen",
        "location": {"address": "Brink 4, Gieten", "lat": 53.0, "lon": 6.76},
        "first_words": "Ik ben net opgelicht.",
        "received_at": datetime.now(UTC).isoformat(),
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not ...}


def environment(home: Path, credentials: Path | None, *, exercise: bool = False) -> dict[str, str]:
    """What a service manager gives; without `credentials` there is no key anywhere."""
    names = {name: value for name, value in os.environ.items() if not name.startswith(("MELDKAMER_", "DBUS_", "CRED"))}
    names |= {"MELDKAMER_HOME": str(home), "MELDKAMER_OEFENING": "ja" if exercise else "nee"}
    return names | ({} if credentials is None else {"CREDENTIALS_DIRECTORY": str(credentials)})


@contextmanager
def running(home: Path, environ: dict[str, str], *arguments: str) -> Iterator[Intake]:
    """Run `meldkamer intake` until the block ends."""
    log = home.with_suffix(".log")
    with log.open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "console", "intake", *(arguments or ("--port", "0"))],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    giving_up = threading.Timer(PATIENCE, process.kill)
    giving_up.start()
    said = process.stdout.readline()
    giving_up.cancel()
    found = re.search(r"http://\S+:\d+", said)
    try:
        assert found, log.read_text()
        yield Intake(process, found[0], said, home, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        process.stdout.close()


@pytest.fixture(scope="session")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sleutels")
    (folder / "intake_token").write_text(TOKEN + "\n")
    return folder


@pytest.fixture(scope="module")
def shared_intake(tmp_path_factory: pytest.TempPathFactory, credentials: Path) -> Iterator[Intake]:
    """One intake for the tests that leave it as they found it."""
    home = tmp_path_factory.mktemp("kamer") / "data"
    with running(home, environment(home, credentials)) as intake:
        yield intake


@pytest.fixture
def intake(tmp_path: Path, credentials: Path) -> Iterator[Intake]:
    """An intake of this test's own, with an empty record."""
    home = tmp_path / "data"
    with running(home, environment(home, credentials)) as own:
        yield own
