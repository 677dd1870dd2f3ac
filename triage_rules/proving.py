"""What is needed to prove things of a policy: its rules as nodes of one diagram, and calls that show a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from triage_rules.compiling import NODE_LIMIT, question_order
from triage_rules.diagram import GAP, Builder, Diagram
from triage_rules.explaining import joined
from triage_rules.hours import UNKNOWN, spoken, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from triage_rules.conditions import Condition
    from triage_rules.model import Question, Rule
    from triage_rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Story:
    """A call that shows something: `classes` are the answers that matter, `answers` a full set as recorded."""

    classes: Mapping[str, str]
    answers: Mapping[str, str]
    text: str


class Proof:
    """All rules of a policy in one diagram, so that each can be compared with all the others together."""

    def __init__(self, policy: Policy) -> None:
        """Build the rules of `policy`."""
        self.policy = policy
        parts = policy.parts
        self.domain = parts.domain
        order = question_order(parts)
        self.diagram = Diagram([(name, self.domain[name]) for name in order], len(policy.outcomes), 10 * NODE_LIMIT)
        self.builder = Builder(self.diagram)
        self.rank = {outcome.id: outcome.rank + 1 for outcome in policy.outcomes}
        self.fires = [self.builder.condition(rule.condition) for rule in policy.rules]
        self.gives = [self.gave(rule, node) for rule, node in zip(policy.rules, self.fires, strict=True)]
        self.root = self._all(self.gives)[-1]
        self._likely = [self._likely_first(level) for level in range(len(order))]

    def gave(self, rule: Rule, fires: int) -> int:
        """The node that gives the rule's outcome where `fires` holds."""
        return self.builder.least(fires, self.rank[rule.outcome])

    def _all(self, nodes: Sequence[int]) -> list[int]:
        """The most urgent of the first none, one, two, ... nodes."""
        found = [GAP]
        for node in nodes:
            found.append(self.builder.most(found[-1], node))
        return found

    @cached_property
    def without(self) -> list[int]:
        """For each rule the policy without it."""
        before = self._all(self.gives)
        after = self._all(self.gives[::-1])[::-1]
        return [self.builder.most(before[at], after[at + 1]) for at in range(len(self.gives))]

    def condition(self, condition: Condition) -> int:
        """The node of a condition: the top where it holds, the gap elsewhere."""
        return self.builder.condition(condition)

    def witness(
        self, nodes: tuple[int, ...], shows: Callable[[tuple[int, ...]], bool], given: Mapping[str, str] | None = None
    ) -> dict[str, str] | None:
        """Answers under which these nodes end in terminals that `shows` is true of, likely ones first, or None.

        Only the answers that the nodes look at are in it, and the `given` ones where they do.
        """
        diagram = self.diagram
        failed: set[tuple[int, ...]] = set()
        fixed = given or {}

        def search(here: tuple[int, ...]) -> dict[str, str] | None:
            if here in failed:
                return None
            level = min(diagram.level[node] for node in here)
            if level == len(diagram.questions):
                return {} if shows(here) else None
            name = diagram.questions[level]
            wanted = [diagram.code_of[level][fixed[name]]] if name in fixed else self._likely[level]
            for code in wanted:
                below = tuple(diagram.children[node][code] if diagram.level[node] == level else node for node in here)
                found = search(below)
                if found is not None:
                    return {name: diagram.values[level][code], **found}
            failed.add(here)
            return None

        return search(nodes)

    def children(self, nodes: tuple[int, int]) -> list[tuple[int, int]]:
        """Both nodes after each value of the question that comes first in either."""
        diagram = self.diagram
        level = min(diagram.level[node] for node in nodes)
        count = len(diagram.values[level])
        one, other = (diagram.children[node] if diagram.level[node] == level else (node,) * count for node in nodes)
        return list(zip(one, other, strict=True))

    def _likely_first(self, level: int) -> list[int]:
        shares = self.policy.question(self.diagram.questions[level]).priors
        values = self.diagram.values[level]
        return sorted(range(len(values)), key=lambda code: -shares[values[code]])

    def story(self, classes: Mapping[str, str], hours: Mapping[str, float] | None = None) -> Story:
        """A call with these answers, the rest filled in with what is most likely; `hours` may fix an exact number."""
        return story(self.policy.questions, classes, hours or {})

    def outcome_of(self, classes: Mapping[str, str], node: int | None = None) -> int:
        """The terminal that answers lead to; a question that is not in them gets its most likely value."""
        node = self.root if node is None else node
        while node > self.diagram.top:
            level = self.diagram.level[node]
            value = classes.get(self.diagram.questions[level])
            code = self._likely[level][0] if value is None else self.diagram.code_of[level][value]
            node = self.diagram.children[node][code]
        return node


def story(questions: Sequence[Question], classes: Mapping[str, str], hours: Mapping[str, float]) -> Story:
    """A call with these answers, the rest filled in with what is most likely.

    In words: the form, the hours, and every answer that is not the most likely one: "Een melding waarbij het om
    phishing gaat en het slachtoffer geen bezoek wil".
    """
    answers, told = {}, []
    for question in sorted(questions, key=lambda each: each.kind != "vorm"):
        usual = max(question.classes, key=lambda each: question.priors[each])
        value = classes.get(question.id, usual)
        answers[question.id] = recorded(question, value, hours.get(question.id))
        if question.id in classes and (question.kind != "keuze" or value != usual):
            told.append(_told(question, value, hours.get(question.id)))
    text = f"Een melding waarbij {joined(told)}" if told else "Een gewone melding"
    return Story(dict(classes), {question.id: answers[question.id] for question in questions}, text)


def _told(question: Question, value: str, hours: float | None) -> str:
    """The clause of an answer, with the exact number of hours where that matters."""
    if question.line is None or hours is None:
        return question.clauses[value]
    span = next(span for span in question.line.spans if span.name == value)
    return question.clauses[value].replace(span.words, spoken(hours))


def recorded(question: Question, value: str, hours: float | None = None) -> str:
    """An answer of this class as it would be recorded: for hours some number in it."""
    if question.line is None or value == UNKNOWN:
        return value
    if hours is not None:
        return written(hours)
    return written(next(span.middle for span in question.line.spans if span.name == value))
