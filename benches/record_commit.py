"""What it costs to commit a decision with its audit row and its dispatch, against the same rows through plain SQL.

The floor is taken from the record itself: the statements that write are written down while decisions are recorded in one
file, and then executed bare, as one transaction on a connection with the same settings, in another. The two take turns,
so that whatever else the disk does slows both.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, cast

import triage_rules
from benches.reporting import quantile
from console.model import OPEN, Choice
from console.record import Calls, Home, Writer, engine
from tests.record.support import Clock, dispatch, draft, incoming

if TYPE_CHECKING:
    from pathlib import Path

    from benches.reporting import Sheet
    from console.model import Claim, Dispatch
    from console.record import DecisionDraft

DECISIONS: Final = 600
WARM: Final = 100
GOAL: Final = 1.3

Statement = tuple[str, tuple[Any, ...]]
Work = tuple["Claim", "DecisionDraft", "Dispatch"]


class _Listening:
    """A connection that writes down the statements that write."""

    def __init__(self, inner: engine.Connection, heard: list[Statement]) -> None:
        self._inner = inner
        self._heard = heard

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> object:
        if statement.split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            self._heard.append((statement, values))
        return self._inner.execute(statement, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def run(sheet: Sheet, folder: Path) -> None:
    """Measure, and hold the ratio against its goal."""
    sheet.heading(f"Commit of a decision with its audit row and dispatch ({DECISIONS} each, by turns)")
    ours, bare, listened = (Home.prepare(folder / name) for name in ("ours", "bare", "listened"))
    with Writer.open(ours, clock=Clock()) as writer:
        work = _prepare(Calls(writer))
    for copy in (bare, listened):
        copy.database.write_bytes(ours.database.read_bytes())
        copy.database.chmod(copy.file_mode)
    decisions = _listen(listened, work)
    recorded, floor = [], []
    plain = engine.connect(bare.database)
    with Writer.open(ours, clock=Clock()) as writer:
        calls = Calls(writer)
        for task, statements in zip(work, decisions, strict=True):
            begun = time.perf_counter()
            calls.decide(*task)
            between = time.perf_counter()
            plain.execute("BEGIN IMMEDIATE")
            for statement, values in statements:
                plain.execute(statement, values).fetchall()
            plain.execute("COMMIT")
            recorded.append(between - begun)
            floor.append(time.perf_counter() - between)
    plain.close()
    _report(sheet, recorded[WARM:], floor[WARM:], len(decisions[-1]))


def _prepare(calls: Calls) -> list[Work]:
    """Calls in hand, with what will be decided on each: a full set of answers, and a dispatch of the usual length."""
    answers = {question.id: OPEN for question in triage_rules.load().questions}
    work: list[Work] = []
    for number in range(DECISIONS + WARM):
        claim = calls.claim(calls.ring(incoming(f"melding {number}")).call_id, "jan")
        made = draft(f"besluit {number}", Choice.PRIO1, answers=answers)
        work.append((claim, made, dispatch(claim.call_id)))
    return work


def _listen(home: Home, work: list[Work]) -> list[list[Statement]]:
    heard: list[Statement] = []
    found = []
    opener = lambda path: cast("engine.Connection", _Listening(engine.connect(path), heard))  # noqa: E731
    with Writer.open(home, clock=Clock(), connect=opener) as writer:
        calls = Calls(writer)
        for task in work:
            heard.clear()
            calls.decide(*task)
            found.append(list(heard))
    return found


def _report(sheet: Sheet, recorded: list[float], floor: list[float], rows: int) -> None:
    for name, times in (("through the record", recorded), ("the same rows through plain SQL", floor)):
        figure = f"{quantile(times, 0.5) * 1e3:.3f} ms, p99 {quantile(times, 0.99) * 1e3:.2f}"
        sheet.say(f"{name} ({rows} statements), p50", figure)
    ratio = quantile(recorded, 0.5) / quantile(floor, 0.5)
    sheet.say("record against plain SQL, p50", f"{ratio:.2f}x", f"<= {GOAL}x", met=ratio <= GOAL)
    sheet.say("record against plain SQL, all together", f"{sum(recorded) / sum(floor):.2f}x")
