"""How a call stands, in lines: what is known, why the suggestion is so, what to say, what became of a dispatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.line_mode import header, noting, questions
from console.texts import words
from console.widgets.suggestion import bounds_words
from console.widgets.together import agreed_words
from console.widgets.trace_rows import summary_words

if TYPE_CHECKING:
    from console.desk import Case
    from console.line_mode.call import CallInLines


def suggestion(case: Case) -> tuple[str, ...]:
    """Say what is certain of the urgency, then after the victim's wish, and the reason where an answer gives one."""
    state = case.state
    said = words.line_mode.urgency(bounds_words(state.urgency))
    if case.said is state:
        said += words.line_mode.after_wish(bounds_words(state))
    nothing_yet = not state.urgency.final and state.urgency.at_least.rank == 0
    return (said,) if nothing_yet else (said, questions.reason(state.urgency)[0])


async def everything(call: CallInLines) -> None:
    """Say all that stands."""
    call.talk.say(*header.lines(call.case), *questions.answers(call.case.state), *noting.lines(call.case))
    file = call.case.file
    call.talk.say(*(line.text for line in agreed_words(file, call.desk.clock())))
    call.talk.say(*([summary_words(file)] if summary_words(file) else []))
    call.talk.say(*await call.news.standing(call.case))


async def why(call: CallInLines) -> None:
    """Say what is certain, with the smallest reason and its sources."""
    call.talk.say(*suggestion(call.case)[:1], *questions.reason(call.case.said))


async def what_to_say(call: CallInLines) -> None:
    """Say what the caller should hear now."""
    call.talk.say(*call.fitting() or [words.line_mode.NOTHING_TO_SAY])


async def dispatches(call: CallInLines) -> None:
    """Say what was decided and how each dispatch stands."""
    call.talk.say(*(await call.news.standing(call.case) or [words.line_mode.NOTHING_SENT]))
