"""A site as it should be, with its programs running, and worlds in which one thing is broken."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console import settings as configuration
from console.doctor.finding import Finding
from console.doctor.running import EACH, look
from console.doctor.world import World
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Reader, Writer
from console.settings import Settings
from tests.cad.conftest import Process, Simulator, wait_for
from tests.intake.conftest import running
from tests.machine import here

ROOT = Path(__file__).resolve().parents[2]
KEY = "sleutel-van-de-proef"


def plain_environment(home: Path, **more: str) -> dict[str, str]:
    """What a login gives, and nothing of whoever runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home.parent),
        "MELDKAMER_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def examined(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the doctor as a program."""
    return subprocess.run(
        [sys.executable, "-m", "console", "doctor", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def findings(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, str]]:
    """Give what it found by name."""
    told: dict[str, Any] = json.loads(done.stdout)
    return {each["naam"]: each for each in told["bevindingen"]}


def digest(folder: Path) -> dict[str, str]:
    """Every name under a folder, with what stands in it and who may read it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = f"{path.lstat().st_mode:o} {hashlib.sha256(content).hexdigest()}"
    return found


class Site:
    """A room with a CAD, an intake and a delivery that run."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "data"
        self.keys = folder / "keys"
        self.keys.mkdir(mode=0o700)
        for name in ("cad_token", "intake_token"):
            (self.keys / name).write_text(KEY)
        self.environment = plain_environment(self.home, CREDENTIALS_DIRECTORY=str(self.keys))
        Writer.open(Home.prepare(self.home)).close()

    def write_settings(self, cad: str, intake: str) -> None:
        (self.home / configuration.FILE_NAME).write_text(
            f'cad_url = "{cad}"\nintake_adres = "{intake}"\n[telefoonlijst]\n"Uitgifte" = "088 1234567"\n'
        )
        (self.home / configuration.FILE_NAME).chmod(0o600)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    simulator = Simulator("--sleutel", environment=made.environment)
    with running(made.home, made.environment, "--port", "0") as intake:
        made.write_settings(simulator.url, intake.url)
        delivery = Process(["deliver"], made.environment, subprocess.DEVNULL)
        try:
            wait_for((made.home / "noodpakket" / "noodpakket.txt").exists, what="a downtime pack")
            wait_for(lambda: _link(made.home), what="the delivery reached the CAD")
            yield made
        finally:
            delivery.close()
            simulator.close()


def _link(home: Path) -> bool:
    with Reader.open(Home.prepare(home)) as reader:
        return bool(reader.board().link.reachable)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one call in its record, which nobody has open."""
    folder = tmp_path / "data"
    incoming = IncomingCall(None, Channel.EMERGENCY, "0612345678", "", Location(), "help", datetime.now(UTC))
    with Writer.open(Home.prepare(folder)) as writer:
        Calls(writer).ring(incoming)
    return folder


def world(home: Path, **settings: Any) -> World:
    """A world with these settings on this folder."""
    return World(Settings(home=home, **settings), environment={"TERM": "xterm", "LANG": "C.UTF-8"})


def one(subject: str, name: str, where: World) -> Finding:
    """What one check finds, as the runner does it."""
    from importlib import import_module  # noqa: PLC0415

    checks: dict[str, Callable[[World], Finding]] = import_module(f"console.doctor.{subject}").CHECKS
    return look(checks[name], where, time.monotonic() + EACH)


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No secret, key ring or settings file of whoever runs the tests."""
    for name in ("CREDENTIALS_DIRECTORY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    here(monkeypatch, tmp_path / "etc" / "instellingen.toml")
