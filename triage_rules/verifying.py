"""Proving a policy before it is used: what must hold for all calls, each fault with a call that shows it.

A `finding` stops a policy from becoming active. A `notice` is worth knowing and changes no outcome: a condition that
never makes a difference, a limit that no outcome depends on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage_rules.conditions import ALWAYS, AllOf, Condition, negated, simplified
from triage_rules.diagram import GAP
from triage_rules.explaining import joined
from triage_rules.proving import Proof, Story
from triage_rules.tables import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from triage_rules.model import Question, Rule
    from triage_rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found. `about` is the id of the rule, question, outcome, property or example concerned."""

    check: str
    about: str
    text: str
    story: Story | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found of one policy.

    `overlaps` are pairs of rules with different outcomes that can fire together, the more urgent one first: no fault,
    since the more urgent one wins, but the place to look when an outcome surprises.
    """

    findings: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    assumptions: int
    rules: int
    overlaps: tuple[tuple[str, str], ...]

    @property
    def sound(self) -> bool:
        """True when nothing stands in the way of using the policy."""
        return not self.findings


def verify(policy: Policy, proof: Proof | None = None) -> Report:
    """Prove everything that can be proved of the rules, without the examples."""
    proof = proof or Proof(policy)
    findings = [
        *_useless_rules(proof),
        *_lowering_answers(proof),
        *_unreached(proof),
        *_broken_properties(proof),
    ]
    notices = [
        *_idle_conditions(proof),
        *_idle_limits(proof),
        *_same_answers(proof),
        *_idle_declarations(proof),
        *_unused(policy),
    ]
    assumptions = sum("aanname" in rule.sources for rule in policy.rules)
    assumptions += sum(parameter.source == "aanname" for parameter in policy.parameters)
    return Report(tuple(findings), tuple(notices), assumptions, len(policy.rules), tuple(_overlaps(proof)))


def _found(proof: Proof, check: str, about: str, text: str, classes: dict[str, str]) -> Finding:
    """A finding with the call that shows it and the outcome that call gets."""
    told = proof.story(classes)
    terminal = proof.outcome_of(classes)
    outcome = proof.policy.outcomes[terminal - 1]
    return Finding(check, about, f"{text} {told.text}: {outcome.short}.", told, outcome.id)


# -- every rule decides somewhere


def _useless_rules(proof: Proof) -> Iterator[Finding]:
    for rule, fires, gives, rest in zip(proof.policy.rules, proof.fires, proof.gives, proof.without, strict=True):
        if fires == GAP:
            yield Finding("dode regel", rule.id, f"Regel {rule.id} kan nooit opgaan.")
        elif rest == proof.root:
            shown = proof.witness((fires,), lambda at: at[0] != GAP) or {}
            yield _found(proof, "overbodige regel", rule.id, _covered(proof, rule, gives), shown)


def _covered(proof: Proof, rule: Rule, gives: int) -> str:
    """Why a rule decides nothing, naming a single rule that always covers it where there is one."""
    for other, theirs in zip(proof.policy.rules, proof.gives, strict=True):
        if other is not rule and proof.builder.most(theirs, gives) == theirs:
            return f"Regel {rule.id} beslist nooit: steeds gaat ook {other.id} op, die minstens zo urgent is."
    return f"Regel {rule.id} beslist nooit: steeds gaan ook andere regels op die minstens zo urgent zijn."


# -- a more urgent answer never lowers the outcome


def _lowering_answers(proof: Proof) -> Iterator[Finding]:
    for question in proof.policy.questions:
        if question.unordered:
            continue
        found = lowering(proof, question)
        if found is not None:
            less, more, classes = found
            text = f"Bij '{question.label}' verlaagt een urgenter antwoord de uitkomst."
            lower = proof.policy.outcomes[proof.outcome_of({**classes, question.id: more}) - 1]
            ending = f"Maar als {question.clauses[more]}: {lower.short}."
            first = _found(proof, "urgenter verlaagt", question.id, text, {**classes, question.id: less})
            yield Finding(first.check, first.about, f"{first.text} {ending}", first.story, first.outcome)


def lowering(proof: Proof, question: Question) -> tuple[str, str, dict[str, str]] | None:
    """Two neighbouring answers and a call in which the more urgent one lowers the outcome; None when there is none."""
    diagram = proof.diagram
    level = diagram.level_of[question.id]
    nodes = [diagram.restrict(proof.root, level, diagram.code_of[level][value]) for value in question.classes]
    for at in range(1, len(nodes)):
        less, more = nodes[at - 1], nodes[at]
        if proof.builder.most(less, more) != more:
            classes = proof.witness((less, more), lambda ends: ends[0] > ends[1]) or {}
            return question.classes[at - 1], question.classes[at], classes
    return None


# -- everything can happen


def _unreached(proof: Proof) -> Iterator[Finding]:
    diagram = proof.diagram
    for outcome in proof.policy.outcomes:
        if not diagram.reach[proof.root] >> outcome.rank + 1 & 1:
            yield Finding("onbereikbaar", outcome.id, f"Uitkomst '{outcome.id}' komt bij geen enkele melding voor.")
    for question in proof.policy.questions:
        if not diagram.support[proof.root] >> diagram.level_of[question.id] & 1:
            text = f"Vraag '{question.id}' verandert bij geen enkele melding iets; hij kan weg."
            yield Finding("vraag zonder gevolg", question.id, text)


# -- what the policy promises


def _broken_properties(proof: Proof) -> Iterator[Finding]:
    top = proof.diagram.top
    for each in proof.policy.properties:
        allowed = {proof.rank[outcome] for outcome in each.allowed}
        holds = proof.condition(each.condition)
        if holds == GAP:
            yield Finding("eigenschap", each.id, f"Eigenschap '{each.id}' gaat over geen enkele melding.")
            continue
        broken = proof.witness((holds, proof.root), lambda ends: ends[0] == top and ends[1] not in allowed)  # noqa: B023 - used at once
        if broken is not None:
            yield _found(proof, "eigenschap", each.id, f"Eigenschap '{each.id}' geldt niet ({each.why})", broken)


def _overlaps(proof: Proof) -> Iterator[tuple[str, str]]:
    known: dict[tuple[int, int], bool] = {}
    rules = sorted(zip(proof.policy.rules, proof.fires, strict=True), key=lambda each: -proof.rank[each[0].outcome])
    for at, (one, fires) in enumerate(rules):
        for other, also in rules[at + 1 :]:
            if one.outcome != other.outcome and _meet(proof, fires, also, known):
                yield one.id, other.id


def _meet(proof: Proof, one: int, other: int, known: dict[tuple[int, int], bool]) -> bool:
    """True when two conditions can hold together."""
    if GAP in (one, other):
        return False
    if proof.diagram.top in (one, other):
        return True
    key = (one, other) if one < other else (other, one)
    found = known.get(key)
    if found is None:
        found = known[key] = any(_meet(proof, *pair, known) for pair in proof.children((one, other)))
    return found


# -- notices


def parts_of_rule(rule: Rule) -> tuple[Condition, ...]:
    """The conditions that must all hold before the exception is looked at."""
    return rule.when.parts if isinstance(rule.when, AllOf) else (rule.when,)


def without_part(proof: Proof, rule: Rule, at: int) -> Condition:
    """The condition of a rule when one of its parts is dropped."""
    return with_part(proof, rule, at, ALWAYS)


def with_part(proof: Proof, rule: Rule, at: int, part: Condition) -> Condition:
    """The condition of a rule when one of its parts is replaced."""
    parts = parts_of_rule(rule)
    rest = AllOf((*parts[:at], part, *parts[at + 1 :]))
    exception = () if rule.unless is None else (negated(rule.unless, proof.domain),)
    return simplified(AllOf((rest, *exception)), proof.domain)


def said(proof: Proof, condition: Condition) -> str:
    """A condition in Dutch words."""
    return in_words(proof.policy, simplified(condition, proof.domain))


def with_rule(proof: Proof, at: int, condition: Condition) -> int:
    """The policy with another condition for the rule at this place."""
    return proof.builder.most(proof.without[at], proof.gave(proof.policy.rules[at], proof.condition(condition)))


def _idle_conditions(proof: Proof) -> Iterator[Finding]:
    for at, rule in enumerate(proof.policy.rules):
        for place, part in enumerate(parts_of_rule(rule)):
            if with_rule(proof, at, without_part(proof, rule, place)) == proof.root:
                text = f"In regel {rule.id} maakt deze voorwaarde geen verschil: {said(proof, part)}."
                yield Finding("voorwaarde zonder gevolg", rule.id, text)
        if rule.unless is not None and with_rule(proof, at, rule.when) == proof.root:
            yield Finding(
                "uitzondering zonder gevolg", rule.id, f"De uitzondering van regel {rule.id} verandert niets."
            )


def _idle_limits(proof: Proof) -> Iterator[Finding]:
    diagram = proof.diagram
    for question in proof.policy.questions:
        if question.line is None:
            continue
        level = diagram.level_of[question.id]
        nodes = [diagram.restrict(proof.root, level, diagram.code_of[level][span.name]) for span in question.line.spans]
        for near, far, span in zip(nodes, nodes[1:], question.line.spans, strict=False):
            if near == far:
                text = f"De grens van {span.high:g} uur bij '{question.label}' maakt geen verschil."
                yield Finding("grens zonder gevolg", question.id, text)


def _same_answers(proof: Proof) -> Iterator[Finding]:
    """Answers between which no outcome makes a difference: fine, but nobody needs to press the caller for them."""
    diagram = proof.diagram
    for question in proof.policy.questions:
        if question.kind != "keuze":
            continue
        level = diagram.level_of[question.id]
        alike: dict[int, list[str]] = {}
        for value in question.classes:
            alike.setdefault(diagram.restrict(proof.root, level, diagram.code_of[level][value]), []).append(value)
        for values in alike.values():
            if 1 < len(values) < len(question.classes):
                text = f"Bij '{question.id}' geven {joined(values)} altijd dezelfde uitkomst."
                yield Finding("antwoorden zonder verschil", question.id, text)


def _idle_declarations(proof: Proof) -> Iterator[Finding]:
    for question in proof.policy.questions:
        if question.unordered and question.kind != "vorm" and lowering(proof, question) is None:
            text = f"Vraag '{question.id}' loopt wel op; 'niet_oplopend' is niet nodig."
            yield Finding("verklaring zonder gevolg", question.id, text)


def _unused(policy: Policy) -> Iterator[Finding]:
    used = {source for rule in policy.rules for source in rule.sources} | {each.source for each in policy.parameters}
    idle = sorted(policy.sources.keys() - used - {"aanname"})
    if idle:
        yield Finding("bron zonder regel", idle[0], f"Geen regel verwijst naar {joined(idle)}.")
