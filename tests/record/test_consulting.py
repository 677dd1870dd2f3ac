"""A question to the shift lead stays beside its call, is answered once, and keeps the call before everybody's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.model import Choice, Consultation
from console.record import NotYours, RecordError, UnknownCall, engine
from console.record.typed import answer_to
from console.record.verifying import verify
from tests.record.support import ADVERSARIAL, START, draft, incoming, rows
from tests.record.tampering import opened

if TYPE_CHECKING:
    from console.model import Claim
    from console.record import Calls, Home, Reader, Writer
    from tests.record.support import Clock


@pytest.fixture
def claim(calls: Calls) -> Claim:
    return calls.claim(calls.ring(incoming()).call_id, "jan")


def test_a_question_is_taken_up_and_answered_while_the_call_stays_where_it_is(
    calls: Calls, reader: Reader, clock: Clock, claim: Claim
) -> None:
    assert calls.consult(claim, "mag dit naar bureau?") == 1
    asked = Consultation(1, claim.call_id, "mag dit naar bureau?", START, "jan")
    assert reader.board().rows[0].consultation == asked
    clock.forward(seconds=20)
    calls.take_up(claim.call_id, 1, "lead")
    seen = reader.file(claim.call_id).consultations[0]
    assert (seen.seen_at, seen.seen_by, seen.open) == (clock.now, "lead", True)
    clock.forward(seconds=20)
    before = reader.board()
    calls.reply(claim.call_id, 1, "nee, prio 2", "lead")
    file, board = reader.file(claim.call_id), reader.board()
    assert file.consultations == (
        Consultation(
            number=1,
            call_id=claim.call_id,
            question="mag dit naar bureau?",
            asked_at=START,
            asked_by="jan",
            seen_at=seen.seen_at,
            seen_by="lead",
            answered_at=clock.now,
            answered_by="lead",
            answer="nee, prio 2",
        ),
    )
    assert (file.owner, file.fence) == ("jan", claim.fence)
    assert (before.rows[0].consultation, board.rows[0].consultation) == (seen, None)
    assert board.version > before.version, "who asked must see that there is an answer"
    calls.note(claim, "verder")


def test_the_first_question_that_waits_is_on_the_board(calls: Calls, reader: Reader, claim: Claim) -> None:
    assert [calls.consult(claim, text) for text in ("een", "twee", "een")] == [1, 2, 1]
    calls.reply(claim.call_id, 1, "ja", "lead")
    asked = reader.board().rows[0].consultation
    assert asked is not None
    assert asked.question == "twee"
    assert calls.consult(claim, "een") == 3, "it may be asked again once it was answered"


def test_a_decided_call_stays_on_the_board_until_its_question_is_answered(
    calls: Calls, reader: Reader, claim: Claim
) -> None:
    calls.consult(claim, "klopt dit?")
    calls.decide(claim, draft(choice=Choice.ADVICE), None)
    calls.release(claim)
    assert [row.call_id for row in reader.board().rows] == [claim.call_id]
    calls.reply(claim.call_id, 1, "ja", "lead")
    assert reader.board().rows == ()


def test_what_cannot_be_is_refused_in_words_and_changes_nothing(calls: Calls, writer: Writer, claim: Claim) -> None:
    calls.consult(claim, "een")
    calls.take_up(claim.call_id, 1, "lead")
    calls.consult(claim, "twee")
    calls.reply(claim.call_id, 2, "ja", "lead")
    before = rows(writer, "SELECT * FROM audit") + rows(writer, "SELECT * FROM consultation")
    with pytest.raises(RecordError, match="vraag is leeg"):
        calls.consult(claim, " ")
    with pytest.raises(RecordError, match="antwoord is leeg"):
        calls.reply(claim.call_id, 1, "\n", "lead")
    with pytest.raises(RecordError, match="geen vraag 3"):
        calls.reply(claim.call_id, 3, "ja", "lead")
    with pytest.raises(RecordError, match="geen vraag 0"):
        calls.take_up(claim.call_id, 0, "lead")
    with pytest.raises(RecordError, match="lead kijkt al naar deze vraag"):
        calls.take_up(claim.call_id, 1, "piet")
    with pytest.raises(RecordError, match=r"lead heeft deze vraag al beantwoord \(14:00\)"):
        calls.reply(claim.call_id, 2, "nee", "piet")
    with pytest.raises(RecordError, match="al beantwoord"):
        calls.reply(claim.call_id, 2, "ja", "piet")
    with pytest.raises(RecordError, match="al beantwoord"):
        calls.take_up(claim.call_id, 2, "piet")
    with pytest.raises(UnknownCall):
        calls.reply("26-0099", 1, "ja", "lead")
    assert rows(writer, "SELECT * FROM audit") + rows(writer, "SELECT * FROM consultation") == before


def test_the_same_again_costs_no_write(calls: Calls, writer: Writer, claim: Claim) -> None:
    calls.consult(claim, "een")
    calls.take_up(claim.call_id, 1, "lead")
    calls.reply(claim.call_id, 1, "ja", "lead")
    before = rows(writer, "SELECT * FROM audit")
    calls.take_up(claim.call_id, 1, "lead")
    calls.reply(claim.call_id, 1, "ja", "lead")
    assert rows(writer, "SELECT * FROM audit") == before
    assert [row["what"] for row in before][-3:] == ["overleg gevraagd", "overleg opgepakt", "overleg beantwoord"]
    assert "een" not in str([row["details"] for row in before])


def test_who_lost_the_call_asks_nothing(calls: Calls, reader: Reader, claim: Claim) -> None:
    calls.claim(claim.call_id, "jan")
    with pytest.raises(NotYours):
        calls.consult(claim, "een")
    assert reader.file(claim.call_id).consultations == ()


@pytest.mark.parametrize("text", ADVERSARIAL[:-1])
def test_any_text_comes_back_as_it_was_typed(calls: Calls, reader: Reader, home: Home, claim: Claim, text: str) -> None:
    calls.reply(claim.call_id, calls.consult(claim, text), text, text)
    (asked,) = reader.file(claim.call_id).consultations
    assert (asked.question, asked.answer, asked.answered_by) == (text, text, text)
    assert verify(home).faults == ()


CRIMES = [
    "UPDATE consultation SET question = 'x' WHERE number = 1",
    "UPDATE consultation SET asked_by = 'x' WHERE number = 1",
    "UPDATE consultation SET asked_at = '2026-11-21T12:00:00.123Z' WHERE number = 1",
    "UPDATE consultation SET number = 9 WHERE number = 1",
    "UPDATE consultation SET seen_by = 'x' WHERE number = 1",
    "UPDATE consultation SET seen_at = NULL, seen_by = NULL WHERE number = 1",
    "UPDATE consultation SET answer = 'x' WHERE number = 1",
    "UPDATE consultation SET answer = NULL, answered_at = NULL, answered_by = NULL WHERE number = 1",
    "DELETE FROM consultation WHERE number = 1",
]


@pytest.mark.parametrize("crime", CRIMES)
def test_what_was_asked_and_answered_stands(calls: Calls, home: Home, claim: Claim, crime: str) -> None:
    calls.consult(claim, "een")
    calls.consult(claim, "twee")
    for number in (2, 1):
        calls.take_up(claim.call_id, number, "lead")
        calls.reply(claim.call_id, number, f"ja {number}", "lead")
    connection = engine.connect(home.database)
    try:
        with pytest.raises(engine.sqlite.IntegrityError, match=r"stands|taken up once"):
            connection.execute(crime)
    finally:
        connection.close()
    assert verify(home).whole
    with opened(home) as connection:
        assert connection.execute(crime).rowcount > 0
    (fault,) = verify(home).faults
    assert claim.call_id in fault.sentence


def test_an_answer_that_nobody_gave_is_found(calls: Calls, home: Home, claim: Claim) -> None:
    calls.consult(claim, "een")
    with opened(home) as connection:
        connection.execute("UPDATE consultation SET answer = 'ja', answered_at = asked_at, answered_by = 'lead'")
    assert "waar het logboek niets van weet" in verify(home).faults[0].sentence


def test_an_answer_that_is_typed_and_not_given_is_kept_for_who_took_it_up_and_goes_with_it(
    calls: Calls, reader: Reader, home: Home, claim: Claim
) -> None:
    def typed(by: str) -> str:
        return reader.ask(lambda connection: answer_to(connection, claim.call_id, 1, by))

    calls.consult(claim, "een")
    with pytest.raises(NotYours):
        calls.draft_answer(claim.call_id, 1, "n", "lead")
    calls.take_up(claim.call_id, 1, "lead")
    for text in ("n", "nee, pr", "nee, pr"):
        calls.draft_answer(claim.call_id, 1, text, "lead")
    with pytest.raises(NotYours, match="lead"):
        calls.draft_answer(claim.call_id, 1, "ja", "ander")
    assert (typed("lead"), typed("ander")) == ("nee, pr", "")
    assert reader.file(claim.call_id).consultations[0].open
    calls.reply(claim.call_id, 1, "nee", "lead")
    assert typed("lead") == ""
    with pytest.raises(NotYours, match="lead"):
        calls.draft_answer(claim.call_id, 1, "nee, prio 1", "lead")
    assert verify(home).faults == ()
