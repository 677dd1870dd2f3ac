"""The same policy in other engines, timed in one process with ours; `benches.engine` runs it in its own environment.

Each peer gets the policy in the form that suits it: one expression that tries outcomes from the most urgent down, and
for zen also its decision table, one row for each way in which a rule can fire. Hours are a number, -1 where unknown.
Prints JSON: per engine its version, microseconds per full set of answers, and whether every outcome was the same.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from itertools import product
from typing import TYPE_CHECKING, Any

import cel
import json_logic
import rule_engine
import zen

import triage_rules
from benches.reporting import best_of, seeded
from triage_rules.conditions import AllOf, Condition, Test
from triage_rules.hours import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from triage_rules import Policy

SETS = 2000
SLOW_SETS = 500
NO_HOURS = -1.0

Answers = dict[str, Any]


def answer_sets(policy: Policy) -> list[Answers]:
    """Full sets of answers, drawn by the policy's own shares but for the form, which is even."""
    source = seeded(3)
    found = []
    for _ in range(SETS):
        answers: Answers = {}
        for question in policy.questions:
            shares = [question.priors[value] for value in question.classes]
            value = source.choices(question.classes, shares)[0]
            if question.line is not None:
                spans = {span.name: span for span in question.line.spans}
                answers[question.id] = NO_HOURS if value == UNKNOWN else spans[value].middle
            else:
                answers[question.id] = value
        found.append(answers)
    return found


# -- the policy as an expression


def as_expression(policy: Policy, both: str, either: str) -> str:
    """Outcomes from the most urgent down, each with the conditions of its rules, as nested choices."""
    text = "0"
    for outcome in policy.outcomes:
        rules = [rule for rule in policy.rules if rule.outcome == outcome.id]
        condition = f" {either} ".join(_text(policy, rule.condition, both, either) for rule in rules)
        text = f"({condition}) ? {outcome.rank} : ({text})"
    return text


def _text(policy: Policy, condition: Condition, both: str, either: str) -> str:
    if isinstance(condition, Test):
        line = policy.question(condition.question).line
        if line is None:
            values = ", ".join(f'"{value}"' for value in sorted(condition.values))
            return f"({condition.question} in [{values}])"
        pieces = [_span_text(condition.question, low, high, both) for low, high in _runs(policy, condition)]
        return f"({f' {either} '.join(pieces)})"
    word = both if isinstance(condition, AllOf) else either
    parts = [_text(policy, part, both, either) for part in condition.parts]
    return f"({f' {word} '.join(parts)})" if parts else ("true" if word == both else "false")


Limit = tuple[str, float] | None


def _runs(policy: Policy, test: Test) -> list[tuple[Limit, Limit]]:
    """The stretches of hours that a test allows, each with its limits; unknown hours lie below nought."""
    spans = () if (line := policy.question(test.question).line) is None else line.spans
    runs: list[tuple[Limit, Limit]] = [(None, ("<", 0.0))] if UNKNOWN in test.values else []
    last = runs[-1] if runs else None
    for span in spans:
        if span.name not in test.values:
            last = None
            continue
        high: Limit = None if span.high == float("inf") else ("<=" if span.high_included else "<", span.high)
        low: Limit = (">=" if span.low_included else ">", span.low)
        if last is not None:
            runs[-1] = last = (last[0], high)
        else:
            last = (low, high)
            runs.append(last)
    return runs


def _span_text(name: str, low: Limit, high: Limit, both: str) -> str:
    limits = [f"{name} {sign} {number:.1f}" for sign, number in filter(None, (low, high))]
    return f"({f' {both} '.join(limits)})" if limits else "true"


def as_json_logic(policy: Policy) -> Any:
    """The same as JSON-logic."""
    steps: list[Any] = []
    for outcome in reversed(policy.outcomes):
        rules = [rule for rule in policy.rules if rule.outcome == outcome.id]
        steps += [{"or": [_logic(policy, rule.condition) for rule in rules]}, outcome.rank]
    return {"if": [*steps, 0]}


def _logic(policy: Policy, condition: Condition) -> Any:
    if isinstance(condition, Test):
        var = {"var": condition.question}
        if policy.question(condition.question).line is None:
            return {"in": [var, sorted(condition.values)]}
        runs = [
            {"and": [{sign: [var, number]} for sign, number in filter(None, limits)]}
            for limits in _runs(policy, condition)
        ]
        return {"or": runs}
    parts = [_logic(policy, part) for part in condition.parts]
    return {("and" if isinstance(condition, AllOf) else "or"): parts} if parts else isinstance(condition, AllOf)


# -- the policy as a decision table


def as_table(policy: Policy) -> str:
    """A decision model of zen with one table, most urgent rows first; the first row that fits decides."""
    names = [question.id for question in policy.questions]
    rows = []
    for outcome in reversed(policy.outcomes):
        for rule in policy.rules:
            if rule.outcome == outcome.id:
                rows += [(way, outcome.rank) for way in _ways(policy, rule.condition)]
    rules = [
        {"_id": str(number), "uit": str(rank), **{name: _cell(policy, name, way.get(name)) for name in names}}
        for number, (way, rank) in enumerate(rows)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "uit", "name": "uit", "field": "uit"}],
        "rules": rules,
    }
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "tabel", "type": "decisionTableNode", "name": "tabel", "position": place, "content": table},
        {"id": "uit", "type": "outputNode", "name": "uit", "position": place},
    ]
    edges = [
        {"id": "een", "type": "edge", "sourceId": "in", "targetId": "tabel"},
        {"id": "twee", "type": "edge", "sourceId": "tabel", "targetId": "uit"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _ways(policy: Policy, condition: Condition) -> list[dict[str, frozenset[str]]]:
    """The ways in which a condition holds, each as the values that every question may have."""
    if isinstance(condition, Test):
        return [{condition.question: condition.values}]
    if not isinstance(condition, AllOf):
        return [way for part in condition.parts for way in _ways(policy, part)]
    found = []
    for chosen in product(*(_ways(policy, part) for part in condition.parts)):
        cells: dict[str, frozenset[str]] = {}
        for way in chosen:
            for name, values in way.items():
                cells[name] = cells.get(name, frozenset(policy.question(name).classes)) & values
        if all(cells.values()):
            found.append(cells)
    return found


def _cell(policy: Policy, name: str, values: frozenset[str] | None) -> str:
    if values is None:
        return ""
    if policy.question(name).line is None:
        return ", ".join(f'"{value}"' for value in sorted(values))
    runs = _runs(policy, Test(name, values))
    texts = [" and ".join(f"{sign} {number:g}" for sign, number in filter(None, limits)) for limits in runs]
    return ", ".join(texts)


# -- timing


def main() -> None:
    """Time every engine on the same sets of answers and print what came out."""
    policy = triage_rules.load()
    sets = answer_sets(policy)
    ours = [{**answers, "laatste_handeling": _ours(answers["laatste_handeling"])} for answers in sets]
    expected = [policy.evaluator.outcome(answers).rank for answers in ours]
    found: dict[str, dict[str, object]] = {}

    def timed(name: str, run: Callable[[Answers], float], given: list[Answers], package: str) -> None:
        outcomes = [int(run(answers)) for answers in given]
        seconds = best_of(lambda: [run(answers) for answers in given])
        found[name] = {
            "version": version(package) if package else sys.version.split()[0],
            "microseconds": seconds / len(given) * 1e6,
            "same": outcomes == expected[: len(given)],
        }

    outcome, resume = policy.evaluator.outcome, policy.resume
    rank = dict.fromkeys(policy.form_question.classes, 0)
    timed("dict lookup (floor)", lambda answers: rank[answers["vorm"]], sets, "")
    found["dict lookup (floor)"]["same"] = None
    timed("ours, full set of answers", lambda answers: outcome(answers).rank, ours, "")
    timed("ours, as a call with all its bounds", lambda answers: resume(answers).at_least.rank, ours, "")
    expression = zen.compile_expression(as_expression(policy, "and", "or"))
    timed("zen-engine, compiled expression", expression.evaluate, sets, "zen-engine")
    decision = zen.ZenEngine().create_decision(as_table(policy))
    timed("zen-engine, decision table", lambda a: decision.evaluate(a)["result"]["uit"], sets[:SLOW_SETS], "zen-engine")
    program = cel.compile(as_expression(policy, "&&", "||"))
    timed("cel (Rust binding)", program.execute, sets, "common-expression-language")
    logic = as_json_logic(policy)
    timed("json-logic", lambda a: json_logic.jsonLogic(logic, a), sets[:SLOW_SETS], "json-logic-qubit")
    rule = rule_engine.Rule(as_expression(policy, "and", "or"))
    timed("rule-engine", rule.evaluate, sets[:SLOW_SETS], "rule-engine")
    print(json.dumps(found))


def _ours(hours: float) -> float | str:
    return UNKNOWN if hours == NO_HOURS else hours


if __name__ == "__main__":
    main()
