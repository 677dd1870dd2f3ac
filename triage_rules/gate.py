"""The gate of examples: what the policy must give for known calls, and whether those calls would notice a wrong edit.

An edit is noticed when some example gets another outcome; noticed must be every edit of `edits`, and moving any limit
of hours (an example on each side). What no example notices comes back as a ready proposal, which the owner of the
policy confirms by putting it in the pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage_rules.conditions import truth
from triage_rules.diagram import GAP
from triage_rules.edits import edits
from triage_rules.hours import parsed
from triage_rules.model import Example
from triage_rules.proving import Proof
from triage_rules.verifying import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from triage_rules.edits import Edit
    from triage_rules.model import Question
    from triage_rules.policy import Policy
    from triage_rules.proving import Story

MINUTE = 0.02
"""How far from a limit, in hours, an example may lie to count as being on its side."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the examples say: `findings` stop a policy; `proposals` are the examples that are missing."""

    findings: tuple[Finding, ...]
    proposals: tuple[Example, ...]
    examples: int


def gate(policy: Policy, proof: Proof | None = None) -> Gate:
    """Check every example, and that the examples notice every edit."""
    proof = proof or Proof(policy)
    known = [*policy.examples, *policy.boundaries]
    findings = list(_wrong(policy, known))
    watch = _Watch(proof, known)
    for edit in edits(proof):
        if not watch.notices(edit):
            story = _shown(proof, edit)
            if story is not None:
                findings.append(Finding(edit.check, edit.about, f"{edit.shows}: geen voorbeeld toont het."))
                watch.add(watch.propose(edit.shows, story))
    for question in policy.questions:
        findings += _limits(proof, question, watch)
    return Gate(tuple(findings), tuple(watch.proposals), len(known))


def _wrong(policy: Policy, known: list[Example]) -> Iterator[Finding]:
    for example in known:
        state = policy.resume(example.answers)
        if not state.final:
            text = f"Voorbeeld {example.id} is niet volledig; nog te beantwoorden: {state.next_question}."
            yield Finding("voorbeeld", example.id, text)
        elif state.at_least.id != example.expected:
            text = f"Voorbeeld {example.id} geeft {state.at_least.id} in plaats van {example.expected}"
            yield Finding("voorbeeld", example.id, f"{text}, omdat {state.because.text}.", None, state.at_least.id)


def _shown(proof: Proof, edit: Edit) -> Story | None:
    """A call in which the edit gives another outcome; None when it changes nothing."""
    edited = GAP
    for at, (rule, gives) in enumerate(zip(proof.policy.rules, proof.gives, strict=True)):
        changed = edit.changed.get(at)
        edited = proof.builder.most(edited, gives if changed is None else proof.gave(rule, proof.condition(changed)))
    if edited == proof.root:
        return None
    return proof.story(proof.witness((proof.root, edited), lambda ends: ends[0] != ends[1]) or {})


@dataclass(frozen=True, slots=True)
class _Row:
    """An example as rules see it, and the rules that fire: (rank, place), most urgent first."""

    classes: Mapping[str, str]
    fired: tuple[tuple[int, int], ...]


class _Watch:
    """The examples, laid out so that it is quick to see whether one of them notices an edit."""

    def __init__(self, proof: Proof, known: list[Example]) -> None:
        self.proof = proof
        self.proposals: list[Example] = []
        self.known: list[Example] = []
        self._rows: list[_Row] = []
        self._ranks = [proof.rank[rule.outcome] for rule in proof.policy.rules]
        self._names = {example.id for example in known}
        for example in known:
            self.add(example)

    def add(self, example: Example) -> None:
        """Let this example take part from now on, when it is complete."""
        policy = self.proof.policy
        classes = {name: policy.class_of(name, value) for name, value in example.answers.items()}
        if len(classes) == len(policy.questions):
            fired = [(self._ranks[at], at) for at, rule in enumerate(policy.rules) if truth(rule.condition, classes)]
            self._rows.append(_Row(classes, tuple(sorted(fired, reverse=True))))
            self.known.append(example)

    def notices(self, edit: Edit) -> bool:
        """True when some example gets another outcome under the edit."""
        return any(self._under(edit, row) != row.fired[0][0] for row in self._rows)

    def _under(self, edit: Edit, row: _Row) -> int:
        """The outcome that an example gets under the edit: of the rules left alone, or a changed one above them."""
        given = next((rank for rank, at in row.fired if at not in edit.changed), GAP)
        for at, condition in edit.changed.items():
            if self._ranks[at] > given and truth(condition, row.classes):
                given = self._ranks[at]
        return given

    def propose(self, shows: str, story: Story) -> Example:
        """A new example with a name of its own; its outcome is what the policy gives now."""
        number = len(self.proposals) + 1
        while f"G{number:03}" in self._names:
            number += 1
        self._names.add(f"G{number:03}")
        outcome = self.proof.policy.evaluator.outcome(story.answers)
        proposal = Example(f"G{number:03}", "", story.answers, outcome.id, shows)
        self.proposals.append(proposal)
        return proposal


def _limits(proof: Proof, question: Question, watch: _Watch) -> Iterator[Finding]:
    """The limits of hours that make a difference and have no example close by on each side."""
    if question.line is None:
        return
    diagram = proof.diagram
    level = diagram.level_of[question.id]
    for near, far in zip(question.line.spans, question.line.spans[1:], strict=False):
        nodes = tuple(diagram.restrict(proof.root, level, diagram.code_of[level][span.name]) for span in (near, far))
        inside = near.high if near.high_included else near.high - MINUTE
        outside = near.high + MINUTE if near.high_included else near.high
        if nodes[0] == nodes[1] or _has_pair(watch.known, question.id, (inside, outside)):
            continue
        classes = proof.witness(nodes, lambda ends: ends[0] != ends[1]) or {}
        shows = f"De grens van {near.high:g} uur bij {question.id}"
        yield Finding("grens zonder voorbeeld", question.id, f"{shows}: geen paar voorbeelden toont beide kanten.")
        for span, hours, side in ((near, inside, "ervoor"), (far, outside, "erna")):
            story = proof.story({**classes, question.id: span.name}, {question.id: hours})
            watch.add(watch.propose(f"{shows}, net {side}", story))


def _has_pair(known: list[Example], question: str, sides: tuple[float, float]) -> bool:
    """True when two examples differ in these hours only, each close to its side, and in outcome."""
    by_rest: dict[frozenset[tuple[str, str]], list[tuple[float, str]]] = {}
    for example in known:
        hours = parsed(example.answers[question])
        if hours is not None:
            by_rest.setdefault(_rest(example.answers, question), []).append((hours, example.expected))
    inside, outside = sides
    for found in by_rest.values():
        before = {expected for hours, expected in found if inside - MINUTE <= hours <= inside}
        after = {expected for hours, expected in found if outside <= hours <= outside + MINUTE}
        if any(one != other for one in before for other in after):
            return True
    return False


def _rest(answers: Mapping[str, str], question: str) -> frozenset[tuple[str, str]]:
    return frozenset((name, value) for name, value in answers.items() if name != question)


def as_yaml(proposals: tuple[Example, ...]) -> str:
    """Proposals as a section of a pack, ready to paste; every string is quoted, so that nothing is read otherwise."""
    lines = ["grensgevallen:"]
    for each in proposals:
        lines += [f"  - id: {each.id}", f"    toont: {_quoted(each.why)}", "    antwoorden:"]
        lines += [
            f"      {name}: {_quoted(value) if value[:1].isdigit() else value}" for name, value in each.answers.items()
        ]
        lines.append(f"    verwacht: {each.expected}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML string in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
