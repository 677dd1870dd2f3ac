"""Where the caller is, how to call back, for whom they call: kept while it is typed, so leaving loses nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.model import Facts, Role
from console.screens.dialog import Dialog
from console.widgets.key_choice import KeyChoice
from console.words import ROLE

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def __init__(self, facts: Facts, keep: Callable[[Facts], None]) -> None:
        """Start from what is known."""
        super().__init__()
        self._facts = facts
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The four questions in the order in which they are asked."""
        with Vertical():
            yield Static(Content("GEGEVENS - enter: volgende, escape: klaar"), markup=False, classes="titel")
            yield Static(Content("“Waar bent u nu?” (straat, nummer, plaats)"), markup=False)
            yield _field(self._facts.address, "adres", ADDRESS_LIMIT)
            yield Static(Content("“Op welk nummer kan ik u terugbellen?”"), markup=False)
            yield _field(self._facts.callback, "terug", NUMBER_LIMIT)
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


def _field(value: str, name: str, limit: int) -> Input:
    field = Input(value, id=name, max_length=limit, select_on_focus=False)
    field.cursor_blink = False
    return field
