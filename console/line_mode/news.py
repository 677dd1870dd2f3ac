"""What changes in a call while its operator types: each line is said once, when it is first so."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from console.model import Link
from console.record import RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.widgets.outcome import outcome_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.desk import Case, Desk

_KEY: Final = re.compile(r"\bF(?:[2-9]|1[0-2])\b|\bctrl\+[a-z]\b")
_LASTS: Final = re.compile(r"\d+(?::\d\d)+")


def by_command(sentence: str) -> str:
    """Name in a sentence of the screen what is typed here instead of a key."""
    keys = words.line_mode.COMMANDS
    return _KEY.sub(lambda found: words.line_mode.command(keys.get(found[0], found[0])), sentence)


class News:
    """Looks at one call, and at the link with the CAD, for as long as it is in hand."""

    def __init__(self, desk: Desk) -> None:
        """Nothing was said yet."""
        self._desk = desk
        self._link = Link(None, None, None)
        self._said: set[str] = set()
        self._trouble = ""
        self._answered: set[int] = set()

    def begin(self, case: Case) -> None:
        """Take what was answered before for known."""
        self._answered = {each.number for each in case.file.consultations if not each.open}

    async def look(self, case: Case) -> tuple[Case, list[str]]:
        """Give the call as it now stands, and what is new since the last look."""
        try:
            board = await self._desk.board_if_changed()
            if board is not None:
                self._link = board.link
            case = await self._desk.see(case)
        except RecordError as error:
            return case, self._once(str(error))
        self._trouble = ""
        return case, [*self._lost(case), *self._fresh(self._outcome(case)), *self._answers(case)]

    async def standing(self, case: Case) -> list[str]:
        """Say how decision and dispatch stand now; empty when nothing was decided."""
        with suppress(RecordError):  # how the link is stays as it was last seen
            self._link = (await self._desk.board()).link
        lines = self._outcome(case)
        self._said = {_timeless(line) for line in lines}
        return lines

    def _outcome(self, case: Case) -> list[str]:
        settings = self._desk.settings
        told = outcome_words(case.file, link=self._link, cad_name=settings.cad_name, moment=self._desk.clock())
        return [by_command(each.text) for each in told]

    def _fresh(self, lines: Iterable[str]) -> list[str]:
        """What was not said the last time; that something lasts longer is no news."""
        lines = list(lines)
        fresh = [line for line in lines if _timeless(line) not in self._said]
        self._said = {_timeless(line) for line in lines}
        return fresh

    def _answers(self, case: Case) -> list[str]:
        fresh = [each for each in case.file.consultations if not each.open and each.number not in self._answered]
        self._answered |= {each.number for each in fresh}
        return [
            words.line_mode.answer_of_lead(one_line(each.answered_by or ""), one_line(each.answer or "", DISPLAY_LIMIT))
            for each in fresh
        ]

    def _lost(self, case: Case) -> list[str]:
        return [] if case.held else [words.call.lost_to(case.file.owner)]

    def _once(self, trouble: str) -> list[str]:
        fresh = [] if trouble == self._trouble else [trouble]
        self._trouble = trouble
        return fresh


def _timeless(line: str) -> str:
    return _LASTS.sub("", line)
