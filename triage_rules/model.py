"""The parts of a policy as values: questions, forms, outcomes, rules, sources, parameters, examples, properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from triage_rules.conditions import Condition
from triage_rules.hours import HourLine

Block = Literal["gevaar", "gebeurtenis", "wens"]
Kind = Literal["keuze", "vorm", "uren"]


@dataclass(frozen=True, slots=True)
class Value:
    """One possible answer. `clause` is a Dutch subordinate clause: "prio 1 als <clause>"."""

    id: str
    label: str
    clause: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question is put for some forms; an empty `label` means the question's own."""

    forms: frozenset[str]
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist.

    `values` run from least to most urgent (for `vorm` by frequency, without urgency; for `uren` only `onbekend`).
    `classes` are the values that rules can tell apart, again from least to most urgent: the ids of `values`, or for
    hours the classes of the line of hours with `onbekend` in its place. `priors` are their
    shares, used only to order questions.
    `observed` means: seen by the operator, not read out. `unordered` says why a later value is not more urgent, or is
    empty.
    `visit` is the value that means a visit is wanted, on the one question about the victim's wish.
    """

    id: str
    block: Block
    kind: Kind
    label: str
    text: str
    wordings: tuple[Wording, ...]
    help: str
    values: tuple[Value, ...]
    classes: tuple[str, ...]
    clauses: Mapping[str, str]
    priors: Mapping[str, float]
    observed: bool
    not_applicable: frozenset[str]
    unordered: str
    visit: str | None
    line: HourLine | None = field(default=None)

    def value(self, value_id: str) -> Value:
        """The answer with this id. Raises KeyError when the question has no such answer."""
        for value in self.values:
            if value.id == value_id:
                return value
        raise KeyError(value_id)

    def text_for(self, form: str | None) -> str:
        """What to read out when the form is known to be `form`, or is not known yet (None)."""
        return next((each.text for each in self.wordings if form in each.forms), self.text)

    def label_for(self, form: str | None) -> str:
        """The short label for the checklist, for this form."""
        return next((each.label for each in self.wordings if form in each.forms and each.label), self.label)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of online crime. `online` says whether an online report exists for it; None when nobody knows."""

    id: str
    label: str
    definition: str
    synonyms: tuple[str, ...]
    online: bool | None
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the policy can suggest; a higher `rank` is more urgent. `short` fits in "kan nog <short> worden"."""

    id: str
    text: str
    short: str
    kind: str
    rank: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule fires when `condition` is true; `when` is its `als` and `unless` its `tenzij`."""

    id: str
    outcome: str
    sources: tuple[str, ...]
    why: str
    condition: Condition = field(repr=False)
    when: Condition = field(repr=False)
    unless: Condition | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule rests on: a quoted passage of a document, or our own assumption (`aanname`)."""

    id: str
    title: str
    publisher: str
    date: str
    passage: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that no source gives, with who may change it."""

    id: str
    number: float
    unit: str
    source: str
    note: str
    owner: str


@dataclass(frozen=True, slots=True)
class Example:
    """A call with the outcome that the policy must give; `answers` are recorded strings.

    A boundary case has no `caller`: it is a set of answers just on one side of a rule, a condition or a limit.
    """

    id: str
    caller: str
    answers: Mapping[str, str]
    expected: str
    why: str


@dataclass(frozen=True, slots=True)
class Property:
    """Something that must hold for every call that meets `condition`: its outcome lies in `allowed`."""

    id: str
    condition: Condition
    allowed: frozenset[str]
    why: str
