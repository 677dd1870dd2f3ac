"""The checklist question by question, on nobody's call: it records nothing and sends nothing.

A wrong entry costs one line and asks again; what was answered stands in the lines themselves.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TextIO

from console.line_mode import questions
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from triage_rules import Policy, Question

MAX_ENTRY: Final = 1000
_INFORMS: Final = {words.line_mode.HELP_KEY, words.line_mode.STATE, words.line_mode.WHY, words.line_mode.LIST}


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
        self._say(words.line_mode.began(policy.id, policy.version))
        while (question := self._next()) is not None:
            self._suggest()
            if not self._ask(question):
                break
        self._close()
        return 0

    def _next(self) -> Question | None:
        """The question to ask: the next best one, then what was put off, then the wish, which is always offered."""
        return questions.following(self._state, self._later)

    def _ask(self, question: Question) -> bool:
        """Ask one question until it is answered, put off or undone; False when the operator stops."""
        state = self._state
        self._say("", *questions.ask(question, state.answers.get(state.policy.form_question.id)))
        while True:
            entry = self._entry()
            if entry is None or entry == words.line_mode.STOP:
                return False
            if self._command(entry, question):
                return True
            if entry in _INFORMS:
                self._inform(entry, question)
                continue
            reading = questions.read(state.policy, question, entry, self._started)
            self._say(*reading.lines)
            if reading.value is not None:
                self._answer(question, reading.value)
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
            self._say(words.line_mode.skipped(question.label))
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
        self._say(words.line_mode.noted(question.label, questions.in_words(self._state, question)))

    def _inform(self, entry: str, question: Question) -> None:
        if entry == words.line_mode.HELP_KEY:
            self._say(*words.line_mode.HELP, *([question.help] if question.help else []))
        elif entry == words.line_mode.LIST:
            self._say(*questions.everything(self._state.policy, question))
        elif entry == words.line_mode.STATE:
            self._say(*questions.answers(self._state))
        else:
            self._say(*questions.reason(self._state))

    def _suggest(self) -> None:
        """Say what is certain, when it is not what was said before."""
        said = questions.suggestion(self._state)
        if said != self._said:
            self._said = said
            self._say(said)

    def _close(self) -> None:
        state = self._state
        certain = words.line_mode.surely(state.at_least.text)
        self._say("", certain if state.final else words.line_mode.unsure(questions.bounds(state)))
        self._say(*questions.reason(state), words.line_mode.ANSWERS, *questions.answers(state))
        self._say(words.line_mode.YOU_DECIDE)

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{line}\n")


def run(policy: Policy) -> int:
    """Ask on the terminal this program runs in; returns the exit status."""
    return LineMode(policy, iter(sys.stdin), sys.stdout, now()).run()
