"""What goes on in the console by itself: it looks at the room, lets the clocks run, and has a delivery running."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import on, work

from console.accounts import own_folder
from console.desk import RecordError
from console.dutch_errors import in_dutch
from console.exit_codes import UNUSABLE
from console.screens import later
from console.screens.bell import Bell
from console.screens.messages import BoardChanged, CallOpened, RoomShown, TroubleChanged
from console.screens.one_meaning import refuse_double_keys
from console.screens.room import RoomScreen
from console.screens.waiting_for_you import WaitingForYou
from console.system_log import SystemLog
from console.terminal.on_record import OnRecord
from console.terminal.safe_app import SafeApp
from console.texts import words
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from console.desk import Desk
    from console.model import Board

LOOK_EVERY: Final = 0.1
"""Seconds between looks at the record: another terminal's change is on screen within 150 ms at next to no cost."""

UPKEEP_EVERY: Final = 5.0

RECORD: Final = "dossier"
DELIVERY: Final = "bezorging"
WAITING: Final = "wachtend"


class WatchingApp(SafeApp[int], inherit_bindings=False):
    """An app at a desk in the room; what its keys do is for the app that derives from it."""

    def __init__(self, desk: Desk, upkeep: Callable[[], None] | None = None, *, locked: bool = False) -> None:
        """Work at this desk; `upkeep` is done at once and every few seconds, off the event loop.

        What is tried that is not done here goes into the record, or where that fails into the system's log.

        Raises:
            RuntimeError: a key has two meanings in one place.
        """
        refuse_double_keys(type(self))
        self._on_record = OnRecord(desk.attempted, SystemLog(own_folder()))
        note = self._on_record.note
        super().__init__(desk.settings.home, desk.settings.characters, note_attempt=note, locked=locked)
        self.desk = desk
        self._upkeep = upkeep
        self._board: Board | None = None
        self._looked = asyncio.Event()
        self.unusable = ""
        """Why this console cannot work at all; it has ended then."""
        self._troubles: dict[str, str] = {}
        self._waiting = WaitingForYou(desk.operator)
        self.sound = Bell(self.bell, desk.operator, on=desk.settings.bell)

    def watch_room(self) -> None:
        """Keep looking at the room, let the clocks run, keep a delivery at work."""
        self._keep_looking()
        self._keep_up()
        self.set_interval(1, self._tick)

    def refused(self, sentence: str) -> None:
        """Say it on the screen, also when a dialog covers the middle of it."""
        for room in self._in_sight():
            room.say(sentence)

    async def on_unmount(self) -> None:
        """Have on record what was tried here."""
        self.attempts.settle(leaving=True)
        await self._on_record.settled()

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
        try:
            await self.desk.warm_up()
        except PolicyError as error:
            self.unusable = str(error)
            self.exit(return_code=UNUSABLE)
            return
        await asyncio.to_thread(later.load)
        refuse_double_keys(type(self))
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
