"""The decision: every outcome has its own key, none is chosen beforehand, and what goes out is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from console.safe_text import one_line
from console.screens.dialog import Dialog
from console.words import CHOICE, CHOICE_KEYS, CLOSING, OUTCOME_SHORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from console.desk import Case, Proposal
    from console.model import Bounds, Choice, Dispatch


class DecisionScreen(Dialog["Proposal"]):
    """Gives back what was confirmed, or None."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "bevestig", id="besluit.bevestig"),
        *(
            Binding(key, f"choose('{key}')", CHOICE[choice], show=False, id=f"besluit.keuze.{choice.value}")
            for key, choice in CHOICE_KEYS.items()
        ),
    ]

    def __init__(self, case: Case, propose: Callable[[Choice], Proposal], cad_name: str) -> None:
        """Decide on this call; `propose` shows what a choice would record and send."""
        super().__init__()
        self._case = case
        self._propose = propose
        self._cad_name = cad_name
        self.proposal: Proposal | None = None
        self._choices = Static(markup=False, id="keuzes")
        self._preview = Static(markup=False, id="vooruitblik")

    def compose(self) -> ComposeResult:
        """Suggestion, choices, preview."""
        with Vertical():
            yield Static(Content(f"BESLUIT {self._case.file.call_id}"), markup=False, classes="titel")
            yield Static(Content(f"Voorstel: {_said(self._case.suggestion.after_wish)}"), markup=False)
            yield self._choices
            yield self._preview

    def on_mount(self) -> None:
        """Nothing is chosen until the operator does."""
        self._draw()

    def action_choose(self, key: str) -> None:
        """Choose, and show what that would do; another key chooses otherwise."""
        self.proposal = self._propose(CHOICE_KEYS[key])
        self._draw()

    def action_confirm(self) -> None:
        """Record what is chosen."""
        if self.proposal is None:
            self._preview.update(Content("Kies eerst: 1 tot en met 9, of 0."))
        else:
            self.dismiss(self.proposal)

    def _draw(self) -> None:
        chosen = self.proposal.choice if self.proposal else None
        lines = [
            Content.styled(
                f"{'>' if choice is chosen else ' '} {key}  {CHOICE[choice]}", "reverse" if choice is chosen else ""
            )
            for key, choice in CHOICE_KEYS.items()
        ]
        self._choices.update(Content("\n").join(lines))
        self._preview.update(Content(self._ahead()))

    def _ahead(self) -> str:
        if self.proposal is None:
            return "Kies met een cijfer. Daarna: enter bevestigt, escape gaat terug."
        if self.proposal.dispatch is None:
            return f"{CLOSING[self.proposal.choice]}\nenter legt dit vast, escape gaat terug."
        return f"{sent_words(self.proposal.dispatch, self._cad_name)}\nenter verstuurt dit, escape gaat terug."


def sent_words(dispatch: Dispatch, cad_name: str) -> str:
    """Say exactly what goes to the CAD first: priority, class, address and the three lines to drive by."""
    lines = (
        f"Naar {cad_name}: prio {dispatch.priority}, {dispatch.classification} ({dispatch.classification_text})",
        f"Adres: {one_line(dispatch.location.address) or 'ONBEKEND - vul aan met F2'}",
        *(f"{number}. {one_line(line)}" for number, line in enumerate(dispatch.briefing, 1)),
    )
    return "\n".join(lines)


def _said(bounds: Bounds) -> str:
    if bounds.final:
        return f"zeker {OUTCOME_SHORT[bounds.at_least]}"
    return f"ten minste {OUTCOME_SHORT[bounds.at_least]}, kan nog {OUTCOME_SHORT[bounds.at_most]}"
