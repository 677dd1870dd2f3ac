"""Which call: the calls of the room as lines, a new one, or one by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.line_mode import paper, reading, too_old
from console.line_mode.call import CallInLines
from console.model import Board, QueueRow, Stage
from console.record import RecordError
from console.record.errors import AlreadyClaimed, NotAllowed
from console.safe_text import one_line
from console.texts import words
from console.times import elapsed
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from console.desk import Case, Desk
    from console.line_mode.talk import Talk

_SHOWN: Final = 20


class RoomInLines:
    """An operator and the calls of the room."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        """Nothing was listed yet."""
        self._desk = desk
        self._talk = talk
        self._listed: list[str] = []
        self._trouble = ""

    async def one(self, call_id: str) -> None:
        """Work on one call and be done."""
        await self._open(call_id)

    async def new(self) -> None:
        """Open a call that only came by telephone, work on it and be done."""
        await self._work_on(self._desk.new_call())

    async def work(self) -> None:
        """Say which calls there are, open what is asked for, until the operator stops."""
        self._talk.say(*((words.terms.EXERCISE,) if self._desk.settings.exercise else ()))
        await self._list()
        while (typed := await self._talk.ask(words.line_mode.PROMPT_CALL, self._look)) is not None:
            asked = typed.lower()
            if asked == words.line_mode.STOP:
                return
            if asked == words.line_mode.HELP_KEY:
                self._talk.say(*words.line_mode.HELP_QUEUE)
            elif asked in {words.line_mode.LIST, ""} or await self._did(typed):
                await self._list()
            else:
                self._talk.say(words.line_mode.NO_SUCH_CALL)

    async def _did(self, typed: str) -> bool:
        """Do what was asked for; False when it stands for nothing."""
        asked, _, more = typed.partition(" ")
        match asked.lower():
            case words.line_mode.NEW:
                await self.new()
            case words.line_mode.OLD:
                await too_old.go_through(self._desk, self._talk, self._look)
            case words.line_mode.SEARCH:
                await reading.search(self._desk, self._talk, self._look, more)
            case words.line_mode.PAPER:
                await self._enter()
            case _:
                call_id = self._meant(typed)
                if call_id is None:
                    return False
                await self._open(call_id)
        return True

    async def _enter(self) -> None:
        case = await paper.enter(self._desk, self._talk, self._look)
        if case is not None:
            await CallInLines(self._desk, self._talk, case).work()

    def _meant(self, typed: str) -> str | None:
        """The call of a line, or the one that has this number itself."""
        if typed.isascii() and typed.isdigit():
            number = int(typed[:9])
            return self._listed[number - 1] if 1 <= number <= len(self._listed) else None
        return typed if "-" in typed else None

    async def _list(self) -> None:
        try:
            board = await self._desk.board()
        except RecordError as error:
            self._talk.say(str(error))
            return
        rows = _in_order(board, self._desk.operator)
        self._listed = [row.call_id for row in rows]
        self._talk.say("", words.line_mode.QUEUE if rows else words.line_mode.EMPTY_QUEUE)
        self._talk.say(*(self._line(number, row) for number, row in enumerate(rows[:_SHOWN], 1)))
        if len(rows) > _SHOWN:
            self._talk.say(words.line_mode.more_rows(len(rows) - _SHOWN))
        self._talk.say(*([words.line_mode.some_too_old(board.too_old)] if board.too_old else []))
        self._talk.say(words.line_mode.CHOOSE_CALL)

    async def _look(self) -> list[str]:
        """Calls that came in since the list was said; they get the numbers after it."""
        try:
            board = await self._desk.board_if_changed()
        except RecordError as error:
            fresh = [] if str(error) == self._trouble else [str(error)]
            self._trouble = str(error)
            return fresh
        self._trouble = ""
        rows = [] if board is None else _in_order(board, self._desk.operator)
        new = [row for row in rows if row.call_id not in self._listed and row.stage is Stage.WAITING]
        self._listed += [row.call_id for row in new]
        first = len(self._listed) - len(new) + 1
        return [words.line_mode.new_call(self._line(number, row)) for number, row in enumerate(new, first)]

    def _line(self, number: int, row: QueueRow) -> str:
        owner = words.line_mode.YOURS if row.owner == self._desk.operator else one_line(row.owner or "")
        stage = words.terms.STAGE[row.stage] + (f", {owner}" if row.owner else "")
        if row.entered_later:
            stage += f", {words.paper.MARK.lower()}"
        if row.delivery is not None and not row.delivery.state.settled:
            stage += f", {words.line_mode.UNCONFIRMED}"
        return words.line_mode.row(
            number,
            row.call_id,
            stage,
            elapsed(row.received_at, self._desk.clock()),
            row.channel.value,
            one_line(row.place) or words.line_mode.NO_PLACE,
            one_line(row.first_words) or words.line_mode.NO_WORDS,
        )

    async def _open(self, call_id: str) -> None:
        try:
            case = await self._desk.take(call_id)
        except AlreadyClaimed as error:
            await self._take_over(call_id, error)
        except (RecordError, AnswerError, PolicyError) as error:
            self._talk.say(str(error))
        else:
            await CallInLines(self._desk, self._talk, case).work()

    async def _take_over(self, call_id: str, held: AlreadyClaimed) -> None:
        self._talk.say(str(held))
        try:
            await self._desk.demand("take_over")
        except NotAllowed as error:
            self._talk.say(str(error))
            return
        self._talk.say(words.line_mode.TAKE_OVER)
        if reason := await self._talk.ask(words.line_mode.PROMPT_TEXT, self._look):
            await self._work_on(self._desk.take_over(call_id, owner=held.owner, reason=reason))

    async def _work_on(self, claiming: Awaitable[Case]) -> None:
        try:
            case = await claiming
        except (RecordError, AnswerError, PolicyError) as error:
            self._talk.say(str(error))
        else:
            await CallInLines(self._desk, self._talk, case).work()


def _in_order(board: Board, operator: str) -> list[QueueRow]:
    """What waits first, then what is yours, then the rest; each as the board has it."""
    return sorted(board.rows, key=lambda row: (row.stage is not Stage.WAITING, row.owner != operator))
