"""With a colleague, in lines: asking the shift lead, and giving the call away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import RecordError
from console.texts import words

if TYPE_CHECKING:
    from console.line_mode.call import CallInLines


async def consult(call: CallInLines) -> None:
    """Ask the shift lead something; the call stays with who asks."""
    call.talk.say("", words.line_mode.ASK_WHAT)
    if not (question := await call.ask(words.line_mode.PROMPT_TEXT)):
        call.talk.say(words.line_mode.NOTHING_RECORDED)
    elif await call.step(lambda case: call.desk.consult(case, question)):
        call.talk.say(words.line_mode.ASKED)


async def hand_over(call: CallInLines) -> None:
    """Give the call to a colleague or back to the queue, with what they must know."""
    call.talk.say("", words.line_mode.TO_WHOM)
    to = await call.ask(words.line_mode.PROMPT_NAME)
    if not to:
        call.talk.say(words.line_mode.NOTHING_RECORDED)
        return
    call.talk.say(words.line_mode.WHAT_TO_KNOW)
    while note := await call.ask(words.line_mode.PROMPT_TEXT):
        try:
            await call.desk.hand_over(call.case, None if to.lower() == words.line_mode.QUEUE_AGAIN else to, note)
        except RecordError as error:
            call.talk.say(words.line_mode.not_kept(str(error)))
            return
        call.left = True
        call.talk.say(words.line_mode.HANDED_OVER)
        return
    call.talk.say(words.line_mode.NOTHING_RECORDED)
