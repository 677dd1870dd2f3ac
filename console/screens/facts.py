"""Where the caller is, how to call back, for whom they call: kept while it is typed, so leaving loses nothing."""

from __future__ import annotations

from collections.abc import Callable
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
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput, keys_taken

if TYPE_CHECKING:
    from textual.app import ComposeResult

ADDRESS_LIMIT: Final = 200
NUMBER_LIMIT: Final = 40
ROLES: Final = {str(number): (role.value, words.terms.ROLE[role]) for number, role in enumerate(Role, 1)}
FREELY: Final = {"j": ("ja", words.facts.FREELY_YES), "n": ("nee", words.facts.FREELY_NO)}


class FactsScreen(Dialog[None]):
    """Four questions; each change is handed to `keep` at once."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#adres"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down,enter", "app.focus_next", words.facts.NEXT, priority=True, id="gegevens.volgende"),
        Binding("shift+tab,up", "app.focus_previous", words.facts.PREVIOUS, priority=True, id="gegevens.vorige"),
        Binding("f2", "leave", words.facts.DONE, priority=True, id="gegevens.klaar"),
    ]

    def __init__(self, file: CallFile, keep: Callable[[Facts], None]) -> None:
        """Start from what is known of the call."""
        super().__init__()
        self._file = file
        self._found = Facts(address_of(file), callback_of(file), file.facts.role, file.facts.speaks_freely)
        self._facts = self._found
        self._keep = keep
        self._next = Static(markup=False, id="verder")
        self._next.display = False

    def compose(self) -> ComposeResult:
        """Who called and with which words, then the four questions in the order in which they are asked."""
        incoming = self._file.incoming
        said = one_line(incoming.first_words) or words.facts.NO_FIRST_WORDS
        with Vertical():
            yield Static(Content(words.facts.TITLE), markup=False, classes="titel")
            yield Static(Content(f"{one_line(incoming.name) or words.facts.NO_NAME}: {said}"), markup=False)
            yield Static(Content(words.facts.WHERE), markup=False)
            yield LineInput(one_line(self._found.address), max_length=ADDRESS_LIMIT, id="adres")
            yield Static(Content(words.facts.CALL_BACK), markup=False)
            yield LineInput(one_line(self._found.callback), max_length=NUMBER_LIMIT, id="terug")
            yield Static(Content(words.facts.FOR_WHOM), markup=False)
            yield KeyChoice(ROLES, self._found.role.value if self._found.role else None, id="rol")
            yield Static(Content(words.facts.FREELY), markup=False)
            freely = {None: None, True: "ja", False: "nee"}[self._found.speaks_freely]
            yield KeyChoice(FREELY, freely, id="vrij")
            yield self._next

    async def action_leave(self) -> None:
        """Done; what was pressed just before counts too."""
        await keys_taken(*self.query(LineInput))
        self._take_over()
        self.dismiss(None)

    @on(Input.Changed)
    @on(KeyChoice.Chosen)
    def _take_over(self) -> None:
        """Hand on what the four questions say now, when that is something else."""
        role, freely = self.query_one("#rol", KeyChoice).chosen, self.query_one("#vrij", KeyChoice).chosen
        facts = Facts(
            _typed_over(self._found.address, self.query_one("#adres", LineInput).value),
            _typed_over(self._found.callback, self.query_one("#terug", LineInput).value),
            Role(role) if role else None,
            None if freely is None else freely == "ja",
        )
        if facts != self._facts:
            self._facts = facts
            self._keep(facts)

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self._next.update(Content(message.sentence))
        self._next.display = True


def _typed_over(found: str, text: str) -> str:
    """What a line means now: as it was found for as long as nothing else was typed, also where it is shown cleaned."""
    return found if text == one_line(found) else text.strip()
