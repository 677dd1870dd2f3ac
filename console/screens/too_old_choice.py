"""What is to happen with a dispatch that waited too long, or with all of a day: asked, never assumed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.desk import RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.screens.dialog import Dialog
from console.screens.draft import Draft
from console.screens.line_dialog import LineScreen
from console.texts import words
from console.times import said_time, waiting_words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.desk import Desk
    from console.model import Aged, AgedGroup


class _Choice(Dialog[None]):
    """A title, what to know, and a key for each thing that can happen; `escape` leaves everything as it is."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "send", words.too_old.SEND, id="oud.sturen"),
        Binding("x", "drop", words.too_old.DROP, id="oud.vervalt"),
        Binding("up", "read(-1)", words.too_old.READ_UP, show=False, priority=True, id="oud.omhoog"),
        Binding("down", "read(1)", words.too_old.READ_DOWN, show=False, priority=True, id="oud.omlaag"),
    ]

    def __init__(self, desk: Desk, title: str, lines: list[str], how: str, done: Callable[[str], None]) -> None:
        """Ask; `done` hears what was recorded."""
        super().__init__()
        self.desk = desk
        self._title = title
        self._how = how
        self._done = done
        self._trouble = Static(markup=False)
        text = Static(Content("\n".join(lines)), markup=False)
        self._reading = VerticalScroll(text, can_focus=False, id="lezen")

    def compose(self) -> ComposeResult:
        """What it is, what to know, what can be done."""
        with Vertical():
            yield Static(Content(self._title), markup=False, classes="titel")
            yield self._reading
            yield self._trouble
            yield Static(Content(self._how), markup=False)

    def action_read(self, lines: int) -> None:
        """Read on in what is longer than the window."""
        self._reading.scroll_relative(y=lines, animate=False)

    async def _say(self, saying: Awaitable[str]) -> None:
        """Record it and leave, or stay and say why it could not be recorded."""
        try:
            said = await saying
        except RecordError as error:
            self._trouble.update(Content(str(error)))
            return
        self.dismiss(None)
        self._done(said)

    async def _ask_why(self, then: str, go_on: Callable[[str], Awaitable[None]]) -> None:
        await self._ask(words.too_old.WHY_TITLE, words.too_old.WHY, then, words.too_old.WHY_FIRST, lambda _: "", go_on)

    async def _ask(
        self,
        title: str,
        about: tuple[str, ...],
        then: str,
        empty: str,
        trouble_with: Callable[[str], str],
        go_on: Callable[[str], Awaitable[None]],
    ) -> None:
        """Ask for a line, and go on with it once its window is closed."""
        typed: list[str] = []

        async def give(text: str) -> str:
            trouble = trouble_with(text)
            typed.extend([] if trouble else [text])
            return trouble

        async def closed(_: None) -> None:
            for text in typed:
                await go_on(text)

        await self.app.push_screen(LineScreen(title, about, Draft(), give, then=then, empty=empty), closed)


class AgedScreen(_Choice):
    """Asks it of one dispatch, with all that would be read out of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "by_hand", words.too_old.BY_HAND, priority=True, id="oud.doorgegeven"),
    ]

    def __init__(self, desk: Desk, one: Aged, done: Callable[[str], None]) -> None:
        """Ask about this one."""
        now = desk.clock()
        waited = words.too_old.waited(waiting_words(one.created_at, now), said_time(one.created_at, now))
        lines = [waited, *([words.too_old.ASK_MAYBE] if one.attempts else []), ""]
        lines += [f"- {one_line(line, DISPLAY_LIMIT)}" for line in one.briefing]
        lines += [words.too_old.word(one_line(one.control_word))] if one.control_word else []
        title = words.too_old.title(one.priority, one.call_id, addition=bool(one.adds_to))
        super().__init__(desk, title, lines, words.too_old.HOW, done)
        self._one = one

    async def action_send(self) -> None:
        """Let it go after all."""

        async def send() -> str:
            await self.desk.send_after_all(self._one)
            return words.too_old.SENT

        await self._say(send())

    async def action_by_hand(self) -> None:
        """It was passed on by voice."""

        async def pass_on() -> str:
            await self.desk.passed_on(self._one)
            return words.too_old.PASSED_ON

        await self._say(pass_on())

    async def action_drop(self) -> None:
        """It is not needed any more; ask why."""

        async def drop(reason: str) -> str:
            await self.desk.drop(self._one, reason)
            return words.too_old.DROPPED

        await self._ask_why(words.too_old.WHY_THEN, lambda reason: self._say(drop(reason)))


class AgedGroupScreen(_Choice):
    """Asks it of all of one priority and day; who means it types how many there are."""

    def __init__(self, desk: Desk, group: AgedGroup, done: Callable[[str], None]) -> None:
        """Ask about these."""
        title = words.too_old.group_title(group.priority, group.count, f"{group.day:%d-%m-%Y}")
        oldest = words.too_old.oldest(said_time(group.oldest, desk.clock()))
        super().__init__(desk, title, [oldest, words.too_old.GROUP_FIRST], words.too_old.HOW_GROUP, done)
        self._group = group

    async def action_send(self) -> None:
        """Let them all go, once their number was typed."""

        async def send(_: str) -> None:
            await self._say(sending())

        async def sending() -> str:
            return words.too_old.sent_all(await self.desk.send_group(self._group))

        await self._ask_count(words.too_old.send_count(self._group.count, self.desk.settings.cad_name), send)

    async def action_drop(self) -> None:
        """None of them is needed any more: ask why, then for their number."""

        async def dropping(reason: str) -> str:
            return words.too_old.dropped_all(await self.desk.drop_group(self._group, reason))

        async def ask(reason: str) -> None:
            about = words.too_old.drop_count(self._group.count, one_line(reason))
            await self._ask_count(about, lambda _: self._say(dropping(reason)))

        await self._ask_why(words.too_old.WHY_GROUP_THEN, ask)

    async def _ask_count(self, about: tuple[str, ...], go_on: Callable[[str], Awaitable[None]]) -> None:
        count = self._group.count

        def trouble_with(typed: str) -> str:
            return "" if typed == str(count) else words.too_old.other_count(count)

        title = words.too_old.count_title(count)
        await self._ask(title, about, words.too_old.COUNT_THEN, words.too_old.COUNT_FIRST, trouble_with, go_on)
