"""What is open between people in a call: questions to the shift lead with their answers, and what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Appointment, CallBack, OpenedByMistake, PassedOn
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import clock_time, elapsed, said_time
from console.widgets.panel import Words

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import CallFile, Consultation, KnownDetail

SHOWN_QUESTIONS: Final = 3


def consultation_words(file: CallFile, moment: datetime) -> tuple[Words, ...]:
    """Say what was asked and what was answered, the newest first."""
    newest = sorted(file.consultations, key=lambda each: each.number, reverse=True)[:SHOWN_QUESTIONS]
    return tuple(line for each in newest for line in _asked(each, moment))


def agreed_words(file: CallFile, moment: datetime) -> tuple[Words, ...]:
    """Say what was agreed with the caller: whom they go to, when, and when they are called back."""
    lines = (_agreed(each, moment) for each in file.details if not each.taken_back)
    return tuple(Words(line, hang=2) for line in lines if line)


def promised_call_back(file: CallFile) -> KnownDetail | None:
    """The promise to call back that must be kept first; None when there is none to keep."""
    open_ones = [
        (each.detail.at, each)
        for each in file.details
        if isinstance(each.detail, CallBack) and not each.detail.done and not each.taken_back
    ]
    return min(open_ones, key=lambda pair: pair[0])[1] if open_ones else None


def call_back_words(file: CallFile, moment: datetime) -> str:
    """Say when the caller is called back, for the title of their call; empty when nobody promised it.

    That the moment came is said on the line for what waits and in the column; the title keeps the time.
    """
    known = promised_call_back(file)
    if known is None or not isinstance(known.detail, CallBack):
        return ""
    return words.together.call_back(said_time(known.detail.at, moment), "")


def _asked(each: Consultation, moment: datetime) -> list[Words]:
    question = words.together.question(each.number, clock_time(each.asked_at), one_line(each.question, DISPLAY_LIMIT))
    if each.answer is not None:
        at = clock_time(each.answered_at) if each.answered_at else ""
        answer = words.together.answer(one_line(str(each.answered_by)), at, one_line(each.answer, DISPLAY_LIMIT))
        return [Words(answer, hang=2, style="bold"), Words(question, hang=2)]
    if each.seen_by is not None and each.seen_at is not None:
        stands = words.together.taken_up(one_line(each.seen_by), clock_time(each.seen_at))
    else:
        stands = words.together.waits(elapsed(each.asked_at, moment))
    return [Words(question, hang=2), Words(f"  {stands}", hang=2)]


def _agreed(each: KnownDetail, moment: datetime) -> str:
    match each.detail:
        case Appointment(kind, made_by, when):
            return words.follow_up.appointment(kind, made_by, one_line(when))
        case PassedOn(to, call_id):
            return words.follow_up.passed_on(one_line(to), one_line(call_id))
        case OpenedByMistake():
            return words.details.OPENED_BY_MISTAKE
        case CallBack(at, number, _why, done):
            kept = words.together.called_back(said_time(at, moment))
            return kept if done else _promised(at, one_line(number), moment)
        case _:
            return ""


def _promised(at: datetime, number: str, moment: datetime) -> str:
    say = words.together.call_back_due if at <= moment else words.together.call_back
    return say(said_time(at, moment), number)
