"""The downtime pack as text: what a room needs on paper when its console cannot be used. Pure.

Plain lines of at most `WIDTH` cells for any printer, a section to a sheet. It is a copy on a disk outside the record,
so it holds no more than is needed to go on by telephone, and never special data (Wpg 5): what a dispatch tells of it is
hidden as everywhere else (`console.domain.masking`). What an operator typed is not searched for it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from console.cad.page import lines_of
from console.domain import masking
from console.domain.dispatching import CUT, address_of, callback_of
from console.domain.telling import Line
from console.model import Delivery, Stage
from console.safe_text import visible
from console.texts import words
from console.times import local, said_time
from triage_rules import AnswerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from console.model import CallFile, DeliveryState, Dispatch, Link, QueueRow
    from triage_rules import Policy, State

WIDTH: Final = 80
_LONGEST: Final = 4000
_FORM: Final = "vorm"
_WISH: Final = "wens"
_HOURS: Final = "uren"
_HANDED_BACK: Final = "terug_naar_gms"
_FEW: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A call of the board with all that is recorded of it; `policy` is the one it is asked under."""

    row: QueueRow
    file: CallFile
    dispatches: tuple[Dispatch, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Pack:
    """What the pack is made of; `numbers` are kept free for paper, none where they could not be reserved.

    `more` counts the dispatches that wait and stand in no entry, because there are too many for paper.
    """

    made_at: datetime
    room: str
    exercise: bool
    link: Link
    entries: tuple[Entry, ...]
    phones: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    policy: Policy
    more: int = 0


def text(pack: Pack) -> str:
    """Write the pack; form feeds begin a new sheet, every other character can be printed."""
    sheets = (
        _head(pack),
        _unconfirmed(pack),
        _open_calls(pack),
        _followed(pack),
        _phones(pack),
        _numbers(pack),
        _form(pack),
    )
    return "\n\f".join("\n".join(part for line in sheet for part in wrapped(line)) for sheet in sheets) + "\n"


def wrapped(line: str) -> list[str]:
    """Make a line fit for any screen and printer, in as many lines as it takes; what goes on is set in."""
    safe = visible(line, _LONGEST).replace("\n", " ")
    indent = " " * (len(safe) - len(safe.lstrip(" ")) + 2)
    parts = textwrap.wrap(safe, WIDTH, subsequent_indent=indent) or [""]
    if all(_cells(part) <= WIDTH for part in parts):
        return parts
    return textwrap.wrap(safe, WIDTH // 2, subsequent_indent=indent)


def _cells(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(character) in "WF" for character in line)


def _head(pack: Pack) -> Iterator[str]:
    said = words.downtime
    yield f"{said.TITLE} {pack.room}{f'   *** {words.terms.EXERCISE} ***' if pack.exercise else ''}"
    yield said.made(f"{local(pack.made_at):%d-%m-%Y %H:%M:%S}")
    if pack.link.reachable is None or pack.link.since is None:
        yield said.LINK_UNKNOWN
    elif pack.link.reachable:
        yield said.LINK_WORKS
    else:
        yield said.link_down(said_time(pack.link.since, pack.made_at))
    yield ""
    yield said.ABOUT
    yield said.HIDDEN_HERE
    yield ""


def _section(title: str, count: int) -> Iterator[str]:
    heading = words.downtime.section(title, count)
    yield heading
    yield "=" * len(heading)
    if not count:
        yield words.downtime.NONE


def _unconfirmed(pack: Pack) -> Iterator[str]:
    found = [
        (entry, state, dispatch)
        for entry in pack.entries
        for state in waiting(entry.file.deliveries)
        for dispatch in entry.dispatches
        if dispatch.message_id == state.message_id
    ]
    found.sort(key=lambda each: (each[1].priority, each[1].created_at))
    yield from _section(words.downtime.DISPATCHES, len(found))
    if found:
        yield words.downtime.READ_OUT
    if pack.more:
        yield words.downtime.not_all(pack.more)
    for entry, state, dispatch in found:
        yield ""
        yield "-" * WIDTH
        reason = f" ({state.reason})" if state.reason else ""
        yield f"{entry.row.call_id}   {words.terms.DELIVERY[state.state]}{reason}"
        yield from lines_of(without_special(dispatch, entry.policy))


def waiting(deliveries: Sequence[DeliveryState]) -> list[DeliveryState]:
    """Give the dispatches that nobody confirmed; a refusal that something later came in the place of is settled."""
    asked = [each for each in deliveries if not each.adds_to]
    return [
        each
        for each in deliveries
        if not each.state.settled and (each.state is not Delivery.REFUSED or each.adds_to or each is asked[-1])
    ]


def _open_calls(pack: Pack) -> Iterator[str]:
    found = [entry for entry in pack.entries if entry.row.stage is not Stage.DECIDED]
    yield from _section(words.downtime.OPEN_CALLS, len(found))
    for entry in found:
        yield from _call(entry, pack.made_at)


def _followed(pack: Pack) -> Iterator[str]:
    found = [entry for entry in pack.entries if entry.row.stage is Stage.DECIDED]
    yield from _section(words.downtime.FOLLOWED, len(found))
    for entry in found:
        yield from _call(entry, pack.made_at)


def _call(entry: Entry, today: datetime) -> Iterator[str]:
    said, row, file = words.downtime, entry.row, entry.file
    yield ""
    moment = said_time(file.incoming.received_at, today)
    late = f"   {words.paper.MARK}" if row.entered_later else ""
    yield f"{row.call_id}   {moment}   {row.channel}   {words.terms.STAGE[row.stage]}{late}"
    form, certain = _assessed(entry)
    yield from _pairs(
        (said.ADDRESS, address_of(file) or said.UNKNOWN),
        (said.CALLBACK, callback_of(file) or said.UNKNOWN),
        (said.CRIME_FORM, form),
        (said.CERTAIN, certain),
        (said.OWNER, row.owner or said.NOBODY),
        (said.DECIDED, _decided(row)),
        (said.ALSO, _promised(row, today)),
    )


def _pairs(*pairs: tuple[str, str]) -> Iterator[str]:
    return (f"  {name + ':':<10}{value}" for name, value in pairs if value)


def _assessed(entry: Entry) -> tuple[str, str]:
    """Say the crime form and between which outcomes the call still lies, as the screen of the call says it."""
    answers = entry.file.answers
    try:
        state = entry.policy.resume(answers)
    except AnswerError:
        return answers.get(_FORM, words.downtime.UNKNOWN), words.downtime.NOT_CERTAIN
    form = answers.get(_FORM)
    label = words.downtime.UNKNOWN if form is None else words.terms.answer_in_words(entry.policy, _FORM, form)
    asked = state if _WISH in answers else state.urgency
    return label, _bounds(asked)


def _bounds(state: State) -> str:
    *others, most = state.possible
    named = words.terms.OUTCOME_SHORT
    if state.final:
        return words.suggestion.certain(named[most.id])
    if most.id == _HANDED_BACK and len(others) > 1:
        return words.suggestion.between(named[state.at_least.id], words.suggestion.or_ordinary(named[others[-1].id]))
    return words.suggestion.between(named[state.at_least.id], named[most.id])


def _decided(row: QueueRow) -> str:
    if row.choice is None:
        return ""
    parts = [words.terms.CHOICE_SHORT[row.choice]]
    if row.delivery is not None:
        parts += [words.terms.DELIVERY[row.delivery.state], row.delivery.unit]
        if row.delivery.unit_status is not None:
            parts.append(words.terms.UNIT[row.delivery.unit_status])
    return ", ".join(part for part in parts if part)


def _promised(row: QueueRow, today: datetime) -> str:
    parts = []
    if row.call_back_at is not None:
        parts.append(words.downtime.called_back(said_time(row.call_back_at, today)))
    if row.consultation is not None:
        parts.append(words.downtime.CONSULTS)
    return "; ".join(parts)


def _phones(pack: Pack) -> Iterator[str]:
    yield words.downtime.PHONES
    yield "=" * len(words.downtime.PHONES)
    if not pack.phones:
        yield words.downtime.NO_PHONES
    yield from (f"{name:<42}{number}" for name, number in pack.phones)


def _numbers(pack: Pack) -> Iterator[str]:
    """Give the numbers on a sheet of their own: there is one of it, of the form there are as many as calls."""
    said = words.downtime
    yield said.PAPER_NUMBERS
    yield "=" * len(said.PAPER_NUMBERS)
    if pack.numbers:
        yield said.NUMBERS
        yield from ("   ".join(row) for row in _rows(pack.numbers))
        yield said.NUMBERS_USED
    else:
        yield said.NO_NUMBERS
    yield said.ENTER_LATER


def _form(pack: Pack) -> Iterator[str]:
    """Give an empty form, in the order in which it is entered later; its questions are those that new calls get."""
    said = words.downtime
    yield said.FORM
    yield "=" * len(said.FORM)
    yield ""
    yield from said.FORM_FIELDS
    yield ""
    for question in pack.policy.questions:
        labels = [value.label for value in question.values]
        to_circle = question.kind != _HOURS and len(labels) <= _FEW
        asked = question.label if question.label.endswith("?") else f"{question.label}:"
        yield f"{asked} {' / '.join(labels) if to_circle else said.BLANK}"
    yield ""
    yield from said.FORM_ENDS


def _rows(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[at : at + _FEW] for at in range(0, len(numbers), _FEW))


def without_special(dispatch: Dispatch, policy: Policy) -> Dispatch:
    """Hide what a dispatch tells of special data; that there is danger stays, of which kind does not."""
    first, second, third = (_hidden(line, policy) for line in dispatch.briefing)
    details = tuple(_hidden(line, policy) for line in dispatch.details)
    return replace(dispatch, briefing=(first, second, third), details=details)


def _hidden(line: str, policy: Policy) -> str:
    for phrase, instead in _telling(policy):
        line = line.replace(phrase, instead)
    if line.endswith(CUT):
        for phrase, instead in _telling(policy):
            line = _without_half(line, phrase, instead)
    return line


def _without_half(line: str, phrase: str, instead: str) -> str:
    """Hide also what was cut in the middle of telling it."""
    asked, mark, _ = phrase.partition("? ")
    subject = asked + mark if mark else phrase.partition(": ")[0] + ": "
    at = line.rfind(subject)
    return f"{line[:at]}{instead}{CUT}" if at >= 0 and phrase.startswith(line[at : -len(CUT)]) else line


@lru_cache(maxsize=8)
def _telling(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Give each phrase by which a dispatch tells special data, with what is said instead; the longest first."""
    found = [
        (str(Line(subject, value.label)), str(Line(subject, masking.answer(question.id, value.id))))
        for question in policy.questions
        for value in question.values
        if masking.answer(question.id, value.id) != value.id
        for subject in _subjects(question.id, question.label)
    ]
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def _subjects(question_id: str, label: str) -> Iterable[str]:
    return {label, words.dispatching.WORTH_TELLING.get(question_id, label)}
