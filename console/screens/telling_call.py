"""A call and what is told of it: the facts, the traces, and what is recognised in the note."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from console.model import DraftPlace
from console.screens.facts import FactsScreen
from console.screens.notes import Notes
from console.screens.open_call import OpenCall
from console.screens.traces import TracesScreen
from console.texts import words
from console.times import local
from console.widgets.line_input import keys_taken
from console.widgets.offer import offers
from console.widgets.trace_rows import clue_words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.desk import Case, Desk
    from console.model import Clue
    from console.screens.notes import Step

PAUSE_SECONDS: Final = 0.15
"""A note is looked at when the hand rests: nothing is recognised at each letter of a number."""


class TellingCall(OpenCall):
    """The keys of a call that note what is told."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "facts", words.call.FACTS, priority=True, id="melding.gegevens"),
        Binding("f3", "traces", words.traces.TRACES, priority=True, id="melding.sporen"),
        Binding("f4", "note", words.call.NOTE, priority=True, id="melding.notitie"),
        Binding("ctrl+o", "keep_offered", words.traces.KEEP_OFFERED, show=False, priority=True, id="melding.herkend"),
        Binding("ctrl+p", "freely", words.call.FREELY, show=False, priority=True, id="melding.vrij"),
    ]

    def __init__(self, desk: Desk, case: Case) -> None:
        """Open a call that was just claimed."""
        super().__init__(desk, case)
        self.offer = Static(markup=False, id="aanbod")
        self.offer.display = False
        self._resting: asyncio.TimerHandle | None = None
        self.notes = Notes(
            desk, lambda: self.case.file, self._take, lambda error: self._say_not_kept(words.call.THE_FACTS, error)
        )

    def compose_above_note(self) -> ComposeResult:
        """What is recognised in the note stands above it."""
        yield self.offer

    def on_mount(self) -> None:
        """A note that was typed before has its offers too."""
        self._note_typed()

    async def on_unmount(self) -> None:
        """Look at nothing any more."""
        if self._resting is not None:
            self._resting.cancel()

    async def action_facts(self) -> None:
        """Ask where the caller is, how to call back and for whom they call."""
        unkept = self._facts.unkept
        file = self.case.file if unkept is None else replace(self.case.file, facts=unkept, told=True)
        await self.app.push_screen(FactsScreen(file, self._facts.keep, self.notes))

    async def action_traces(self) -> None:
        """See what an investigator can go on with, and add to it."""
        await self.app.push_screen(TracesScreen(self.notes, self.desk.clock, self.drafts[DraftPlace.TRACE]))

    def action_note(self) -> None:
        """Type in the note."""
        self.set_focus(self.note)

    def action_freely(self) -> None:
        """Note that the caller cannot speak freely, or take that back: then it is to be asked."""
        told = self._told()
        cannot = told.speaks_freely is not False
        self._facts.keep(replace(told, speaks_freely=False if cannot else None))
        self.say(words.call.CANNOT_SPEAK if cannot else words.call.MAY_SPEAK)

    async def action_keep_offered(self) -> None:
        """Keep what is offered; pressed again, the next one."""
        await keys_taken(self.note)
        found = self._offers(self.note.value)
        if not found:
            self.say(words.traces.NOTHING_OFFERED)
            return
        trouble = await self.notes.keep(found[0])
        self.say(trouble or words.traces.kept([clue_words(found[0])]))
        self._show_offer(self._offers(self.note.value))

    @on(Input.Changed, "#notitie")
    def _note_typed(self) -> None:
        """Look when the hand rests, by a plain timer: a worker for each letter would cost more than its paint."""
        if self._resting is not None:
            self._resting.cancel()
        self._resting = asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._look_at_note)

    @work(group="herkennen", exclusive=True)
    async def _look_at_note(self) -> None:
        note = self.note.value
        found = await asyncio.to_thread(self._offers, note)
        if note == self.note.value:
            self._show_offer(found)

    def _offers(self, note: str) -> tuple[Clue, ...]:
        return offers(self.case.file, note, local(self.desk.clock()).date())

    def _show_offer(self, found: tuple[Clue, ...]) -> None:
        self.offer.display = bool(found)
        if found:
            self.offer.update(Content(words.traces.offered(clue_words(found[0]), len(found) - 1)))

    async def _take(self, step: Step) -> None:
        async with self._turn:
            self._show(await step(self.case))

    async def _all_kept(self) -> bool:
        return await super()._all_kept() and await self.notes.settled()

    def _show(self, case: Case) -> None:
        super()._show(case)
        self.notes.changed()
