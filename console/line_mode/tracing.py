"""What an investigator can go on with, in lines: payments, data carriers, and the traces that a crime form leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.domain import leads
from console.domain.amounts import cents_of
from console.domain.form_help import traces_of
from console.line_mode.choosing import add, one_of
from console.model import Clue, ClueKind, Device, Payee, Payment, Secured, Securing
from console.screens.details import payee_of
from console.screens.traces import SECURING
from console.texts import words
from console.widgets import trace_rows

if TYPE_CHECKING:
    from console.domain.form_help import ToKeep
    from console.line_mode.call import CallInLines

_MARK: Final = re.compile(r"([0-9]{1,3}) ?([a-z])")


async def payment(call: CallInLines) -> None:
    """Ask for a payment what a bank or shop needs to stop it; an empty line leaves a part open."""
    call.talk.say("", words.line_mode.PAYMENT)
    asked = (words.traces.HOW_MUCH, words.traces.ACCOUNT, words.traces.NAME, words.traces.WHEN)
    amount, account, name, at = [await _told(call, question) for question in asked]
    cents = cents_of(amount)
    if amount and cents is None:
        call.talk.say(words.line_mode.AMOUNT_IS_A_TRACE)
        await add(call, Clue(ClueKind.AMOUNT, amount, amount, valid=False))
    call.talk.say(words.traces.TO_WHOM)
    to = await one_of(call, [words.traces.PAYEE[each] for each in Payee])
    if cents is None and to is None and not (account or name or at):
        call.talk.say(words.line_mode.NOTHING_RECORDED)
        return
    paid = Payment(payee_of(account) if to is None else tuple(Payee)[to], cents, account, name, at)
    if await add(call, paid):
        call.talk.say(words.traces.kept([trace_rows.payment_words(paid)]), trace_rows.lacking_words(paid))


async def device(call: CallInLines) -> None:
    """Ask for a data carrier that the unit must look for or leave as it is."""
    call.talk.say("")
    what, state = await _told(call, words.traces.WHAT), await _told(call, words.traces.STATE)
    if not what and not state:
        call.talk.say(words.line_mode.NOTHING_RECORDED)
        return
    found = Device(what or words.traces.SOME_DEVICE, state)
    if await add(call, found):
        call.talk.say(words.traces.kept([trace_rows.device_words(found)]))


async def checklist(call: CallInLines) -> None:
    """Say what was kept, then how each trace of the crime form stands; a number and a letter say how it stands now."""
    lines = traces_of(call.case.file.answers.get("vorm"))
    kept = [trace_rows.clue_words(clue) for _number, clue in leads.clues(call.case.file)]
    call.talk.say("", words.traces.kept(kept) if kept else words.traces.NOTHING_KEPT)
    call.talk.say(*(_line(call, number, each) for number, each in enumerate(lines, 1)), words.line_mode.CHECKS)
    while not call.left and (typed := await call.ask(words.line_mode.PROMPT_NUMBER)):
        if typed.lower() == words.line_mode.NO_LEADS:
            await _no_leads(call)
        elif marks := _marks(typed.lower(), len(lines)):
            for number, how in marks:
                await _secure(call, lines[number - 1].id, how)
            call.talk.say(*(_line(call, number, lines[number - 1]) for number, _how in marks))
        else:
            call.talk.say(words.line_mode.CHECKS)


async def _told(call: CallInLines, question: str) -> str:
    call.talk.say(question)
    return (await call.ask(words.line_mode.PROMPT_TEXT) or "").strip()


async def _no_leads(call: CallInLines) -> None:
    if leads.has_leads(call.case.file):
        call.talk.say(words.traces.THERE_ARE_LEADS)
        return
    await _secure(call, leads.LEADS, Securing.ABSENT)
    call.talk.say(*([words.line_mode.LEADS_ASKED] if leads.none_known(call.case.file) else []))


async def _secure(call: CallInLines, trace: str, how: Securing | None) -> None:
    number = leads.number_of_secured(call.case.file, trace)
    if how is None:
        if number is not None:
            await call.step(lambda case: call.desk.take_back(case, number))
    elif number is None:
        await add(call, Secured(trace, how))
    else:
        await call.step(lambda case: call.desk.change(case, number, Secured(trace, how)))


def _line(call: CallInLines, number: int, trace: ToKeep) -> str:
    how = leads.secured(call.case.file).get(trace.id)
    said = words.line_mode.NOT_TOLD if how is None else words.traces.SECURING[how]
    return words.line_mode.choice(number, f"{trace.text}: {said}")


def _marks(typed: str, count: int) -> list[tuple[int, Securing | None]]:
    """Read `1g 3v`; empty when any of it says nothing."""
    found = [(int(number), letter) for number, letter in _MARK.findall(typed)]
    whole = not _MARK.sub("", typed).strip()
    if not whole or not all(1 <= number <= count and letter in SECURING for number, letter in found):
        return []
    return [(number, SECURING[letter]) for number, letter in found]
