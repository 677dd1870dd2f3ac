"""The decision: every outcome has its own key, none is chosen beforehand, and what goes out is shown first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.desk import DecidedMeanwhile
from console.domain.combining import can_join, kept, toggled
from console.model import Choice
from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.follow_up import LETTERS, LETTERS_OF, FollowUp, Typing, follow_up
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.preview import before_words, choice_words, wish_missing
from console.widgets.suggestion import bounds_words

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.desk import Case, Proposal
    from console.model import Related

FOLLOW_LIMIT: Final = 10_000

_COLUMN: Final = 40
_ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the dialog can have done; each `Awaitable[str]` gives the empty text, or a sentence of what is wrong.

    `propose` shows what a choice would record and send, `record` does it, `keep` records what was agreed with it.
    `draft` keeps what is chosen and not confirmed yet. `look` reads the call again. `add` opens the addition to a
    dispatch that went out. `then` is called once the dialog is gone, with what was
    decided and the earlier call to which this one was passed on, if any.
    """

    propose: Callable[[Choice, tuple[Choice, ...]], Proposal]
    record: Callable[[Proposal], Awaitable[str]]
    keep: Callable[[FollowUp], Awaitable[str]]
    draft: Callable[[Choice | None], Awaitable[None]]
    look: Callable[[], Awaitable[Case]]
    add: Callable[[], Awaitable[str]]
    then: Callable[[Proposal | None, str], Awaitable[None]]
    clock: Callable[[], datetime]
    cad_name: str


class DecisionScreen(Dialog[None]):
    """Chooses with a digit and records with `enter`; stays, with the same proposal, when recording fails.

    `+` and a digit add what is done besides. Letters answer what the choice asks, such as who arranges an appointment;
    none of that holds up the decision.
    """

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", words.decision.CONFIRM, priority=True, id="besluit.bevestig"),
        Binding("plus", "besides", words.decision.BESIDES, show=False, priority=True, id="besluit.daarnaast"),
        Binding("a", "add", words.decision.ADDITION, show=False, priority=True, id="besluit.aanvulling"),
        Binding("up", "read(-1)", words.decision.READ_UP, show=False, priority=True, id="besluit.omhoog"),
        Binding("down", "read(1)", words.decision.READ_DOWN, show=False, priority=True, id="besluit.omlaag"),
        Binding("question_mark", "app.keys", words.decision.KEYS, show=False, id="besluit.toetsen"),
        *(
            Binding(
                key,
                f"choose('{key}')",
                words.terms.CHOICE[choice],
                show=False,
                priority=True,
                id=f"besluit.{choice.value}",
            )
            for key, choice in words.terms.CHOICE_KEYS.items()
        ),
        *(
            Binding(
                letter,
                f"follow('{letter}')",
                text,
                show=False,
                priority=True,
                id=f"besluit.{LETTERS_OF[letter]}.{letter}",
            )
            for letter, text in LETTERS.items()
        ),
    ]

    def __init__(
        self, case: Case, deciding: Deciding, related: Sequence[Related] = (), chosen: Choice | None = None
    ) -> None:
        """Decide on this call; `chosen` is what the key that opened the dialog stands for, if anything."""
        super().__init__()
        self._case = case
        self._deciding = deciding
        self._follow = follow_up(case.file, (), related, deciding.clock())
        self._start = chosen or case.file.draft_choice
        self._confirmed: Proposal | None = None
        self._seen = max((each.id for each in case.file.decisions), default=0)
        self._recorded = False
        self._adding = False
        self._typing: Typing | None = None
        self.proposal: Proposal | None = None
        self._suggestion = Static(markup=False)
        self._choices = Static(markup=False, id="keuzes")
        self._preview = Static(markup=False, id="vooruitblik")
        self._reading = VerticalScroll(self._preview, can_focus=False, id="lezen")
        self._more = Static(Content(words.decision.MORE), markup=False, id="meer")
        self._line = LineInput(max_length=FOLLOW_LIMIT, id="vervolg")
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Suggestion, choices, preview, and what enter does."""
        with Vertical():
            yield Static(Content(words.decision.title(self._case.file.call_id)), markup=False, classes="titel")
            yield self._suggestion
            yield self._choices
            yield self._reading
            yield self._more
            yield self._next
            yield self._line

    def on_mount(self) -> None:
        """Nothing is chosen until the operator does; a choice that was interrupted stands where it stood."""
        self._line.display = self._more.display = False
        if self._start is not None:
            self._choose(self._start, ())
        self._draw()

    def on_resize(self) -> None:
        """Other room: more or less to scroll."""
        self.call_after_refresh(self._say_more)

    async def action_choose(self, key: str) -> None:
        """Choose, and show what that would do; another key chooses otherwise. After `+`: what is done besides."""
        if self._recorded:
            self._say(words.decision.STANDS)
            return
        wanted, also = words.terms.CHOICE_KEYS[key], self._also
        if self._adding and self.proposal is not None:
            self._adding = False
            if not can_join(self.proposal.choice, wanted):
                self._say(words.decision.cannot_join(words.terms.CHOICE[wanted]))
                return
            self._choose(self.proposal.choice, toggled(self.proposal.choice, also, wanted))
        else:
            self._choose(wanted, kept(wanted, also))
        self._draw()
        await self._deciding.draft(self.proposal.choice if self.proposal else None)

    def action_besides(self) -> None:
        """The next digit is what is done besides, or no longer."""
        self._adding = self.proposal is not None
        self._say(words.decision.WHAT_BESIDES if self._adding else words.decision.CHOOSE_FIRST)

    def action_follow(self, letter: str) -> None:
        """Answer what the choice asks, or start typing it."""
        answered = self._follow.press(letter)
        if answered is None:
            self._say(words.decision.NOT_ASKED)
        elif isinstance(answered, FollowUp):
            self._follow = answered
            self._draw()
        else:
            self._typing = answered
            self._line.value, self._line.display = "", True
            self.set_focus(self._line)
            self._say(f"{answered.asks} {words.follow_up.ENTER_KEEPS}")

    async def action_add(self) -> None:
        """Send what became known since the dispatch."""
        if self._recorded:
            self._say(words.decision.STANDS)
            return
        if self.proposal is not None:
            await self._deciding.draft(None)
        trouble = await self._deciding.add()
        if trouble:
            self._say(trouble)

    async def action_leave(self) -> None:
        """Go back: from a line that is typed to the choices, else to the call; nothing was recorded or sent."""
        if self._typing is not None:
            self._stop_typing()
            return
        if self.proposal is not None and not self._recorded:
            await self._deciding.draft(None)
        self.dismiss(None)

    def action_read(self, lines: int) -> None:
        """Read on in a preview that is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False, immediate=True)
        self._say_more()

    async def action_confirm(self) -> None:
        """Record what is chosen, and what was agreed with it; keys typed meanwhile wait until it is on disk."""
        if self._typing is not None:
            await keys_taken(self._line)
            self._follow = self._follow.typed(self._typing, self._line.value)
            self._stop_typing()
        elif self.proposal is None and not self._follow.details:
            self._say(words.decision.CHOOSE_FIRST)
        else:
            earlier = self._follow.newly_passed_to
            # What was agreed is kept first, so that the crew hears it with the dispatch; it holds no decision up.
            trouble = await self._keep()
            if not await self._decided():
                return
            trouble = await self._keep() if trouble else ""
            if trouble:
                await self._look_again(words.decision.follow_up_failed(trouble, decided=self._recorded))
                return
            self.dismiss(None)
            await self._deciding.then(self.proposal, earlier)

    async def _decided(self) -> bool:
        """True once what is chosen is on disk; nothing chosen needs nothing."""
        if self.proposal is None or self._recorded:
            return True
        if self._confirmed is None or not self._tried:
            self._confirmed = self.proposal.confirmed(self._deciding.clock())
        try:
            trouble = await self._deciding.record(self._confirmed)
        except DecidedMeanwhile as error:
            self.proposal = None
            await self._look_again(str(error))
            self._seen = error.decision.id
            return False
        if trouble:
            await self._look_again(words.decision.try_again(trouble))
        self._recorded = not trouble
        return self._recorded

    async def _look_again(self, sentence: str) -> None:
        """What failed may have reached the disk: what was already asked for must be said before another choice."""
        self._case = await self._deciding.look()
        self._follow = self._follow.recorded_in(self._case.file)
        self._draw()
        self._say(sentence)

    async def _keep(self) -> str:
        """Record what was agreed; a proposal that was not tried yet then tells it too."""
        if not self._follow.details:
            return ""
        trouble = await self._deciding.keep(self._follow)
        self._case = await self._deciding.look()
        self._follow = self._follow.recorded_in(self._case.file)
        if self.proposal is not None and not self._tried and not trouble:
            self.proposal = self._proposed(self.proposal.choice, self._also)
        return trouble

    @property
    def _tried(self) -> bool:
        """True once this proposal was sent to the record: from then on only the same one may be tried again."""
        return (
            self._confirmed is not None and self.proposal is not None and self._confirmed.draft is self.proposal.draft
        )

    @property
    def _also(self) -> tuple[Choice, ...]:
        return self.proposal.draft.also if self.proposal else ()

    def _choose(self, choice: Choice, also: tuple[Choice, ...]) -> None:
        self.proposal = self._proposed(choice, also)
        self._follow = self._follow.choosing((choice, *also))
        self._reading.scroll_home(animate=False)

    def _proposed(self, choice: Choice, also: tuple[Choice, ...]) -> Proposal:
        """What goes on behind this dialog is read along; of decisions counts what its operator was shown."""
        return replace(self._deciding.propose(choice, also), after=self._seen)

    def _stop_typing(self) -> None:
        self._typing, self._line.display = None, False
        self.set_focus(None)
        self._draw()

    def _say(self, sentence: str) -> None:
        self._next.update(Content(sentence))

    def _say_more(self) -> None:
        """Say that there is more to read below; the text alone must tell it."""
        self._more.display = self._reading.scroll_offset.y < self._reading.max_scroll_y

    def _draw(self) -> None:
        chosen = self.proposal.choice if self.proposal else None
        said = [words.decision.suggestion(bounds_words(self._case.said))]
        if wish_missing(self._case):
            said.append(words.decision.WISH_OPEN)
        self._suggestion.update(Content("\n".join(said)))
        keyed = list(words.terms.CHOICE_KEYS.items())
        rows = zip(keyed[:_ROWS], keyed[_ROWS:], strict=True)
        self._choices.update(
            Content("\n").join(
                Content.assemble(
                    *((_cell(key, choice, chosen, self._also), _style(choice, chosen)) for key, choice in row)
                ).rstrip()
                for row in rows
            )
        )
        self._preview.update(Content("\n".join(self._ahead())))
        self._say(self._then())
        self.call_after_refresh(self._say_more)

    def _ahead(self) -> list[str]:
        before = before_words(self._case)
        if self.proposal is None:
            return [*before, *self._follow.lines()]
        passed = self._follow.passed_to()
        earlier = passed.call_id if passed else ""
        return [
            *before,
            *self._follow.lines(),
            *choice_words(self._case, self.proposal, self._deciding.cad_name, self._deciding.clock(), earlier),
        ]

    def _then(self) -> str:
        if self.proposal is None:
            if self._follow.details:
                return words.decision.ENTER_KEEPS
            sent = any(not each.adds_to for each in self._case.file.deliveries)
            return words.decision.CHOOSE_OR_ADD if sent else words.decision.CHOOSE
        chosen = self.proposal.choice
        more = (
            words.decision.OR_BESIDES
            if any(can_join(chosen, each) for each in words.terms.CHOICE_KEYS.values())
            else ""
        )
        if self.proposal.dispatch is None:
            return words.decision.ENTER_RECORDS + more
        sends = words.decision.ENTER_SENDS_ANOTHER if self._case.file.deliveries else words.decision.ENTER_SENDS
        return sends + more


def _cell(key: str, choice: Choice, chosen: Choice | None, also: tuple[Choice, ...]) -> str:
    mark = ">" if choice is chosen else "+" if choice in also else " "
    return f"{mark}{key} {words.terms.CHOICE[choice]}".ljust(_COLUMN)


def _style(choice: Choice, chosen: Choice | None) -> str:
    return "reverse" if choice is chosen else ""
