"""What changes between two policies: counted over all sets of answers, and over decisions that were really taken.

Both diagrams are walked together. Hours are cut wherever either policy cuts them; a question that only one policy asks
counts with all its values, and answers that only one policy knows are left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage_rules.compiling import NODE_LIMIT, diagram_of, question_order
from triage_rules.errors import AnswerError, PolicyError
from triage_rules.hours import UNKNOWN, HourLine
from triage_rules.model import Outcome, Question
from triage_rules.proving import Story, story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from triage_rules.diagram import Diagram
    from triage_rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Cell:
    """All sets of answers that go from one outcome to another, with one of them as a story.

    `share` is their part of all sets, `likely` the same when answers come as often as the new policy's shares say.
    """

    before: Outcome
    after: Outcome
    sets: int
    share: float
    likely: float
    story: Story
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """An example that gets another outcome."""

    id: str
    caller: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs in meaning, and the sources, rules and answers that only one of the two has."""

    sets: int
    changed: int
    cells: tuple[Cell, ...]
    flips: tuple[Flip, ...]
    added: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Axis:
    """One question of both policies: common values, each with its code in either diagram (None: not asked there)."""

    question: Question
    values: tuple[str, ...]
    shares: tuple[float, ...]
    old: tuple[int | None, ...]
    new: tuple[int | None, ...]
    hours: Mapping[str, float]


def compare(old: Policy, new: Policy) -> Comparison:
    """Compare over all sets of answers. Raises PolicyError when a question changed its kind."""
    walk = _Walk(old, new)
    counts = walk.counts(walk.root)
    scale = walk.sets // walk.below[walk.level(walk.root)]
    cells = []
    for (before, after), (sets, likely) in counts.items():
        if before != after:
            told = walk.story(before, after)
            cells.append(
                Cell(
                    _outcome(old, new, before),
                    _outcome(new, old, after),
                    sets * scale,
                    sets * scale / walk.sets,
                    likely,
                    told,
                    _rules(old, told.answers),
                    _rules(new, told.answers),
                )
            )
    cells.sort(key=lambda cell: -cell.sets)
    added, lost = _parts(old, new)
    return Comparison(walk.sets, sum(cell.sets for cell in cells), tuple(cells), tuple(_flips(old, new)), added, lost)


def _outcome(policy: Policy, other: Policy, name: str) -> Outcome:
    return next(each for each in (*policy.outcomes, *other.outcomes) if each.id == name)


def _rules(policy: Policy, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The rules that decide under these answers, as far as the policy asks them."""
    known = {question.id for question in policy.questions}
    state = policy.resume({name: value for name, value in answers.items() if name in known})
    return tuple(rule.id for rule in state.rules)


def _flips(old: Policy, new: Policy) -> Iterable[Flip]:
    seen = set()
    for example in (*new.examples, *new.boundaries, *old.examples, *old.boundaries):
        if example.id in seen:
            continue
        seen.add(example.id)
        before, after = _given(old, example.answers), _given(new, example.answers)
        if before != after:
            yield Flip(example.id, example.caller or example.why, before, after)


def _given(policy: Policy, answers: Mapping[str, str]) -> str:
    """The outcome a policy gives, or why it gives none."""
    known = {question.id for question in policy.questions}
    try:
        state = policy.resume({name: value for name, value in answers.items() if name in known})
    except AnswerError as fault:
        return f"past niet: {fault}"
    if state.outcome is None:
        return f"niet volledig: {state.at_least.id} tot {state.at_most.id}"
    return state.outcome.id


def _parts(old: Policy, new: Policy) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """By kind, the ids that only the new and only the old policy has."""
    kinds = {}
    for which, policy in (("old", old), ("new", new)):
        kinds[which] = {
            "regels": [rule.id for rule in policy.rules],
            "bronnen": list(policy.sources),
            "vragen": [question.id for question in policy.questions],
            "antwoorden": [f"{question.id} {value.id}" for question in policy.questions for value in question.values],
            "uitkomsten": [outcome.id for outcome in policy.outcomes],
        }
        for rule in policy.rules:
            kinds[which].setdefault("bronnen per regel", []).extend(f"{rule.id} {source}" for source in rule.sources)
    found = []
    for one, other in (("new", "old"), ("old", "new")):
        only = {
            kind: tuple(each for each in names if each not in kinds[other][kind]) for kind, names in kinds[one].items()
        }
        found.append({kind: names for kind, names in only.items() if names})
    return found[0], found[1]


class _Walk:
    """Two diagrams over the same axes."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self.axes = _axes(old, new)
        names = [axis.question.id for axis in self.axes]
        self.diagrams: list[Diagram] = []
        self.levels: list[list[int]] = []
        self.ids: list[list[str]] = []
        roots = []
        for policy in (old, new):
            own = {question.id for question in policy.questions}
            order = [name for name in names if name in own]
            diagram, root = diagram_of(policy.parts, order, 10 * NODE_LIMIT)
            self.diagrams.append(diagram)
            self.levels.append([*(names.index(name) for name in order), len(names)])
            self.ids.append(["geen", *(outcome.id for outcome in policy.outcomes)])
            roots.append(root)
        self.root = (roots[0], roots[1])
        self.below = [1] * (len(names) + 1)
        for level in range(len(names) - 1, -1, -1):
            self.below[level] = self.below[level + 1] * len(self.axes[level].values)
        self.sets = self.below[0]
        self._known: dict[tuple[int, int], dict[tuple[str, str], tuple[int, float]]] = {}

    def level(self, pair: tuple[int, int]) -> int:
        """The first axis that either node looks at."""
        return min(
            levels[diagram.level[node]] for diagram, levels, node in zip(self.diagrams, self.levels, pair, strict=True)
        )

    def child(self, pair: tuple[int, int], level: int, value: int) -> tuple[int, int]:
        """Both nodes after the value with this number on the axis at `level`."""
        axis = self.axes[level]
        after = []
        for diagram, levels, node, codes in zip(self.diagrams, self.levels, pair, (axis.old, axis.new), strict=True):
            code = codes[value]
            asks = levels[diagram.level[node]] == level and code is not None
            after.append(diagram.children[node][code] if asks and code is not None else node)
        return after[0], after[1]

    def counts(self, pair: tuple[int, int]) -> dict[tuple[str, str], tuple[int, float]]:
        """How many sets of the answers from here on, and what share of calls, end in each pair of outcomes."""
        found = self._known.get(pair)
        if found is None:
            level = self.level(pair)
            if level == len(self.axes):
                found = {(self.ids[0][pair[0]], self.ids[1][pair[1]]): (1, 1.0)}
            else:
                found = {}
                for value, share in enumerate(self.axes[level].shares):
                    below = self.child(pair, level, value)
                    scale = self.below[level + 1] // self.below[self.level(below)]
                    for ends, (sets, likely) in self.counts(below).items():
                        had, was = found.get(ends, (0, 0.0))
                        found[ends] = (had + sets * scale, was + likely * share)
            self._known[pair] = found
        return found

    def story(self, before: str, after: str) -> Story:
        """The likeliest call, value by value, that goes from one outcome to the other."""
        pair = self.root
        classes: dict[str, str] = {}
        hours: dict[str, float] = {}
        while (level := self.level(pair)) < len(self.axes):
            axis = self.axes[level]
            for value in sorted(range(len(axis.values)), key=lambda each: -axis.shares[each]):
                below = self.child(pair, level, value)
                if (before, after) in self.counts(below):
                    break
            name = axis.values[value]
            line = axis.question.line
            if line is not None and name in axis.hours:
                hours[axis.question.id] = axis.hours[name]
                name = line.class_of(axis.hours[name])
            classes[axis.question.id] = name
            pair = below
        return story([axis.question for axis in self.axes], classes, hours)


def _axes(old: Policy, new: Policy) -> list[_Axis]:
    """The questions of both: those of the old policy in the order of its diagram, then what only the new one asks."""
    asked_old = {question.id: question for question in old.questions}
    asked_new = {question.id: question for question in new.questions}
    order = question_order(old.parts)
    order += [name for name in question_order(new.parts) if name not in asked_old]
    return [_axis(asked_old.get(name), asked_new.get(name)) for name in order]


def _axis(old: Question | None, new: Question | None) -> _Axis:
    question = new or old
    if question is None:
        raise ValueError("an axis needs a question")
    if old is not None and new is not None and (old.line is None) != (new.line is None):
        raise PolicyError(f"Vraag '{new.id}' is van soort veranderd; deze twee zijn niet te vergelijken.")
    if question.line is not None:
        return _hour_axis(question, old, new)
    values = [value for value in question.classes if all(each is None or value in each.classes for each in (old, new))]
    total = sum(question.priors[value] for value in values)
    return _Axis(
        question,
        tuple(values),
        tuple(question.priors[value] / total for value in values),
        tuple(None if old is None else old.classes.index(value) for value in values),
        tuple(None if new is None else new.classes.index(value) for value in values),
        {},
    )


def _hour_axis(question: Question, old: Question | None, new: Question | None) -> _Axis:
    lines = [each.line for each in (old, new) if each is not None and each.line is not None]
    common = HourLine.cut_at(span for line in lines for span in line.spans)
    hours = {span.name: span.middle for span in common.spans}
    own = {name: (question.line or common).class_of(number) for name, number in hours.items()}
    pieces = {name: list(own.values()).count(name) for name in own.values()}
    values = (*hours, UNKNOWN)

    def codes(each: Question | None) -> tuple[int | None, ...]:
        if each is None or each.line is None:
            return (None,) * len(values)
        names = [*(each.line.class_of(number) for number in hours.values()), UNKNOWN]
        return tuple(each.classes.index(name) for name in names)

    shares = [question.priors[own[name]] / pieces[own[name]] for name in hours]
    return _Axis(question, values, (*shares, question.priors[UNKNOWN]), codes(old), codes(new), hours)


# -- decisions that were taken


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision from the record: its answers (`open` where not asked), what was suggested and what was chosen."""

    id: str
    answers: Mapping[str, str]
    at_least: str
    at_most: str
    choice: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A recorded decision under another policy; `problem` says why it does not fit, and is empty when it does."""

    decision: Recorded
    at_least: str
    at_most: str
    rules: tuple[str, ...]
    problem: str = ""

    @property
    def changed(self) -> bool:
        """True when another suggestion would have been given."""
        recorded = (self.decision.at_least, self.decision.at_most)
        return not self.problem and (self.at_least, self.at_most) != recorded


def replay(policy: Policy, decisions: Iterable[Recorded]) -> Iterable[Replayed]:
    """What this policy would have suggested at each decision, one by one."""
    for decision in decisions:
        try:
            state = policy.resume(decision.answers)
        except AnswerError as fault:
            yield Replayed(decision, "", "", (), str(fault))
        else:
            rules = tuple(rule.id for rule in state.rules)
            yield Replayed(decision, state.at_least.id, state.at_most.id, rules)
