"""What a unit is told: the dispatch made of a call, three lines to drive by first, and later what was new since.

Pure: the same call and choice always give the same dispatch. The classification is set here, for every form, because
the CAD's own default priority for these classes would silently undo the policy (domain notes, point 5).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.classification import classifications
from console.domain import advice
from console.domain.telling import LAST_ACT, Line, begin, lines, said_of_last_act, sections
from console.domain.topics import Topic, said_about
from console.model import BETWEEN_NEWS, UNKNOWN, CallFile, Choice, Delivery, Dispatch, Location, PersonRole, Role
from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.classification import ClassificationTable
    from triage_rules import Policy

_FIELDS: Final = {words.dispatching.ADDRESS, words.dispatching.CALLBACK, words.telling.ADVICE}
"""What a message has a field for: how it was last told is read there. What was advised is told once."""
CUT: Final = ".."
"""Stands at the end of what was cut."""
_IN_SHORT: Final = 160
"""Characters of news that are read while driving; all of it stands in the details."""

_CHOICES: Final = {choice.priority: choice for choice in Choice if choice.priority is not None}

_WORTH_TELLING: Final = {
    "gevaar": {"bedreigd", "zelf", "nu", "onbekend"},
    "verdachte": {"aanwezig", "onderweg", "net_weg", "later", "onbekend"},
    "gaande": {"ja", "onbekend"},
    "toegang_open": {"ja", "onbekend"},
    "minderjarig": {"ja"},
    "kwetsbaar": {"ja"},
}
"""Answers that a crew must hear before it drives off; the rest stands in the details."""


class NothingToAddToError(Exception):
    """The CAD has no dispatch that news can be added to; the text is a Dutch sentence that says what to do."""


def prepare(
    file: CallFile,
    choice: Choice,
    *,
    policy: Policy,
    message_id: str,
    by: str,
    at: datetime,
    exercise: bool,
    control_word: str,
    classes: ClassificationTable | None = None,
) -> Dispatch:
    """Make the dispatch that a choice for a unit sends, also when no question was answered yet.

    `classes` is the table of this control room; without it the packaged one is used. Coordinates go along only with the
    address they came with: with another address they would lead a crew astray.

    Raises:
        ValueError: the choice sends no unit.
    """
    priority = choice.priority
    if priority is None:
        raise ValueError(f"{choice} sends no unit")
    form = file.answers.get("vorm", UNKNOWN)
    table = classes or classifications()
    known_form = form if form in table.forms else UNKNOWN
    classification = table.of(known_form, exercise=exercise)
    place = address_of(file)
    where = file.incoming.location if place == file.incoming.location.address else Location(place)
    return Dispatch(
        message_id=message_id,
        incident_id=file.call_id,
        priority=priority,
        classification=classification.code,
        classification_text=classification.text,
        form=known_form,
        location=where,
        callback=callback_of(file),
        caller_name=name_of(file),
        caller_role=file.facts.role.value if file.facts.role else words.dispatching.ROLE_UNKNOWN,
        briefing=(
            _what_and_how_urgent(file, priority, policy, exercise=exercise),
            _where_and_who(place, file),
            _what_is_going_on(file, policy),
        ),
        details=(
            words.dispatching.came_in(clock_time(file.incoming.received_at), file.incoming.channel.value),
            *_told_of(file, policy),
        ),
        decided_by=by,
        decided_at=at,
        received_at=file.incoming.received_at,
        exercise=exercise,
        control_word=control_word,
    )


def addition(
    file: CallFile,
    earlier: Sequence[Dispatch],
    *,
    policy: Policy,
    message_id: str,
    by: str,
    at: datetime,
    exercise: bool,
    classes: ClassificationTable | None = None,
    by_voice: bool = False,
) -> Dispatch | None:
    """Make what adds to the newest dispatch that the CAD has or will get: only what it was not told yet.

    With `by_voice` to the newest one when that was passed on by hand, and so its news is too.

    `earlier` are the messages of this call, oldest first; those that the CAD refused told it nothing. Its first three
    lines say that nobody else is asked for, where the caller is, and in short what is new; `details` holds all that is,
    an address or a number that changed first. Gives None when the CAD was told everything.

    Raises:
        NothingToAddToError: no dispatch is underway; or it is an exercise and this is none, or the other way round.
    """
    base = _open_to_news(file, earlier, by_voice=by_voice)
    if base.exercise != exercise:
        raise NothingToAddToError(words.dispatching.NOT_BOTH_EXERCISE)
    told = _told_with(base, file, earlier)
    moved, more = tuple(_moved(file, told[-1])), tuple(_news(lines(file, policy), told))
    if not moved and not more:
        return None
    now = prepare(
        file,
        _CHOICES[base.priority],
        policy=policy,
        message_id=message_id,
        by=by,
        at=at,
        exercise=exercise,
        control_word=base.control_word,
        classes=classes,
    )
    _, where, going_on = now.briefing
    return replace(
        now,
        briefing=(
            _what_and_how_urgent(file, base.priority, policy, exercise=exercise, kind=words.dispatching.ONLY_NEWS),
            words.dispatching.new_address(where)
            if now.location.address not in {"", told[-1].location.address}
            else where,
            _shortened(BETWEEN_NEWS.join(more)) or going_on,
        ),
        details=(*moved, *more),
        adds_to=base.message_id,
    )


def news_since(file: CallFile, earlier: Sequence[Dispatch], *, policy: Policy) -> tuple[str, ...]:
    """Say what whoever has the newest dispatch was not told, a new address first, whichever way they can be reached.

    `earlier` are the messages of this call, oldest first, a dispatch at least among them; those that the CAD refused
    told nothing.
    """
    base = next(each for each in reversed(earlier) if not each.adds_to)
    told = _told_with(base, file, earlier)
    return (*_moved(file, told[-1]), *_news(lines(file, policy), told))


def _told_with(base: Dispatch, file: CallFile, earlier: Sequence[Dispatch]) -> list[Dispatch]:
    refused = {each.message_id for each in file.deliveries if each.state in {Delivery.REFUSED, Delivery.DROPPED}}
    told = [each for each in earlier if base.message_id in {each.message_id, each.adds_to}]
    return [each for each in told if each.message_id not in refused]


def _shortened(text: str) -> str:
    return text if len(text) <= _IN_SHORT else f"{text[: _IN_SHORT - len(CUT)]}{CUT}"


def _open_to_news(file: CallFile, earlier: Sequence[Dispatch], *, by_voice: bool) -> Dispatch:
    """The newest dispatch that the CAD has, or gets when it can be reached; or that was passed on by hand."""
    asked = [each for each in earlier if not each.adds_to]
    if not asked:
        raise NothingToAddToError(words.dispatching.NOTHING_ASKED)
    open_to_news = {Delivery.BY_HAND} if by_voice else set(Delivery) - words.record.ADDITION_CLOSED.keys()
    closed = (each for each in file.deliveries if each.state not in open_to_news)
    if state := next((each.state for each in closed if each.message_id == asked[-1].message_id), None):
        raise NothingToAddToError(words.record.ADDITION_CLOSED.get(state, words.record.NOT_BY_HAND))
    return asked[-1]


def _moved(file: CallFile, before: Dispatch) -> Iterator[str]:
    """Say where the caller is now and how to call back, where the CAD was last told something else."""
    places = (
        (words.dispatching.ADDRESS, address_of(file), before.location.address),
        (words.dispatching.CALLBACK, callback_of(file), before.callback),
    )
    for subject, now, then in places:
        if now != then and then:
            said = words.dispatching.was_first(now or words.dispatching.NOT_KNOWN, then)
            yield f"{words.dispatching.CHANGED}{Line(subject, said)}"
        elif now != then:
            yield f"{subject}: {now}"


def _news(known: Sequence[Line], told: Sequence[Dispatch]) -> Iterator[str]:
    """Say first what the CAD was told and no longer holds, then what is new or not as it was last told."""
    subjects = {line.subject for line in known}
    before = _last_told(told, subjects)
    for subject, said in before.items():
        if subject not in subjects and said != words.dispatching.GONE:
            yield f"{words.dispatching.CHANGED}{Line(subject, words.dispatching.GONE)}"
    for line in known:
        then = before.get(line.subject)
        if line.said == then:
            continue
        if then in {None, words.telling.NOT_ASKED, words.dispatching.GONE}:
            yield str(line)
        elif line.subject == words.telling.NOTE and line.said.startswith(then):
            yield str(Line(words.dispatching.MORE_NOTE, line.said[len(then) :]))
        else:
            yield f"{words.dispatching.CHANGED}{line}"


def _last_told(told: Sequence[Dispatch], subjects: set[str]) -> dict[str, str]:
    """Read back what the CAD was last told of each subject, the place and the number aside."""
    last: dict[str, str] = {}
    for text in (text for message in told for text in message.details):
        line = _read_back(text.removeprefix(words.dispatching.CHANGED), subjects)
        if line.subject == words.dispatching.MORE_NOTE:
            if words.telling.NOTE in last:  # else its beginning was refused, and the rest alone says little
                last[words.telling.NOTE] += line.said
        elif line.said and line.subject not in _FIELDS:
            last[line.subject] = line.said
    return last


def _read_back(text: str, subjects: set[str]) -> Line:
    """Take a line apart where its subject ends; a line that says nothing of a subject has only words."""
    known = max((each for each in subjects if text.startswith(begin(each))), key=len, default=None)
    if known is not None:
        return Line(known, text.removeprefix(begin(known)))
    subject, _, said = text.partition(": ")
    return Line(subject, said)


def address_of(file: CallFile) -> str:
    """The address as it was last told, also when it was emptied; before anything was told, the one of the call."""
    return file.facts.address if file.told else file.incoming.location.address


def victim_elsewhere(file: CallFile) -> str:
    """Where the victim is said to be, when that names another place than the address; else empty.

    Who calls for another gives two places. Which of them a unit goes to is the operator's choice, so both are shown.
    """
    said = said_about(file, Topic.WHERE_NOW).strip()
    return "" if set(_named(said)) <= set(_named(address_of(file))) else said


def _named(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def callback_of(file: CallFile) -> str:
    """The number to call back on as it was last told; before anything was told, the one that was seen."""
    return file.facts.callback if file.told else file.incoming.number


def name_of(file: CallFile) -> str:
    """The name of who calls as it was told, else the one that came with the call."""
    told = (each.person.name for each in file.persons if each.person.role is PersonRole.CALLER and each.person.name)
    return next(told, file.incoming.name)


def _told_of(file: CallFile, policy: Policy) -> Iterator[str]:
    """Every block under its title, and what the caller was advised, so that a crew says nothing else."""
    for section in sections(file, policy):
        if section.title:
            yield section.title
        yield from (str(line) for line in section.lines)
    said = [known.text for each in advice.lines_said(file) if (known := advice.line(each)) is not None]
    if said:
        yield str(Line(words.telling.ADVICE, " / ".join(said)))


def _what_and_how_urgent(file: CallFile, priority: int, policy: Policy, *, exercise: bool, kind: str = "") -> str:
    form = file.answers.get("vorm", UNKNOWN)
    unknown = form == UNKNOWN
    label = words.dispatching.FORM_UNKNOWN if unknown else words.terms.answer_in_words(policy, "vorm", form)
    return f"{words.dispatching.EXERCISE if exercise else ''}{kind}{words.dispatching.urgency(priority, label.upper())}"


def _where_and_who(place: str, file: CallFile) -> str:
    caller = name_of(file).strip() or words.dispatching.CALLER
    role = f" ({file.facts.role.value})" if file.facts.role not in {None, Role.VICTIM} else ""
    parts = [place.strip() or words.dispatching.NO_ADDRESS, f"{caller}{role} {callback_of(file)}".strip()]
    if elsewhere := victim_elsewhere(file):
        parts.insert(1, words.dispatching.victim_is_at(_shortened(elsewhere)))
    if file.facts.speaks_freely is False:
        parts.append(words.dispatching.CANNOT_TALK_FREELY)
    return " - ".join(parts)


def _what_is_going_on(file: CallFile, policy: Policy) -> str:
    told = [
        f"{words.dispatching.WORTH_TELLING[question]}: "
        f"{words.terms.answer_in_words(policy, question, file.answers[question])}"
        for question, values in _WORTH_TELLING.items()
        if file.answers.get(question) in values
    ]
    if LAST_ACT in file.answers:
        told.append(words.dispatching.last_act(said_of_last_act(file, policy, file.answers[LAST_ACT])))
    return "; ".join(told) or words.dispatching.still_asking(_shortened(file.incoming.first_words))
