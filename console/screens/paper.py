"""A stack of paper forms, one after the other: typed over in the order of the paper, held beside it, then recorded."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from console.desk import RecordError
from console.model import Board, Stage
from console.safe_text import one_line
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput, keys_taken
from console.widgets.marked import Marked
from console.widgets.paper_reading import COURSE, Field, FieldError, PaperReading
from console.widgets.said import Said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult

    from console.desk import Desk
    from console.model import PaperForm
    from triage_rules import Policy

_READY: Final = "klaar"
_LABEL_ROOM: Final = 24
"""Cells of a label that stands beside its field; what is longer stands above it."""


class Ready(Widget, can_focus=True):
    """The form in a few lines; enter here records it."""

    def __init__(self) -> None:
        """Start without anything to hold beside the paper."""
        super().__init__(id=_READY)
        self._lines: Sequence[str] = ()

    def show(self, lines: Sequence[str]) -> None:
        """Say this of the form."""
        self._lines = lines
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the lines, and with the focus what enter does."""
        if not self.has_focus:
            return Content("")
        return Content("\n".join(["> " + words.paper.READY, *(f"  {line}" for line in self._lines)]))


class PaperScreen(RoomScreen):
    """The fields of a form below each other; enter goes on, after the last one it records and starts the next form."""

    CSS_PATH = "paper.tcss"
    TITLE_WORDS = words.paper.TITLE
    AUTO_FOCUS = "#nummer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.go_on", words.paper.NEXT, priority=True, id="papier.verder"),
        Binding("down", "app.focus_next", words.paper.NEXT, show=False, priority=True, id="papier.omlaag"),
        Binding("up", "app.focus_previous", words.paper.PREVIOUS, priority=True, id="papier.omhoog"),
        Binding("escape", "screen.back", words.paper.BACK, priority=True, id="papier.terug"),
    ]

    def __init__(
        self,
        desk: Desk,
        policy: Policy,
        free: Sequence[str],
        typed: dict[str, str],
        record: Callable[[PaperForm, str], Awaitable[str]],
    ) -> None:
        """Go on with what was `typed`; `record` gives the empty text, or a sentence that says what is wrong."""
        super().__init__(desk)
        self.reading = PaperReading(policy, desk.operator, typed, free, desk.clock)
        self._record = record
        self._token = ""
        self.below = Said(id="verder")
        self.ready = Ready()
        self._fields = VerticalScroll(can_focus=False, id="velden")

    def compose(self) -> ComposeResult:
        """Status, the fields, the form in short, what the field under the cursor means, keys."""
        yield self.status
        with self._fields:
            for field in self.reading.fields:
                beside = field.across or field.options is None
                row = Horizontal if beside and len(field.label) < _LABEL_ROOM else Vertical
                with row(id=f"om-{field.name}", classes="veld"):
                    yield Static(Content(one_line(field.label)), markup=False, classes="kop")
                    yield self._widget(field)
        yield self.ready
        yield self.below
        yield self.notice
        yield self.hints

    def on_mount(self) -> None:
        """Show the fields that this form has."""
        self._show_course()
        self._read_back()

    def show_board(self, board: Board) -> None:
        """Say who waits meanwhile: a form is not urgent, a caller is."""
        super().show_board(board)
        waiting = sum(row.stage is Stage.WAITING for row in board.rows)
        self.status.show(about=words.paper.waiting(waiting))

    async def action_back(self) -> None:
        """Back to the queue; what was typed stands there again next time."""
        await self._keys_taken()
        self.dismiss(None)

    async def action_go_on(self) -> None:
        """Go to the next field, unless this one cannot be; after the last, record the form."""
        await self._keys_taken()
        if self.focused is self.ready:
            await self._record_form()
            return
        if self._read_back():
            self.focus_next()

    async def _record_form(self) -> None:
        try:
            form = self.reading.form()
        except FieldError as error:
            self._go_to(error)
            return
        self._token = self._token or str(uuid.uuid4())
        trouble = await self._record(form, self._token)
        if trouble:
            self.below.update(Content(trouble))
        elif self.is_current:
            choice = words.terms.CHOICE_SHORT[form.choice] if form.choice else ""
            await self._next_form(words.paper.entered(form.paper.number, choice))

    async def _next_form(self, said: str) -> None:
        """Empty the fields; who handled the calls is often the same on the next form."""
        kept = self.reading.typed.get("centralist", "")
        for field in self.reading.fields:
            if field.options is None:
                self.query_one(f"#{field.name}", LineInput).value = ""
            else:
                self.query_one(f"#{field.name}", KeyChoice).forget()
        self.reading.typed.clear()
        self.query_one("#centralist", LineInput).value = kept
        self.reading.typed["centralist"] = kept
        self._token = ""
        try:
            self.reading.free = await self.desk.free_paper_numbers()
        except RecordError as error:
            said = f"{said} {error}"
        self._show_course()
        self.set_focus(self.query_one("#nummer"))
        self.say(said)

    def _go_to(self, error: FieldError) -> None:
        self.set_focus(self.query_one(f"#{error.field}"))
        self.below.update(Content(str(error)))

    async def _keys_taken(self) -> None:
        await keys_taken(*self.query(LineInput))
        for line in self.query(LineInput):
            self._take_over(str(line.id), line.value)

    def _take_over(self, name: str, value: str) -> None:
        if self.reading.typed.get(name, "") != value:
            self.reading.typed[name] = value
            self._token = ""

    def _read_back(self) -> bool:
        """Say what the field under the cursor means, or what is wrong with it; tells whether it can stand so."""
        field = self.focused
        name = str(field.id) if field is not None else ""
        sentence, stands = "", True
        if field is self.ready:
            try:
                self.ready.show(list(self.reading.summary()))
            except FieldError as error:
                self.ready.show([str(error)])
        elif name:
            try:
                sentence = self.reading.read_back(name)
            except FieldError as error:
                sentence, stands = str(error), False
        if name == "nummer" and not self.reading.typed.get("nummer") and self.reading.free:
            sentence = f"{sentence}\n{words.paper.free(self.reading.free_numbers())}"
        self.below.update(Content(sentence))
        return stands

    def _show_course(self) -> None:
        """A form without a decision has no moments of one."""
        undecided = self.reading.typed.get("besluit") not in {None, ""} and not self.reading.decided
        for name in COURSE:
            self.query_one(f"#om-{name}").display = not undecided

    def _widget(self, field: Field) -> Widget:
        typed = self.reading.typed.get(field.name, "")
        if field.options is None:
            return Marked(LineInput(typed, max_length=field.limit, id=field.name))
        return KeyChoice(field.options, typed or None, id=field.name, across=field.across)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._take_over(str(message.input.id), message.value)
        if message.input is self.focused:
            self._read_back()

    @on(KeyChoice.Chosen)
    def _chosen(self, message: KeyChoice.Chosen) -> None:
        """One key answers and goes on: a stack of forms is many fields."""
        self._take_over(str(message.choice.id), message.value)
        self._show_course()
        if message.choice is self.focused:
            self.focus_next()

    @on(LineInput.Full)
    def _line_full(self, message: LineInput.Full) -> None:
        self.below.update(Content(message.sentence))

    def on_descendant_focus(self) -> None:
        """Another field under the cursor."""
        super().on_descendant_focus()
        self._read_back()
        self.ready.refresh(layout=True)
        self.call_after_refresh(self._to_the_middle)

    def _to_the_middle(self) -> None:
        """What comes before and after the field under the cursor is in sight with it, however it got the focus."""
        if self.focused is not None:
            self._fields.scroll_to_center(self.focused, animate=False, immediate=True)
