"""The single wrong edits of a policy that its examples must notice.

Leaving out a rule, so that some example is decided by it alone; a condition of a rule, which takes a near miss; a way
in which an any-of can hold; an exception; and one name of a list or a group, such as a form that a rule no longer
covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage_rules.conditions import NEVER, AllOf, AnyOf, Condition, negated, simplified
from triage_rules.content_conditions import ConditionReader
from triage_rules.names import Names
from triage_rules.tables import term_of
from triage_rules.verifying import parts_of_rule, said, with_part, without_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from triage_rules.names import Content
    from triage_rules.policy import Policy
    from triage_rules.proving import Proof


@dataclass(frozen=True, slots=True)
class Edit:
    """Other conditions for some rules, by their place; `shows` is what an example that notices it shows."""

    about: str
    changed: Mapping[int, Condition]
    check: str
    shows: str


def edits(proof: Proof) -> Iterator[Edit]:
    """Every edit that must be noticed, the plainest first, so that one example serves many."""
    yield from _of_rules(proof)
    yield from _of_lists(proof.policy)


def _of_rules(proof: Proof) -> Iterator[Edit]:
    for at, rule in enumerate(proof.policy.rules):
        yield Edit(rule.id, {at: NEVER}, "regel zonder voorbeeld", f"Regel {rule.id} beslist")
        if rule.unless is not None:
            shows = f"De uitzondering van regel {rule.id} geldt"
            yield Edit(rule.id, {at: rule.when}, "uitzondering zonder voorbeeld", shows)
        for place, part in enumerate(parts_of_rule(rule)):
            shows = f"Regel {rule.id} gaat net niet op: {said(proof, negated(part, proof.domain))}"
            yield Edit(rule.id, {at: without_part(proof, rule, place)}, "voorwaarde zonder voorbeeld", shows)
            for way, rest in _ways(proof, part):
                shows = f"Regel {rule.id} gaat op door: {said(proof, way)}"
                yield Edit(rule.id, {at: with_part(proof, rule, place, rest)}, "voorwaarde zonder voorbeeld", shows)


def _ways(proof: Proof, part: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Each way in which a condition written out as any-of can hold, with the ways that are left without it."""
    if isinstance(part, AnyOf) and not term_of(proof.policy, part):
        for at, way in enumerate(part.parts):
            yield way, AnyOf((*part.parts[:at], *part.parts[at + 1 :]))


# -- lists, as they are written in the pack


def _of_lists(policy: Policy) -> Iterator[Edit]:
    content = policy.content
    reader = _reader(policy, content)
    for at, written in enumerate(content["regels"]):
        for place, part in enumerate(written["als"] if isinstance(written["als"], list) else []):
            for question, names in part.items() if isinstance(part, dict) else []:
                if question not in {"een_van", "alle", "niet"} and isinstance(names, list):
                    for name, rest in _without_each(names):
                        smaller = [*written["als"][:place], {question: rest}, *written["als"][place + 1 :]]
                        changed = {at: _read(reader, {**written, "als": smaller})}
                        shows = f"Regel {written['id']} geldt ook bij {question} {name}"
                        yield Edit(written["id"], changed, "lijst zonder voorbeeld", shows)
    for group, names in content["groepen"].items():
        for name, rest in _without_each(names):
            smaller_content = {**content, "groepen": {**content["groepen"], group: rest}}
            yield Edit(
                group, _differing(policy, smaller_content), "groep zonder voorbeeld", f"Groep {group} omvat ook {name}"
            )


def _without_each(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each name of a list with what is left when it is taken out; a list of one stays as it is."""
    if len(names) > 1:
        for at, name in enumerate(names):
            yield name, [*names[:at], *names[at + 1 :]]


def _reader(policy: Policy, content: Content) -> ConditionReader:
    numbers = {parameter.id: parameter.number for parameter in policy.parameters}
    questions = {question.id: question for question in policy.questions}
    reader = ConditionReader(content, Names(content, numbers), questions)
    reader.read_terms()
    return reader


def _read(reader: ConditionReader, written: Content) -> Condition:
    """The condition of a rule as it is written."""
    when = reader.condition(written["als"], ())
    if not written.get("tenzij"):
        return when
    unless = reader.condition(written["tenzij"], ())
    return simplified(AllOf((when, negated(unless, reader.domain))), reader.domain)


def _differing(policy: Policy, content: Content) -> dict[int, Condition]:
    """The conditions that differ under another content."""
    reader = _reader(policy, content)
    found = {}
    for at, (rule, written) in enumerate(zip(policy.rules, content["regels"], strict=True)):
        condition = _read(reader, written)
        if condition != rule.condition:
            found[at] = condition
    return found
