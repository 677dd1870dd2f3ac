"""Why the outcome is at least what it is, and what would make it different: exact, and in the policy's own words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import TYPE_CHECKING

from triage_rules import words
from triage_rules.diagram import Builder, restricted
from triage_rules.hours import UNKNOWN
from triage_rules.model import Outcome, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triage_rules.diagram import Diagram
    from triage_rules.model import Question
    from triage_rules.state import State

Answered = tuple[str, str]
"""A question and one of its values as rules see them (a class, for hours)."""

_NAMED = 3
_STEP, _FORM_PENALTY, _UNKNOWN_PENALTY = 100_000, 2_000, 1_000


@dataclass(frozen=True, slots=True)
class Reason:
    """A smallest set of answers that forces at least `outcome`, with the rules that say so.

    Leave any of `answers` out and a less urgent outcome is possible again. `text` is a Dutch clause without "omdat".
    """

    outcome: Outcome
    answers: tuple[Answered, ...]
    rules: tuple[Rule, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """At least `outcome` follows when each question of `answers` gets that value, whatever is open.

    In a change by one more answer, `answers` holds every value of that one question that does so. `final` tells whether
    nothing can change it any more.
    """

    outcome: Outcome
    answers: tuple[Answered, ...]
    final: bool
    text: str


def joined(parts: Sequence[str], last: str = words.AND) -> str:
    """Parts as a list in words: "a, b en c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def clause(question: Question, values: Sequence[str]) -> str:
    """What these values of a question mean, to stand after "als" or "omdat"."""
    named = [question.clauses[value] for value in values[:_NAMED]]
    if len(values) > _NAMED:
        named.append(words.one_of_others(len(values) - _NAMED))
    return joined(named, words.OR)


# -- because


def reason(state: State) -> Reason:
    """The smallest reason for "ten minste"; of several, the one with the questions that come first in the file."""
    floor = state.at_least
    diagram = state.workings.diagram
    sets = minimal_sets(diagram, state.workings.root, codes_of(state), floor.rank + 1)
    order = [diagram.level_of[question.id] for question in state.policy.questions]
    best = min(sets, key=lambda each: (each.bit_count(), [-(each >> level & 1) for level in order]))
    answers = tuple(
        (question.id, state.classes[question.id])
        for question in state.policy.questions
        if best >> diagram.level_of[question.id] & 1
    )
    rules = firing(state.policy.state_of({name: state.answers[name] for name, _ in answers}), floor)
    clauses = [clause(state.policy.question(name), [value]) for name, value in answers]
    return Reason(floor, answers, rules, joined(clauses) if clauses else words.FOR_EVERY_CALL)


def codes_of(state: State) -> list[int | None]:
    """Per level the number of the value that was answered, or None while it is open."""
    diagram = state.workings.diagram
    codes: list[int | None] = [None] * len(diagram.questions)
    for name, value in state.classes.items():
        level = diagram.level_of[name]
        codes[level] = diagram.code_of[level][value]
    return codes


def minimal_sets(diagram: Diagram, root: int, codes: Sequence[int | None], floor: int) -> tuple[int, ...]:
    """Every subset-minimal set of answers that forces a terminal of at least `floor`, as bits of levels.

    A node is forced by what forces all of its children, or by its own answer together with what forces the child it
    leads to.
    """
    known: dict[int, tuple[int, ...]] = {}

    def forcing(node: int) -> tuple[int, ...]:
        if diagram.least(node) >= floor:
            return (0,)
        if diagram.most(node) < floor:
            return ()
        found = known.get(node)
        if found is None:
            children = diagram.children[node]
            code = codes[diagram.level[node]]
            sets = _forcing_all(sorted({forcing(child) for child in set(children)}, key=len))
            if code is not None:
                bit = 1 << diagram.level[node]
                sets = _minimal([*sets, *(each | bit for each in forcing(children[code]))])
            found = known[node] = sets
        return found

    return forcing(root)


def _forcing_all(families: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The minimal sets that contain a set of each family."""
    result: tuple[int, ...] = (0,)
    for family in families:
        if not family:
            return ()
        result = _minimal([one | other for one in result for other in family])
    return result


def _minimal(sets: Iterable[int]) -> tuple[int, ...]:
    """The sets that contain no other one."""
    kept: list[int] = []
    for each in sorted(set(sets), key=int.bit_count):
        if not any(smaller & each == smaller for smaller in kept):
            kept.append(each)
    return tuple(kept)


def firing(state: State, outcome: Outcome) -> tuple[Rule, ...]:
    """The rules that certainly fire and give `outcome`; where none is certain, rules of which one certainly fires."""
    certain = tuple(rule for rule in state.policy.rules if rule.outcome == outcome.id and state.truth(rule))
    return certain or _covering(state, outcome)


def _covering(state: State, outcome: Outcome) -> tuple[Rule, ...]:
    """Rules that may fire, of which always at least one does, none of them superfluous."""
    diagram = state.workings.diagram
    builder = Builder(diagram)
    rank = state.policy.outcome
    needed = {
        rule.id: restricted(diagram, builder.condition(rule.condition), state.classes)
        for rule in sorted(state.policy.rules, key=lambda each: rank(each.outcome).rank)
        if rank(rule.outcome).rank >= outcome.rank and state.truth(rule) is not False
    }
    for name in reversed(list(needed)):
        union = 0
        for other, node in needed.items():
            if other != name:
                union = builder.most(union, node)
        if union == diagram.top:
            del needed[name]
    return tuple(rule for rule in state.policy.rules if rule.id in needed)


# -- what one more answer does


def could_become(state: State) -> tuple[Change, ...]:
    """What one more answer would make certain: a higher floor, or the end of the questions. Most urgent first."""
    found = []
    for name in state.open_questions:
        question = state.policy.question(name)
        effects = [
            (after.at_least, after.final, value)
            for place, value in enumerate(question.classes)
            for after in [_after(state, name, place)]
            if after.final or after.at_least.rank > state.at_least.rank
        ]
        effects.sort(key=lambda each: (-each[0].rank, not each[1]))
        for (outcome, final), group in groupby(effects, key=lambda each: each[:2]):
            values = [value for _, _, value in group]
            text = words.when(outcome.short, clause(question, values))
            found.append(Change(outcome, tuple((name, value) for value in values), final, text))
    return tuple(sorted(found, key=lambda each: -each.outcome.rank))


def _code(state: State, level: int, place: int) -> int:
    """The code of the value at a place in the order of urgency."""
    diagram = state.workings.diagram
    question = state.policy.question(diagram.questions[level])
    return diagram.code_of[level][question.classes[place]]


def why_next(state: State) -> str:
    """What the next question does, in one line: "beslist als ja", "sluit prio 1 uit als nee"."""
    name = state.next_question
    if name is None:
        return ""
    question = state.policy.question(name)
    after = {value: _after(state, name, place) for place, value in enumerate(question.classes)}
    ending = [value for value, left in after.items() if left.final]
    if len(ending) == len(after):
        return words.DECIDES
    if ending:
        return words.decides_when(_labels(question, ending))
    highest = max((left.at_least for left in after.values()), key=lambda each: each.rank)
    if highest.rank > state.at_least.rank:
        raising = [value for value, left in after.items() if left.at_least == highest]
        return words.raises_when(highest.short, _labels(question, raising))
    lowering = [value for value, left in after.items() if left.at_most.rank < state.at_most.rank]
    if lowering:
        return words.rules_out_when(state.at_most.short, _labels(question, lowering))
    return words.NEEDED


def _after(state: State, name: str, place: int) -> State:
    """The state if this open question got the value at a place in its order of urgency."""
    level = state.workings.diagram.level_of[name]
    return state.at(state.workings.diagram.restrict(state.node, level, _code(state, level, place)))


def _labels(question: Question, values: Sequence[str]) -> str:
    """Values as they stand on the checklist, not more than a few."""
    labels = {value.id: value.label for value in question.values}
    spans = {} if question.line is None else {span.name: span.words for span in question.line.spans}
    shown = [labels.get(value) or words.ago(spans[value]) for value in values[:_NAMED]]
    return joined(shown, words.OR) + (f" {words.AND_MORE}" if len(values) > _NAMED else "")


# -- the nearest other outcomes


_Way = tuple[int, tuple[tuple[int, int], ...]]
"""A cost, and which answers to give: (level, code)."""


def alternatives(state: State) -> tuple[Change, ...]:
    """For every other outcome the fewest answers that would have to be given or changed to make it certain.

    The shortest way through the diagram to each terminal, where following an answer that was given costs nothing. Of
    equally short ways the one that leaves the form alone, needs no `onbekend` and is most likely. Most urgent first.
    """
    diagram = state.workings.diagram
    codes = codes_of(state)
    form = diagram.level_of[state.policy.form_question.id]
    best: dict[int, dict[int, _Way]] = {terminal: {terminal: (0, ())} for terminal in range(diagram.top + 1)}
    for node in diagram.reachable(state.workings.root):
        level = diagram.level[node]
        given = codes[level]
        ways: dict[int, _Way] = {}
        for code, child in enumerate(diagram.children[node]):
            step = 0
            if code != given:
                rare = int(-100 * log(state.workings.asker.shares[level][code]))
                unknown = diagram.values[level][code] == UNKNOWN
                step = _STEP + rare + _FORM_PENALTY * (level == form) + _UNKNOWN_PENALTY * unknown
            for terminal, (cost, changes) in best[child].items():
                if terminal not in ways or cost + step < ways[terminal][0]:
                    ways[terminal] = (cost + step, changes if code == given else ((level, code), *changes))
        best[node] = ways
    found = []
    for terminal, (_, changes) in best[state.workings.root].items():
        outcome = state.policy.outcomes[terminal - 1]
        if changes:
            answers = _in_file_order(state, changes)
            clauses = [clause(state.policy.question(name), [value]) for name, value in answers]
            found.append(Change(outcome, answers, True, words.when(outcome.short, joined(clauses))))
    return tuple(sorted(found, key=lambda each: -each.outcome.rank))


def _in_file_order(state: State, changes: Iterable[tuple[int, int]]) -> tuple[Answered, ...]:
    diagram = state.workings.diagram
    chosen = {diagram.questions[level]: diagram.values[level][code] for level, code in changes}
    return tuple((question.id, chosen[question.id]) for question in state.policy.questions if question.id in chosen)
