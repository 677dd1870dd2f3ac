"""News after a dispatch, in lines: said as it will reach the crew, sent after a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.record import RecordError
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words

if TYPE_CHECKING:
    from console.line_mode.call import CallInLines


async def add(call: CallInLines) -> None:
    """Say what the CAD was not told yet, and send it as an addition: it asks for no other unit."""
    if not await call.step(call.desk.see):
        return
    cad_name = call.desk.settings.cad_name
    try:
        news = await call.desk.propose_addition(call.case)
    except RecordError as error:
        call.talk.say(str(error))
        return
    if news is None:
        call.talk.say(words.line_mode.no_news(cad_name))
        return
    call.talk.say("", words.line_mode.addition(cad_name, news.priority))
    call.talk.say(*(one_line(line, DISPLAY_LIMIT) for line in (*news.briefing, *news.told_once)))
    call.talk.say(words.line_mode.SEND_NEWS)
    while not call.left and await call.sure():
        if await call.step(lambda case: call.desk.send_addition(case, news)):
            call.talk.say(words.line_mode.NEWS_SENT)
            return
        call.talk.say(words.line_mode.TRY_AGAIN)
    call.talk.say(words.line_mode.NOTHING_RECORDED)
