"""The operator's console: wires the desk to the screens and routes what they say; it decides nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key

from console.desk import NotAllowed, NotYours, RecordError
from console.model import Attempt, Stage
from console.screens import later
from console.screens.draft import KeptDraft
from console.screens.messages import CallOpened
from console.screens.queue import QueueScreen
from console.screens.room import RoomScreen
from console.screens.uncovered import Uncovered
from console.screens.watching import WatchingApp
from console.texts import words
from console.widgets.key_hints import key_name
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete
    from textual.events import Event
    from textual.screen import Screen

    from console.desk import Case, Desk
    from console.model import Consultation, PaperForm, QueueRow
    from console.model.overview import AskedCall


class ConsoleApp(WatchingApp, inherit_bindings=False):
    """One operator's console on one desk."""

    CSS_PATH = "app.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "app.refuse_interrupt", "", show=False, system=True, id="app.onderbreken"),
        Binding("ctrl+q", "app.leave", words.app.LEAVE, show=False, priority=True, id="app.stoppen"),
    ]

    def __init__(self, desk: Desk, upkeep: Callable[[], None] | None = None, *, locked: bool = False) -> None:
        """Work at this desk."""
        super().__init__(desk, upkeep, locked=locked)
        self._told_what_is_in_hand = False
        self._answers: dict[tuple[str, int], KeptDraft] = {}
        self._key = Key("", None)
        self._uncovered = Uncovered()
        self._paper: dict[str, str] = {}

    def on_mount(self) -> None:
        """Show the queue, keep looking at the room, let the clocks run."""
        self.push_screen(QueueScreen(self.desk, sound=self.sound.on))
        self.watch_room()

    async def on_unmount(self) -> None:
        """Finish what is being written, also when the console is told to end."""
        for draft in self._answers.values():
            await draft.settled()

    async def on_event(self, event: Event) -> None:
        """Leave out keys that were typed for what closed; tell the others to the screen in front before they act.

        On the queue a key takes away what was said about the one before.
        """
        if isinstance(event, Key) and not event.is_forwarded and self.screen_stack:
            typed = self.focused is not None and self.focused.check_consume_key(event.key, event.character)
            event = event if typed else _without_caps_lock(event)
            if not typed and self._uncovered.is_too_soon(event, self.screen):
                self.refused(words.app.for_what_closed(key_name(event.key)))
                return
            self._told_what_is_in_hand &= event.key == "ctrl+q"
            self._key = event
            if isinstance(self.screen, RoomScreen):
                self.screen.hear(event.key, event.time)
            if isinstance(self.screen, QueueScreen):
                self.screen.say("")
        await super().on_event(event)

    def pop_screen(self) -> AwaitComplete:
        """Close what is in front; what is behind it takes no key that was typed before it could be seen."""
        closed = super().pop_screen()
        self._uncovered.closed(self._key, self.screen)
        return closed

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if renderable is not None and (at := self.painting_at()) is not None:
            self._uncovered.painted(screen, at)

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
        """Leave the console, from the queue only; calls in hand stay in hand.

        In a locked one that ends the session, so that who still has calls hears it first and presses once more.
        """
        if not isinstance(self.screen, QueueScreen):
            self._refuse_leaving(words.app.LEAVE_FROM_CALL)
        elif self.locked and (mine := self._in_hand) and not self._told_what_is_in_hand:
            self._told_what_is_in_hand = True
            self.refused(words.locked.still_yours(mine))
        else:
            self.exit(0)

    @property
    def _in_hand(self) -> list[str]:
        rows = self._board.rows if self._board is not None else ()
        return [row.call_id for row in rows if row.owner == self.desk.operator and row.stage is Stage.IN_PROGRESS]

    def _refuse_leaving(self, sentence: str) -> None:
        if self.locked:
            self.attempted(Attempt.LEAVE, sentence)
        else:
            self.refused(sentence)

    async def action_leave_call(self) -> None:
        """Go back to the queue, onto the call that was left undecided: one key too many then opens no other."""
        call = self._call
        if call is None:
            return
        await self.pop_screen()
        self._catch_up()
        if isinstance(self.screen, QueueScreen):
            self.screen.list.go_to(call.case.file.call_id)
        self.post_message(call.Left(call.case.file.call_id))

    def action_refuse_interrupt(self) -> None:
        """ctrl+c ends nothing by accident; say how to leave."""
        self._refuse_leaving(
            words.app.LEAVE_IN_QUEUE if isinstance(self.screen, QueueScreen) else words.app.LEAVE_FROM_CALL
        )

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
        if not await self._may("take_over"):
            return

        async def take(reason: str) -> str:
            try:
                case = await self.desk.take_over(row.call_id, owner=str(owner), reason=reason)
            except RecordError as error:
                return str(error)
            except (AnswerError, PolicyError) as error:
                return words.app.cannot_open(words.app.call(row.call_id), str(error))
            asking.dismiss(None)
            await self._show(case)
            return ""

        asking = later.TakeOverScreen(row, take)
        await self.push_screen(asking)

    async def action_overview(self) -> None:
        """Show the whole room at a glance."""
        if isinstance(self.screen, QueueScreen):
            await self.screen.go_to(later.OverviewScreen(self.desk))

    async def action_take_up(self) -> None:
        """Say that you look at the question in hand; whoever asked sees so."""
        asked = self._asked_here()
        if asked is None:
            self.refused(words.consult.NO_QUESTION)
            return
        try:
            await self.desk.take_up(asked.call_id, asked.number)
        except RecordError as error:
            self.refused(str(error))
        else:
            self.refused(words.overview.taken_up(asked.call_id))

    async def action_answer(self) -> None:
        """Answer the question in hand; whoever asked sees who looks."""
        asked = self._asked_here()
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
            draft = await self._answer_typed(asked)
        except RecordError as error:
            self.refused(str(error))
            return
        await self.push_screen(later.AnswerScreen(asked, draft, answer))

    async def _answer_typed(self, asked: Consultation) -> KeptDraft:
        """What was typed as the answer to a question, with the one keeper that writes it."""
        which = asked.call_id, asked.number

        async def write(text: str) -> None:
            await self.desk.draft_answer(*which, text)

        def failed(error: RecordError) -> bool:
            self.refused(words.call.not_kept(words.call.THE_DRAFT, str(error)))
            return not isinstance(error, NotYours)

        if which not in self._answers:
            self._answers[which] = KeptDraft(await self.desk.typed_answer(*which), write, failed)
        return self._answers[which]

    def _asked_here(self) -> Consultation | None:
        """The question about the call under the cursor or chosen on the board, else the oldest one."""
        rows = self._board.rows if self._board is not None else ()
        waiting = sorted((row.consultation for row in rows if row.consultation), key=lambda each: each.asked_at)
        here: QueueRow | AskedCall | None = None
        if isinstance(self.screen, QueueScreen):
            here = self.screen.list.current
        elif isinstance(self.screen, later.OverviewScreen):
            here = self.screen.chosen
        here_first = [each for each in waiting if here is not None and each.call_id == here.call_id]
        return next(iter([*here_first, *waiting]), None)

    async def action_open_call(self, call_id: str) -> None:
        """Go on in another call, such as the earlier one of a caller who was cut off."""
        await self._open(self.desk.take(call_id), words.app.call(call_id))

    async def action_new_call(self) -> None:
        """Open a call that only came by telephone."""
        await self._open(self.desk.new_call(), words.app.NEW_CALL)

    async def action_history(self) -> None:
        """Search in all calls that were recorded."""
        if isinstance(self.screen, QueueScreen) and await self._may("find"):
            await self.screen.go_to(later.HistoryScreen(self.desk))

    async def action_too_old(self) -> None:
        """See what was not delivered for too long, and say whether it must go."""
        if isinstance(self.screen, QueueScreen) and await self._may("aged"):
            await self.screen.go_to(later.TooOldScreen(self.desk))

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

    async def action_paper(self) -> None:
        """Enter calls that were handled on paper; a form that was left half stands there again."""
        if not isinstance(self.screen, QueueScreen):
            return
        try:
            policy, free = await self.desk.paper_policy(), await self.desk.free_paper_numbers()
        except (RecordError, PolicyError) as error:
            self.refused(str(error))
            return

        async def enter(form: PaperForm, token: str) -> str:
            try:
                case = await self.desk.enter(form, token)
            except (RecordError, AnswerError, PolicyError) as error:
                return str(error)
            if case is not None:
                self._paper.clear()
                await self._show(case)
            return ""

        await self.screen.go_to(later.PaperScreen(self.desk, policy, free, self._paper, enter))

    def action_sound(self) -> None:
        """Ring the bell, or no longer."""
        self.sound.on = not self.sound.on
        if isinstance(self.screen, QueueScreen):
            self.screen.show_sound(on=self.sound.on)

    async def _may(self, operation: str) -> bool:
        """Tell whether the roles of this account allow it, and say so where they do not."""
        try:
            await self.desk.demand(operation)
        except NotAllowed as error:
            self.refused(str(error))
            return False
        return True

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
        screen.hear(self._key.key, self._key.time)
        screen.presses.did("")
        await self.push_screen(screen)
        screen.status.trouble(self._trouble)
        self.post_message(CallOpened(case.file.call_id))

    async def _stop_reading(self) -> None:
        while isinstance(self.screen, later.HistoryScreen | later.PastCallScreen | later.PaperScreen):
            await self.pop_screen()


def _without_caps_lock(event: Key) -> Key:
    """A capital is the same key as its letter where it is no text."""
    letter = event.character or ""
    if not letter.isupper():
        return event
    small = Key(letter.lower(), letter.lower())
    small.time = event.time
    return small
