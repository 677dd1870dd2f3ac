"""Where the caller is, how to call back, for whom they call: kept while it is typed, so leaving loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.dispatching import address_of, callback_of
from console.model import CallFile, Facts, Role
from console.safe_text import one_line
from console.screens.dialog import Dialog
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput
from console.words import ROLE

if TYPE_CHECKING:
    from textual.app import ComposeResult

ADDRESS_LIMIT: Final = 200
NUMBER_LIMIT: Final = 40
ROLES: Final = {str(number): (role.value, ROLE[role]) for number, role in enumerate(Role, 1)}
FREELY: Final = {"j": ("ja", "praat vrij"), "n": ("nee", "kan niet vrij praten: alleen ja/nee-vragen")}


class FactsScreen(Dialog[None]):
    """Four questions; each change is handed to `keep` at once."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#adres"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down,enter", "app.focus_next", "volgende", priority=True, id="gegevens.volgende"),
        Binding("shift+tab,up", "app.focus_previous", "vorige", priority=True, id="gegevens.vorige"),
        Binding("f2", "leave", "klaar", priority=True, id="gegevens.klaar"),
    ]

    def __init__(self, file: CallFile, keep: Callable[[Facts], None]) -> None:
        """Start from what is known of the call."""
        super().__init__()
        self._file = file
        self._facts = Facts(address_of(file), callback_of(file), file.facts.role, file.facts.speaks_freely)
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Who called and with which words, then the four questions in the order in which they are asked."""
        incoming = self._file.incoming
        said = one_line(incoming.first_words) or "geen eerste woorden"
        with Vertical():
            yield Static(Content("GEGEVENS - enter: volgende, escape: klaar"), markup=False, classes="titel")
            yield Static(Content(f"{one_line(incoming.name) or 'naam onbekend'}: {said}"), markup=False)
            yield Static(Content("“Waar bent u nu?” (straat, nummer, plaats)"), markup=False)
            yield LineInput(one_line(self._facts.address), max_length=ADDRESS_LIMIT, id="adres")
            yield Static(Content("“Op welk nummer kan ik u terugbellen?”"), markup=False)
            yield LineInput(one_line(self._facts.callback), max_length=NUMBER_LIMIT, id="terug")
            yield Static(Content("“Belt u voor uzelf?”"), markup=False)
            yield KeyChoice(ROLES, self._facts.role.value if self._facts.role else None, id="rol")
            yield Static(Content("“Kunt u vrij praten?”"), markup=False)
            freely = {None: None, True: "ja", False: "nee"}[self._facts.speaks_freely]
            yield KeyChoice(FREELY, freely, id="vrij")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        text = message.value.strip()
        if message.input.id == "adres":
            self._change(replace(self._facts, address=text))
        else:
            self._change(replace(self._facts, callback=text))

    @on(KeyChoice.Chosen)
    def _chosen(self, message: KeyChoice.Chosen) -> None:
        if message.choice.id == "rol":
            self._change(replace(self._facts, role=Role(message.value)))
        else:
            self._change(replace(self._facts, speaks_freely=message.value == "ja"))

    def _change(self, facts: Facts) -> None:
        if facts != self._facts:
            self._facts = facts
            self._keep(facts)
