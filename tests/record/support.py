"""What the tests of the record share: example values, a clock that stands still, and programs of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.model import (
    Bounds,
    Channel,
    Choice,
    Dispatch,
    Facts,
    IncomingCall,
    Location,
    OnPaper,
    PolicyStamp,
    Role,
    Suggestion,
)
from console.record import Calls, DecisionDraft, Home, Writer
from console.record.values import PaperEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 11, 21, 13, 0, 0, 123000, tzinfo=UTC)
CALLED = START - timedelta(hours=9)

ADVERSARIAL = (
    "[/b] [@click=app.quit]x[/] [link=http://x]",
    "\x1b]52;c;YWJj\x1b\\ \x9b31m \x07\x00\x7f",
    "\u202eomgekeerd\u2066 \u200b\ufeff",
    "👩\u200d👩\u200d👧 \U0001f1f3\U0001f1f1 e\u0301",
    "'; DROP TABLE call; --",
    "?1 :naam @x $y %s {0} \\",
    '{"a": 1}\r\n\t',
    "x" * 10_000,
    "",
)


@dataclass
class Clock:
    """A clock that moves only when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def incoming(external_id: str | None = "a-1", **changes: Any) -> IncomingCall:
    fields: dict[str, Any] = {
        "external_id": external_id,
        "channel": Channel.EMERGENCY,
        "number": "06-12345678",
        "name": "mevr. Bakker",
        "location": Location("Brink 4, 9461 AS Gieten", 53.003, 6.762),
        "first_words": "er staat een man aan de deur",
        "received_at": START,
    }
    return IncomingCall(**(fields | changes))


def draft(name: str = "een", choice: Choice = Choice.PRIO1, **changes: Any) -> DecisionDraft:
    fields: dict[str, Any] = {
        "token": name,
        "choice": choice,
        "policy": PolicyStamp("tpdc", "1.0", "abc", "def"),
        "answers": {"gaande": "ja", "ter_plaatse": "open"},
        "suggestion": Suggestion(Bounds("bureau", "eenheid_prio1"), Bounds("bureau", "eenheid_prio1"), ("B2", "P1a")),
        "deviates": False,
    }
    return DecisionDraft(**(fields | changes))


def dispatch(call_id: str, priority: int = 1, message_id: str | None = None, **changes: Any) -> Dispatch:
    fields: dict[str, Any] = {
        "message_id": message_id or str(uuid.uuid4()),
        "incident_id": call_id,
        "priority": priority,
        "classification": "BZ",
        "classification_text": "oplichting",
        "form": "bankhelpdeskfraude",
        "location": Location("Brink 4, 9461 AS Gieten"),
        "callback": "06-12345678",
        "caller_name": "mevr. Bakker",
        "caller_role": "slachtoffer",
        "briefing": ("Verdachte bij melder.", "Man, grijze auto.", "Melder alleen thuis."),
        "details": ("Bankpas meegegeven.",),
        "decided_by": "jan",
        "decided_at": START,
        "received_at": START,
        "exercise": True,
    }
    return Dispatch(**(fields | changes))


def paper_entry(number: str = "26-9001", choice: Choice | None = Choice.PRIO2, **changes: Any) -> PaperEntry:
    """A form as it was filled in: called nine hours ago, decided five minutes later, passed on after six."""
    priority = None if choice is None else choice.priority
    paper: dict[str, Any] = {
        "number": number,
        "called_at": CALLED,
        "decided_at": None if choice is None else CALLED + timedelta(minutes=5),
        "passed_on_at": None if priority is None else CALLED + timedelta(minutes=6),
        "passed_to": "" if priority is None else "uitgifte, k.smit",
        "unit": "" if priority is None else "11-01",
        "handled_by": "a.bakker",
    }
    moments = {name: changes.pop(name) for name in list(changes) if name in paper}
    token = changes.pop("token", f"formulier {number}")
    fields: dict[str, Any] = {
        "token": token,
        "paper": OnPaper(**(paper | moments)),
        "incoming": incoming(None, received_at=moments.get("called_at", CALLED), first_words=""),
        "facts": Facts("Brink 4, 9461 AS Gieten", "06-12345678", Role.VICTIM, speaks_freely=True),
        "answers": {"gevaar": "nee", "vorm": "bankhelpdeskfraude"},
        "note": "NL91ABNA0417164300, 600 euro",
        "policy": "abc",
        "decision": None if choice is None else draft(token, choice),
        "dispatch": None if priority is None else dispatch(number, priority, f"bericht {token}"),
    }
    return PaperEntry(**(fields | changes))


def sent_out(calls: Calls, name: str, priority: int = 1) -> str:
    """Ring, take and decide a call with a dispatch; give the message id."""
    call_id = calls.ring(incoming(name)).call_id
    message = dispatch(call_id, priority)
    choice = {1: Choice.PRIO1, 2: Choice.PRIO2, 3: Choice.PRIO3}[priority]
    calls.decide(calls.claim(call_id, "jan"), draft(f"besluit {name}", choice), message)
    return message.message_id


def rows(writer: Writer, sql: str, *values: str | int) -> list[dict[str, Any]]:
    """Look into the file itself."""
    return [dict(row) for row in writer.look(lambda transaction: transaction.every(sql, *values)).result()]


def wait_for(predicate: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; the limit only ends a test that would hang."""
    end = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)


def start(code: str, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start a Python program of its own on `code`."""
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, **options
    )


def run(code: str, *arguments: str | Path, **options: Any) -> str:
    """Run a program to its end and give what it printed; it must succeed."""
    process = start(code, *arguments, **options)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed
    return printed.strip()


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Read what a program prints, line by line."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line.rstrip("\n")


def home_in(folder: Path) -> Home:
    """Make a data folder, on whatever disk the tests run."""
    return Home.prepare(folder / "map")
