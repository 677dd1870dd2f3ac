"""What the checklist asks now and what a key means there; knows no terminal, so every key can be tried in a test.

The cursor is a question id. On the crime form and on the time of the last act letters type: there the checklist is in
`typing`, and `escape` goes back to single keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from console.domain.ago import AgoError, hours_before
from console.model import UNKNOWN
from console.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from triage_rules import Form, Policy, Question, State

MATCHES: Final = 7
JUMP_KEY: Final = "g"
NO_FORM_KEY: Final = "0"


@dataclass(frozen=True, slots=True)
class Answered:
    """The operator chose this value for this question."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The key means nothing here; the sentence says what does."""

    sentence: str


Reply = Answered | Refused | None


@dataclass(slots=True)
class Asking:
    """Cursor, typed text and jump of one checklist; the answers themselves are in `state`.

    When the outcome became certain the checklist is `resting`: one key too many must not change the answer that did it.
    """

    policy: Policy
    state: State
    reference: datetime
    cursor: str = ""
    typed: str = ""
    typing: bool = False
    jumping: str | None = None
    highlight: int | None = None
    resting: bool = False

    def __post_init__(self) -> None:
        """Start at the next best question."""
        if not self.cursor:
            self.go(self._next())

    @property
    def question(self) -> Question:
        """The question under the cursor."""
        return self.policy.question(self.cursor)

    @property
    def shown(self) -> tuple[Question, ...]:
        """The questions that still stand in the list: those that cannot matter any more fold away."""
        folded = set(self.state.irrelevant) - {self.cursor}
        return tuple(each for each in self.policy.questions if each.id not in folded)

    @property
    def folded(self) -> int:
        """How many questions were folded away."""
        return len(self.policy.questions) - len(self.shown)

    @property
    def form(self) -> str | None:
        """The crime form, once it is known."""
        return self.state.answers.get("vorm")

    @property
    def chosen_form(self) -> str | None:
        """The form that is highlighted, else the one that was answered; None where neither is a form of the policy."""
        if self.typing and self.highlight is not None:
            return self.listed()[self.highlight][1]
        return self.form

    def number(self, question: str) -> int:
        """The fixed number of a question, from 1; it never changes during a call."""
        return next(number for number, each in enumerate(self.policy.questions, 1) if each.id == question)

    def choices(self) -> list[tuple[str, str, str]]:
        """The keys of the question under the cursor."""
        return choices_of(self.question)

    def matches(self) -> list[Form]:
        """The crime forms of which a word begins with what was typed: by name first, then by frequency."""
        return forms_for(self.policy, self.typed)

    def follow(self, state: State) -> None:
        """Take over the state after an answer and go to the next best question."""
        answered = state.answers.get(self.cursor) is not None
        self.state = state
        if answered:
            self.go(self._next())
            self.resting = state.final

    def go(self, question: str) -> None:
        """Put the cursor on a question; where letters type, they do so at once."""
        self.cursor, self.resting = question, False
        self.typed, self.highlight, self.jumping = "", None, None
        self.typing = self.question.kind != "keuze" and question not in self.state.answers

    def press(self, character: str) -> Reply:
        """Give what a printable key means now."""
        if self.jumping is not None:
            return self._jump(character)
        if character == JUMP_KEY and not self.typing:
            self.jumping = ""
            return None
        if self.resting:
            return Refused(words.asking.CERTAIN)
        if self.question.kind == "keuze":
            return self._answer_with(character)
        self.typing = True
        return self._type(character)

    def enter(self) -> Reply:
        """Confirm what was typed, or start typing where that is how the question is answered."""
        if self.jumping is not None:
            return self._jump_to(self.jumping)
        if self.resting:
            return Refused(words.asking.CERTAIN)
        if not self.typing:
            if self.question.kind == "keuze":
                return Refused(words.asking.choose(self._keys_in_words()))
            self.typing = True
            return None
        return self._chosen_form() if self.question.kind == "vorm" else self._said_time()

    def erase(self) -> Reply:
        """Take back the last typed letter; True answers are taken back by the screen."""
        if self.jumping is not None:
            self.jumping = self.jumping[:-1]
        elif self.typing:
            self.typed = self.typed[:-1]
            self._point_at_first()
        return None

    def back(self) -> bool:
        """Leave a jump or typing; False when there was nothing to leave."""
        if self.jumping is not None:
            self.jumping = None
            return True
        if self.typing:
            self.typing, self.typed = False, ""
            return True
        return False

    def move(self, lines: int) -> None:
        """Go to the question above or below; while a form is typed, through its list first."""
        if self.typing and self.question.kind == "vorm":
            target = 0 if self.highlight is None and lines > 0 else (self.highlight or 0) + lines
            if 0 <= target < len(self.listed()):
                self.highlight = target
                return
        ids = [each.id for each in self.shown]
        self.go(ids[max(0, min(len(ids) - 1, ids.index(self.cursor) + lines))])

    def listed(self) -> list[tuple[str, str, str]]:
        """The forms to choose from as (key, form, label); the last is always `onbekend`."""
        found = [(str(digit), form.id, self._found_by(form)) for digit, form in enumerate(self.matches(), 1)]
        return [*found, (NO_FORM_KEY, UNKNOWN, UNKNOWN)]

    def _found_by(self, form: Form) -> str:
        """The name of a form, with the synonym that was typed where its name does not show why it is there."""
        wanted = _plain(self.typed.strip())
        synonym = next((name for name in _names(form) if _begins(name, wanted)), form.label)
        return form.label if synonym == form.label else f"{form.label} ({synonym})"

    def read_back(self) -> str:
        """Say in words what the typed time means, or what is still wrong with it."""
        if not self.typed.strip():
            return words.asking.TIME_EXAMPLES
        try:
            return hours_before(self.typed, self.reference).read_back
        except AgoError as error:
            return str(error)

    def _next(self) -> str:
        return self.state.open_questions[0] if self.state.open_questions else self.cursor or self.policy.questions[0].id

    def _answer_with(self, character: str) -> Reply:
        for key, value, _label in self.choices():
            if key == character:
                return Answered(self.cursor, value)
        return Refused(words.asking.means_nothing(character, self._keys_in_words()))

    def _type(self, character: str) -> Reply:
        if self.typed == JUMP_KEY and character.isdigit():
            self.typed, self.jumping = "", ""
            return self._jump(character)
        if self.question.kind == "vorm" and character.isdigit():
            return self._point_at(character)
        self.typed += character
        self._point_at_first()
        return None

    def _point_at(self, digit: str) -> Reply:
        """Choose with a digit; only enter records it, so that a key pressed twice answers nothing by accident."""
        keys = [key for key, _form, _label in self.listed()]
        if digit not in keys:
            return Refused(words.asking.choose_digit(keys[0], keys[-2]) if keys[1:] else words.asking.NOTHING_FITS)
        self.highlight = keys.index(digit)
        return None

    def _point_at_first(self) -> None:
        """Where something was typed the best match is ready for enter; without a letter nothing is chosen."""
        self.highlight = 0 if self.typed.strip() and self.matches() else None

    def _chosen_form(self) -> Reply:
        if self.highlight is None:
            return Refused(words.asking.NOTHING_FITS if self.typed else words.asking.TYPE_OR_CHOOSE)
        return Answered(self.cursor, self.listed()[self.highlight][1])

    def _said_time(self) -> Reply:
        try:
            said = hours_before(self.typed, self.reference)
        except AgoError as error:
            return Refused(str(error))
        return Answered(self.cursor, said.answer)

    def _jump(self, character: str) -> Reply:
        if not character.isdigit():
            return Refused(words.asking.JUMP)
        wanted = (self.jumping or "") + character
        if int(wanted) * 10 <= len(self.policy.questions) and wanted != "0":
            self.jumping = wanted
            return None
        return self._jump_to(wanted)

    def _jump_to(self, wanted: str) -> Reply:
        self.jumping = None
        if not wanted or not 1 <= int(wanted) <= len(self.policy.questions):
            return Refused(words.asking.jumped_too_far(wanted, len(self.policy.questions)))
        self.go(self.policy.questions[int(wanted) - 1].id)
        return None

    def _keys_in_words(self) -> str:
        return ", ".join(f"{key} {label}" for key, _value, label in self.choices())


def choices_of(question: Question) -> list[tuple[str, str, str]]:
    """Give the keys by which a question is answered: (key, value, label), most urgent digits first."""
    keyed = [
        (key, value.id, value.label)
        for key, name in words.terms.LETTERS.items()
        for value in question.values
        if value.id == name
    ]
    listed = [value for value in reversed(question.values) if value.id not in words.terms.LETTERS.values()]
    return [*keyed, *((str(digit), value.id, value.label) for digit, value in enumerate(listed, 1))]


def forms_for(policy: Policy, typed: str) -> list[Form]:
    """Give the crime forms of which a word begins with what was typed: by name first, then by frequency."""
    wanted = _plain(typed.strip())
    found = [form for form in policy.forms if any(_begins(name, wanted) for name in _names(form))]
    found.sort(key=lambda form: not _plain(form.label).startswith(wanted))
    return found[:MATCHES]


def _names(form: Form) -> tuple[str, ...]:
    return (form.label, *form.synonyms)


def _begins(name: str, wanted: str) -> bool:
    plain = _plain(name)
    return plain.startswith(wanted) or f" {wanted}" in plain


@lru_cache(1_000)
def _plain(name: str) -> str:
    """A name as it is compared: nobody has to know where a hyphen stands. The same names at every letter."""
    return " ".join(name.lower().replace("-", " ").split())
