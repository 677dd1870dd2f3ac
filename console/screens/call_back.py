"""A promise to call back: a moment typed as people say it, read back before it is recorded, kept with `enter`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Input

from console.domain.ahead import AheadError, moment_ahead
from console.safe_text import one_line
from console.screens.line_dialog import LineScreen
from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import CallBack
    from console.screens.draft import Draft


class CallBackScreen(LineScreen):
    """Without a promise it asks when; with one, `enter` alone says that it was kept and a new time moves it."""

    def __init__(
        self,
        call_id: str,
        number: str,
        promised: CallBack | None,
        clock: Callable[[], datetime],
        draft: Draft,
        promise: Callable[[datetime], Awaitable[str]],
        keep: Callable[[], Awaitable[str]],
    ) -> None:
        """Ask about this call; `promise` and `keep` give the empty text, or a sentence that says what is wrong."""
        shown = one_line(number)
        lines = [words.call_back.number(shown) if shown else words.call_back.no_number()]
        if promised is None:
            lines.append(words.call_back.WHEN)
        else:
            lines += [words.call_back.promised(said_time(promised.at, clock())), words.call_back.SET_AGAIN]

        async def give(text: str) -> str:
            if not text:
                return await keep()
            try:
                ahead = moment_ahead(text, clock())
            except AheadError as error:
                return str(error)
            return await promise(ahead.moment)

        super().__init__(
            words.call_back.title(call_id),
            lines,
            draft,
            give,
            then=words.call_back.ENTER_IS_DONE if promised else words.call_back.TYPE_A_TIME,
            empty="" if promised else words.call_back.TYPE_A_TIME,
        )
        self._clock = clock

    @on(Input.Changed)
    def _read_back(self, message: Input.Changed) -> None:
        """Say what the typed time means, or what is still wrong with it."""
        if not message.value.strip():
            return
        try:
            said = words.call_back.means(moment_ahead(message.value, self._clock()).read_back)
        except AheadError as error:
            said = str(error)
        self.next.update(Content(said))
