"""What the dialogs share in which lines are ticked one by one, each recorded at once and taken back by the same key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PickDialog(Dialog[None]):
    """A list, what is to be said of the line pointed at, and what happened; `tick` gives "" or what is wrong."""

    CSS_PATH: ClassVar = ["dialog.tcss", "pick.tcss"]
    AUTO_FOCUS = "#keuzes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "tick", words.pick.TICK, priority=True, id="afvinken.vink"),
        Binding("up", "move(-1)", words.pick.UP, priority=True, id="afvinken.omhoog"),
        Binding("down", "move(1)", words.pick.DOWN, priority=True, id="afvinken.omlaag"),
        *(
            Binding(str(digit), f"point({digit})", words.pick.POINT, show=False, priority=True, id=f"afvinken.{digit}")
            for digit in range(1, 10)
        ),
    ]

    def __init__(self, title: str, picks: Callable[[], Sequence[Pick]], tick: Callable[[Pick], Awaitable[str]]) -> None:
        """`picks` gives the lines as they stand on disk, `tick` records one or takes it back."""
        super().__init__()
        self._title = title
        self._picks = picks
        self._tick = tick
        self._list = PickList(id="keuzes")
        self._about = Static(markup=False)
        self._next = Static(markup=False, id="verder")

    def compose(self) -> ComposeResult:
        """Title, list, what is said of the line pointed at, what happened."""
        with Vertical():
            yield Static(Content(self._title), markup=False, classes="titel")
            yield self._list
            yield VerticalScroll(self._about, can_focus=False, id="erover")
            yield self._next

    def on_mount(self) -> None:
        """Point at the first line."""
        self._draw("")

    def about(self, pick: Pick) -> str:
        """What is to be read of this line."""
        raise NotImplementedError

    def told(self, pick: Pick) -> str:
        """What to say once this line was ticked."""
        raise NotImplementedError

    def action_move(self, lines: int) -> None:
        """Point at another line."""
        self._list.move(lines)
        self._draw("")

    def action_point(self, digit: int) -> None:
        """Point at a line by its digit; enter ticks it."""
        self._draw("" if self._list.point(digit) else words.pick.no_such_line(digit))

    async def action_tick(self) -> None:
        """Record the line, or take it back; keys typed meanwhile wait until it is on disk."""
        pick = self._list.picked
        if pick is None:
            return
        trouble = await self._tick(pick)
        self._draw(trouble or (words.pick.TAKEN_BACK if pick.ticked else self.told(pick)))

    def _draw(self, then: str) -> None:
        self._list.show(self._picks())
        pick = self._list.picked
        self._about.update(Content("" if pick is None else self.about(pick)))
        self._next.update(Content(then))
