"""Asking the shift lead: a question beside the call, which stays with who asked; taken up and answered once.

To answer nobody needs a claim, so that helping a colleague never takes the call from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.record import audit
from console.record.asked import ANSWERED, ASKED, TAKEN_UP, consultation_of, of_call
from console.record.errors import NotYours, RecordError, UnknownCall
from console.record.rows import check_text, to_text
from console.record.typed import answer_to
from console.safe_text import one_line
from console.texts import words
from console.times import said_time

if TYPE_CHECKING:
    from console.model import Claim, Consultation
    from console.record.engine import Row
    from console.record.writer import Transaction


ANSWER_TYPED: Final = "antwoord"


def ask(transaction: Transaction, claim: Claim, call: Row, question: str) -> int:
    """Write a question of a claim that was found current on `call`; gives its number.

    The same question that still waits for its answer is not asked twice.
    """
    check_text(question)
    if not question.strip():
        raise RecordError(words.record.EMPTY_QUESTION)
    asked = of_call(transaction.connection, claim.call_id)
    for each in asked:
        if each.open and each.question == question:
            return each.number
    number = len(asked) + 1
    transaction.run(
        "INSERT INTO consultation (call_id, number, question, asked_at, asked_by) VALUES (?, ?, ?, ?, ?)",
        claim.call_id,
        number,
        question,
        to_text(transaction.now),
        claim.owner,
    )
    _tell_audit(transaction, claim.owner, ASKED, claim.call_id, number, audit.digest(call["salt"], [number, question]))
    return number


def take_up(transaction: Transaction, call_id: str, number: int, by: str) -> None:
    """Write who looks at a question. The same person again costs no write; a second person is refused."""
    check_text(by)
    salt, asked = _asked(transaction, call_id, number)
    if asked.seen_by == by:
        return
    _demand_open(transaction, asked)
    if asked.seen_by is not None:
        raise RecordError(words.record.taken_up(one_line(str(asked.seen_by)), call_id))
    transaction.run(
        "UPDATE consultation SET seen_at = ?, seen_by = ? WHERE call_id = ? AND number = ?",
        to_text(transaction.now),
        by,
        call_id,
        number,
    )
    _tell_audit(transaction, by, TAKEN_UP, call_id, number, audit.digest(salt, number))


def draft_answer(transaction: Transaction, call_id: str, number: int, text: str, by: str) -> None:
    """Keep how the answer stands that `by`, who took the question up, is typing; an unchanged one costs no write."""
    check_text(text, by)
    salt, asked = _asked(transaction, call_id, number)
    if answer_to(transaction.connection, call_id, number, by) == text:
        return
    if not asked.open:
        raise NotYours(_answered(transaction, asked))
    if asked.seen_by != by:
        raise NotYours(words.record.taken_up(one_line(str(asked.seen_by)), call_id))
    transaction.run("UPDATE consultation SET typed = ? WHERE call_id = ? AND number = ?", text, call_id, number)
    details: audit.Details = {"plaats": ANSWER_TYPED, "inhoud": audit.digest(salt, [number, text])}
    audit.write(transaction, by, "getypt", call_id, details)


def reply(transaction: Transaction, call_id: str, number: int, answer: str, by: str) -> None:
    """Write the answer. The same answer of the same person again costs no write; any other one is refused."""
    check_text(answer, by)
    if not answer.strip():
        raise RecordError(words.record.EMPTY_ANSWER)
    salt, asked = _asked(transaction, call_id, number)
    if (asked.answer, asked.answered_by) == (answer, by):
        return
    _demand_open(transaction, asked)
    transaction.run(
        """UPDATE consultation SET answer = ?, answered_at = ?, answered_by = ?, typed = ''
        WHERE call_id = ? AND number = ?""",
        answer,
        to_text(transaction.now),
        by,
        call_id,
        number,
    )
    _tell_audit(transaction, by, ANSWERED, call_id, number, audit.digest(salt, [number, answer]))


def _asked(transaction: Transaction, call_id: str, number: int) -> tuple[bytes, Consultation]:
    check_text(call_id)
    call = transaction.one("SELECT salt FROM call WHERE id = ?", call_id)
    if call is None:
        raise UnknownCall(call_id)
    row = transaction.one("SELECT * FROM consultation WHERE call_id = ? AND number = ?", call_id, number)
    if row is None:
        raise RecordError(words.record.no_question(call_id, number))
    return call["salt"], consultation_of(row)


def _demand_open(transaction: Transaction, asked: Consultation) -> None:
    if not asked.open:
        raise RecordError(_answered(transaction, asked))


def _answered(transaction: Transaction, asked: Consultation) -> str:
    when = said_time(asked.answered_at, transaction.now) if asked.answered_at else ""
    return words.record.answered(one_line(str(asked.answered_by)), when)


def _tell_audit(transaction: Transaction, who: str, what: str, call_id: str, number: int, content: str) -> None:
    audit.write(transaction, who, what, call_id, {"overleg": number, "inhoud": content})
