"""The operator's console: wires the desk to the screens and routes what they say; it decides nothing itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.events import Key

from console.desk import RecordError
from console.dutch_errors import in_dutch
from console.screens import later
from console.screens.bell import Bell
from console.screens.messages import BoardChanged, CallOpened, RoomShown, TroubleChanged
from console.screens.one_meaning import refuse_double_keys
from console.screens.queue import QueueScreen
from console.screens.room import RoomScreen
from console.screens.waiting_for_you import WaitingForYou
from console.terminal.safe_app import SafeApp
from console.texts import words
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.events import Event
    from textual.screen import Screen

    from console.desk import Case, Desk
    from console.model import Board

LOOK_EVERY: Final = 0.1
"""Seconds between looks at the record: another terminal's change is on screen within 150 ms at next to no cost."""

UPKEEP_EVERY: Final = 5.0

RECORD: Final = "dossier"
DELIVERY: Final = "bezorging"
WAITING: Final = "wachtend"


class ConsoleApp(SafeApp[int], inherit_bindings=False):
    """One operator's console on one desk."""

    CSS_PATH = "app.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "app.refuse_interrupt", "", show=False, system=True, id="app.onderbreken"),
        Binding("ctrl+q", "app.leave", words.app.LEAVE, show=False, priority=True, id="app.stoppen"),
    ]

    def __init__(self, desk: Desk, upkeep: Callable[[], None] | None = None) -> None:
        """Work at this desk; `upkeep` is done at once and every few seconds, off the event loop.

        Raises:
            RuntimeError: a key has two meanings in one place.
        """
        refuse_double_keys(type(self))
        super().__init__(desk.settings.home, desk.settings.characters)
        self.desk = desk
        self._upkeep = upkeep
        self._board: Board | None = None
        self._looked = asyncio.Event()
        self._troubles: dict[str, str] = {}
        self._waiting = WaitingForYou(desk.operator)
        self.sound = Bell(self.bell, desk.operator, on=desk.settings.bell)

    def on_mount(self) -> None:
        """Show the queue, keep looking at the room, let the clocks run."""
        self.push_screen(QueueScreen(self.desk, sound=self.sound.on))
        self._keep_looking()
        self._keep_up()
        self.set_interval(1, self._tick)

    async def on_event(self, event: Event) -> None:
        """The next key on the queue takes away what was said about the one before."""
        if isinstance(event, Key) and self.screen_stack and isinstance(self.screen, QueueScreen):
            self.screen.say("")
        await super().on_event(self._without_caps_lock(event) if isinstance(event, Key) else event)

    def _without_caps_lock(self, event: Key) -> Key:
        """A capital is the same key as its letter, except in a field where it is text."""
        letter = event.character or ""
        typed = self.focused is not None and self.focused.check_consume_key(event.key, event.character)
        return event if typed or not letter.isupper() else Key(letter.lower(), letter.lower())

    async def action_keys(self) -> None:
        """Show which keys work here, and take that away again; behind the help it is the place the help is of."""
        if isinstance(self.screen, later.KeysScreen):
            await self.screen.action_leave()
            return
        if isinstance(self.screen, later.HelpScreen):
            await self.screen.action_leave()
        self.push_screen(later.KeysScreen(active.binding for active in self.screen.active_bindings.values()))

    async def action_help(self) -> None:
        """Show what the question or field that has the focus is for, and take that away again."""
        if isinstance(self.screen, later.HelpScreen):
            await self.screen.action_leave()
            return
        if isinstance(self.screen, later.KeysScreen):
            await self.screen.action_leave()
        self.push_screen(later.HelpScreen(later.help_of(self.screen)))

    def action_leave(self) -> None:
        """Leave the console, from the queue only; calls in hand stay in hand."""
        if isinstance(self.screen, QueueScreen):
            self.exit(0)
        else:
            self.refused(words.app.LEAVE_FROM_CALL)

    def action_refuse_interrupt(self) -> None:
        """ctrl+c ends nothing by accident; say how to leave."""
        self.refused(words.app.LEAVE_IN_QUEUE if isinstance(self.screen, QueueScreen) else words.app.LEAVE_FROM_CALL)

    def refused(self, sentence: str) -> None:
        """Say it on the screen, also when a dialog covers the middle of it."""
        for room in self._in_sight():
            room.say(sentence)

    @on(BoardChanged)
    def _board_changed(self, message: BoardChanged) -> None:
        self._board = message.board
        self.sound.hear(message.board, self.desk.clock(), in_call=self._call is not None)
        for screen in self._in_sight():
            screen.show_board(message.board)
        self._waiting.hear(message.board)
        self._show_waiting()

    @on(RoomShown)
    def _catch_up(self) -> None:
        for screen in self._in_sight():
            screen.tick(self.desk.clock())
            if self._board is not None:
                screen.show_board(self._board)

    @on(TroubleChanged)
    def _trouble_changed(self, message: TroubleChanged) -> None:
        self._show_trouble(message.of, message.sentence)

    @on(CallOpened)
    def _call_opened(self) -> None:
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Say what waits for this operator; what they look at no longer waits."""
        if self._call is not None:
            self._waiting.opened(self._call.case.file.call_id)
        sentence = self._waiting.words(self.desk.clock())
        if sentence != self._troubles.get(WAITING, ""):
            self._show_trouble(WAITING, sentence)

    def _show_trouble(self, of: str, sentence: str) -> None:
        self._troubles[of] = sentence
        for screen in self._rooms():
            screen.status.trouble(self._trouble)

    @property
    def _trouble(self) -> str:
        return " ".join(sentence for sentence in self._troubles.values() if sentence)

    async def action_take(self) -> None:
        """Take the call under the cursor, or go back to it when it is yours."""
        if isinstance(self.screen, QueueScreen) and (row := self.screen.list.current) is not None:
            await self._open(self.desk.take(row.call_id), words.app.call(row.call_id))

    async def action_take_over(self) -> None:
        """Take the call under the cursor from the colleague who has it, with a reason."""
        if not isinstance(self.screen, QueueScreen) or (row := self.screen.list.current) is None:
            return
        owner = row.owner
        if owner in {None, self.desk.operator}:
            self.refused(words.app.NOT_A_COLLEAGUES)
            return

        async def take(reason: str) -> str:
            try:
                case = await self.desk.take_over(row.call_id, owner=str(owner), reason=reason)
            except RecordError as error:
                return str(error)
            asking.dismiss(None)
            await self._show(case)
            return ""

        asking = later.TakeOverScreen(row, take)
        await self.push_screen(asking)

    async def action_answer(self) -> None:
        """Answer the question about the call under the cursor, else the oldest one; whoever asked sees who looks."""
        if not isinstance(self.screen, QueueScreen):
            return
        here = self.screen.list.current
        rows = self._board.rows if self._board is not None else ()
        waiting = sorted((row.consultation for row in rows if row.consultation), key=lambda each: each.asked_at)
        asked = here.consultation if here is not None and here.consultation else next(iter(waiting), None)
        if asked is None:
            self.refused(words.consult.NO_QUESTION)
            return

        async def answer(text: str) -> str:
            try:
                await self.desk.reply(asked.call_id, asked.number, text)
            except RecordError as error:
                return str(error)
            self.refused(words.consult.ANSWERED)
            return ""

        try:
            await self.desk.take_up(asked.call_id, asked.number)
        except RecordError as error:
            self.refused(str(error))
            return
        await self.push_screen(later.AnswerScreen(asked, answer))

    async def action_open_call(self, call_id: str) -> None:
        """Go on in another call, such as the earlier one of a caller who was cut off."""
        await self._open(self.desk.take(call_id), words.app.call(call_id))

    async def action_new_call(self) -> None:
        """Open a call that only came by telephone."""
        await self._open(self.desk.new_call(), words.app.NEW_CALL)

    async def action_history(self) -> None:
        """Search in all calls that were recorded."""
        if isinstance(self.screen, QueueScreen):
            await self.screen.go_to(later.HistoryScreen(self.desk))

    async def action_take_found(self) -> None:
        """Take the call that is being read; whoever is in another call goes back to the queue first."""
        if not isinstance(self.screen, later.PastCallScreen):
            return
        call_id = self.screen.looked.file.call_id
        if self._call is None:
            await self._open(self.desk.take(call_id), words.app.call(call_id))
        elif self._call.case.file.call_id == call_id:
            await self._stop_reading()
        else:
            self.refused(words.history.in_a_call(self._call.case.file.call_id, call_id))

    def action_sound(self) -> None:
        """Ring the bell, or no longer."""
        self.sound.on = not self.sound.on
        if isinstance(self.screen, QueueScreen):
            self.screen.show_sound(on=self.sound.on)

    async def _open(self, claiming: Awaitable[Case], which: str) -> None:
        """Show a call once it is claimed; keys typed meanwhile wait, so that none lands on the wrong screen."""
        try:
            case = await claiming
        except RecordError as error:
            self.refused(str(error))
            return
        except (AnswerError, PolicyError) as error:
            self.refused(words.app.cannot_open(which, str(error)))
            return
        await self._show(case)

    async def _show(self, case: Case) -> None:
        """Put a call on screen, in the place of what was being read: from it escape goes to the queue."""
        await self._stop_reading()
        screen = later.CallScreen(self.desk, case)
        await self.push_screen(screen)
        screen.status.trouble(self._trouble)
        self.post_message(CallOpened(case.file.call_id))

    async def _stop_reading(self) -> None:
        while isinstance(self.screen, later.HistoryScreen | later.PastCallScreen):
            await self.pop_screen()

    @work(group="kijken", exclusive=True)
    async def _keep_looking(self) -> None:
        """Watch the record; whatever another process writes comes on screen.

        A look that failed may have swallowed that something changed, so the one after it sees the whole room.
        """
        looked, trouble = False, ""
        while True:
            if looked or trouble:
                self._looked.set()
            before = trouble
            try:
                board = await (self.desk.board_if_changed() if looked else self.desk.board())
            except RecordError as error:
                looked, trouble = False, words.app.queue_stands_still(str(error))
            else:
                looked, trouble = True, ""
                if board is not None:
                    self.post_message(BoardChanged(board))
            if trouble != before:
                self.post_message(TroubleChanged(RECORD, trouble))
            await asyncio.sleep(LOOK_EVERY)

    @work(group="onderhoud", exclusive=True)
    async def _keep_up(self) -> None:
        """Have a delivery running for as long as this console does, also when somebody killed it."""
        await self._looked.wait()
        await asyncio.to_thread(later.load)
        refuse_double_keys(type(self))
        await self.desk.warm_up()
        while self._upkeep is not None:
            trouble = ""
            try:
                await asyncio.to_thread(self._upkeep)
            except RecordError as error:
                trouble = words.app.delivery_does_not_start(str(error))
            except OSError as error:
                trouble = words.app.delivery_cannot_start(in_dutch(error), self.desk.settings.cad_name)
            if trouble != self._troubles.get(DELIVERY, ""):
                self.post_message(TroubleChanged(DELIVERY, trouble))
            await asyncio.sleep(UPKEEP_EVERY)

    def _tick(self) -> None:
        moment = self.desk.clock()
        self.sound.tick(moment, in_call=self._call is not None)
        for screen in self._in_sight():
            screen.tick(moment)
        self._show_waiting()

    @property
    def _call(self) -> later.CallScreen | None:
        """The call on screen, also when something covers it."""
        others = self._rooms()[1:]  # the first is the queue
        return next((screen for screen in others if isinstance(screen, later.CallScreen)), None)

    def _in_sight(self) -> list[RoomScreen]:
        """The full screen in front, also under a dialog; one that is covered would draw for nobody."""
        return self._rooms()[-1:]

    def _rooms(self) -> list[RoomScreen]:
        stack: list[Screen[object]] = list(self.screen_stack)
        return [screen for screen in stack if isinstance(screen, RoomScreen)]
