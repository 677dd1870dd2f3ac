"""Which keys work here: read from the bindings, so it is never out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.widgets.key_hints import key_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

CHECKLIST = (
    "In de urgentiecheck: j ja, n nee, o onbekend; cijfers kiezen uit de lijst;",
    "g en een nummer springt naar een vraag; pijltjes gaan op en neer.",
    "Bij vorm en tijd typt u letters; escape gaat terug naar losse toetsen.",
    "Besluit: 1-3 prio, 4 bureau, 5 online, 6 tel. melding, 7 advies,",
    "8 doorzetten, 9 overleg, 0 gewone protocol; enter bevestigt.",
)


class KeysScreen(Dialog[None]):
    """Lists the keys of the screen behind it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,enter", "leave", "terug", id="toetsen.terug")]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Show these keys."""
        super().__init__()
        self._lines = _lines(bindings)

    def compose(self) -> ComposeResult:
        """Keys and their words."""
        with Vertical():
            yield Static(Content("TOETSEN"), markup=False, classes="titel")
            yield Static(Content("\n".join((*self._lines, "", *CHECKLIST))), markup=False)
            yield Static(Content("escape: terug"), markup=False)


def _lines(bindings: Iterable[Binding]) -> list[str]:
    named: dict[str, list[str]] = {}
    for binding in bindings:
        if binding.description and "ask_press" not in binding.action:
            named.setdefault(binding.description, []).append(key_name(binding.key))
    return [f"  {' of '.join(keys):<22}{text}" for text, keys in named.items()]
