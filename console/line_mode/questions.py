"""How a question is asked in lines, and what a typed line means as its answer; records and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.domain.ago import AgoError, hours_before
from console.model import UNKNOWN
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from triage_rules import Policy, Question, State

_SHOWN: Final = 60
_FORM: Final = "vorm"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed line means: an answer, or None; and what must be said of it."""

    value: str | None
    lines: tuple[str, ...] = ()


def ask(question: Question, form: str | None) -> tuple[str, ...]:
    """The lines with which a question is put; `form` is the crime form as far as it is known."""
    lead = words.line_mode.OBSERVE if question.observed else words.line_mode.READ_OUT
    how = (words.line_mode.TYPE_FORM,) if question.kind == _FORM else choices(question)
    return (f"{lead}{question.text_for(form)}", *how)


def choices(question: Question) -> tuple[str, ...]:
    """What can be answered, one line each."""
    if question.line is not None:
        return (words.line_mode.TYPE_AGO,)
    return tuple(words.line_mode.choice(number, value.label) for number, value in enumerate(question.values, start=1))


def everything(policy: Policy, question: Question) -> tuple[str, ...]:
    """All choices of a question, also of one with a long list."""
    if question.kind == _FORM:
        return tuple(words.line_mode.form(form.label, form.definition) for form in policy.forms)
    return choices(question)


def read(policy: Policy, question: Question, entry: str, reference: datetime) -> Reading:
    """Read what was typed, in lower case; how long ago counts back from `reference`."""
    if question.line is not None:
        return _read_ago(entry, reference)
    if question.kind == _FORM:
        return _read_form(policy, question, entry)
    word = words.terms.LETTERS.get(entry, entry)
    for number, value in enumerate(question.values, start=1):
        if word in {value.id, value.label.lower(), str(number)}:
            return Reading(value.id)
    return Reading(None, (words.line_mode.no_choice(_quoted(entry)), *choices(question)))


def _read_ago(entry: str, reference: datetime) -> Reading:
    try:
        found = hours_before(entry, reference)
    except AgoError as fault:
        return Reading(None, (str(fault),))
    return Reading(found.answer, (words.line_mode.read_as(found.read_back),))


def _read_form(policy: Policy, question: Question, entry: str) -> Reading:
    """The one form whose name, other name or id contains what was typed."""
    if entry in words.line_mode.DONT_KNOW:
        return Reading(UNKNOWN)
    names = {form.id: [form.id, form.label.lower(), *map(str.lower, form.synonyms)] for form in policy.forms}
    exact = [name for name, known in names.items() if entry in known]
    found = exact or [name for name, known in names.items() if entry and any(entry in word for word in known)]
    if len(found) == 1:
        return Reading(found[0])
    if found:
        return Reading(None, (words.line_mode.can_be([question.value(name).label for name in found]),))
    return Reading(None, (words.line_mode.no_form(_quoted(entry)),))


def _quoted(entry: str) -> str:
    return one_line(entry, 100)[:_SHOWN]


def suggestion(state: State) -> str:
    """What is certain now: urgency, and after the victim's wish where that was asked."""
    said = words.line_mode.urgency(bounds(state.urgency))
    wish = state.policy.wish_question
    if wish is not None and wish.id in state.answers:
        said += words.line_mode.after_wish(bounds(state))
    return said


def bounds(state: State) -> str:
    """Between which outcomes a call still lies."""
    if state.final:
        return words.line_mode.certain(state.at_least.short)
    return words.line_mode.between(state.at_least.short, state.at_most.short)


def reason(state: State) -> tuple[str, ...]:
    """Why it is at least so urgent, with the rules and their sources."""
    because = state.because
    return (
        words.line_mode.at_least_because(because.outcome.short, because.text),
        *(words.line_mode.rule(rule.id, rule.why, ", ".join(rule.sources)) for rule in because.rules),
    )


def answers(state: State) -> tuple[str, ...]:
    """Every answer so far, in the order of the policy."""
    return tuple(
        words.line_mode.answered(question.label, in_words(state, question))
        for question in state.policy.questions
        if question.id in state.answers
    )


def in_words(state: State, question: Question) -> str:
    """The answer that was given to a question."""
    answer = state.answers[question.id]
    labels = {value.id: value.label for value in question.values}
    return labels.get(answer) or words.line_mode.hours(answer)


def following(state: State, later: list[str]) -> Question | None:
    """The question to ask: the next best one, then what was put off, then the wish, which is always offered."""
    asked = [name for name in state.open_questions if name not in later]
    waiting = [name for name in later if name in state.open_questions]
    wish = state.policy.wish_question
    if asked or waiting:
        return state.policy.question((asked or waiting)[0])
    if wish is not None and wish.id not in state.answers and wish.id not in later:
        return wish
    return None
