"""What an operator does with a call, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Channel, Choice, Claim, Delivery, Facts, Location, Role, Stage
from console.record import (
    AlreadyClaimed,
    Calls,
    DifferentCall,
    NotYours,
    RecordError,
    Rung,
    UnknownCall,
)
from tests.record.support import ADVERSARIAL, START, dispatch, draft, incoming, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.record import Outbox, Reader, Writer
    from tests.record.support import Clock


def taken(calls: Calls, name: str = "a-1", by: str = "jan") -> Claim:
    return calls.claim(calls.ring(incoming(name)).call_id, by)


def test_a_ringing_call_gets_a_number_and_is_all_there(calls: Calls, reader: Reader) -> None:
    assert calls.ring(incoming()) == Rung("26-0001", created=True)
    file = reader.file("26-0001")
    assert (file.incoming, file.stage, file.owner, file.fence) == (incoming(), Stage.WAITING, None, 0)
    assert (file.facts, file.answers, file.note, file.decisions, file.deliveries) == (Facts(), {}, "", (), ())


def test_the_same_call_again_is_the_same_call(calls: Calls, reader: Reader) -> None:
    first = calls.ring(incoming())
    later_zone = START.astimezone(timezone(timedelta(hours=1))) + timedelta(microseconds=900)
    assert calls.ring(incoming(received_at=later_zone)) == Rung(first.call_id, created=False)
    assert len(reader.board().rows) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": Channel.SERVICE},
        {"number": ""},
        {"name": "mevr. bakker"},
        {"location": Location("Brink 4, 9461 AS Gieten", 53.003, None)},
        {"first_words": "er staat een man aan de deur "},
        {"received_at": START + timedelta(milliseconds=1)},
    ],
)
def test_one_external_id_for_two_calls_is_refused_and_the_first_stands(
    calls: Calls, reader: Reader, changes: dict[str, Any]
) -> None:
    calls.ring(incoming())
    with pytest.raises(DifferentCall, match="26-0001"):
        calls.ring(incoming(**changes))
    assert reader.file("26-0001").incoming == incoming()
    assert len(reader.board().rows) == 1


def test_calls_without_external_id_are_always_new(calls: Calls) -> None:
    assert [calls.ring(incoming(None)).call_id for _ in range(3)] == ["26-0001", "26-0002", "26-0003"]


def test_the_number_starts_again_in_a_new_year_of_the_netherlands(calls: Calls, writer: Writer, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert calls.ring(incoming("oud")).call_id == "26-0001"
    clock.now = datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC)
    assert calls.ring(incoming("nieuw")).call_id == "27-0001"
    writer.submit(lambda transaction: transaction.run("UPDATE counter SET last = 9999 WHERE year = 27")).result()
    assert calls.ring(incoming("veel")).call_id == "27-10000"
    clock.now = datetime(2026, 12, 31, 22, 0, 0, tzinfo=UTC)  # the clock is set back over the new year
    assert calls.ring(incoming("terug")).call_id == "26-0002"


def test_a_call_by_hand_is_yours_at_once(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    file = reader.file(claim.call_id)
    assert (file.stage, file.owner, file.fence) == (Stage.IN_PROGRESS, "jan", claim.fence)
    assert (file.incoming.external_id, file.incoming.channel, file.incoming.received_at) == (None, Channel.OTHER, START)
    calls.answer(claim, "gaande", "ja")


def test_a_call_that_somebody_holds_names_who_and_since_when(calls: Calls, clock: Clock) -> None:
    claim = taken(calls)
    clock.forward(minutes=4)
    with pytest.raises(AlreadyClaimed, match="jan") as refusal:
        calls.claim(claim.call_id, "piet")
    assert (refusal.value.owner, refusal.value.since) == ("jan", START)
    calls.answer(claim, "gaande", "ja")


def test_taking_your_own_call_again_makes_the_older_screen_stale(calls: Calls, reader: Reader) -> None:
    old = taken(calls)
    new = calls.claim(old.call_id, "jan")
    assert new.fence == old.fence + 1
    with pytest.raises(NotYours, match="ander scherm"):
        calls.answer(old, "gaande", "nee")
    calls.answer(new, "gaande", "ja")
    assert reader.file(old.call_id).answers == {"gaande": "ja"}


STEPS: dict[str, Callable[[Calls, Claim], object]] = {
    "release": lambda calls, claim: calls.release(claim),
    "tell": lambda calls, claim: calls.tell(claim, Facts(address="Markt 1")),
    "answer": lambda calls, claim: calls.answer(claim, "gaande", "ja"),
    "note": lambda calls, claim: calls.note(claim, "belt mee"),
    "decide": lambda calls, claim: calls.decide(claim, draft(), dispatch(claim.call_id)),
    "give_reason": lambda calls, claim: calls.give_reason(claim, 1, "eigen inzicht"),
    "by_hand": lambda calls, claim: calls.by_hand(claim, "x"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["released", "older", "other owner", "newer"])
def test_a_stale_claim_can_do_nothing(calls: Calls, reader: Reader, writer: Writer, step: str, how: str) -> None:
    claim = taken(calls)
    if how == "released":
        calls.release(claim)
    elif how == "older":
        calls.claim(claim.call_id, "jan")
    else:
        claim = replace(claim, owner="piet") if how == "other owner" else replace(claim, fence=claim.fence + 1)
    before = reader.file(claim.call_id)
    with pytest.raises(NotYours, match="niet vastgelegd"):
        STEPS[step](calls, claim)
    assert reader.file(claim.call_id) == before
    assert rows(writer, "SELECT what FROM audit ORDER BY seq DESC LIMIT 1")[0]["what"].endswith("geweigerd")


@pytest.mark.parametrize("step", STEPS)
def test_a_call_that_is_not_there_is_named(calls: Calls, step: str) -> None:
    with pytest.raises(UnknownCall, match="26-0999"):
        STEPS[step](calls, Claim("26-0999", "jan", 1))
    with pytest.raises(UnknownCall, match="26-0999"):
        calls.claim("26-0999", "jan")


def test_release_puts_the_call_back_with_all_that_was_said(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    calls.answer(claim, "gaande", "ja")
    calls.note(claim, "mevr. 71")
    calls.release(claim)
    file = reader.file(claim.call_id)
    assert (file.stage, file.owner, file.claimed_at, file.answers, file.note) == (
        Stage.WAITING,
        None,
        None,
        {"gaande": "ja"},
        "mevr. 71",
    )
    assert calls.claim(claim.call_id, "piet").fence == claim.fence + 1


def test_facts_are_kept_in_every_version(calls: Calls, reader: Reader, writer: Writer) -> None:
    claim = taken(calls)
    first = Facts(address="Markt 1", callback="050-5512345", role=Role.THIRD_PARTY, speaks_freely=False)
    calls.tell(claim, first)
    calls.tell(claim, first)
    calls.tell(claim, replace(first, address="Markt 11", speaks_freely=None))
    assert reader.file(claim.call_id).facts == replace(first, address="Markt 11", speaks_freely=None)
    assert [row["address"] for row in rows(writer, "SELECT address FROM told ORDER BY seq")] == ["Markt 1", "Markt 11"]
    assert reader.board().rows[0].place == "Markt 11"


def test_answers_are_kept_in_every_version_and_the_newest_counts(calls: Calls, reader: Reader, writer: Writer) -> None:
    claim = taken(calls)
    for question, value in [("gaande", "ja"), ("wens", "nee"), ("gaande", "nee"), ("wens", None), ("gaande", "ja")]:
        calls.answer(claim, question, value)
    assert reader.file(claim.call_id).answers == {"gaande": "ja"}
    assert len(rows(writer, "SELECT * FROM answer")) == 5


def test_an_unchanged_note_writes_nothing(calls: Calls, writer: Writer) -> None:
    claim = taken(calls)
    calls.note(claim, "mevr. 71")
    before = rows(writer, "SELECT count(*) AS n FROM audit")
    calls.note(claim, "mevr. 71")
    assert rows(writer, "SELECT count(*) AS n FROM audit") == before


def test_a_decision_is_given_back_as_it_stands(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    decision = calls.decide(claim, draft(deviates=True), sent)
    file = reader.file(claim.call_id)
    assert file.decisions == (decision,)
    assert (decision.by, decision.at, decision.reason, decision.message_id) == ("jan", START, None, sent.message_id)
    assert (decision.answers, decision.suggestion, decision.policy) == (
        draft().answers,
        draft().suggestion,
        draft().policy,
    )
    assert (file.stage, file.owner) == (Stage.DECIDED, "jan")
    assert [(each.message_id, each.state) for each in file.deliveries] == [(sent.message_id, Delivery.READY)]


def test_confirming_twice_decides_once(calls: Calls, reader: Reader, outbox: Outbox, clock: Clock) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    decision = calls.decide(claim, draft(), sent)
    clock.forward(seconds=1)
    assert calls.decide(claim, draft(), sent) == decision
    calls.claim(claim.call_id, "jan")
    assert calls.decide(claim, draft(), sent) == decision, "a stale screen must still learn that it was recorded"
    assert len(reader.file(claim.call_id).decisions) == 1
    assert len(outbox.due(clock.now, 10)) == 1


@pytest.mark.parametrize(
    "change",
    [{"choice": Choice.PRIO2}, {"answers": {}}, {"deviates": True}, {"policy": None}],
)
def test_one_confirmation_cannot_stand_for_two_decisions(calls: Calls, reader: Reader, change: dict[str, Any]) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(), sent)
    if "policy" in change:
        change = {"policy": replace(draft().policy, version="1.1")}
    with pytest.raises(RecordError, match="al gebruikt"):
        calls.decide(claim, replace(draft(), **change), sent)
    with pytest.raises(RecordError, match="al gebruikt"):
        calls.decide(claim, draft(), replace(sent, callback="06-1"))
    with pytest.raises(RecordError, match="al gebruikt"):
        calls.decide(taken(calls, "a-2"), draft(), sent)
    assert len(reader.file(claim.call_id).decisions) == 1


def test_consulting_does_not_end_the_call(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    calls.decide(claim, draft(choice=Choice.CONSULT), None)
    assert reader.file(claim.call_id).stage == Stage.IN_PROGRESS
    calls.decide(claim, draft("twee", Choice.ADVICE), None)
    assert reader.file(claim.call_id).stage == Stage.DECIDED
    calls.decide(claim, draft("drie", Choice.CONSULT), None)
    assert reader.file(claim.call_id).stage == Stage.DECIDED


@pytest.mark.parametrize("choice", [Choice.PRIO1, Choice.PRIO2, Choice.PRIO3])
def test_a_unit_never_goes_without_a_dispatch_of_that_priority(calls: Calls, reader: Reader, choice: Choice) -> None:
    claim = taken(calls)
    wrong = 1 if choice.priority != 1 else 2
    for sent in (None, dispatch(claim.call_id, wrong)):
        with pytest.raises(RecordError, match="prioriteit"):
            calls.decide(claim, draft(choice=choice), sent)
    assert reader.file(claim.call_id).decisions == ()


def test_a_message_id_is_used_once(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(), sent)
    with pytest.raises(RecordError, match="eerder besluit"):
        calls.decide(claim, draft("twee"), sent)
    assert len(reader.file(claim.call_id).decisions) == 1


def test_an_addition_is_a_decision_of_its_own(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    calls.decide(claim, draft(), dispatch(claim.call_id))
    calls.decide(claim, draft("twee"), dispatch(claim.call_id))
    file = reader.file(claim.call_id)
    assert [decision.id for decision in file.decisions] == [1, 2]
    assert len(file.deliveries) == 2


def test_a_decided_call_stays_decided_when_it_is_taken_and_put_back(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    calls.decide(claim, draft(choice=Choice.ADVICE), None)
    calls.release(claim)
    assert (reader.file(claim.call_id).stage, reader.file(claim.call_id).owner) == (Stage.DECIDED, None)
    calls.claim(claim.call_id, "piet")
    assert (reader.file(claim.call_id).stage, reader.file(claim.call_id).owner) == (Stage.DECIDED, "piet")


def test_a_reason_is_given_once_and_stays(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    decision = calls.decide(claim, draft(deviates=True), dispatch(claim.call_id))
    with pytest.raises(RecordError, match="leeg"):
        calls.give_reason(claim, decision.id, " ")
    assert reader.board().rows[0].reason_missing
    calls.give_reason(claim, decision.id, "lokale kennis")
    calls.give_reason(claim, decision.id, "lokale kennis")
    with pytest.raises(RecordError, match="staat al een reden"):
        calls.give_reason(claim, decision.id, "iets anders")
    assert reader.file(claim.call_id).decisions[0].reason == "lokale kennis"
    assert not reader.board().rows[0].reason_missing


def test_a_reason_needs_a_deviating_decision_of_this_call(calls: Calls) -> None:
    claim, other = taken(calls), taken(calls, "a-2")
    decision = calls.decide(claim, draft(), dispatch(claim.call_id))
    with pytest.raises(RecordError, match="wijkt niet af"):
        calls.give_reason(claim, decision.id, "reden")
    with pytest.raises(RecordError, match="hoort geen besluit"):
        calls.give_reason(other, decision.id, "reden")


def test_what_was_passed_on_by_hand_is_not_sent(calls: Calls, outbox: Outbox, reader: Reader, clock: Clock) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(), sent)
    calls.by_hand(claim, sent.message_id)
    calls.by_hand(claim, sent.message_id)
    assert reader.deliveries(claim.call_id)[0].state == Delivery.BY_HAND
    assert outbox.due(clock.now, 10) == []
    assert outbox.pending() == 0
    with pytest.raises(RecordError, match="hoort geen bericht"):
        calls.by_hand(claim, "onbekend")


def test_what_the_cad_confirmed_needs_no_hand(calls: Calls, outbox: Outbox, reader: Reader) -> None:
    claim = taken(calls)
    sent = dispatch(claim.call_id)
    calls.decide(claim, draft(), sent)
    outbox.sending(sent.message_id)
    outbox.accepted(sent.message_id, "GMS-1")
    with pytest.raises(RecordError, match="al bevestigd"):
        calls.by_hand(claim, sent.message_id)
    assert reader.deliveries(claim.call_id)[0].state == Delivery.ACCEPTED


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_text_from_outside_comes_back_to_the_letter(
    calls: Calls, reader: Reader, outbox: Outbox, clock: Clock, text: str
) -> None:
    call = incoming(f"x{text}", number=text, name=text, location=Location(text), first_words=text)
    call_id = calls.ring(call).call_id
    claim = calls.claim(call_id, f"jan{text}")
    facts = Facts(address=text, callback=text)
    calls.tell(claim, facts)
    calls.answer(claim, f"vraag{text}", text)
    calls.note(claim, text)
    sent = dispatch(
        call_id,
        message_id=f"m{text}",
        location=Location(text),
        caller_name=text,
        briefing=(text, text, text),
        details=(text,),
    )
    made = draft(f"t{text}", answers={text: text}, deviates=True)
    decision = calls.decide(claim, made, sent)
    calls.give_reason(claim, decision.id, f"r{text}")
    file = reader.file(call_id)
    assert (file.incoming, file.owner, file.facts, file.note) == (call, f"jan{text}", facts, text)
    assert file.answers == {f"vraag{text}": text}
    assert (file.decisions[0].answers, file.decisions[0].reason) == ({text: text}, f"r{text}")
    assert outbox.due(clock.now, 1)[0].dispatch == sent
    assert reader.board().rows[0].first_words == text[:200]


def test_half_a_character_is_refused_with_a_sentence(calls: Calls, reader: Reader) -> None:
    claim = taken(calls)
    before = reader.file(claim.call_id)
    half = "\ud83d"
    for attempt in (
        lambda: calls.ring(incoming("b", name=half)),
        lambda: calls.claim(half, "jan"),
        lambda: calls.claim(claim.call_id, half),
        lambda: calls.tell(claim, Facts(address=half)),
        lambda: calls.answer(claim, "gaande", half),
        lambda: calls.note(claim, half),
        lambda: calls.decide(claim, draft(half), dispatch(claim.call_id)),
        lambda: calls.decide(claim, draft(answers={"x": half}), dispatch(claim.call_id)),
        lambda: calls.decide(claim, draft(), dispatch(claim.call_id, caller_name=half)),
        lambda: calls.by_hand(claim, half),
    ):
        with pytest.raises(RecordError, match="half teken"):
            attempt()
    assert reader.file(claim.call_id) == before


@pytest.mark.parametrize("degrees", [float("nan"), float("inf")])
def test_a_place_that_is_no_place_is_refused(calls: Calls, reader: Reader, degrees: float) -> None:
    with pytest.raises(RecordError, match="coördinaat"):
        calls.ring(incoming(location=Location("Brink", degrees, 6.0)))
    claim = taken(calls)
    with pytest.raises(RecordError, match="coördinaat"):
        calls.decide(claim, draft(), dispatch(claim.call_id, location=Location("Brink", 53.0, degrees)))
    assert len(reader.board().rows) == 1


def test_a_moment_without_zone_is_a_mistake_of_the_program(calls: Calls, reader: Reader) -> None:
    with pytest.raises(ValueError, match="time zone"):
        calls.ring(incoming(received_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the mistake itself
    with pytest.raises(RecordError, match="tijdstip"):
        calls.ring(incoming(received_at=datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))))
    assert reader.board().rows == ()
