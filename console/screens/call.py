"""One call: its keys, and what each of them does with the checklist and the facts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from console.desk import RecordError
from console.screens.advising_call import AdvisingCall
from console.screens.deciding_call import DecidingCall
from console.screens.past_call import PastCallScreen
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.asking import Answered, Refused, Reply
from console.widgets.presses import Press


class CallScreen(DecidingCall, AdvisingCall):
    """The operator's place during a call."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "history", words.call.HISTORY, show=False, priority=True, id="melding.logboek"),
        Binding("pagedown", "read(1)", words.call.READ_ON, show=False, priority=True, id="melding.verder"),
        Binding("pageup", "read(-1)", words.call.READ_BACK, show=False, priority=True, id="melding.terugblad"),
        Binding("escape", "screen.back", words.call.TO_QUEUE, priority=True, id="melding.terug"),
    ]

    async def action_ask_press(self, character: str) -> None:
        """Do what a printable key means in the checklist; the same key again only when it can have been meant."""
        answered = self.presses.acted
        match self.presses.judge(self.checklist.shown_at):
            case Press.COUNTS:
                reply = self.asking.press(character)
                self.presses.did(reply.question if isinstance(reply, Answered) else None)
                await self._react(reply)
            case Press.HELD if answered and await self._step(lambda case: self.desk.reopen(case, answered)):
                self.asking.go(answered)
                self.checklist.redraw()
                self.say(words.call.held(character, self.asking.number(answered)))
            case _:
                self.say(words.call.too_soon(character))

    async def action_ask_enter(self) -> None:
        """Confirm what was typed in the checklist."""
        await self._react(self.asking.enter())

    async def action_ask_erase(self) -> None:
        """Take back a letter, or the answer under the cursor."""
        question = self.asking.cursor
        if self.asking.typing or self.asking.jumping is not None:
            await self._react(self.asking.erase())
        elif question not in self.case.state.answers:
            self.say(words.call.NOTHING_TO_ERASE)
        elif await self._step(lambda case: self.desk.reopen(case, question)):
            self.asking.go(question)
            self.checklist.redraw()
            self.say(self._about_danger() or words.call.ERASED)

    def action_ask_move(self, lines: int) -> None:
        """Go to another question."""
        self.asking.move(lines)
        self.checklist.redraw()

    def action_read(self, pages: int) -> None:
        """Read on in the right-hand column."""
        self.column.page(pages)

    async def action_back(self) -> None:
        """Leave what is being typed, else go back to the queue with the call still in hand."""
        if self.focused is self.note:
            self.set_focus(self.checklist)
        elif self.asking.back():
            self.checklist.redraw()
        elif await self._all_kept() or self._told_lost:
            await self._leave()
        elif not self.case.held:
            self._told_lost = True
            self.say(words.call.LOST_UNKEPT)

    async def _leave(self) -> None:
        """Go back to the queue, and say there what became of a call that was opened by mistake."""
        closed = await self.desk.leave(self.case)
        await self.run_action("app.leave_call")
        if closed and isinstance(self.app.screen, RoomScreen):
            self.app.screen.say(closed)

    async def _react(self, reply: Reply) -> None:
        self.say(reply.sentence if isinstance(reply, Refused) else "")
        if isinstance(reply, Answered):
            await self._answer(reply)
        else:
            self.checklist.redraw()

    async def _answer(self, reply: Answered) -> None:
        if not await self._step(lambda case: self.desk.answer(case, reply.question, reply.value), go_on=True):
            return
        kept = self.case.state.answers[reply.question]
        if kept != reply.value:
            self.say(self._about_danger())
        self.post_message(self.Kept(reply.question, kept))

    def _about_danger(self) -> str:
        if self.case.file.facts.speaks_freely is False:
            return words.call.DANGER_STAYS
        return ""

    async def action_history(self) -> None:
        """Read everything that was recorded of this call, and which others share something with it."""
        if await self._all_kept() and await self._step(self.desk.see):
            try:
                looked = await self.desk.read_through(self.case)
            except RecordError as error:
                self.say(str(error))
                return
            await self.go_to(PastCallScreen(self.desk, looked))
