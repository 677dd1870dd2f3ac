"""What is agreed with a caller, in lines: an appointment and who arranges it, and to whom a call is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.line_mode.choosing import add, one_of, one_or_words
from console.model import Appointment, AppointmentKind, PassedOn
from console.safe_text import one_line
from console.texts import words
from console.times import ago
from console.widgets.follow_up import same_number, standing_number

if TYPE_CHECKING:
    from console.line_mode.call import CallInLines
    from console.model import Detail


async def appointment(call: CallInLines) -> None:
    """Ask what was agreed, who arranges it, when and where; one of each kind stands at a time."""
    call.talk.say("", words.line_mode.WHICH_APPOINTMENT)
    kind = await one_of(call, [words.follow_up.APPOINTMENT[each] for each in AppointmentKind])
    if kind is None:
        call.talk.say(words.line_mode.NOTHING_RECORDED)
        return
    agreed = tuple(AppointmentKind)[kind]
    arranging = list(words.follow_up.ARRANGED_BY.values())
    call.talk.say(words.follow_up.WHO_ARRANGES)
    by = await one_of(call, [text for _party, text in arranging])
    call.talk.say(words.follow_up.ASK_WHEN[agreed])
    when = await call.ask(words.line_mode.PROMPT_TEXT) if by is not None else None
    if by is None or not when:
        call.talk.say(words.line_mode.NOTHING_RECORDED)
    elif await _kept(call, Appointment(agreed, arranging[by][0], when)):
        call.talk.say(words.follow_up.appointment(agreed, arranging[by][0], one_line(when)))


async def passed_on(call: CallInLines) -> None:
    """Ask to whom the call goes: a service, the earlier call of the same caller, or something else in words."""
    related = same_number(await call.desk.related(call.case))
    moment = call.desk.clock()
    earlier = [words.line_mode.earlier_call(each.call_id, ago(each.received_at, moment)) for each in related]
    services = list(words.follow_up.PASS_TO.values())
    call.talk.say("", words.follow_up.TO_WHOM)
    chosen = await one_or_words(call, [*services, *earlier], words.line_mode.NUMBER_OR_WORDS, in_words=True)
    if chosen is None:
        call.talk.say(words.line_mode.NOTHING_RECORDED)
        return
    if isinstance(chosen, str):
        to = PassedOn(chosen)
    elif chosen < len(services):
        to = PassedOn(services[chosen])
    else:
        to = PassedOn(words.follow_up.EARLIER, related[chosen - len(services)].call_id)
    if await _kept(call, to):
        call.talk.say(words.follow_up.passed_on(one_line(to.to), to.call_id))


async def _kept(call: CallInLines, detail: Detail) -> bool:
    number = standing_number(call.case.file, detail)
    if number is None:
        return await add(call, detail)
    return await call.step(lambda case: call.desk.change(case, number, detail))
