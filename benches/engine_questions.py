"""How many questions a call takes until the outcome is final, against fixed order and against every other order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import triage_rules
from benches.reporting import Sheet
from triage_rules import Policy
from triage_rules.diagram import Diagram

Shares = Sequence[Sequence[float]]
Choose = Callable[[int], Sequence[int]]
_DEPTH: Final = 10_000


def run(sheet: Sheet, _policy: Policy) -> None:
    """Print the expected numbers, per form and on average over the forms of online crime."""
    policy = triage_rules.load()
    sys.setrecursionlimit(_DEPTH)
    diagram = policy.workings.diagram
    levels = [diagram.level_of[question.id] for question in policy.questions]
    blocks = [
        [diagram.level_of[question.id] for question in policy.questions if question.block == block]
        for block in ("gevaar", "gebeurtenis", "wens")
    ]
    ways: Mapping[str, Choose] = {
        "fixed order": lambda support: [next(level for level in levels if support >> level & 1)],
        "within the blocks, optimum": lambda support: _in_blocks(blocks, support),
        "unconstrained optimum": lambda support: [level for level in levels if support >> level & 1],
    }
    for name, shares in (("every answer as likely", _even(diagram)), ("the shares of the policy", _own(policy))):
        sheet.heading(f"Expected questions after the form is known, {name}")
        found = {way: _expected(diagram, shares, choose) for way, choose in ways.items()}
        forms = _forms(policy)
        followed = _followed(policy, shares)
        print(f"  {'form':<26}" + "".join(f"{way:>30}" for way in found) + f"{'asked by the engine':>24}")
        totals = dict.fromkeys([*found, "engine"], 0.0)
        for form, node in forms.items():
            asked = followed(node)
            row = {way: cost(node) for way, cost in found.items()}
            print(f"  {form:<26}" + "".join(f"{each:>30.3f}" for each in row.values()) + f"{asked:>24.3f}")
            for way, each in (*row.items(), ("engine", asked)):
                totals[way] += each / len(forms)
        for way, total in totals.items():
            sheet.say(f"average over {len(forms)} forms: {way}", f"{total:.4f}")
        if name.startswith("the shares"):
            gap = abs(totals["engine"] - totals["within the blocks, optimum"])
            sheet.say("engine against the optimum within the blocks", f"{gap:.1e}", "equal", met=gap < 1e-9)


def _forms(policy: Policy) -> dict[str, int]:
    """The node of every form of online crime: a call of which only the form is known."""
    states = {form.id: policy.start().answer(policy.form_question.id, form.id) for form in policy.forms}
    return {form: state.node for form, state in states.items() if not state.final}


def _even(diagram: Diagram) -> Shares:
    return [[1 / len(values)] * len(values) for values in diagram.values]


def _own(policy: Policy) -> Shares:
    diagram = policy.workings.diagram
    return [
        [policy.question(name).priors[value] for value in values]
        for name, values in zip(diagram.questions, diagram.values, strict=True)
    ]


def _in_blocks(blocks: Sequence[Sequence[int]], support: int) -> Sequence[int]:
    """Danger in its order, then any question of the event, then the wish in its order."""
    danger, event, wish = ([level for level in block if support >> level & 1] for block in blocks)
    return danger[:1] or event or wish[:1]


def _expected(diagram: Diagram, shares: Shares, choose: Choose) -> Callable[[int], float]:
    """The least expected number of questions from a node on, where `choose` allows only some at each step."""
    known: dict[int, float] = {}

    def cost(node: int) -> float:
        if node <= diagram.top:
            return 0.0
        if node not in known:
            known[node] = min(
                1 + sum(share * cost(diagram.restrict(node, level, code)) for code, share in enumerate(shares[level]))
                for level in choose(diagram.support[node])
            )
        return known[node]

    return cost


def _followed(policy: Policy, shares: Shares) -> Callable[[int], float]:
    """The expected number of questions from a node on, when the engine's own choice is followed."""
    diagram, _, asker = policy.workings
    known: dict[int, float] = {}

    def cost(node: int) -> float:
        if node <= diagram.top:
            return 0.0
        if node not in known:
            level = asker.next_level(node)
            after = (cost(diagram.restrict(node, level, code)) for code in range(len(shares[level])))
            known[node] = 1 + sum(share * each for share, each in zip(shares[level], after, strict=True))
        return known[node]

    return cost
