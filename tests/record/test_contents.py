"""What stands in a call is held beside its audit: nobody changes an answer or a decision and leaves the log alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.model import Choice, DraftPlace, Facts, Location, Role
from console.record import Calls, Home, Outbox, Reader, Writer, audit, contents
from console.record.chain import Log
from console.record.verifying import verify
from tests.record import tampering
from tests.record.support import ADVERSARIAL, START, dispatch, draft, home_in, incoming
from tests.record.test_audit import a_whole_call

if TYPE_CHECKING:
    from pathlib import Path

    from console.record.writer import Transaction
    from tests.record.support import Clock


def a_call_in_two_assessments(calls: Calls, outbox: Outbox, clock: Clock) -> None:
    """Call 26-0001, with some of everything that a call can hold."""
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.answer(claim, "gaande", "nee")
    calls.answer(claim, "gevaar", "nee")
    calls.answer(claim, "gevaar", None)
    calls.tell(claim, Facts("Brink 4", "050-123", Role.VICTIM, speaks_freely=False))
    calls.tell(claim, Facts())
    calls.note(claim, "mevr. 71")
    calls.note(claim, "mevr. 72")
    one = calls.decide(claim, draft("besluit 1", Choice.ADVICE, deviates=True), None)
    two = calls.decide(claim, draft("besluit 2", Choice.PRIO2, deviates=True), dispatch(claim.call_id, 2, "bericht-1"))
    clock.forward(hours=-1)
    calls.give_reason(claim, two.id, "melder belde terug")
    calls.give_reason(claim, one.id, "melder twijfelde")
    clock.forward(hours=2)
    calls.draft_choice(claim, Choice.PRIO1)
    calls.draft_text(claim, DraftPlace.QUESTION, "half")
    calls.reassess(claim, since=START, answers={"laatste_handeling": "3"})
    calls.hand_over(claim, "piet", "dienst voorbij")
    taken = calls.take_over(claim.call_id, "anna", owner="piet", reason="piet is weg")
    calls.answer(taken, "gaande", "ja")
    sent = dispatch(claim.call_id, 1, "bericht-2")
    calls.decide(taken, draft("besluit 3", Choice.PRIO1), sent)
    outbox.sending("bericht-1")
    outbox.accepted("bericht-1", "GMS-7")
    outbox.refused("bericht-1", "toch niet")
    calls.by_hand(taken, "bericht-2")


@pytest.fixture
def home(tmp_path: Path, clock: Clock) -> Home:
    home = home_in(tmp_path)
    with Writer.open(home, clock=clock) as writer:
        a_call_in_two_assessments(Calls(writer), Outbox(writer), clock)
        a_whole_call(Calls(writer), Outbox(writer))
    return home


def test_what_was_only_recorded_fits(home: Home) -> None:
    assert verify(home).faults == ()


CHANGES = {
    "number": "UPDATE call SET number = '06-1' WHERE id = '26-0001'",
    "place": "UPDATE call SET lat = lat + 0.0001 WHERE id = '26-0001'",
    "words": "UPDATE call SET first_words = '' WHERE id = '26-0001'",
    "moment": "UPDATE call SET received_at = '2026-11-21T12:00:00.123Z' WHERE id = '26-0001'",
    "salt": "UPDATE call SET salt = randomblob(32) WHERE id = '26-0001'",
    "note": "UPDATE call SET note = '' WHERE id = '26-0001'",
    "answer": "UPDATE answer SET value = 'ja' WHERE question = 'gaande'",
    "answer opened": "UPDATE answer SET value = 'nee' WHERE value IS NULL",
    "answered by": "UPDATE answer SET by = 'piet' WHERE seq = 1",
    "answered at": "UPDATE answer SET at = '2026-11-21T12:00:00.123Z' WHERE seq = 1",
    "answer gone": "DELETE FROM answer WHERE seq = 1",
    "last answer gone": "DELETE FROM answer WHERE seq = (SELECT max(seq) FROM answer WHERE call_id = '26-0001')",
    "answer more": "INSERT INTO answer (call_id, question, value, at, by) VALUES ('26-0001', 'wens', 'ja', '', 'jan')",
    "facts": "UPDATE told SET speaks_freely = NULL WHERE seq = 1",
    "fact more": "INSERT INTO told (call_id, at, by, address, callback) VALUES ('26-0001', '', 'jan', 'x', '')",
    "choice": "UPDATE decision SET choice = 'advies' WHERE token = 'besluit 3'",
    "policy version": "UPDATE decision SET policy = json_set(policy, '$.version', '9.9') WHERE token = 'besluit 3'",
    "policy text": "UPDATE decision SET policy = json_set(policy, '$.text_hash', 'ffff') WHERE token = 'besluit 3'",
    "answers decided on": "UPDATE decision SET answers = '{}' WHERE token = 'besluit 3'",
    "suggestion": "UPDATE decision SET suggestion = replace(suggestion, 'P1a', 'P1b') WHERE token = 'besluit 3'",
    "deviates": "UPDATE decision SET deviates = 0 WHERE token = 'besluit 2'",
    "decided at": "UPDATE decision SET at = '2026-11-21T12:00:00.123Z' WHERE token = 'besluit 3'",
    "reason": "UPDATE decision SET reason = 'anders' WHERE token = 'besluit 2'",
    "reason gone": "UPDATE decision SET reason = NULL WHERE token = 'besluit 1'",
    "dispatch": "UPDATE dispatch SET body = replace(body, 'Brink 4', 'Brink 5') WHERE message_id = 'bericht-2'",
    "state": "UPDATE dispatch SET state = 'bevestigd' WHERE message_id = 'bericht-1'",
    "sent again": "UPDATE dispatch SET state = 'klaargezet' WHERE message_id = 'bericht-2'",
    "dispatch gone": "DELETE FROM dispatch WHERE message_id = 'bericht-2'",
    "transfer": "UPDATE transfer SET reason = 'op verzoek' WHERE seq = 2",
    "transfer gone": "DELETE FROM transfer WHERE seq = 2",
    "assessment": "UPDATE assessment SET \"from\" = '2026-11-21T12:00:00.123Z'",
    "assessment gone": "DELETE FROM assessment",
    "assessment of the call": "UPDATE call SET assessment = 1 WHERE id = '26-0001'",
    "call gone": "DELETE FROM call WHERE id = '26-0001'",
    "call more": """INSERT INTO call (id, salt, channel, number, name, address, first_words, received_at, rung_at,
        stage, fence) VALUES ('26-0099', zeroblob(32), '112', '', '', '', '', '2026-11-21T12:00:00.123Z', '',
        'wacht', 0)""",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_behind_the_logs_back_is_found(home: Home, what: str) -> None:
    with tampering.opened(home) as connection:
        assert connection.execute(CHANGES[what]).rowcount > 0
    (fault,) = verify(home).faults
    assert fault.log is Log.AUDIT
    assert ("26-0099" if what == "call more" else "26-0001") in fault.sentence


def test_of_several_calls_each_first_fault_is_named(home: Home) -> None:
    with tampering.opened(home) as connection:
        connection.execute("UPDATE answer SET value = 'ja'")
    assert [fault.sentence[:23] for fault in verify(home).faults] == [
        "In melding 26-0001 is e",
        "In melding 26-0002 is e",
    ]


def test_a_call_that_was_purged_says_nothing_any_more_and_that_is_no_fault(home: Home) -> None:
    with Writer.open(home) as writer:
        writer.submit(_purge, "26-0001").result()
    assert verify(home).faults == ()
    with tampering.opened(home) as connection:
        connection.execute("DELETE FROM call WHERE id = '26-0001'")
    assert verify(home).faults == ()


def _purge(transaction: Transaction, call_id: str) -> None:
    audit.write(transaction, "beheer", contents.PURGED, call_id, {})


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_any_text_fits_its_digest(tmp_path: Path, text: str) -> None:
    home = home_in(tmp_path / "x")
    with Writer.open(home) as writer:
        calls = Calls(writer)
        calls.ring(incoming(text or "leeg", number=text, name=text, first_words=text))
        claim = calls.claim("26-0001", text)
        calls.answer(claim, text, text)
        calls.tell(claim, Facts(text, text))
        calls.note(claim, text)
        calls.decide(claim, draft(text, Choice.ADVICE, answers={text: text}), None)
    assert verify(home).faults == ()
    with Reader.open(home) as reader:
        assert reader.file("26-0001").note == text


def test_a_number_written_without_decimals_is_the_same_number(tmp_path: Path) -> None:
    home = home_in(tmp_path / "x")
    with Writer.open(home) as writer:
        Calls(writer).ring(incoming(location=Location("", 53, 7)))
    assert verify(home).faults == ()
