"""Asking the shift lead without letting go of the call, and the shift lead's answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.safe_text import one_line, visible
from console.screens.line_dialog import LineScreen
from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from console.model import Consultation
    from console.screens.draft import Draft


class ConsultScreen(LineScreen):
    """The question to the shift lead; F5 decides at once, when something happens while it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "decide", words.call.DECIDE, priority=True, id="overleg.besluit"),
    ]

    def __init__(
        self,
        call_id: str,
        draft: Draft,
        ask: Callable[[str], Awaitable[str]],
        decide: Callable[[], Awaitable[None]],
    ) -> None:
        """Ask about this call; `decide` opens the decision."""
        super().__init__(
            words.consult.title(call_id),
            (words.consult.HOW, words.consult.ASK),
            draft,
            ask,
            then=words.consult.ENTER_ASKS,
            empty=words.consult.TYPE_QUESTION,
        )
        self._decide = decide

    async def action_decide(self) -> None:
        """Leave the question as it is and decide."""
        await self.action_leave()
        await self._decide()


class AnswerScreen(LineScreen):
    """The shift lead's answer to a question that still waits for one."""

    def __init__(self, asked: Consultation, draft: Draft, answer: Callable[[str], Awaitable[str]]) -> None:
        """Answer this question; what was typed before and not given stands in `draft`."""
        question = words.consult.asked_by(one_line(asked.asked_by), clock_time(asked.asked_at), visible(asked.question))
        super().__init__(
            words.consult.answer_title(asked.call_id),
            (question, words.consult.ANSWER),
            draft,
            answer,
            then=words.consult.ENTER_ANSWERS,
            empty=words.consult.TYPE_ANSWER,
        )
