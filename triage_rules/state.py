"""Where a call stands: its answers so far and what they leave possible. A value; answering gives another one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from triage_rules import explaining
from triage_rules.conditions import truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage_rules.explaining import Change, Reason
    from triage_rules.model import Outcome, Rule
    from triage_rules.policy import Policy
    from triage_rules.workings import Workings


class State:
    """The answers of one call under one policy, as a node of its diagram.

    Everything it says is exact: `at_least` and `at_most` are outcomes that some answers to the open questions really
    give, `final` means that no answer can change the outcome, `open_questions` are those that still can.
    """

    __slots__ = ("_because", "_classes", "_could_become", "_urgency", "answers", "node", "policy", "workings")

    def __init__(self, policy: Policy, answers: Mapping[str, str], workings: Workings, node: int) -> None:
        """Use `Policy.start` or `Policy.resume`; `node` is what `answers` leave of the diagram."""
        self.policy = policy
        self.answers = answers
        self.workings = workings
        self.node = node
        self._classes: dict[str, str] | None = None
        self._urgency: State | None = None
        self._because: Reason | None = None
        self._could_become: tuple[Change, ...] | None = None

    def __eq__(self, other: object) -> bool:
        """Equal when the policy and the answers are."""
        if not isinstance(other, State):
            return NotImplemented
        return self.policy.text_hash == other.policy.text_hash and self.answers == other.answers

    def __hash__(self) -> int:
        """Agrees with equality."""
        return hash((self.policy.text_hash, tuple(self.answers.items())))

    def __repr__(self) -> str:
        """The answers, for a person who debugs."""
        return f"<State {dict(self.answers)}>"

    def answer(self, question_id: str, answer: object) -> State:
        """The state after this answer; a second answer to a question replaces the first. Raises AnswerError."""
        value = self.policy.recorded(question_id, answer)
        if question_id in self.answers:
            return self.policy.state_of({**self.answers, question_id: value})
        diagram = self.workings.diagram
        level = diagram.level_of[question_id]
        code = diagram.code_of[level][self.policy.class_of(question_id, value)]
        given = {**self.answers, question_id: value}
        ordered = {each.id: given[each.id] for each in self.policy.questions if each.id in given}
        return State(self.policy, MappingProxyType(ordered), self.workings, diagram.restrict(self.node, level, code))

    def reopen(self, question_id: str) -> State:
        """The state without an answer to this question. Raises AnswerError for a question that does not exist."""
        self.policy.question(question_id)
        if question_id not in self.answers:
            return self
        return self.policy.state_of({name: value for name, value in self.answers.items() if name != question_id})

    @property
    def at_least(self) -> Outcome:
        """The least urgent outcome that is still possible."""
        return self.policy.outcomes[self.workings.diagram.least(self.node) - 1]

    @property
    def at_most(self) -> Outcome:
        """The most urgent outcome that is still possible."""
        return self.policy.outcomes[self.workings.diagram.most(self.node) - 1]

    @property
    def possible(self) -> tuple[Outcome, ...]:
        """Every outcome that is still possible, least urgent first."""
        reach = self.workings.diagram.reach[self.node]
        return tuple(outcome for outcome in self.policy.outcomes if reach >> outcome.rank + 1 & 1)

    @property
    def final(self) -> bool:
        """True when no open question can change the outcome."""
        return self.node <= self.workings.diagram.top

    @property
    def outcome(self) -> Outcome | None:
        """The outcome once it is final, else None."""
        return self.at_least if self.final else None

    @property
    def classes(self) -> Mapping[str, str]:
        """The answers as rules see them: classes instead of hours."""
        if self._classes is None:
            self._classes = {name: self.policy.class_of(name, value) for name, value in self.answers.items()}
        return self._classes

    def truth(self, rule: Rule) -> bool | None:
        """Whether a rule fires: True, False, or None while open questions decide it (Kleene)."""
        return truth(rule.condition, self.classes)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that certainly fire and give `at_least`; where none is certain, rules of which one must fire."""
        return explaining.firing(self, self.at_least)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The questions that can still change the outcome: the one to ask next first, then as on screen."""
        first = self.next_question
        rest = (question.id for question in self.policy.questions if self.matters(question.id))
        return () if first is None else (first, *(name for name in rest if name != first))

    @property
    def next_question(self) -> str | None:
        """The question to ask next, or None when the outcome is final."""
        if self.final:
            return None
        return self.workings.diagram.questions[self.workings.asker.next_level(self.node)]

    @property
    def why_next(self) -> str:
        """What the next question does, in one line of Dutch ("beslist als ja"); empty when the outcome is final."""
        return explaining.why_next(self)

    @property
    def irrelevant(self) -> tuple[str, ...]:
        """The questions that were not asked and cannot change the outcome any more."""
        return tuple(
            question.id
            for question in self.policy.questions
            if question.id not in self.answers and not self.matters(question.id)
        )

    @property
    def not_applicable(self) -> tuple[str, ...]:
        """The questions that have no meaning for the form of this call (nvt); an answer to them counts as nee."""
        form = self.answers.get(self.policy.form_question.id)
        return tuple(question.id for question in self.policy.questions if form in question.not_applicable)

    @property
    def urgency(self) -> State:
        """The same call as if a visit were wanted: choice comes after urgency (S0.41)."""
        wish = self.policy.wish_question
        if wish is None or wish.visit is None or self.answers.get(wish.id) == wish.visit:
            return self
        if self._urgency is None:
            self._urgency = self.answer(wish.id, wish.visit)
        return self._urgency

    @property
    def because(self) -> Reason:
        """A smallest set of answers that forces `at_least`, with its rules."""
        if self._because is None:
            self._because = explaining.reason(self)
        return self._because

    @property
    def could_become(self) -> tuple[Change, ...]:
        """What one more answer would make certain, most urgent first."""
        if self._could_become is None:
            self._could_become = explaining.could_become(self)
        return self._could_become

    @property
    def alternatives(self) -> tuple[Change, ...]:
        """For every other outcome the fewest answers that would lead to it, most urgent first."""
        return explaining.alternatives(self)

    def matters(self, question_id: str) -> bool:
        """True when some answer to this open question can change the outcome."""
        diagram = self.workings.diagram
        return bool(diagram.support[self.node] >> diagram.level_of[question_id] & 1)

    def at(self, node: int) -> State:
        """These answers with another node: what one imagined answer leaves, without recording it."""
        return State(self.policy, self.answers, self.workings, node)
