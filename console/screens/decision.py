"""The decision: every outcome has its own key, none is chosen beforehand, and what goes out is shown first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.safe_text import DISPLAY_LIMIT, one_line
from console.screens.dialog import Dialog
from console.times import clock_time
from console.widgets.suggestion import bounds_words
from console.words import ARRANGING, CHOICE, CHOICE_KEYS, CLOSING, DELIVERY

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Proposal
    from console.model import Choice, Dispatch

_COLUMN: Final = 40
_ROWS: Final = 5


class DecisionScreen(Dialog[None]):
    """Chooses with a digit and records with `enter`; stays, with the same proposal, when recording fails."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "bevestig", priority=True, id="besluit.bevestig"),
        Binding("up", "read(-1)", "lees omhoog", show=False, priority=True, id="besluit.omhoog"),
        Binding("down", "read(1)", "lees omlaag", show=False, priority=True, id="besluit.omlaag"),
        Binding("question_mark", "app.keys", "toetsen", show=False, priority=True, id="besluit.toetsen"),
        *(
            Binding(key, f"choose('{key}')", CHOICE[choice], show=False, priority=True, id=f"besluit.{choice.value}")
            for key, choice in CHOICE_KEYS.items()
        ),
    ]

    def __init__(
        self,
        case: Case,
        propose: Callable[[Choice], Proposal],
        record: Callable[[Proposal], Awaitable[str]],
        draft: Callable[[Choice | None], Awaitable[None]],
        clock: Callable[[], datetime],
        cad_name: str,
    ) -> None:
        """Decide on this call.

        `propose` shows what a choice would record and send; `record` does it and gives the empty text, or a sentence
        that says why it could not. `draft` keeps what is chosen and not confirmed yet.
        """
        super().__init__()
        self._case = case
        self._propose = propose
        self._record = record
        self._draft = draft
        self._clock = clock
        self._confirmed: Proposal | None = None
        self._cad_name = cad_name
        self.proposal: Proposal | None = None
        self._choices = Static(markup=False, id="keuzes")
        self._preview = Static(markup=False, id="vooruitblik")
        self._reading = VerticalScroll(self._preview, can_focus=False, id="lezen")
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Suggestion, choices, preview, and what enter does."""
        with Vertical():
            yield Static(Content(f"BESLUIT {self._case.file.call_id}"), markup=False, classes="titel")
            yield Static(Content(f"Voorstel: {bounds_words(self._case.said)}"), markup=False)
            yield self._choices
            yield self._reading
            yield self._next

    def on_mount(self) -> None:
        """Nothing is chosen until the operator does; a choice that was interrupted stands where it stood."""
        interrupted = self._case.file.draft_choice
        self.proposal = self._propose(interrupted) if interrupted else None
        self._draw()

    async def action_choose(self, key: str) -> None:
        """Choose, and show what that would do; another key chooses otherwise."""
        self.proposal = self._propose(CHOICE_KEYS[key])
        self._reading.scroll_home(animate=False)
        self._draw()
        await self._draft(self.proposal.choice)

    async def action_leave(self) -> None:
        """Go back; nothing was recorded or sent, and the choice is forgotten."""
        if self.proposal is not None:
            await self._draft(None)
        self.dismiss(None)

    def action_read(self, lines: int) -> None:
        """Read on in a preview that is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False)

    async def action_confirm(self) -> None:
        """Record what is chosen; keys typed meanwhile wait until it is on disk."""
        if self.proposal is None:
            self._next.update(Content("Kies eerst: 1 tot en met 9, of 0."))
            return
        if self._confirmed is None or self._confirmed.draft is not self.proposal.draft:
            self._confirmed = self.proposal.confirmed(self._clock())
        trouble = await self._record(self._confirmed)
        if trouble:
            self._next.update(Content(f"{trouble} enter probeert hetzelfde besluit opnieuw."))
        else:
            self.dismiss(None)

    def _draw(self) -> None:
        chosen = self.proposal.choice if self.proposal else None
        keyed = list(CHOICE_KEYS.items())
        rows = zip(keyed[:_ROWS], keyed[_ROWS:], strict=True)
        self._choices.update(
            Content("\n").join(
                Content.assemble(
                    *((_cell(key, choice, chosen), _style(choice, chosen)) for key, choice in row)
                ).rstrip()
                for row in rows
            )
        )
        self._preview.update(Content("\n".join(self._ahead())))
        self._next.update(Content(self._then()))

    def _ahead(self) -> list[str]:
        sent = [
            f"LET OP: er is al een eenheid gevraagd: prio {each.priority}, {DELIVERY[each.state]} "
            f"{clock_time(each.created_at)}."
            for each in self._case.file.deliveries
        ]
        if self.proposal is None:
            return sent
        if self.proposal.dispatch is None:
            return [*sent, CLOSING[self.proposal.choice]]
        return [*sent, *sent_words(self.proposal.dispatch, self._cad_name), ARRANGING]

    def _then(self) -> str:
        if self.proposal is None:
            return "Kies met een cijfer. Daarna: enter bevestigt, escape gaat terug."
        if self.proposal.dispatch is None:
            return "enter legt dit vast, escape gaat terug."
        again = " NOG EEN eenheid: een tweede inzet" if self._case.file.deliveries else " dit"
        return f"enter verstuurt{again}, escape gaat terug."


def sent_words(dispatch: Dispatch, cad_name: str) -> list[str]:
    """Say exactly what goes to the CAD first: priority, class, address and the three lines to drive by."""
    place = dispatch.location
    known = f" ({place.lat:.5f}, {place.lon:.5f})" if place.lat is not None and place.lon is not None else ""
    return [
        f"Naar {cad_name}: prio {dispatch.priority}, {dispatch.classification} ({dispatch.classification_text})",
        f"Adres: {_full(place.address) or 'ONBEKEND - vul aan met F2'}{known}",
        *(f"{number}. {_full(line)}" for number, line in enumerate(dispatch.briefing, 1)),
    ]


def _full(text: str) -> str:
    return one_line(text, DISPLAY_LIMIT)


def _cell(key: str, choice: Choice, chosen: Choice | None) -> str:
    text = f"{'>' if choice is chosen else ' '}{key} {CHOICE[choice]}"
    return text.ljust(_COLUMN)


def _style(choice: Choice, chosen: Choice | None) -> str:
    return "reverse" if choice is chosen else ""
