"""What an investigator can go on with: what was kept, what to keep, payments, devices, the suspect. All by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from console.domain import leads
from console.domain.recognising import clues_of_line
from console.model import Securing
from console.screens.details import DeviceScreen, PaymentScreen, SuspectScreen
from console.screens.dialog import Dialog
from console.texts import words
from console.times import local
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.marked import Marked
from console.widgets.trace_list import TraceList
from console.widgets.trace_rows import Kind, Row, clue_words, trace_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.model import Clue, Detail
    from console.screens.draft import Draft
    from console.screens.notes import Notes

LINE_LIMIT: Final = 1_000
SECURING: Final = {"g": Securing.ASKED, "v": Securing.SECURED, "n": Securing.ABSENT, "o": None}
_FILLED: Final = {
    Kind.PAYMENT: "payment",
    Kind.NEW_PAYMENT: "payment",
    Kind.DEVICE: "device",
    Kind.NEW_DEVICE: "device",
    Kind.SUSPECT: "suspect",
    Kind.NEW_SUSPECT: "suspect",
}
_DROPPED: Final = {Kind.CLUE, Kind.PAYMENT, Kind.DEVICE, Kind.SUSPECT}


class NewTrace(LineInput):
    """The line for a new trace; down goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.to_list", words.traces.TO_LIST, priority=True, id="spoor.lijst"),
    ]


class TracesScreen(Dialog[None]):
    """A line to type a trace in, and below it all that is known."""

    CSS_PATH: ClassVar = ["dialog.tcss", "traces.tcss"]
    AUTO_FOCUS = "#nieuw"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", words.traces.TO_LINE, priority=True, id="sporen.volgende"),
        Binding("shift+tab", "app.focus_previous", words.traces.TO_LINE, show=False, priority=True, id="sporen.vorige"),
        Binding("f3", "leave", words.traces.DONE, priority=True, id="sporen.klaar"),
    ]

    def __init__(self, notes: Notes, clock: Callable[[], datetime], draft: Draft) -> None:
        """Show and change what is noted of a call; `clock` dates a word like *gisteren*.

        What was typed as a new trace and is not recorded yet stands in `draft`.
        """
        super().__init__()
        self._notes = notes
        self._clock = clock
        self._draft = draft
        self._dropping: Row | None = None
        self.line = NewTrace(draft.text, max_length=LINE_LIMIT, id="nieuw")
        self.list = TraceList(trace_rows(notes.file))
        self._read = Static(markup=False, id="gelezen")
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Title, the line and how it is read, the list, what the keys do."""
        with Vertical():
            yield Static(Content(words.traces.title(self._notes.file.call_id)), markup=False, classes="titel")
            yield Marked(self.line, words.traces.PROMPT)
            yield self._read
            yield self.list
            yield self._next

    def on_mount(self) -> None:
        """Follow what is recorded for as long as this is on screen."""
        self._notes.changed = self._refresh
        self._say_read()

    async def on_unmount(self) -> None:
        """Follow it no more; what was typed is recorded, also when the console is told to end."""
        self._notes.changed = lambda: None
        await self._keep_or_remember()
        await self._draft.settled()

    def on_descendant_focus(self) -> None:
        """Say which keys there are where the focus is."""
        self._dropping = None
        self._say_keys()

    def on_screen_suspend(self) -> None:
        """The keys of the list do nothing while something covers it, and a question asked there is taken back."""
        self._dropping = None
        self._say("")

    def on_screen_resume(self) -> None:
        """They work again."""
        self._say_keys()

    async def action_leave(self) -> None:
        """Leave; a trace that was typed is recorded first, and one that cannot be waits for the next time."""
        if self._dropping is not None:
            self._dropping = None
            self._say_keys()
            return
        await keys_taken(self.line)
        await self._keep_or_remember()
        self.dismiss(None)

    def action_to_list(self) -> None:
        """Go to the top of the list."""
        self.list.top()
        self.set_focus(self.list)

    def action_row(self, lines: int) -> None:
        """Go up or down; above the first row is the line."""
        self._dropping = None
        if not self.list.move(lines) and lines < 0:
            self.set_focus(self.line)
        self._say_keys()

    async def action_open(self) -> None:
        """Do what a row is for, or take back what was asked to be."""
        row = self.list.row
        if self._dropping is not None:
            await self._drop(self._dropping)
        elif row.kind in _FILLED:
            await self._fill(_FILLED[row.kind], row.number)
        elif row.kind is Kind.NO_LEADS:
            await self.action_no_leads()
        else:
            self._say_keys()

    def action_drop(self) -> None:
        """Ask whether to take back what is under the cursor."""
        row = self.list.row
        if row.kind not in _DROPPED:
            self._say(words.traces.NOTHING_TO_TAKE_BACK)
            return
        self._dropping = row
        self._say(words.traces.sure_to_take_back(row.text))

    async def action_check(self, key: str) -> None:
        """Say how a trace to keep stands; the cursor goes on to the next one."""
        self._dropping = None
        row = self.list.row
        if row.kind is not Kind.CHECK:
            self._say(words.traces.ONLY_CHECKS)
            return
        trouble = await self._notes.secure(row.trace, SECURING[key])
        if trouble:
            self._say(trouble)
        else:
            self.list.move(1)
            self._say_keys()

    async def action_fill(self, what: str) -> None:
        """Fill in a new payment or device; of the suspect the description there is."""
        self._dropping = None
        known = leads.suspects(self._notes.file) if what == "suspect" else ()
        await self._fill(what, known[0][0] if known else None)

    async def action_no_leads(self) -> None:
        """Answer that there is nothing to go on, or take that back."""
        self._dropping = None
        if leads.has_leads(self._notes.file):
            self._say(words.traces.THERE_ARE_LEADS)
            return
        how = None if leads.none_known(self._notes.file) else Securing.ABSENT
        self._say(await self._notes.secure(leads.LEADS, how) or words.traces.AT_NO_LEADS)

    @on(Input.Changed, "#nieuw")
    def _line_changed(self) -> None:
        self._draft.keep(self.line.value)
        self._say_read()

    @on(Input.Submitted, "#nieuw")
    async def _line_done(self) -> None:
        await self._keep_line()

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self._say(message.sentence)

    async def _keep_or_remember(self) -> None:
        """Record what is typed; what cannot be now stands there the next time."""
        trouble = await self._keep_line()
        self._draft.keep(self.line.value if trouble else "")

    async def _keep_line(self) -> str:
        """Record what is typed; gives the empty text, or why it could not be, and then the line stays."""
        clues = self._typed()
        fresh = [clue for clue in clues if not self._stands(clue)]
        for clue in fresh:
            trouble = await self._notes.keep(clue)
            if trouble:
                self._say(trouble)
                return trouble
        if clues:
            self.line.value = ""
            said = words.traces.kept([clue_words(clue) for clue in fresh])
            self._say(said if fresh else words.traces.ALREADY_KEPT)
        return ""

    def _stands(self, clue: Clue) -> bool:
        return any((each.kind, each.value) == (clue.kind, clue.value) for _, each in leads.clues(self._notes.file))

    def _typed(self) -> tuple[Clue, ...]:
        return clues_of_line(self.line.value, local(self._clock()).date())

    async def _drop(self, row: Row) -> None:
        self._dropping = None
        trouble = "" if row.number is None else await self._notes.take_back(row.number)
        self._say(trouble or words.traces.taken_back(row.text))

    async def _fill(self, what: str, number: int | None) -> None:
        detail: Detail | None = next(
            (each.detail for each in self._notes.file.details if each.number == number and number is not None), None
        )
        keeper = self._notes.detail(number)
        detail, keep = keeper.unkept or detail, keeper.keep
        match what:
            case "payment":
                await self.app.push_screen(PaymentScreen(detail, keep, self._notes.detail(None).keep))
            case "suspect":
                await self.app.push_screen(SuspectScreen(detail, keep))
            case _:
                await self.app.push_screen(DeviceScreen(detail, keep))

    def _refresh(self) -> None:
        self.list.show(trace_rows(self._notes.file))

    def _say(self, sentence: str) -> None:
        self._next.update(Content(sentence))

    def _say_read(self) -> None:
        clues = self._typed()
        read = words.traces.read_as([clue_words(clue) for clue in clues]) if clues else words.traces.HOW
        self._read.update(Content(read))

    def _say_keys(self) -> None:
        if not self.list.has_focus and self.focused is not self.list:
            self._say("")
            return
        match self.list.row.kind:
            case Kind.CLUE:
                here = words.traces.AT_CLUE
            case Kind.CHECK:
                here = words.traces.AT_CHECK
            case Kind.NO_LEADS:
                here = words.traces.AT_NO_LEADS
            case Kind.PAYMENT | Kind.DEVICE | Kind.SUSPECT:
                here = words.traces.AT_ENTRY
            case _:
                here = words.traces.AT_NEW
        self._say(f"{here} {words.traces.IN_LIST}")
