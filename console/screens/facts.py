"""Where the caller is, how to call back, for whom they call, and then who else there is: kept while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.domain.address_check import FOR_ANOTHER
from console.domain.dispatching import address_of, callback_of
from console.domain.topics import Topic, said_about
from console.model import CallFile, Facts, Known, Person, PersonRole, Role, Special
from console.safe_text import as_typed, one_line
from console.screens.fields import FieldsScreen
from console.screens.notes import person_with
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput
from console.widgets.marked import Marked

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from console.screens.keeper import Keeper
    from console.screens.notes import Notes

ADDRESS_LIMIT: Final = 200
NUMBER_LIMIT: Final = 40
NAME_LIMIT: Final = 200
SAID_LIMIT: Final = 1_000
IMPRESSION_LIMIT: Final = 10_000
ROLES: Final = {str(number): (role.value, words.terms.ROLE[role]) for number, role in enumerate(Role, 1)}
FREELY: Final = {"j": ("ja", words.facts.FREELY_YES), "n": ("nee", words.facts.FREELY_NO)}
CONFIRMED: Final = {"j": ("ja", words.facts.CONFIRMED), "n": ("nee", words.facts.NOT_CONFIRMED)}
YES_NO: Final = {key: (value.value, words.facts.KNOWN[value]) for key, value in zip("jno", Known, strict=True)}

_PEOPLE: Final = {
    "melder": PersonRole.CALLER,
    "slachtoffer": PersonRole.VICTIM,
    "bedrijf": PersonRole.VICTIM,
    "contact": PersonRole.THIRD_PARTY,
}
_DESCRIBED: Final = {"bedrijf": words.facts.IS_COMPANY, "contact": words.facts.MAY_SPEAK, "slachtoffer": ""}
_ROLES_OF: Final = {"slachtoffer": FOR_ANOTHER, "bedrijf": {Role.COMPANY}}
"""For whom somebody calls when these are asked; of who calls for themselves there is nobody else to ask after."""
_TOPICS: Final = {
    "waar": Topic.WHERE_NOW,
    "weet": Topic.KNOWS,
    "eerder": Topic.REPEAT,
    "taal": Topic.LANGUAGE,
}
_HEARD: Final = {"zelf", "nu"}
"""Answers about danger by which a crew knows that somebody may hurt themselves."""
_SPECIALS: Final = {"suicidaliteit": Special.SUICIDALITY, "beelden": Special.SEXUAL_IMAGES}


class FactsScreen(FieldsScreen):
    """Four questions on top; below them what is asked when there is time. Each change is kept at once."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "leave", words.facts.DONE, priority=True, id="gegevens.klaar"),
    ]

    def __init__(self, file: CallFile, keep: Callable[[Facts], None], notes: Notes) -> None:
        """Start from what is known of the call; `keep` takes the four answers, `notes` the rest."""
        super().__init__()
        self._file = file
        self._found = Facts(address_of(file), callback_of(file), file.facts.role, file.facts.speaks_freely)
        self._facts = self._found
        self._keep = keep
        self._notes = notes
        self._last: dict[str, str] = {}
        self._last_person: dict[PersonRole, Person] = {}
        self._found_person: dict[PersonRole, Person] = {}

    def compose(self) -> ComposeResult:
        """Who called and with which words, then the questions in the order in which they are asked."""
        with Vertical():
            yield Static(Content(words.facts.TITLE), markup=False, classes="titel")
            with VerticalScroll(can_focus=False, classes="velden"):
                yield from self._questions()
            yield self.more
            yield self.below

    def _questions(self) -> ComposeResult:
        incoming = self._file.incoming
        said = one_line(incoming.first_words) or words.facts.NO_FIRST_WORDS
        freely = {None: None, True: "ja", False: "nee"}[self._found.speaks_freely]
        yield Static(Content(f"{one_line(incoming.name) or words.facts.NO_NAME}: {said}"), markup=False)
        yield from _asked(words.facts.WHERE, self._line("adres", self._found.address, ADDRESS_LIMIT))
        yield from _asked(words.facts.CALL_BACK, self._line("terug", self._found.callback, NUMBER_LIMIT))
        yield from _asked(
            words.facts.FOR_WHOM,
            KeyChoice(ROLES, self._found.role.value if self._found.role else None, id="rol"),
        )
        yield from _asked(words.facts.FREELY, KeyChoice(FREELY, freely, id="vrij"))
        yield Static(Content(words.facts.FURTHER), markup=False, classes="titel")
        yield from _asked(words.facts.REPEAT_IT, KeyChoice(CONFIRMED, self._confirmed(), id="herhaald"))
        yield from self._persons()
        yield from _asked(words.facts.BEFORE, self._choice("eerder"))
        yield from _asked(words.facts.LANGUAGE, self._line("taal", self._said("taal"), SAID_LIMIT))
        yield from _asked(words.facts.SUICIDALITY, self._choice("suicidaliteit"))
        yield from _asked(words.facts.SEXUAL_IMAGES, self._choice("beelden"))
        yield from _asked(words.facts.IMPRESSION, self._line("indruk", self._impression(), IMPRESSION_LIMIT))

    def on_mount(self) -> None:
        """Show who is asked after for whom somebody calls, and begin at what nobody answered yet."""
        self._show_persons()
        self.set_focus(self.query_one(f"#{self._first_open()}"))

    def _first_open(self) -> str:
        """The first question on top without an answer; the address when all four have one."""
        answered = {
            "adres": bool(self._found.address.strip()),
            "terug": bool(self._found.callback.strip()),
            "rol": self._found.role is not None,
            "vrij": self._found.speaks_freely is not None,
        }
        return next((field for field, known in answered.items() if not known), "adres")

    def take_over(self) -> None:
        """Hand on what is asked first when that is something else, and each of the rest."""
        role, freely = self.chosen_in("rol"), self.chosen_in("vrij")
        facts = Facts(
            _typed_over(self._found.address, self.query_one("#adres", LineInput).value),
            _typed_over(self._found.callback, self.query_one("#terug", LineInput).value),
            Role(role) if role else None,
            None if freely is None else freely == "ja",
        )
        if facts != self._facts:
            moved = facts.address != self._facts.address
            another = facts.role is not self._facts.role
            self._facts = facts
            self._keep(facts)
            self._show_persons()
            if another:
                self._carry_name_over()
            if moved:
                self.query_one("#herhaald", KeyChoice).forget()
        self._take_over_rest()

    @on(KeyChoice.Chosen)
    def _repeated(self, message: KeyChoice.Chosen) -> None:
        """The caller repeated this very address, or it turned out that nobody asked."""
        if message.choice.id == "herhaald":
            self._notes.said(Topic.ADDRESS).keep(self._facts.address if message.value == "ja" else "")

    @on(KeyChoice.Chosen)
    def _in_danger(self, message: KeyChoice.Chosen) -> None:
        """The code stays here (Wpg 5): what the crew hears of it is the answer about danger."""
        if message.choice.id == "suicidaliteit":
            unheard = message.value == Known.YES and self._file.answers.get("gevaar") not in _HEARD
            self.say(words.facts.TELL_DANGER if unheard else "")

    def _take_over_rest(self) -> None:
        for field, topic in _TOPICS.items():
            self._keep_if_new(field, self._value_of(field), self._notes.said(topic))
        for field, kind in _SPECIALS.items():
            chosen = self.chosen_in(field)
            if chosen is not None and chosen != self._last.get(field):
                self._last[field] = chosen
                self._notes.special(kind).keep(Known(chosen))
        self._keep_if_new("indruk", self.text_of("indruk"), self._notes.impression())
        shown = ["melder", *(name for name, roles in _ROLES_OF.items() if self._facts.role in roles)]
        for name in [*shown, *(["contact"] if "bedrijf" in shown else [])]:
            self._keep_person(self._person_typed(name))
        contact = self._last_person[PersonRole.THIRD_PARTY]
        if "bedrijf" not in shown and contact.description == words.facts.MAY_SPEAK:
            self._keep_person(replace(contact, description=""))

    def _keep_person(self, person: Person) -> None:
        if person != self._last_person[person.role]:
            self._last_person[person.role] = person
            self._notes.person(person.role).keep(person)

    def _keep_if_new(self, field: str, value: str, keeper: Keeper[str]) -> None:
        if value != self._last[field]:
            self._last[field] = value
            keeper.keep(value)

    def _value_of(self, field: str) -> str:
        widget = self.query_one(f"#{field}")
        return (widget.chosen or "") if isinstance(widget, KeyChoice) else self.text_of(field)

    def _persons(self) -> ComposeResult:
        """Who calls, who it is about, and of a company who may speak for it."""
        caller, victim = self._person("melder"), self._person("slachtoffer")
        contact = self._person("contact")
        yield from _asked(words.facts.YOUR_NAME, self._line("melder", caller.name, NAME_LIMIT))
        with Vertical(id="over-slachtoffer"):
            yield from _asked(words.facts.WHO_IS_IT, self._line("slachtoffer", victim.name, NAME_LIMIT))
            yield from _asked(words.facts.THEIR_NUMBER, self._line("slachtoffer-nummer", victim.phone, NUMBER_LIMIT))
            yield from _asked(words.facts.WHERE_NOW, self._line("waar", self._said("waar"), SAID_LIMIT))
            yield from _asked(words.facts.DO_THEY_KNOW, self._choice("weet"))
        with Vertical(id="over-bedrijf"):
            yield from _asked(words.facts.WHICH_COMPANY, self._line("bedrijf", victim.name, NAME_LIMIT))
            yield from _asked(words.facts.WHO_MAY_SPEAK, self._line("contact", contact.name, NAME_LIMIT))
            yield from _asked(words.facts.THEIR_NUMBER, self._line("contact-nummer", contact.phone, NUMBER_LIMIT))
        for name, role in _PEOPLE.items():
            self._last_person[role] = self._found_person[role] = self._person(name)

    def _show_persons(self) -> None:
        role = self._facts.role
        for name, roles in _ROLES_OF.items():
            self.query_one(f"#over-{name}").display = role in roles

    def _carry_name_over(self) -> None:
        """A company that turns out to be a person, or the reverse, keeps its name: it is one victim."""
        person, company = (self.query_one(f"#{name}", LineInput) for name in ("slachtoffer", "bedrijf"))
        hidden, shown = (person, company) if self._facts.role is Role.COMPANY else (company, person)
        if self._facts.role is not None and not shown.value:
            shown.value = hidden.value

    def _person(self, name: str) -> Person:
        """A person as typed last, else as recorded, else what came in with the call."""
        role = _PEOPLE[name]
        waiting = self._notes.person(role).unkept
        known = person_with(self._file, role)
        if waiting is not None or known is not None:
            return waiting or (known.person if known else Person(role))
        return Person(role, self._file.incoming.name if role is PersonRole.CALLER else "")

    def _person_typed(self, name: str) -> Person:
        """What the fields say of a person; what was found and is only shown cleaned stays as it was.

        Found is what the fields were filled with: what is read later can be older than it, where it was still being
        written when they were.
        """
        found = self._found_person[_PEOPLE[name]]
        typed = _typed_over(found.name, self.query_one(f"#{name}", LineInput).value)
        numbers = self.query(f"#{name}-nummer").results(LineInput)
        phone = next((_typed_over(found.phone, each.value) for each in numbers), found.phone)
        described = _DESCRIBED.get(name, "") if typed or phone else ""
        return Person(found.role, typed, phone, described if name in _DESCRIBED else found.description)

    def _said(self, field: str) -> str:
        waiting = self._notes.said(_TOPICS[field]).unkept
        return said_about(self._file, _TOPICS[field]) if waiting is None else waiting

    def _impression(self) -> str:
        waiting = self._notes.impression().unkept
        return self._file.impression if waiting is None else waiting

    def _confirmed(self) -> str | None:
        said = self._notes.said(Topic.ADDRESS).unkept
        said = said_about(self._file, Topic.ADDRESS) if said is None else said
        return Known.YES.value if said and said == self._found.address.strip() else None

    def _line(self, field: str, text: str, limit: int) -> LineInput:
        line = LineInput(as_typed(text, max(limit, ADDRESS_LIMIT)), max_length=limit, id=field)
        self._last[field] = line.value.strip()
        return line

    def _choice(self, field: str) -> KeyChoice:
        if field in _TOPICS:
            chosen = self._said(field)
        else:
            waiting = self._notes.special(_SPECIALS[field]).unkept
            recorded = dict(self._file.special).get(_SPECIALS[field])
            chosen = (waiting or recorded or "") and str(waiting or recorded)
        self._last[field] = chosen
        return KeyChoice(YES_NO, chosen or None, id=field, across=True)


def _asked(question: str, field: Widget) -> tuple[Widget, ...]:
    shown = Marked(field) if isinstance(field, LineInput) else field
    return Static(Content(question), markup=False), shown


def _typed_over(found: str, text: str) -> str:
    """What a line means now: as it was found for as long as nothing else was typed, also where it is shown cleaned."""
    return found if text == as_typed(found) else text.strip()
