"""The policy engine: how fast, how exact, how few questions. Goals are those that the project set itself.

Peers are installed into a throw-away environment for this run only. Ratios are taken within one process, so that a busy
machine slows both sides.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Final

import triage_rules
from benches import engine_proof, engine_questions
from benches.reporting import Sheet, best_of, quantile, seeded
from triage_rules import Policy
from triage_rules.compiling import compiled
from triage_rules.gate import gate
from triage_rules.proving import Proof
from triage_rules.verifying import verify

PEERS: Final = (
    "zen-engine==2.1.3",
    "common-expression-language==0.10.0",
    "json-logic-qubit==0.9.1",
    "rule-engine==5.1.0",
)
ROOT: Final = Path(__file__).parent.parent
CALLS: Final = 400
PARTIAL: Final = 20_000


def run() -> bool:
    """Print every figure; False when a goal was missed."""
    policy = triage_rules.load()
    sheet = Sheet()
    print(f"Policy engine: {policy!r}, {platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    _peers(sheet)
    _partial(sheet)
    _keystrokes(sheet)
    _compiling(sheet, policy)
    engine_questions.run(sheet, policy)
    engine_proof.run(sheet, policy)
    return sheet.met


def _peers(sheet: Sheet) -> None:
    """A full set of answers, against other engines that were given the same policy."""
    sheet.heading("Evaluate a full set of answers (microseconds each)")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "bin", "python"))
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            sheet.say("peers could not be installed", "-", "a package index", met=False)
            print(done.stderr.strip().splitlines()[-1:])
            return
        measured = subprocess.run(
            [python, "-m", "benches.engine_peers"],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    found = json.loads(measured.stdout)
    ours = found["ours, full set of answers"]["microseconds"]
    for name, each in found.items():
        ratio = each["microseconds"] / ours
        same = {True: ", all outcomes the same", False: ", OUTCOMES DIFFER", None: ""}[each["same"]]
        sheet.say(f"{name} {each['version']}", f"{each['microseconds']:.2f} ({ratio:.1f}x){same}")
        sheet.met = sheet.met and each["same"] is not False
    peers = [each["microseconds"] for name, each in found.items() if not name.startswith(("ours", "dict"))]
    sheet.say("ours", f"{ours:.2f} us", "<= 1.5 us", met=ours <= 1.5)
    sheet.say("fastest peer against ours", f"{min(peers) / ours:.1f}x", ">= 5x", met=min(peers) >= 5 * ours)


def _random_answers(policy: Policy, source: random.Random, kept: float) -> dict[str, str]:
    answers = {}
    for question in policy.questions:
        if source.random() < kept:
            value = source.choice(question.classes)
            spans = {span.name: span for span in question.line.spans} if question.line else {}
            answers[question.id] = f"{spans[value].middle:g}" if value in spans else value
    return answers


def _partial(sheet: Sheet) -> None:
    """Whether a partial set of answers is final, from nothing and one answer further."""
    sheet.heading("Final or not, on partial sets of answers")
    policy = triage_rules.load()
    source = seeded(5)
    sets = [_random_answers(policy, source, 0.6) for _ in range(PARTIAL)]
    final, left = policy.evaluator.final, policy.evaluator.left
    once = best_of(lambda: [final(answers) for answers in sets]) / PARTIAL * 1e6
    sheet.say("final or not, from the root", f"{once:.2f} us", "<= 5 us", met=once <= 5)
    certain = [answers for _ in range(PARTIAL) if final(answers := _random_answers(policy, source, 0.85))]
    whole = best_of(lambda: [final(answers) for answers in certain]) / len(certain) * 1e6
    sheet.say(f"the same, {len(certain):,} sets that are final", f"{whole:.2f} us", "<= 5 us", met=whole <= 5)
    begun = time.perf_counter()
    for answers in sets:
        left(answers)
    first = (time.perf_counter() - begun) / PARTIAL * 1e6
    again = best_of(lambda: [left(answers) for answers in sets]) / PARTIAL * 1e6
    sheet.say("least and most urgent, from the root, first time", f"{first:.2f} us")
    sheet.say("least and most urgent, from the root, again", f"{again:.2f} us")
    diagram, root, _ = policy.workings
    steps = [(root, level, code) for level, values in enumerate(diagram.values) for code in range(len(values))]
    for node, level, code in steps:
        diagram.restrict(node, level, code)
    one = best_of(lambda: [diagram.restrict(*step) <= diagram.top for step in steps]) / len(steps) * 1e6
    sheet.say("one answer further", f"{one:.2f} us")


def _keystrokes(sheet: Sheet) -> None:
    """All the work that one key costs: the new state, bounds, reason with rules, next question."""
    sheet.heading("Work per keystroke")
    policy = triage_rules.load()
    source = seeded(6)
    whole, extra = [], []
    for _ in range(CALLS):
        state = policy.start()
        while state.next_question is not None:
            asked = state.next_question if source.random() < 0.8 else source.choice(state.open_questions)
            question = policy.question(asked)
            value = source.choices(question.classes, [question.priors[each] for each in question.classes])[0]
            spans = {span.name: span for span in question.line.spans} if question.line else {}
            answer = f"{spans[value].middle:g}" if value in spans else value
            begun = time.perf_counter()
            state = state.answer(asked, answer)
            _ = state.at_least, state.at_most, state.final, state.urgency.at_least, state.because, state.open_questions
            whole.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            _ = state.could_become, state.why_next, state.alternatives
            extra.append(time.perf_counter() - begun)
    median, worst = quantile(whole, 0.5) * 1e3, quantile(whole, 0.99) * 1e3
    sheet.say(
        f"restrict, bounds, reason, next ({len(whole)} keys), median", f"{median:.3f} ms", "<= 1 ms", met=median <= 1
    )
    sheet.say("the same, 99 of 100 within", f"{worst:.3f} ms", "<= 10 ms", met=worst <= 10)
    sheet.say("what could still change it, and alternatives, median", f"{quantile(extra, 0.5) * 1e3:.3f} ms")
    sheet.say("the same, 99 of 100 within", f"{quantile(extra, 0.99) * 1e3:.3f} ms")


def _compiling(sheet: Sheet, policy: Policy) -> None:
    """From the content of the pack to a proved policy, and what the console does at its start."""
    sheet.heading("Compile and verify the packaged policy")
    content = policy.content
    compiling = best_of(lambda: compiled(content)) * 1e3
    reading = best_of(triage_rules.read_pack, 3) * 1e3

    def check() -> None:
        proof = Proof(policy)
        verify(policy, proof)
        gate(policy, proof)

    checking = best_of(check) * 1e3
    nodes = len(policy.workings.diagram.reachable(policy.workings.root))
    examples = len(policy.examples) + len(policy.boundaries)
    sheet.say("nodes of the diagram", f"{nodes}")
    sheet.say("compile: diagram, table of questions, hashes", f"{compiling:.0f} ms")
    sheet.say(f"verify: all checks, and the gate of {examples} examples", f"{checking:.0f} ms")
    sheet.say("compile and verify", f"{compiling + checking:.0f} ms", "<= 250 ms", met=compiling + checking <= 250)
    sheet.say("read and check the YAML, and compile it", f"{reading:.0f} ms")
    sheet.say("load the compiled file", f"{best_of(triage_rules.load) * 1e3:.1f} ms")
