"""What a unit is told: the dispatch made of a call, three lines to drive by first.

Pure: the same call and choice always give the same dispatch. The classification is set here, for every form, because
the CAD's own default priority for these classes would silently undo the policy (domain notes, point 5).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from console.model import UNKNOWN, CallFile, Choice, Dispatch, Location, Role
from console.times import clock_time
from console.words import answer_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from triage_rules import Policy

_LAST_ACT: Final = "laatste_handeling"
NO_ADDRESS: Final = "ADRES ONBEKEND - vraag na bij melder"

_WORTH_TELLING: Final = {
    "gevaar": ("gevaar", {"bedreigd", "zelf", "nu", "onbekend"}),
    "verdachte": ("verdachte", {"aanwezig", "onderweg", "net_weg", "later", "onbekend"}),
    "gaande": ("nu gaande", {"ja", "onbekend"}),
    "toegang_open": ("toegang tot apparaat of rekening", {"ja", "onbekend"}),
    "minderjarig": ("slachtoffer minderjarig", {"ja"}),
    "kwetsbaar": ("slachtoffer kwetsbaar", {"ja"}),
}
"""Answers that a crew must hear before it drives off, with the words for it; the rest stands in the details."""


@dataclass(frozen=True, slots=True)
class Classification:
    """A code of the national list with its text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassificationTable:
    """Which national class each crime form goes under; data per control room."""

    exercise: Classification
    forms: Mapping[str, Classification]

    def of(self, form: str, *, exercise: bool) -> Classification:
        """Give the class of a form; a practice dispatch never carries a real one."""
        return self.exercise if exercise else self.forms[form]


@lru_cache(maxsize=1)
def classifications() -> ClassificationTable:
    """Read the packaged table; a form that names an unknown code is an error at start, not at the first call."""
    table = tomllib.loads(files("console").joinpath("classification.toml").read_text(encoding="utf-8"))
    return ClassificationTable(
        exercise=Classification(table["oefening"]["code"], table["oefening"]["tekst"]),
        forms={form: Classification(code, table["codes"][code]) for form, code in table["vormen"].items()},
    )


def prepare(
    file: CallFile, choice: Choice, *, policy: Policy, message_id: str, by: str, at: datetime, exercise: bool
) -> Dispatch:
    """Make the dispatch that a choice for a unit sends, also when no question was answered yet.

    Coordinates go along only with the address they came with: with another address they would lead a crew astray.

    Raises:
        ValueError: the choice sends no unit.
    """
    priority = choice.priority
    if priority is None:
        raise ValueError(f"{choice} sends no unit")
    form = file.answers.get("vorm", UNKNOWN)
    known_form = form if form in classifications().forms else UNKNOWN
    classification = classifications().of(known_form, exercise=exercise)
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
        caller_name=file.incoming.name,
        caller_role=file.facts.role.value if file.facts.role else "onbekend",
        briefing=(
            _what_and_how_urgent(file, priority, policy, exercise=exercise),
            _where_and_who(place, file),
            _what_is_going_on(file, policy),
        ),
        details=_details(file, policy),
        decided_by=by,
        decided_at=at,
        received_at=file.incoming.received_at,
        exercise=exercise,
    )


def address_of(file: CallFile) -> str:
    """The address as it was last told, also when it was emptied; before anything was told, the one of the call."""
    return file.facts.address if file.told else file.incoming.location.address


def callback_of(file: CallFile) -> str:
    """The number to call back on as it was last told; before anything was told, the one that was seen."""
    return file.facts.callback if file.told else file.incoming.number


def _what_and_how_urgent(file: CallFile, priority: int, policy: Policy, *, exercise: bool) -> str:
    form = file.answers.get("vorm", UNKNOWN)
    unknown = form == UNKNOWN
    label = "online criminaliteit, vorm nog onbekend" if unknown else answer_in_words(policy, "vorm", form)
    return f"{'OEFENING - ' if exercise else ''}PRIO {priority} - {label.upper()}"


def _where_and_who(place: str, file: CallFile) -> str:
    caller = file.incoming.name or "melder"
    role = f" ({file.facts.role.value})" if file.facts.role not in {None, Role.VICTIM} else ""
    parts = [place or NO_ADDRESS, f"{caller}{role} {callback_of(file)}".strip()]
    if file.facts.speaks_freely is False:
        parts.append("KAN NIET VRIJ PRATEN")
    return " - ".join(parts)


def _what_is_going_on(file: CallFile, policy: Policy) -> str:
    told = [
        f"{words}: {answer_in_words(policy, question, file.answers[question])}"
        for question, (words, values) in _WORTH_TELLING.items()
        if file.answers.get(question) in values
    ]
    if _LAST_ACT in file.answers:
        told.append(f"laatste handeling: {_said(file, policy, _LAST_ACT, file.answers[_LAST_ACT])}")
    return "; ".join(told) or f"Uitvraag nog bezig. Eerste woorden: {file.incoming.first_words or 'geen'}"


def _details(file: CallFile, policy: Policy) -> tuple[str, ...]:
    lines = [f"Melding {clock_time(file.incoming.received_at)} via {file.incoming.channel.value}"]
    if file.incoming.first_words:
        lines.append(f"Eerste woorden: {file.incoming.first_words}")
    if file.note:
        lines.append(f"Notitie: {file.note}")
    for question in policy.questions:
        value = file.answers.get(question.id)
        said = _said(file, policy, question.id, value) if value else "niet gevraagd"
        lines.append(f"{question.label}: {said}")
    return tuple(lines)


def _said(file: CallFile, policy: Policy, question: str, value: str) -> str:
    """An answer as a crew reads it later: how long ago is counted from the call, or from when it was opened again."""
    words = answer_in_words(policy, question, value)
    if question != _LAST_ACT or value == UNKNOWN:
        return words
    if file.reassessed_at is None:
        return f"{words} voor de melding"
    return f"{words} voor de herbeoordeling van {clock_time(file.reassessed_at)}"
