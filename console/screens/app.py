"""The operator's console: wires the desk to the screens and routes what they say; it decides nothing itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from console.record import RecordError
from console.screens.call import CallScreen
from console.screens.keys import KeysScreen
from console.screens.messages import BoardChanged, CallOpened, LookFailed
from console.screens.queue import QueueScreen
from console.screens.room import RoomScreen
from console.terminal.safe_app import SafeApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.dom import DOMNode
    from textual.screen import Screen

    from console.desk import Case, Desk
    from console.model import Board

LOOK_EVERY: Final = 0.1
"""Seconds between looks at the record: another terminal's change is on screen within 150 ms at next to no cost."""

UPKEEP_EVERY: Final = 5.0


class ConsoleApp(SafeApp[int], inherit_bindings=False):
    """One operator's console on one desk."""

    CSS_PATH = "app.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "refuse_interrupt", "", show=False, system=True, id="app.onderbreken"),
    ]

    def __init__(self, desk: Desk, upkeep: Callable[[], None] | None = None) -> None:
        """Work at this desk; `upkeep` is done at once and every few seconds, off the event loop."""
        super().__init__(desk.settings.home)
        self.desk = desk
        self._upkeep = upkeep
        self.theme = "ansi-dark"
        self._board: Board | None = None

    def on_mount(self) -> None:
        """Show the queue, keep looking at the room, let the clocks run."""
        self.push_screen(QueueScreen(self.desk))
        self._keep_looking()
        self._keep_up()
        self.set_interval(1, self._tick)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Refuse to run when a key means two things in one place."""
        keys = ", ".join(sorted(f"{each.key} ({each.id})" for each in clashed_bindings))
        raise RuntimeError(f"a key has two meanings in {type(node).__name__}: {keys}")

    def action_keys(self) -> None:
        """Show which keys work here."""
        bindings = [active.binding for active in self.screen.active_bindings.values()]
        self.push_screen(KeysScreen(bindings))

    def action_leave(self) -> None:
        """Leave the console; calls in hand stay in hand."""
        self.exit(0)

    def action_refuse_interrupt(self) -> None:
        """ctrl+c ends nothing by accident; say how to leave."""
        if isinstance(self.screen, RoomScreen):
            self.screen.say("Stoppen kan in de wachtrij, met ctrl+q.")

    @on(BoardChanged)
    def _board_changed(self, message: BoardChanged) -> None:
        self._board = message.board
        for screen in self._rooms():
            screen.show_board(message.board)

    @on(LookFailed)
    def _look_failed(self, message: LookFailed) -> None:
        for screen in self._rooms():
            screen.say(message.sentence)

    async def action_take(self) -> None:
        """Take the call under the cursor, or go back to it when it is yours."""
        if isinstance(self.screen, QueueScreen) and (row := self.screen.list.current) is not None:
            await self._open(self.desk.take(row.call_id))

    async def action_new_call(self) -> None:
        """Open a call that only came by telephone."""
        await self._open(self.desk.new_call())

    async def _open(self, claiming: Awaitable[Case]) -> None:
        """Show a call once it is claimed; keys typed meanwhile wait, so that none lands on the wrong screen."""
        try:
            case = await claiming
        except RecordError as error:
            for room in self._rooms():
                room.say(str(error))
            return
        screen = CallScreen(self.desk, case)
        await self.push_screen(screen)
        if self._board is not None:
            screen.show_board(self._board)
        self.post_message(CallOpened(case.file.call_id))

    @work(group="kijken", exclusive=True)
    async def _keep_looking(self) -> None:
        """Watch the record; whatever another process writes comes on screen."""
        looked = False
        while True:
            try:
                board = await (self.desk.board_if_changed() if looked else self.desk.board())
                looked = True
            except RecordError as error:
                self.post_message(LookFailed(str(error)))
            else:
                if board is not None:
                    self.post_message(BoardChanged(board))
            await asyncio.sleep(LOOK_EVERY)

    @work(group="onderhoud", exclusive=True)
    async def _keep_up(self) -> None:
        """Have a delivery running for as long as this console does, also when somebody killed it."""
        while self._upkeep is not None:
            try:
                await asyncio.to_thread(self._upkeep)
            except RecordError as error:
                self.post_message(LookFailed(str(error)))
            await asyncio.sleep(UPKEEP_EVERY)

    def _tick(self) -> None:
        moment = self.desk.clock()
        for screen in self._rooms():
            screen.tick(moment)

    def _rooms(self) -> list[RoomScreen]:
        stack: list[Screen[object]] = list(self.screen_stack)
        return [screen for screen in stack if isinstance(screen, RoomScreen)]
