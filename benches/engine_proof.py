"""How exact the engine is: against brute force over evaluators that share nothing with it, and against wrong edits."""

from __future__ import annotations

import os
from multiprocessing import get_context
from typing import Final

import triage_rules
from benches.reporting import Sheet, seeded
from tests.triage_rules import slow
from tests.triage_rules.mutants import mutants, narrower_lists
from tests.triage_rules.test_small_packs import check_all_partial_sets
from triage_rules import Policy
from triage_rules.comparing import compare
from triage_rules.compiling import compiled
from triage_rules.errors import ContentError
from triage_rules.gate import gate
from triage_rules.proving import Proof
from triage_rules.verifying import verify

FULL: Final = 1_000_000
PARTIAL: Final = 100_000
MOST_OPEN: Final = 4
SMALL_POLICIES: Final = 80
_CHUNKS: Final = 100


def run(sheet: Sheet, policy: Policy) -> None:
    """Print what was tried and how often it was wrong."""
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        sheet.heading("Exactness, against brute force over independent evaluators")
        wrong = sum(pool.imap_unordered(_full_chunk, range(_CHUNKS)))
        sheet.say(f"{FULL:,} full sets of answers, wrong", f"{wrong}", "0", met=wrong == 0)
        wrong = sum(pool.imap_unordered(_partial_chunk, range(_CHUNKS)))
        sheet.say(f"{PARTIAL:,} partial sets, 1 to {MOST_OPEN} open, wrong", f"{wrong}", "0", met=wrong == 0)
        found = list(pool.imap_unordered(_small_policy, range(SMALL_POLICIES)))
        sets, tried = sum(count for count, _ in found), sum(count > 0 for count, _ in found)
        wrong = sum(not right for _, right in found)
        name = f"all {sets:,} partial sets of {tried} random policies, wrong"
        sheet.say(name, f"{wrong}", "0 of >= 60", met=wrong == 0 and tried >= 60)

        sheet.heading("Wrong edits of the policy: stopped by checks and examples, shown by the comparison")
        edits = [(mutant.kind, mutant.content) for mutant in mutants(dict(policy.content))]
        edits += [(mutant.kind, mutant.content) for mutant in narrower_lists(dict(policy.content))]
        _edits(sheet, list(pool.imap_unordered(_edit, edits, 8)))


def _full_chunk(chunk: int) -> int:
    """How many of a chunk of random full sets of answers get another outcome than by hand."""
    policy = triage_rules.load()
    source = seeded(chunk)
    outcome = policy.evaluator.outcome
    wrong = 0
    for _ in range(FULL // _CHUNKS):
        answers = slow.random_answers(source)
        wrong += outcome(answers).id != slow.outcome(answers)
    return wrong


def _partial_chunk(chunk: int) -> int:
    """How many of a chunk of random partial sets get other bounds than trying every completion by hand shows."""
    policy = triage_rules.load()
    source = seeded(1000 + chunk)
    wrong = 0
    for _ in range(PARTIAL // _CHUNKS):
        answers = slow.random_answers(source, source.randint(1, MOST_OPEN))
        ranks = {slow.RANK[slow.outcome(full)] for full in slow.completions(answers)}
        state = policy.resume(answers)
        exact = {outcome.rank for outcome in state.possible} == ranks
        wrong += not exact or state.final != (len(ranks) == 1)
    return wrong


def _small_policy(seed: int) -> tuple[int, bool]:
    """How many partial sets one random small policy has, and whether all of them were right."""
    try:
        return check_all_partial_sets(seed), True
    except AssertionError:
        return 1, False


def _edit(edit: tuple[str, dict[str, object]]) -> tuple[str, bool, bool, bool]:
    """Of one edit: its kind, whether it changes any outcome, whether it is stopped, whether the comparison shows it."""
    kind, content = edit
    original = triage_rules.load()
    try:
        policy = compiled(content)
    except ContentError:
        return kind, True, True, True
    if policy.meaning_hash == original.meaning_hash:
        return kind, False, False, False
    proof = Proof(policy)
    stopped = bool(verify(policy, proof).findings or gate(policy, proof).findings)
    return kind, True, stopped, compare(original, policy).changed > 0


def _edits(sheet: Sheet, found: list[tuple[str, bool, bool, bool]]) -> None:
    kinds = dict.fromkeys(kind for kind, *_ in found)
    for kind in kinds:
        changing = [each for each in found if each[0] == kind and each[1]]
        sheet.say(f"{kind}: {len(changing)} change the meaning, stopped", f"{sum(each[2] for each in changing)}")
    changing = [each for each in found if each[1]]
    stopped, shown = sum(each[2] for each in changing), sum(each[3] for each in changing)
    share = stopped / len(changing)
    enough = share >= 0.98 and len(changing) >= 200
    sheet.say(f"together {len(changing)}, stopped", f"{share:.1%}", ">= 98 % of >= 200", met=enough)
    sheet.say("shown by the comparison", f"{shown}", "all", met=shown == len(changing))
