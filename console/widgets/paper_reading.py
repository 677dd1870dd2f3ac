"""A paper form as it is typed over, field by field in the order of the paper; knows no terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.domain.ago import AgoError, hours_before
from console.domain.paper_times import PaperTimeError, moment, said
from console.model import UNKNOWN, Channel, Choice, Facts, OnPaper, PaperForm, Role
from console.safe_text import one_line
from console.texts import words
from console.times import local
from console.widgets.asking import choices_of, forms_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from triage_rules import Policy, Question

TEXT_LIMIT: Final = 200
NOTE_LIMIT: Final = 10_000
UNDECIDED: Final = "open"
QUESTION: Final = "vraag-"
"""How the name of a field begins that is a question of the policy; its id follows."""

COURSE: Final = ("besloten", "waarom", "aan", "doorgegeven", "eenheid")
"""The fields that only a decision has."""

_FEW: Final = 3
_RESERVED: Final = re.compile(r"(?:([0-9]{2})-)?([0-9]{4,9})")
_OWN_COUNT: Final = re.compile(r"p ?([0-9]{1,6})", re.IGNORECASE)
_CHANNELS: Final = {str(key): (channel.value, words.paper.CHANNELS[channel]) for key, channel in enumerate(Channel, 1)}
_ROLES: Final = {str(key): (role.value, words.terms.ROLE[role]) for key, role in enumerate(Role, 1)}
_FREELY: Final = {"j": ("ja", words.paper.FREELY_YES), "n": ("nee", words.paper.FREELY_NO)}
_CHOICES: Final = {
    **{
        key: (each.value, words.terms.CHOICE[each])
        for key, each in words.terms.CHOICE_KEYS.items()
        if each is not Choice.CONSULT
    },
    "n": (UNDECIDED, words.paper.NOT_DECIDED),
}
"""What can stand on paper; of a question to the shift lead nothing was decided yet."""


class FieldError(ValueError):
    """A field cannot be what stands on a form: `field` names it, the text is a Dutch sentence that says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        """Say which field, and what is wrong."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: a line of at most `limit` characters, or with `options` a choice by key."""

    name: str
    label: str
    limit: int = TEXT_LIMIT
    options: Mapping[str, tuple[str, str]] | None = None

    @property
    def across(self) -> bool:
        """True when its choices fit beside each other."""
        return self.options is not None and len(self.options) <= _FEW


def fields_of(policy: Policy) -> tuple[Field, ...]:
    """Give the fields in the order of the paper; the questions are those of the policy that new calls get."""
    said_by = words.paper
    return (
        Field("nummer", said_by.NUMBER, 20),
        Field("gebeld", said_by.CALLED, 40),
        Field("kanaal", said_by.CHANNEL, options=_CHANNELS),
        Field("melder", said_by.NAME),
        Field("terug", said_by.CALLBACK, 40),
        Field("adres", said_by.ADDRESS),
        Field("rol", said_by.ROLE, options=_ROLES),
        Field("vrij", said_by.FREELY, options=_FREELY),
        *(_asked(question) for question in policy.questions),
        Field("besluit", said_by.CHOICE, options=_CHOICES),
        Field("besloten", said_by.DECIDED, 40),
        Field("waarom", said_by.WHY, 1_000),
        Field("aan", said_by.PASSED_TO),
        Field("doorgegeven", said_by.PASSED_ON, 40),
        Field("eenheid", said_by.UNIT),
        Field("notitie", said_by.NOTE, NOTE_LIMIT),
        Field("centralist", said_by.HANDLED_BY),
    )


def _asked(question: Question) -> Field:
    options = None
    if question.kind == "keuze":
        options = {key: (value, label) for key, value, label in choices_of(question)}
    return Field(f"{QUESTION}{question.id}", question.label, 60, options)


class PaperReading:
    """What was typed of one form so far, in `typed` by the name of the field; an empty field stands for nothing."""

    def __init__(
        self, policy: Policy, operator: str, typed: dict[str, str], free: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        """Go on with what was typed; `free` are the reserved numbers that were not entered yet."""
        self.fields = fields_of(policy)
        self.typed = typed
        self.free = free
        self._policy = policy
        self._operator = operator
        self._clock = clock

    def read_back(self, name: str) -> str:
        """Say what a field means as it stands, where that is more than what was typed. Raises FieldError."""
        match name:
            case "nummer":
                return self._number()
            case "gebeld":
                return said(self._called())
            case "besloten":
                return said(self._decided()) if self._text(name) else ""
            case "doorgegeven":
                return said(self._passed_on()) if self._text(name) else ""
            case "kanaal" if not self._text(name):
                raise FieldError(name, words.paper.CHOOSE_CHANNEL)
            case "besluit" if not self._text(name):
                raise FieldError(name, words.paper.CHOOSE)
        if name.startswith(QUESTION) and self._text(name):
            question = self._policy.question(name.removeprefix(QUESTION))
            return words.terms.answer_in_words(self._policy, question.id, self._answer(question))
        return ""

    def free_numbers(self) -> str:
        """Say which reserved numbers were not entered yet, as stretches; the empty text for none."""
        stretches: list[list[str]] = []
        for number in self.free:
            if stretches and _follows(stretches[-1][-1], number):
                stretches[-1].append(number)
            else:
                stretches.append([number])
        return ", ".join(words.paper.up_to(each[0], each[-1]) for each in stretches)

    @property
    def decided(self) -> bool:
        """False where the form says, or nothing says yet, that something was decided."""
        return self._text("besluit") not in {"", UNDECIDED}

    def form(self) -> PaperForm:
        """Give the form whole. Raises FieldError for the first field that is wrong, or that must still be filled in."""
        number, called = self._number(), self._called()
        for name in ("kanaal", "besluit"):
            self.read_back(name)
        answers = {
            question.id: self._answer(question)
            for question in self._policy.questions
            if self._text(f"{QUESTION}{question.id}")
        }
        paper = OnPaper(number, called, handled_by=self._text("centralist"))
        choice = None
        if self.decided:
            choice = Choice(self._text("besluit"))
            paper = OnPaper(
                number=number,
                called_at=called,
                decided_at=self._decided(),
                passed_on_at=self._passed_on() if self._text("doorgegeven") else None,
                passed_to=self._text("aan"),
                unit=self._text("eenheid"),
                handled_by=self._text("centralist"),
            )
        return PaperForm(
            paper=paper,
            channel=Channel(self._text("kanaal")),
            name=self._text("melder"),
            facts=Facts(
                address=self._text("adres"),
                callback=self._text("terug"),
                role=Role(self._text("rol")) if self._text("rol") else None,
                speaks_freely={"": None, "ja": True, "nee": False}[self._text("vrij")],
            ),
            answers=answers,
            note=self._text("notitie"),
            choice=choice,
            why=self._text("waarom") if choice else "",
        )

    def summary(self) -> Iterator[str]:
        """Say the form in a few lines, to hold beside the paper before it is recorded. Raises FieldError."""
        form = self.form()
        paper = form.paper
        place = one_line(form.facts.address) or words.dispatching.NO_ADDRESS
        yield words.paper.summary(paper.number, said(paper.called_at), place)
        if form.choice is None or paper.decided_at is None:
            yield words.paper.NOT_DECIDED.capitalize()
        else:
            yield words.paper.decided(words.terms.CHOICE[form.choice], said(paper.decided_at))
            if paper.passed_on_at is not None:
                yield words.paper.passed_on(said(paper.passed_on_at), one_line(paper.passed_to), one_line(paper.unit))
            elif form.choice.priority is not None:
                yield words.paper.STILL_TO_ASK
            yield words.paper.NOT_SENT
        yield words.paper.by(one_line(paper.handled_by), one_line(self._operator))

    def _text(self, name: str) -> str:
        return self.typed.get(name, "").strip()

    def _number(self) -> str:
        entry = self._text("nummer")
        if not entry:
            raise FieldError("nummer", words.paper.EMPTY_NUMBER)
        if own := _OWN_COUNT.fullmatch(entry):
            return f"P{own[1]}"
        found = _RESERVED.fullmatch(entry)
        if found is None:
            raise FieldError("nummer", words.paper.NO_NUMBER)
        if found[1]:
            return entry
        reserved = [number for number in self.free if number.endswith(f"-{found[2]}")]
        return reserved[-1] if reserved else f"{local(self._clock()):%y}-{found[2]}"

    def _called(self) -> datetime:
        return self._moment("gebeld", None)

    def _decided(self) -> datetime:
        return self._moment("besloten", (words.paper.CALLED, self._called()))

    def _passed_on(self) -> datetime:
        return self._moment("doorgegeven", (words.paper.DECIDED, self._decided()))

    def _moment(self, name: str, after: tuple[str, datetime] | None) -> datetime:
        try:
            return moment(self._text(name), self._clock(), after=after)
        except PaperTimeError as error:
            raise FieldError(name, str(error)) from error

    def _answer(self, question: Question) -> str:
        name = f"{QUESTION}{question.id}"
        entry = self._text(name)
        if question.kind == "keuze":
            return entry
        if entry.lower() in words.paper.UNKNOWN_KEYS:
            return UNKNOWN
        if question.kind == "vorm":
            found = forms_for(self._policy, entry)
            if not found:
                raise FieldError(name, words.paper.NO_FORM)
            return found[0].id
        if not self._text("gebeld"):
            raise FieldError(name, words.paper.CALLED_FIRST)
        try:
            return hours_before(entry, self._called()).answer
        except AgoError as error:
            raise FieldError(name, str(error)) from error


def _follows(before: str, number: str) -> bool:
    year, _, count = before.partition("-")
    return number == f"{year}-{int(count) + 1:04d}"
