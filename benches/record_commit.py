"""What it costs to commit a decision with its audit row and its dispatch, against the same rows through plain SQL.

The floor is taken from the record itself: the statements that write are written down while decisions are recorded in
one file, and then executed bare with their ready-made values, as one transaction on a connection with the same
settings, in another. The two take turns, so that whatever else the disk does slows both. What the record adds is the
same on every disk (checks, JSON, digest, and the way to its thread and back), so the ratio is worst on the fastest one.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, cast

import triage_rules
from benches.bare_record import Listening, Statement, commit
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

Work = tuple["Claim", "DecisionDraft", "Dispatch"]


def run(sheet: Sheet, folder: Path) -> None:
    """Measure, and hold the ratio against its goal."""
    sheet.heading(f"Commit of a decision with its audit row and dispatch ({DECISIONS} each, by turns)")
    ours, bare, apart, listened = (Home.prepare(folder / name) for name in ("ours", "bare", "apart", "listened"))
    with Writer.open(ours, clock=Clock()) as writer:
        work = _prepare(Calls(writer))
    for copy in (bare, apart, listened):
        copy.database.write_bytes(ours.database.read_bytes())
        copy.database.chmod(copy.file_mode)
    decisions = _listen(listened, work)
    took: list[tuple[float, float, float]] = []
    plain = engine.connect(bare.database)
    with Writer.open(ours, clock=Clock()) as writer, ThreadPoolExecutor(1) as thread:
        calls = Calls(writer)
        threaded = thread.submit(engine.connect, apart.database).result()
        for task, statements in zip(work, decisions, strict=True):
            moments = [time.perf_counter()]
            calls.decide(*task)
            moments.append(time.perf_counter())
            commit(plain, statements)
            moments.append(time.perf_counter())
            thread.submit(commit, threaded, statements).result()
            moments.append(time.perf_counter())
            took.append((moments[1] - moments[0], moments[2] - moments[1], moments[3] - moments[2]))
        thread.submit(threaded.close).result()
    plain.close()
    _report(sheet, took[WARM:], len(decisions[-1]))


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
    opener = lambda path: cast("engine.Connection", Listening(engine.connect(path), heard))  # noqa: E731
    with Writer.open(home, clock=Clock(), connect=opener) as writer:
        calls = Calls(writer)
        for task in work:
            heard.clear()
            calls.decide(*task)
            found.append(list(heard))
    return found


def _report(sheet: Sheet, took: list[tuple[float, float, float]], statements: int) -> None:
    names = ("through the record", "plain SQL", "plain SQL on a thread of its own")
    middles = []
    for name, times in zip(names, zip(*took, strict=True), strict=True):
        middles.append(quantile(times, 0.5) * 1e3)
        sheet.say(
            f"{name} ({statements} statements), p50, p99", f"{middles[-1]:.3f}, {quantile(times, 0.99) * 1e3:.2f} ms"
        )
    recorded, floor, threaded = middles
    sheet.say("record against plain SQL, p50", f"{recorded / floor:.2f}x", f"<= {GOAL}x", met=recorded <= GOAL * floor)
    sheet.say("record against plain SQL on a thread, p50", f"{recorded / threaded:.2f}x")
    sheet.say("added by the record, p50", f"{recorded - floor:.3f} ms")
