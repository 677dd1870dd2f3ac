"""The policy for reading: conditions in Dutch words, and one decision table per form as Markdown or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from triage_rules.conditions import ALWAYS, NEVER, AllOf, Condition, Test, negated, simplified
from triage_rules.explaining import joined
from triage_rules.hours import UNKNOWN
from triage_rules.model import Outcome, Rule
from triage_rules.proving import Proof

if TYPE_CHECKING:
    from triage_rules.model import Form, Question
    from triage_rules.policy import Policy


def in_words(policy: Policy, condition: Condition) -> str:
    """A condition in Dutch, to stand after "als"."""
    if condition == ALWAYS:
        return "altijd"
    if condition == NEVER:
        return "nooit"
    if isinstance(condition, Test):
        question = policy.question(condition.question)
        return _values_in_words(policy, question, condition.values)
    word = term_of(policy, condition)
    if word:
        return word
    words = [in_words(policy, part) for part in condition.parts]
    return joined(words, "en") if isinstance(condition, AllOf) else f"({joined(words, 'of')})"


def term_of(policy: Policy, condition: Condition) -> str:
    """The word of the pack that means this condition or its opposite ("niet ..."); empty when there is none."""
    domain = policy.parts.domain
    for name, term in policy.parts.terms.items():
        if condition == term:
            return name
        if condition == simplified(negated(term, domain), domain):
            return f"niet {name}"
    return ""


def _values_in_words(policy: Policy, question: Question, values: frozenset[str]) -> str:
    """One of these values, or none of the others where that is shorter."""
    if question.kind == "vorm":
        others = frozenset(question.classes) - values
        named, other_names = _forms_in_words(policy, values), _forms_in_words(policy, others)
        return (
            f"vorm {joined(named, 'of')}"
            if len(named) <= len(other_names)
            else f"vorm niet {joined(other_names, 'of')}"
        )
    return f"{question.id} {_cell(question, values)}"


def _forms_in_words(policy: Policy, values: frozenset[str]) -> list[str]:
    """Forms by the largest groups that they fill, then one by one."""
    left = values - {UNKNOWN}
    names = []
    for name, members in sorted(policy.parts.groups.items(), key=lambda each: -len(each[1])):
        if len(members) > 1 and members <= left:
            names.append(name)
            left -= members
    return [*names, *(form.id for form in policy.forms if form.id in left)]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what each question must be (absent: it does not matter), and what follows."""

    rule: Rule
    outcome: Outcome
    cells: Mapping[str, frozenset[str]]


def rows(policy: Policy, form: Form, proof: Proof | None = None) -> tuple[Row, ...]:
    """The rules that can decide for a form, most urgent first, one row for each way in which a rule can fire."""
    proof = proof or Proof(policy)
    diagram = proof.diagram
    level = diagram.level_of[policy.form_question.id]
    code = diagram.code_of[level][form.id]
    found = []
    above = 0
    for rule in sorted(policy.rules, key=lambda each: -policy.outcome(each.outcome).rank):
        at = policy.rules.index(rule)
        gives = diagram.restrict(proof.gives[at], level, code)
        joined_above = proof.builder.most(above, gives)
        if joined_above == above:
            continue
        above = joined_above
        ways = _ways(_given_form(rule.condition, policy, form, proof), proof.domain)
        found += [Row(rule, policy.outcome(rule.outcome), cells) for cells in ways]
    return tuple(found)


def _given_form(condition: Condition, policy: Policy, form: Form, proof: Proof) -> Condition:
    """The condition when the form is known."""
    if isinstance(condition, Test):
        if condition.question != policy.form_question.id:
            return condition
        return ALWAYS if form.id in condition.values else NEVER
    parts = tuple(_given_form(part, policy, form, proof) for part in condition.parts)
    return simplified(type(condition)(parts), proof.domain)


def _ways(condition: Condition, domain: Mapping[str, tuple[str, ...]]) -> list[dict[str, frozenset[str]]]:
    """The ways in which a condition holds, each as the values that every question may have."""
    if isinstance(condition, Test):
        return [{condition.question: condition.values}]
    if not isinstance(condition, AllOf):
        return [way for part in condition.parts for way in _ways(part, domain)]
    found = []
    for chosen in product(*(_ways(part, domain) for part in condition.parts)):
        cells: dict[str, frozenset[str]] = {}
        for way in chosen:
            for question, values in way.items():
                cells[question] = cells.get(question, frozenset(domain[question])) & values
        if all(cells.values()):
            found.append(cells)
    return [cells for cells in found if not any(_wider(other, cells) for other in found)]


def _wider(wide: Mapping[str, frozenset[str]], narrow: Mapping[str, frozenset[str]]) -> bool:
    """True when one way holds wherever the other does, and more."""
    return wide != narrow and all(
        question in narrow and narrow[question] <= values for question, values in wide.items()
    )


def _cell(question: Question, values: frozenset[str] | None) -> str:
    if values is None:
        return "-"
    if question.line is not None:
        return question.line.words_of(values)
    chosen = [value for value in question.classes if value in values]
    others = [value for value in question.classes if value not in values]
    return f"niet {joined(others, 'of')}" if len(others) < len(chosen) else joined(chosen, "of")


def _header(policy: Policy, shown: tuple[Row, ...]) -> list[Question]:
    """The questions that some row looks at, in the order on screen."""
    return [question for question in policy.questions if any(question.id in row.cells for row in shown)]


def as_markdown(policy: Policy) -> str:
    """All forms as tables in Markdown, with the parameters and the sources."""
    proof = Proof(policy)
    lines = [f"# {policy.name} {policy.version}", "", f"Eigenaar: {policy.owner}. Status: {policy.status}.", ""]
    lines += ["De bovenste regel die opgaat, wint. Een streepje betekent: maakt niet uit.", ""]
    lines += ["| getal | waarde | bron | toelichting |", "|---|---|---|---|"]
    lines += [
        f"| {each.id} | {each.number:g} {each.unit} | {each.source} | {_safe(each.note)} |"
        for each in policy.parameters
    ]
    for form in policy.forms:
        shown = rows(policy, form, proof)
        questions = _header(policy, shown)
        lines += ["", f"## {form.label}", "", _safe(form.definition), ""]
        lines.append(f"| {' | '.join(['regel', *(question.id for question in questions), 'uitkomst', 'bron'])} |")
        lines.append(f"|{'---|' * (len(questions) + 3)}")
        for row in shown:
            cells = [_cell(question, row.cells.get(question.id)) for question in questions]
            sources = ", ".join(row.rule.sources)
            lines.append(f"| {' | '.join([row.rule.id, *map(_safe, cells), row.outcome.short, sources])} |")
    lines += ["", "## Bronnen", "", "| bron | document | datum | passage |", "|---|---|---|---|"]
    lines += [
        f"| {each.id} | {_safe(each.title)} ({_safe(each.publisher)}) | {each.date} | {_safe(each.passage)} |"
        for each in policy.sources.values()
    ]
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    """Text that cannot break out of its cell."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def as_csv(policy: Policy) -> str:
    """All forms in one table with a column per question, for a spreadsheet."""
    proof = Proof(policy)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    questions = [question for question in policy.questions if question.kind != "vorm"]
    table.writerow(["vorm", "regel", *(question.id for question in questions), "uitkomst", "bron", "waarom"])
    for form in policy.forms:
        for row in rows(policy, form, proof):
            cells = [_cell(question, row.cells.get(question.id)) for question in questions]
            table.writerow([form.id, row.rule.id, *cells, row.outcome.id, " ".join(row.rule.sources), row.rule.why])
    return written.getvalue()
