"""A policy that can be asked: its parts, its decision diagram, and the states of calls under it."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from triage_rules import words
from triage_rules.errors import AnswerError
from triage_rules.evaluating import Evaluator
from triage_rules.hours import parsed, written
from triage_rules.state import State
from triage_rules.workings import Graph, Workings, fresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage_rules.content import Parts
    from triage_rules.model import Example, Form, Outcome, Parameter, Property, Question, Rule, Source
    from triage_rules.names import Content

OPEN = "open"
_ROOM = 200_000
_SHOWN = 60


def shown(answer: object) -> str:
    """Something that was given as an answer, safe to print and short."""
    text = ascii(answer)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class Policy:
    """One version of the policy. Values only: nothing in it changes, and many calls may use it at once.

    `text_hash` changes with every change of content, `meaning_hash` only when some set of answers gets another outcome.
    """

    def __init__(self, content: Content, parts: Parts, graph: Graph, text_hash: str, meaning_hash: str) -> None:
        """Put a checked content together with the diagram that was compiled from it."""
        self.content = content
        self.id: str = content["id"]
        self.name: str = content["naam"]
        self.version: str = content["versie"]
        self.status: str = content["status"]
        self.valid_from: str = content["geldig_vanaf"]
        self.owner: str = content["eigenaar"]
        self.text_hash = text_hash
        self.meaning_hash = meaning_hash
        self.questions: tuple[Question, ...] = parts.questions
        self.forms: tuple[Form, ...] = parts.forms
        self.outcomes: tuple[Outcome, ...] = parts.outcomes
        self.rules: tuple[Rule, ...] = parts.rules
        self.sources: Mapping[str, Source] = MappingProxyType(dict(parts.sources))
        self.parameters: tuple[Parameter, ...] = parts.parameters
        self.properties: tuple[Property, ...] = parts.properties
        self.examples: tuple[Example, ...] = parts.examples
        self.boundaries: tuple[Example, ...] = parts.boundaries
        self.parts = parts
        self.graph = graph
        self._workings = fresh(self.graph, self.questions, len(self.outcomes))
        self.form_question = next(question for question in self.questions if question.kind == "vorm")
        self.wish_question = next((question for question in self.questions if question.visit), None)
        self._questions = {question.id: question for question in self.questions}
        self._outcomes = {outcome.id: outcome for outcome in self.outcomes}

    def __repr__(self) -> str:
        """Name and version, for a person who debugs."""
        return f"<Policy {self.id} {self.version} {self.text_hash[:12]}>"

    @property
    def workings(self) -> Workings:
        """The diagram to work on: a fresh one when the last has collected so much that it holds on to memory."""
        if len(self._workings.diagram) > _ROOM:
            self._workings = fresh(self.graph, self.questions, len(self.outcomes))
        return self._workings

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises AnswerError, naming the questions there are."""
        try:
            return self._questions[question_id]
        except KeyError:
            known = tuple(self._questions)
            message = words.unknown_question(shown(question_id), ", ".join(known))
            raise AnswerError(message, question_id, known) from None

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome with this id. Raises KeyError when the policy has no such outcome."""
        return self._outcomes[outcome_id]

    def start(self) -> State:
        """The state of a call of which nothing was asked yet."""
        workings = self.workings
        return State(self, MappingProxyType({}), workings, workings.root)

    def resume(self, recorded: Mapping[str, str]) -> State:
        """The state that belongs to recorded answers; `open` is a question that was not asked. Raises AnswerError."""
        given = {name: self.recorded(name, value) for name, value in recorded.items() if value != OPEN}
        for name in recorded:
            self.question(name)
        return self.state_of(given)

    def state_of(self, answers: Mapping[str, str]) -> State:
        """The state under answers that are already in their recorded form."""
        ordered = {question.id: answers[question.id] for question in self.questions if question.id in answers}
        workings = self.workings
        diagram, node, _ = workings
        for name, value in ordered.items():
            level = diagram.level_of[name]
            node = diagram.restrict(node, level, diagram.code_of[level][self.class_of(name, value)])
        return State(self, MappingProxyType(ordered), workings, node)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The policy laid out for evaluating many sets of answers."""
        return Evaluator(self)

    def missing(self, question_id: str) -> AnswerError:
        """The error for a question that is open where an answer is needed."""
        allowed = tuple(value.id for value in self.question(question_id).values)
        return AnswerError(words.still_open(question_id), question_id, allowed)

    def recorded(self, question_id: str, answer: object) -> str:
        """The string under which an answer is recorded. Raises AnswerError with what the question allows."""
        question = self.question(question_id)
        if question.line is not None and (hours := parsed(answer)) is not None:
            return written(hours)
        allowed = tuple(value.id for value in question.values)
        if isinstance(answer, str) and answer in allowed:
            return answer
        if question.line is not None:
            allowed = (words.HOURS_ALLOWED, *allowed)
        message = words.no_such_answer(question_id, shown(answer), ", ".join(allowed))
        raise AnswerError(message, question_id, allowed)

    def class_of(self, question_id: str, recorded: str) -> str:
        """The value that rules see for a recorded answer: itself, or for hours the class in which they lie."""
        line = self._questions[question_id].line
        hours = None if line is None else parsed(recorded)
        return recorded if line is None or hours is None else line.class_of(hours)
