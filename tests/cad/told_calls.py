"""Whole calls with everything that can be noted of them, made into a dispatch and what is added to it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

import triage_rules
from console.domain import dispatching
from console.model import (
    Appointment,
    AppointmentKind,
    BankCalled,
    CallFile,
    Certainty,
    Channel,
    Choice,
    Clue,
    ClueKind,
    Detail,
    Device,
    Dispatch,
    Fact,
    Facts,
    IncomingCall,
    KnownDetail,
    KnownFact,
    KnownPerson,
    Location,
    Party,
    Payee,
    Payment,
    Person,
    PersonRole,
    Role,
    Secured,
    Securing,
    Source,
    Stage,
    Suspect,
)
from tests.cad.dispatches import NASTY

POLICY = triage_rules.load()
AT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)

_text = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(NASTY)
_details: st.SearchStrategy[Detail] = st.one_of(
    st.builds(Suspect, _text, _text, _text, _text),
    st.builds(Clue, st.sampled_from(ClueKind), _text, _text, st.booleans()),
    st.builds(Payment, st.sampled_from(Payee), st.none() | st.integers(0, 10**9), _text, _text, _text),
    st.builds(Device, _text, _text),
    st.builds(Secured, _text, st.sampled_from(Securing)),
    st.builds(BankCalled, st.sampled_from(Party), _text),
    st.builds(Appointment, st.sampled_from(AppointmentKind), st.sampled_from(Party), _text),
)
_persons = st.builds(Person, st.sampled_from(PersonRole), _text, _text, _text)
_facts = st.builds(Fact, _text, st.sampled_from(Source), st.sampled_from(Certainty))
_answers = st.fixed_dictionaries(
    {},
    optional={question.id: st.sampled_from([value.id for value in question.values]) for question in POLICY.questions},
)
_degrees = st.none() | st.floats(-90, 90)


@st.composite
def _files(draw: st.DrawFn) -> CallFile:
    incoming = IncomingCall(
        "x",
        draw(st.sampled_from(Channel)),
        draw(_text),
        draw(_text),
        Location(draw(_text), draw(_degrees), draw(_degrees)),
        draw(_text),
        AT,
    )
    file = CallFile(
        "26-0001", incoming, Stage.DECIDED, "j.devries", AT, 1, Facts(), draw(_answers), draw(_text), (), ()
    )
    return draw(_more(file))


@st.composite
def _more(draw: st.DrawFn, file: CallFile) -> CallFile:
    """The same call with other things told and noted."""
    details = draw(st.lists(_details, max_size=8))
    persons = draw(st.lists(_persons, max_size=3))
    facts = draw(st.lists(_facts, max_size=3))
    return replace(
        file,
        facts=Facts(draw(_text), draw(_text), draw(st.none() | st.sampled_from(Role)), draw(st.none() | st.booleans())),
        told=draw(st.booleans()),
        details=tuple(KnownDetail(n, each, AT, "j.devries", draw(st.booleans())) for n, each in enumerate(details, 1)),
        persons=tuple(KnownPerson(n, each, AT, "j.devries") for n, each in enumerate(persons, 1)),
        told_facts=tuple(KnownFact(n, each, AT, "j.devries") for n, each in enumerate(facts, 1)),
    )


@st.composite
def _told_calls(draw: st.DrawFn) -> tuple[Dispatch, ...]:
    file = draw(_files())
    exercise = draw(st.booleans())
    base = dispatching.prepare(
        file,
        draw(st.sampled_from((Choice.PRIO1, Choice.PRIO2, Choice.PRIO3))),
        policy=POLICY,
        message_id="m-0",
        by="j.devries",
        at=AT,
        exercise=exercise,
        control_word=draw(st.just("rode tulp") | _text),
    )
    news = dispatching.addition(
        draw(_more(file)), (base,), policy=POLICY, message_id="m-1", by="a.bakker", at=AT, exercise=exercise
    )
    return (base,) if news is None else (base, news)


told_calls: st.SearchStrategy[tuple[Dispatch, ...]] = _told_calls()
"""A dispatch of a call, and mostly what was heard after it."""
