"""Real parts: a data folder with a real record, and the programs of this room as processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from console.model import (
    Bounds,
    Channel,
    Choice,
    Claim,
    DeliveryState,
    Dispatch,
    IncomingCall,
    Link,
    Location,
    PolicyStamp,
    Suggestion,
)
from console.record import Calls, DecisionDraft, Home, Outbox, Reader, Writer
from console.times import now
from tests.cad.dispatches import dispatch, news

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PROGRAM = (sys.executable, "-m", "console")
CHOICES = {1: Choice.PRIO1, 2: Choice.PRIO2, 3: Choice.PRIO3}


def wait_for(predicate: Callable[[], Any], *, what: str, seconds: float = 60.0) -> Any:
    """Look until it is so, and give what it gave; a test that waits in vain says for what."""
    deadline = time.monotonic() + seconds
    while True:
        found = predicate()
        if found:
            return found
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.02)


class Room:
    """A control room's record, and what happens in it."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = now) -> None:
        self.home = Home.prepare(path)
        self.writer = Writer.open(self.home, clock=clock)
        self.outbox = Outbox(self.writer)
        self._calls = Calls(self.writer)
        self._claims: dict[str, Claim] = {}

    def decide(self, **changes: Any) -> Dispatch:
        """Take a call and decide that a unit goes; what was put in the outbox."""
        incoming = IncomingCall(
            None, Channel.EMERGENCY, "0612345678", "", Location(), "er staat een man", datetime.now(UTC)
        )
        call_id = self._calls.ring(incoming).call_id
        claim = self._calls.claim(call_id, "j.devries")
        made = dispatch(**({"incident_id": call_id} | changes))
        bounds = Bounds("eenheid_prio1", "eenheid_prio1")
        draft = DecisionDraft(
            token=str(uuid.uuid4()),
            choice=CHOICES[made.priority],
            policy=PolicyStamp("test", "1", "a", "b"),
            answers={},
            suggestion=Suggestion(bounds, bounds, ()),
            deviates=False,
        )
        self._calls.decide(claim, draft, made)
        self._claims[call_id] = claim
        return made

    def add(self, base: Dispatch, **changes: Any) -> Dispatch:
        """Add something to a dispatch that was decided here; what was put in the outbox."""
        made = news(base, **changes)
        self._calls.add_to_dispatch(self._claims[base.incident_id], made)
        return made

    def by_hand(self, made: Dispatch) -> None:
        """Record that it was passed on by voice."""
        self._calls.by_hand(self._claims[made.incident_id], made.message_id)

    def state(self, made: Dispatch) -> DeliveryState:
        """How a dispatch stands, read as the screens read it."""
        reader = Reader.open(self.home)
        try:
            deliveries = reader.file(made.incident_id).deliveries
        finally:
            reader.close()
        return next(each for each in deliveries if each.message_id == made.message_id)

    def states(self) -> dict[str, DeliveryState]:
        """How every dispatch stands, by its message id."""
        reader = Reader.open(self.home)
        try:
            files = [reader.file(call_id) for call_id in self._claims]
        finally:
            reader.close()
        return {each.message_id: each for file in files for each in file.deliveries}

    def link(self) -> Link:
        """What the screens know of the link."""
        reader = Reader.open(self.home)
        try:
            return reader.board().link
        finally:
            reader.close()

    def link_error(self) -> str:
        """What the screens say of the link; `-` before anybody looked, the empty text when it works."""
        link = self.link()
        return "-" if link.reachable is None else link.error


class Process:
    """One of our programs, running."""

    def __init__(
        self,
        arguments: list[str],
        environment: dict[str, str],
        stderr: int = subprocess.PIPE,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self.popen = subprocess.Popen(
            [*program, *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait()

    def end(self, number: int = signal.SIGTERM) -> int:
        self.popen.send_signal(number)
        return self.popen.wait(20)

    def close(self) -> None:
        if self.popen.poll() is None:
            self.kill()
        for stream in (self.popen.stdout, self.popen.stderr):
            if stream is not None:
                stream.close()


class Simulator(Process):
    """The CAD simulator, running on a port of its own."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        super().__init__(["cad-simulator", "--port", "0", "--tempo", "0", *arguments], environment or {})
        assert self.popen.stdout is not None
        self.line = self.popen.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", self.line)
        assert found is not None, self.line
        self.url = found[0]

    def set_mode(self, mode: str) -> None:
        httpx.post(f"{self.url}/besturing", json={"modus": mode}, trust_env=False).raise_for_status()

    def effects(self) -> dict[str, int]:
        """How often each dispatch was put on a dispatcher's screen."""
        return dict(self._panel()["effecten"])

    def additions(self) -> dict[str, int]:
        """How often each addition was put with its incident."""
        return dict(self._panel()["aanvullingen"])

    def asked(self) -> dict[str, int]:
        """How often each message was sent and taken or recognised."""
        return dict(self._panel()["gevraagd"])

    def fates(self) -> dict[str, int]:
        """How many requests each way to behave fell to."""
        return dict(self._panel()["verlopen"])

    def _panel(self) -> dict[str, Any]:
        answer: dict[str, Any] = httpx.get(f"{self.url}/besturing", trust_env=False).json()
        return answer


@pytest.fixture(autouse=True)
def _settings_of_the_test_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What whoever runs the tests has set is not what our programs are set to."""
    for name in [each for each in os.environ if each.startswith(("MELDKAMER_", "CREDENTIALS_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A control room on a data folder of its own."""
    made = Room(tmp_path / "huis")
    yield made
    made.writer.close()


class Programs:
    """Starts programs and leaves none behind."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._started: list[Process] = []

    def simulator(self, *arguments: str, environment: dict[str, str] | None = None) -> Simulator:
        made = Simulator(*arguments, environment=environment)
        self._started.append(made)
        return made

    def simulator_that_fails(self, *arguments: str) -> tuple[int, str]:
        """Start one that cannot start: its exit code, and what it said."""
        made = Process(["cad-simulator", *arguments], {})
        self._started.append(made)
        _, said = made.popen.communicate(timeout=20)
        return made.popen.returncode, said

    def deliver(
        self,
        url: str | None,
        *arguments: str,
        stderr: int = subprocess.PIPE,
        program: Sequence[str] = PROGRAM,
        **environment: str,
    ) -> Process:
        settings = {"MELDKAMER_HOME": str(self._room.home.path), **environment}
        if url is not None:
            settings["MELDKAMER_CAD_URL"] = url
        made = Process(["deliver", *arguments], settings, stderr, program)
        self._started.append(made)
        return made

    def close(self) -> None:
        for each in self._started:
            each.close()


@pytest.fixture
def programs(room: Room) -> Iterator[Programs]:
    """The programs of this room."""
    made = Programs(room)
    yield made
    made.close()
