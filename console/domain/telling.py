"""What is known of a call, one line per thing known, as a crew reads it: `Signalement 3: man, 30 jaar`.

A line has a subject that names one thing for as long as the call lasts, so that what changed can be told apart from
what is new. They stand in the blocks that a crew works by: the suspect, the report, the traces, the questions. What a
unit has no use for (to whom the caller was referred) is not among them, nor is what the law protects most (`Special`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from console.domain import leads
from console.domain.form_help import traces_of
from console.domain.topics import Topic, known_about, said_about, topic_of
from console.model import (
    UNKNOWN,
    Appointment,
    BankCalled,
    CallFile,
    Certainty,
    Clue,
    Device,
    Payment,
    PersonRole,
    Secured,
    Securing,
    Suspect,
)
from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.model import Detail, Fact, KnownPerson, Person
    from triage_rules import Policy

LAST_ACT: Final = "laatste_handeling"
_ALWAYS: Final = {Topic.ADDRESS, Topic.REPEAT}
"""Topics that matter at every call."""


def begin(subject: str) -> str:
    """Give all that stands before what is said of a subject."""
    return f"{subject} " if subject.endswith("?") else f"{subject}: "


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known: `subject` says of what, and stays the same when what is said of it changes."""

    subject: str
    said: str

    def __str__(self) -> str:
        """The line as it is read; a question ends in its own mark."""
        return f"{begin(self.subject)}{self.said}"


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together; the title says how the block as a whole stands, and is no line of its own."""

    title: str
    lines: tuple[Line, ...]


def sections(file: CallFile, policy: Policy) -> tuple[Section, ...]:
    """Say what is known and of use to a unit beside where the caller is and how to call back, most useful first."""
    noted = tuple(_noted(file))
    suspects = {each.number for each in file.persons if each.person.role is PersonRole.POSSIBLE_SUSPECT}
    return (
        Section("", tuple(_heard(file))),
        Section(
            words.telling.suspect_block(_answer(file, policy, "verdachte")),
            (*_of(noted, Suspect), *(_person_line(each) for each in file.persons if each.number in suspects)),
        ),
        Section(
            words.telling.report_block(file.answers.get("wens")),
            (
                *_of(noted, BankCalled, Appointment),
                *(_person_line(each) for each in file.persons if each.number not in suspects),
                *_facts(file),
                *_topics(file),
                *_who(file),
                *_impression(file),
            ),
        ),
        Section(
            words.telling.traces_block(asked=_leads_asked(file), any_leads=leads.has_leads(file)),
            (*_of(noted, Payment), *_of(noted, Device), *_of(noted, Clue), *_of(noted, Secured)),
        ),
        Section(words.telling.QUESTIONS, tuple(_answered(file, policy))),
    )


def lines(file: CallFile, policy: Policy) -> tuple[Line, ...]:
    """Give the lines of all blocks, in their order."""
    return tuple(line for section in sections(file, policy) for line in section.lines)


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


def _person_line(known: KnownPerson) -> Line:
    return Line(words.telling.person(known.number), _person(known.person))


def _facts(file: CallFile) -> Iterator[Line]:
    for each in file.told_facts:
        if each.fact.certainty is not Certainty.WRONG and topic_of(each.fact) is None:
            yield Line(words.telling.fact(each.number), _fact(each.fact))


def _topics(file: CallFile) -> Iterator[Line]:
    """What is asked of every caller is said also when it was not: not asked is not no."""
    for topic in Topic:
        known = known_about(file, topic)
        if known is not None and known.fact.certainty is not Certainty.WRONG:
            said = replace(known.fact, text=said_about(file, topic))
            yield Line(topic.value, _fact(said))
        elif topic in _ALWAYS:
            yield Line(topic.value, words.telling.NOT_ASKED)


def _impression(file: CallFile) -> Iterator[Line]:
    """What the operator makes of it, apart from what is known (Wpg 4 lid 3)."""
    if file.impression:
        yield Line(words.telling.IMPRESSION, file.impression)


def _noted(file: CallFile) -> Iterator[tuple[Detail, Line]]:
    texts = {each.id: each.text for each in traces_of(file.answers.get("vorm"))}
    for known in file.details:
        what = None if known.taken_back else _detail(known.detail, texts)
        if what is not None:
            subject, said = what
            yield known.detail, Line(f"{subject} {known.number}", said or words.telling.NOTHING_SAID)


def _of(noted: Sequence[tuple[Detail, Line]], *kinds: type[Detail]) -> Iterator[Line]:
    return (line for detail, line in noted if isinstance(detail, kinds))


def _leads_asked(file: CallFile) -> bool:
    return leads.secured(file).get(leads.LEADS) is Securing.ABSENT


def _answer(file: CallFile, policy: Policy, question: str) -> str:
    value = file.answers.get(question)
    return words.terms.answer_in_words(policy, question, value) if value else words.telling.NOT_ASKED


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


def _detail(detail: Detail, texts: Mapping[str, str]) -> tuple[str, str] | None:
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
            found = words.telling.CLUE, f"{kind.value} {value or text}{_beside(text, value)}{doubt}"
        case Payment(payee, cents, account, name, at):
            lacking = leads.lacking(detail)
            found = (
                words.telling.PAYMENT,
                _listed(_euros(cents), words.telling.to_payee(payee.value), account, name, at)
                + (f"; {words.telling.lacking(lacking)}" if lacking else ""),
            )
        case Secured(trace, how) if trace != leads.LEADS:
            found = words.telling.SECURED, f"{texts.get(trace, trace)} - {how.value}"
        case Device(what, state):
            found = words.telling.DEVICE, _listed(what, state)
        case BankCalled(by, name):
            found = words.telling.BANK_CALLED, _listed(words.telling.called_by(by.value), name)
        case Appointment(kind, made_by, when) if kind in words.telling.APPOINTMENT:
            found = words.telling.APPOINTMENT[kind], _listed(when, words.telling.agreed_by(made_by.value))
    return found


def _beside(text: str, value: str) -> str:
    """The words that were typed beside a number say whose it is; another way of writing it says nothing."""
    typed, normal = ("".join(filter(str.isalnum, each)).casefold() for each in (text, value))
    return "" if not value or typed in normal else f" ({text})"


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _euros(cents: int | None) -> str:
    return words.telling.NO_AMOUNT if cents is None else words.telling.euros(*divmod(cents, 100))
