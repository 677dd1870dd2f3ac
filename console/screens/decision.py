"""The decision: every outcome has its own key, none is chosen beforehand, and what goes out is shown first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.model import Choice
from console.safe_text import DISPLAY_LIMIT, one_line
from console.screens.dialog import Dialog
from console.texts import words
from console.times import clock_time
from console.widgets.suggestion import bounds_words

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Proposal
    from console.model import Dispatch

CHOICE_KEYS: Final = {
    "1": Choice.PRIO1,
    "2": Choice.PRIO2,
    "3": Choice.PRIO3,
    "4": Choice.STATION,
    "5": Choice.ONLINE,
    "6": Choice.PHONE_REPORT,
    "7": Choice.ADVICE,
    "8": Choice.PASSED_ON,
    "9": Choice.CONSULT,
    "0": Choice.ORDINARY,
}

_COLUMN: Final = 40
_ROWS: Final = 5


class DecisionScreen(Dialog[None]):
    """Chooses with a digit and records with `enter`; stays, with the same proposal, when recording fails."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.decision.CONFIRM, priority=True, id="besluit.bevestig"),
        Binding("up", "read(-1)", words.decision.READ_UP, show=False, priority=True, id="besluit.omhoog"),
        Binding("down", "read(1)", words.decision.READ_DOWN, show=False, priority=True, id="besluit.omlaag"),
        Binding("question_mark", "app.keys", words.decision.KEYS, show=False, priority=True, id="besluit.toetsen"),
        *(
            Binding(
                key,
                f"choose('{key}')",
                words.terms.CHOICE[choice],
                show=False,
                priority=True,
                id=f"besluit.{choice.value}",
            )
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
            yield Static(Content(words.decision.title(self._case.file.call_id)), markup=False, classes="titel")
            yield Static(Content(words.decision.suggestion(bounds_words(self._case.said))), markup=False)
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
            self._next.update(Content(words.decision.CHOOSE_FIRST))
            return
        if self._confirmed is None or self._confirmed.draft is not self.proposal.draft:
            self._confirmed = self.proposal.confirmed(self._clock())
        trouble = await self._record(self._confirmed)
        if trouble:
            self._next.update(Content(words.decision.try_again(trouble)))
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
            words.decision.already_sent(each.priority, words.terms.DELIVERY[each.state], clock_time(each.created_at))
            for each in self._case.file.deliveries
        ]
        if self.proposal is None:
            return sent
        if self.proposal.dispatch is None:
            return [*sent, words.terms.CLOSING[self.proposal.choice]]
        return [*sent, *sent_words(self.proposal.dispatch, self._cad_name), words.terms.ARRANGING]

    def _then(self) -> str:
        if self.proposal is None:
            return words.decision.CHOOSE
        if self.proposal.dispatch is None:
            return words.decision.ENTER_RECORDS
        return words.decision.ENTER_SENDS_ANOTHER if self._case.file.deliveries else words.decision.ENTER_SENDS


def sent_words(dispatch: Dispatch, cad_name: str) -> list[str]:
    """Say exactly what goes to the CAD first: priority, class, address and the three lines to drive by."""
    place = dispatch.location
    known = f" ({place.lat:.5f}, {place.lon:.5f})" if place.lat is not None and place.lon is not None else ""
    return [
        words.decision.to_the_cad(cad_name, dispatch.priority, dispatch.classification, dispatch.classification_text),
        words.decision.address(f"{_full(place.address) or words.decision.ADDRESS_UNKNOWN}{known}"),
        *(f"{number}. {_full(line)}" for number, line in enumerate(dispatch.briefing, 1)),
    ]


def _full(text: str) -> str:
    return one_line(text, DISPLAY_LIMIT)


def _cell(key: str, choice: Choice, chosen: Choice | None) -> str:
    text = f"{'>' if choice is chosen else ' '}{key} {words.terms.CHOICE[choice]}"
    return text.ljust(_COLUMN)


def _style(choice: Choice, chosen: Choice | None) -> str:
    return "reverse" if choice is chosen else ""
