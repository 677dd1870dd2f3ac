"""What is known of a call, one line per thing known, as a crew reads it: `Signalement 3: man, 30 jaar`.

A line has a subject that names one thing for as long as the call lasts, so that what changed can be told apart from
what is new. What a unit has no use for (what was advised, to whom the caller was referred) is not among them, nor is
what the law protects most (`Special`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.model import (
    UNKNOWN,
    Appointment,
    BankCalled,
    CallFile,
    Certainty,
    Clue,
    Device,
    Payment,
    Suspect,
)
from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.model import Detail, Fact, Person
    from triage_rules import Policy

LAST_ACT: Final = "laatste_handeling"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known: `subject` says of what, and stays the same when what is said of it changes."""

    subject: str
    said: str

    def __str__(self) -> str:
        """The line as it is read."""
        return f"{self.subject}: {self.said}"


def lines(file: CallFile, policy: Policy) -> tuple[Line, ...]:
    """Say what is known and of use to a unit beside where the caller is and how to call back, most useful first."""
    return (*_heard(file), *_noted(file), *_told(file), *_who(file), *_answered(file, policy))


def said_of_last_act(file: CallFile, policy: Policy, value: str) -> str:
    """How long ago the last act was, counted from the call, or from when it was opened again."""
    said = words.terms.answer_in_words(policy, LAST_ACT, value)
    if value == UNKNOWN:
        return said
    if file.reassessed_at is None:
        return words.telling.before_call(said)
    return words.telling.before_reassessment(said, clock_time(file.reassessed_at))


def _heard(file: CallFile) -> Iterator[Line]:
    if file.incoming.first_words:
        yield Line(words.telling.FIRST_WORDS, file.incoming.first_words)
    if file.note:
        yield Line(words.telling.NOTE, file.note)


def _who(file: CallFile) -> Iterator[Line]:
    if file.facts.role is not None:
        yield Line(words.telling.ROLE, file.facts.role.value)
    if file.facts.speaks_freely is not None:
        yield Line(words.telling.SPEAKS_FREELY, words.telling.YES if file.facts.speaks_freely else words.telling.NO)


def _told(file: CallFile) -> Iterator[Line]:
    for person in file.persons:
        yield Line(words.telling.person(person.number), _person(person.person))
    for fact in file.told_facts:
        if fact.fact.certainty is not Certainty.WRONG:
            yield Line(words.telling.fact(fact.number), _fact(fact.fact))


def _noted(file: CallFile) -> Iterator[Line]:
    for known in file.details:
        what = None if known.taken_back else _detail(known.detail)
        if what is not None:
            subject, said = what
            yield Line(f"{subject} {known.number}", said or words.telling.NOTHING_SAID)


def _answered(file: CallFile, policy: Policy) -> Iterator[Line]:
    for question in policy.questions:
        value = file.answers.get(question.id)
        if not value:
            said = words.telling.NOT_ASKED
        elif question.id == LAST_ACT:
            said = said_of_last_act(file, policy, value)
        else:
            said = words.terms.answer_in_words(policy, question.id, value)
        yield Line(question.label, said)


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.role.value, person.name, person.phone, person.description) if part)


def _fact(fact: Fact) -> str:
    """A fact goes with its source and how sure it is (Wpg 4, first paragraph)."""
    about = "" if fact.person is None else f", {words.telling.about_person(fact.person)}"
    return f"{fact.text} ({fact.source.value}, {fact.certainty.value}{about})"


def _detail(detail: Detail) -> tuple[str, str] | None:
    """Say of one noted thing what it is and what it says; None for what a unit has no use for."""
    found = None
    match detail:
        case Suspect(description, direction, vehicle, plate):
            named = (
                (words.telling.DIRECTION, direction),
                (words.telling.VEHICLE, vehicle),
                (words.telling.PLATE, plate),
            )
            found = words.telling.SUSPECT, _listed(description, *(f"{name} {value}" for name, value in named if value))
        case Clue(kind, text, value, valid):
            doubt = "" if valid else f" {words.telling.MISHEARD}"
            found = words.telling.CLUE, f"{kind.value} {value or text}{doubt}"
        case Payment(payee, cents, account, name, at):
            found = (
                words.telling.PAYMENT,
                _listed(_euros(cents), words.telling.to_payee(payee.value), account, name, at),
            )
        case Device(what, state):
            found = words.telling.DEVICE, _listed(what, state)
        case BankCalled(by, name):
            found = words.telling.BANK_CALLED, _listed(words.telling.called_by(by.value), name)
        case Appointment(kind, made_by, when, place) if kind in words.telling.APPOINTMENT:
            found = words.telling.APPOINTMENT[kind], _listed(when, place, words.telling.agreed_by(made_by.value))
    return found


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _euros(cents: int | None) -> str:
    return words.telling.NO_AMOUNT if cents is None else words.telling.euros(*divmod(cents, 100))
