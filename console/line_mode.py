"""`meldkamer triage --lijn`: the checklist as plain lines, question by question, for screen readers and odd terminals.

Lines are only ever added: nothing moves the cursor, nothing is coloured, every choice has a number and a word. A wrong
entry costs one line and asks again. It records nothing; what was answered stands in the lines themselves.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TextIO

from console.ago import AgoError, hours_before
from console.model import UNKNOWN
from console.safe_text import one_line
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from triage_rules import Policy, Question, State

_INFORMS: Final = (words.line_mode.HELP_KEY, words.line_mode.STATE, words.line_mode.WHY, words.line_mode.LIST)
MAX_ENTRY: Final = 1000
_SHOWN: Final = 60


class LineMode:
    """One call, asked line by line."""

    def __init__(self, policy: Policy, lines: Iterator[str], out: TextIO, started: datetime) -> None:
        """`lines` is what the operator types, `out` what is said; `started` is when the call began."""
        self._lines = lines
        self._out = out
        self._started = started
        self._state = policy.start()
        self._given: list[str] = []
        self._later: list[str] = []
        self._said = ""

    def run(self) -> int:
        """Ask until nothing can change any more, or until the operator stops. Returns the exit status."""
        policy = self._state.policy
        self._say(words.line_mode.opening(policy.id, policy.version))
        while (question := self._next()) is not None:
            self._suggest()
            if not self._ask(question):
                break
        self._close()
        return 0

    def _next(self) -> Question | None:
        """The question to ask: the next best one, then what was put off, then the wish, which is always offered."""
        state = self._state
        asked = [name for name in state.open_questions if name not in self._later]
        waiting = [name for name in self._later if name in state.open_questions]
        wish = state.policy.wish_question
        if asked or waiting:
            return state.policy.question((asked or waiting)[0])
        if wish is not None and wish.id not in state.answers and wish.id not in self._later:
            return wish
        return None

    def _ask(self, question: Question) -> bool:
        """Ask one question until it is answered, put off or undone; False when the operator stops."""
        state = self._state
        form = state.answers.get(state.policy.form_question.id)
        self._say("")
        if question.observed:
            self._say(words.line_mode.observe(question.text_for(form)))
        else:
            self._say(words.line_mode.read_out(question.text_for(form)))
        if question.kind != "vorm":
            self._choices(question)
        else:
            self._say(words.line_mode.FORM_HINT)
        while True:
            entry = self._entry()
            if entry is None or entry == words.line_mode.STOP:
                return False
            if self._command(entry, question):
                return True
            if entry in _INFORMS:
                self._inform(entry, question)
                continue
            value = self._read(question, entry)
            if value is not None:
                self._answer(question, value)
                return True

    def _entry(self) -> str | None:
        """What was typed, or None at the end of the input."""
        self._out.write("> ")
        self._out.flush()
        line = next(self._lines, None)
        return None if line is None else line.strip().lower()[:MAX_ENTRY]

    def _command(self, entry: str, question: Question) -> bool:
        """Do what moves on to another question; False when the entry is something else."""
        if entry == words.line_mode.LATER:
            if question.id in self._later:
                self._later.remove(question.id)
            self._later.append(question.id)
            self._say(words.line_mode.put_off(question.label))
            return True
        if entry != words.line_mode.BACK:
            return False
        if not self._given:
            self._say(words.line_mode.NOTHING_TO_UNDO)
            return True
        name = self._given.pop()
        self._state = self._state.reopen(name)
        self._say(words.line_mode.undone(self._state.policy.question(name).label))
        return True

    def _answer(self, question: Question, value: str) -> None:
        self._state = self._state.answer(question.id, value)
        self._given.append(question.id)
        self._say(words.line_mode.noted(question.label, self._value(question)))

    # -- reading an entry

    def _choices(self, question: Question) -> None:
        if question.line is not None:
            self._say(words.line_mode.TIME_HINT)
            return
        for number, value in enumerate(question.values, start=1):
            self._say(f"  {number}  {value.label}")

    def _read(self, question: Question, entry: str) -> str | None:
        """The answer that an entry means, or None after saying what is wrong with it."""
        if question.line is not None:
            try:
                found = hours_before(entry, self._started)
            except AgoError as fault:
                self._say(str(fault))
                return None
            self._say(words.line_mode.read_as(found.read_back))
            return found.answer
        if question.kind == "vorm":
            return self._form(question, entry)
        word = words.terms.LETTERS.get(entry, entry)
        for number, value in enumerate(question.values, start=1):
            if word in {value.id, value.label.lower(), str(number)}:
                return value.id
        self._say(words.line_mode.no_choice(one_line(entry, 100)[:_SHOWN]))
        self._choices(question)
        return None

    def _form(self, question: Question, entry: str) -> str | None:
        """The one form whose name, other name or id contains what was typed."""
        if entry in words.line_mode.DONT_KNOW:
            return UNKNOWN
        forms = self._state.policy.forms
        names = {form.id: [form.id, form.label.lower(), *(each.lower() for each in form.synonyms)] for form in forms}
        exact = [name for name, known in names.items() if entry in known]
        found = exact or [name for name, known in names.items() if entry and any(entry in each for each in known)]
        if len(found) == 1:
            return found[0]
        if found:
            self._say(words.line_mode.several_forms([question.value(name).label for name in found]))
        else:
            self._say(words.line_mode.no_form(one_line(entry, 100)[:_SHOWN]))
        return None

    # -- telling where the call stands

    def _inform(self, entry: str, question: Question) -> None:
        if entry == words.line_mode.HELP_KEY:
            for line in (*words.line_mode.HELP, *([question.help] if question.help else [])):
                self._say(line)
        elif entry == words.line_mode.LIST:
            if question.kind == "vorm":
                for form in self._state.policy.forms:
                    self._say(f"  {form.label}: {form.definition}")
            else:
                self._choices(question)
        elif entry == words.line_mode.STATE:
            self._answers()
        else:
            self._reason()

    def _suggest(self) -> None:
        """Say what is certain, when it is not what was said before."""
        state = self._state
        urgency = state.urgency
        said = words.line_mode.urgency(_bounds(urgency))
        wish = state.policy.wish_question
        if wish is not None and wish.id in state.answers:
            said += f" {words.line_mode.after_wish(_bounds(state))}"
        if said != self._said:
            self._said = said
            self._say(said)

    def _reason(self) -> None:
        reason = self._state.because
        self._say(words.line_mode.because(reason.outcome.short, reason.text))
        for rule in reason.rules:
            self._say(words.line_mode.rule(rule.id, rule.why, ", ".join(rule.sources)))

    def _answers(self) -> None:
        policy = self._state.policy
        for question in policy.questions:
            if question.id in self._state.answers:
                self._say(f"  {question.label} {self._value(question)}")

    def _value(self, question: Question) -> str:
        """The answer that was given, in words."""
        answer = self._state.answers[question.id]
        labels = {value.id: value.label for value in question.values}
        return labels.get(answer) or words.line_mode.hours_before(answer)

    def _close(self) -> None:
        self._say("")
        state = self._state
        self._say(
            words.line_mode.sure(state.at_least.text) if state.final else words.line_mode.not_sure(_bounds(state))
        )
        self._reason()
        self._say(words.line_mode.ANSWERS)
        self._answers()
        self._say(words.line_mode.YOU_DECIDE)

    def _say(self, line: str) -> None:
        self._out.write(f"{line}\n")


def _bounds(state: State) -> str:
    if state.final:
        return words.line_mode.certain(state.at_least.short)
    return words.line_mode.between(state.at_least.short, state.at_most.short)


def run(policy: Policy) -> int:
    """Ask on the terminal this program runs in; returns the exit status."""
    return LineMode(policy, iter(sys.stdin), sys.stdout, now()).run()
