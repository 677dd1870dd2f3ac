"""What a question or a crime form means, for who must choose: read from the policy and from the help per form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.form_help import help_for
from console.domain.referral import may_be_online
from console.texts import words
from triage_rules.conditions import questions_of

if TYPE_CHECKING:
    from console.domain.form_help import Law
    from triage_rules import Form, Policy, Question


def question_lines(policy: Policy, question: Question, form: str | None) -> list[str]:
    """Give what a question is for: how it is read out, what each answer means, which rules ask it and why."""
    said = question.text_for(form)
    lines = [words.explaining.observed(said) if question.observed else words.explaining.quoted(said)]
    if question.help:
        lines.append(question.help)
    lines += ["", words.explaining.UNORDERED if question.unordered else words.explaining.ORDERED]
    labels = {value.id: value.label for value in question.values}
    for each in reversed(question.classes):
        lines.append(words.explaining.value(labels.get(each, ""), question.clauses[each]))
    return [*lines, "", *_why(policy, question)]


def picker_lines(policy: Policy) -> list[str]:
    """Give every form with its definition, in the order of how often they occur."""
    return [
        words.explaining.BY_FREQUENCY,
        *(words.explaining.form(each.label, each.definition) for each in policy.forms),
    ]


def form_lines(form: Form) -> list[str]:
    """Give how to handle a form: what to do and ask, whom to consult, the law, the traces, and reporting online."""
    found = help_for(form.id)
    lines = [form.definition]
    if form.synonyms:
        lines.append(words.explaining.also_known_as(", ".join(form.synonyms)))
    if found is None:
        return lines
    lines += ["", words.explaining.DO, *map(words.explaining.item, found.doing)]
    if found.asking:
        lines += ["", words.explaining.ASK, *map(words.explaining.asked, found.asking)]
    lines += ["", words.explaining.consult(found.consult), online_words(form)]
    if found.law:
        lines += ["", words.explaining.LAW, *map(_law, found.law)]
    if found.traces:
        lines += ["", words.explaining.TRACES, *(words.explaining.item(each.text) for each in found.traces)]
    return [*lines, "", words.explaining.at_the_close(found.prevention)]


def online_words(form: Form) -> str:
    """Say whether a form can be reported online, with the year and the source where one says so."""
    found = help_for(form.id)
    source = found.online_source if found else ""
    if form.online is None:
        return words.explaining.ONLINE_UNKNOWN if may_be_online(form) else words.explaining.AT_THE_STATION
    return words.explaining.online(source) if form.online else words.explaining.not_online(source)


def _why(policy: Policy, question: Question) -> list[str]:
    """Say which outcomes this question can raise, by which rules, and what those rest on."""
    rules = [rule for rule in policy.rules if question.id in questions_of(rule.condition)]
    lines = [words.explaining.WHY]
    for outcome in sorted(policy.outcomes, key=lambda each: -each.rank):
        named = [rule.id for rule in rules if rule.outcome == outcome.id]
        if named:
            lines.append(words.explaining.rules(outcome.short, ", ".join(named)))
    sources = dict.fromkeys(source for rule in rules for source in rule.sources)
    for each in sources:
        source = policy.sources.get(each)
        if source is not None and source.passage:
            lines.append(words.explaining.source(source.id, source.passage))
    return lines


def _law(law: Law) -> str:
    return words.explaining.law(law.text, law.source) if law.established else words.explaining.indication(law.text)
