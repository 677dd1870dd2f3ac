"""Who holds a call: alive or silent, taken over or handed over, always one, and never by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Choice, Claim, DraftPlace, Facts, Stage, Transfer
from console.record import AlreadyClaimed, Calls, NotYours, RecordError, UnknownCall, Writer, claiming
from console.record.leasing import FRESH_FOR, RENEW_EVERY, STALE_AFTER
from console.safe_text import one_line
from tests.record.support import ADVERSARIAL, START, Clock, dispatch, draft, incoming, rows

if TYPE_CHECKING:
    from console.model import CallFile, QueueRow
    from console.record import Home, Reader


def held(calls: Calls, by: str = "jan", name: str = "a-1") -> Claim:
    return calls.claim(calls.ring(incoming(name)).call_id, by)


def on_board(reader: Reader) -> QueueRow:
    (row,) = reader.board().rows
    return row


def trail(writer: Writer) -> list[tuple[str, str]]:
    return [(row["who"], row["what"]) for row in rows(writer, "SELECT who, what FROM audit ORDER BY seq")]


# The lease


def test_a_claim_without_a_sign_is_marked_and_nothing_else_happens(calls: Calls, reader: Reader, clock: Clock) -> None:
    claim = held(calls)
    assert (on_board(reader).stale_since, reader.file(claim.call_id).stale_since) == (None, None)
    clock.forward(seconds=30)
    assert on_board(reader).stale_since is None
    clock.forward(milliseconds=1)
    row = on_board(reader)
    assert (row.stale_since, row.owner, row.claimed_at) == (START, "jan", START)
    assert reader.file(claim.call_id).stale_since == START
    clock.forward(days=3)
    with pytest.raises(AlreadyClaimed):
        calls.claim(claim.call_id, "piet")
    calls.note(claim, "nog steeds van mij")
    assert on_board(reader).owner == "jan"


def test_a_sign_of_life_takes_the_mark_away(calls: Calls, reader: Reader, clock: Clock) -> None:
    claim = held(calls)
    clock.forward(seconds=40)
    assert on_board(reader).stale_since == START
    assert calls.renew([claim]) == ()
    assert on_board(reader).stale_since is None


def test_what_renews_in_time_is_never_marked(calls: Calls, reader: Reader, clock: Clock) -> None:
    claims = [held(calls, name=str(number)) for number in range(3)]
    for _ in range(40):
        clock.forward(seconds=RENEW_EVERY.total_seconds())
        assert calls.renew(claims) == ()
        assert [row.stale_since for row in reader.board().rows] == [None, None, None]
    assert FRESH_FOR + RENEW_EVERY < STALE_AFTER / 2, "a missed look must not mark anybody"


def test_signs_of_life_leave_no_trail_and_write_only_now_and_then(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claims = [held(calls, name=str(number)) for number in range(3)]
    before = trail(writer)
    reader.changed()
    writes = []
    for _ in range(12):
        clock.forward(seconds=5)
        calls.renew(claims)
        writes.append(reader.changed())
    assert writes == [False, True] * 6
    assert trail(writer) == before


def test_renewing_nothing_costs_nothing(calls: Calls) -> None:
    assert calls.renew([]) == ()


def test_a_claim_that_was_lost_is_told_and_not_renewed(calls: Calls, reader: Reader, clock: Clock) -> None:
    mine, lost, gone = (held(calls, name=str(number)) for number in range(3))
    calls.take_over(lost.call_id, "piet", owner="jan", reason="scherm hangt")
    calls.release(gone)
    unknown = Claim("26-0099", "jan", 1)
    clock.forward(seconds=40)
    assert calls.renew([mine, lost, gone, unknown]) == (lost, gone, unknown)
    assert [row.stale_since for row in reader.board().rows] == [None, START, None]


def test_an_older_screen_of_the_same_operator_keeps_nothing_alive(calls: Calls, reader: Reader, clock: Clock) -> None:
    older = held(calls)
    newer = calls.claim(older.call_id, "jan")
    clock.forward(seconds=40)
    assert calls.renew([older]) == (older,)
    assert on_board(reader).stale_since == START
    assert calls.renew([older, newer]) == (older,)
    assert on_board(reader).stale_since is None


def test_a_claim_lost_between_the_look_and_the_sign_is_not_renewed(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claim = held(calls)
    calls.take_over(claim.call_id, "piet", owner="jan", reason="scherm hangt")
    clock.forward(seconds=40)
    writer.submit(claiming.renew, [claim]).result()
    assert on_board(reader).stale_since == START


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_put_back_or_forth_keeps_nobody_alive(
    calls: Calls, reader: Reader, clock: Clock, hours: int
) -> None:
    alive, dead = held(calls, name="alive"), held(calls, name="dead")
    clock.forward(hours=hours)
    calls.renew([alive])
    marks = {row.call_id: row.stale_since for row in reader.board().rows}
    assert marks == {alive.call_id: None, dead.call_id: START}


# Taking over


@pytest.mark.parametrize("silent", [False, True])
def test_taking_over_gives_the_call_with_all_that_was_said(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock, silent: bool
) -> None:
    claim = held(calls)
    calls.answer(claim, "gaande", "ja")
    calls.note(claim, "mevr. 71")
    calls.tell(claim, Facts(address="Brink 4"))
    clock.forward(seconds=90 if silent else 1)
    taken = calls.take_over(claim.call_id, "piet", owner="jan", reason="jan is weg")
    assert (taken.call_id, taken.owner) == (claim.call_id, "piet")
    assert taken.fence > claim.fence
    file = reader.file(claim.call_id)
    assert (file.owner, file.claimed_at, file.stale_since) == ("piet", clock.now, None)
    assert (file.answers, file.note, file.facts.address) == ({"gaande": "ja"}, "mevr. 71", "Brink 4")
    assert file.transfers == (Transfer(clock.now, "piet", "jan", "piet", "jan is weg"),)
    assert trail(writer)[-1] == ("piet", "overgenomen")
    calls.answer(taken, "gaande", "nee")


def test_the_former_owner_hears_who_has_it_since_when_and_why(calls: Calls, clock: Clock, writer: Writer) -> None:
    claim = held(calls)
    clock.forward(minutes=5)
    calls.take_over(claim.call_id, "piet", owner="jan", reason="scherm van jan hangt")
    expected = (
        "Melding 26-0001 is niet meer van u; dit is niet vastgelegd. De melding is nu van piet. "
        "piet heeft die overgenomen (14:05): “scherm van jan hangt”. Overleg met piet."
    )
    sent = dispatch(claim.call_id)
    for write in (
        lambda: calls.answer(claim, "gaande", "ja"),
        lambda: calls.note(claim, "x"),
        lambda: calls.tell(claim, Facts("x")),
        lambda: calls.decide(claim, draft(), sent),
        lambda: calls.draft_choice(claim, Choice.PRIO1),
        lambda: calls.reassess(claim),
        lambda: calls.hand_over(claim, "kees", "x"),
        lambda: calls.release(claim),
    ):
        with pytest.raises(NotYours, match=f"^{re.escape(expected)}$"):
            write()
    assert [what for who, what in trail(writer)[-8:]] == [
        "beantwoord geweigerd",
        "notitie geweigerd",
        "gegevens geweigerd",
        "besluit geweigerd",
        "keuze geweigerd",
        "herbeoordeling geweigerd",
        "overgedragen geweigerd",
        "teruggezet geweigerd",
    ]


def test_taking_over_needs_a_reason_and_another_owner(calls: Calls, reader: Reader, writer: Writer) -> None:
    claim = held(calls)
    for reason in ("", "  \n"):
        with pytest.raises(RecordError, match="waarom u deze melding overneemt"):
            calls.take_over(claim.call_id, "piet", owner="jan", reason=reason)
    with pytest.raises(RecordError, match="al van u"):
        calls.take_over(claim.call_id, "jan", owner="jan", reason="x")
    with pytest.raises(UnknownCall):
        calls.take_over("26-0042", "piet", owner="jan", reason="x")
    calls.release(claim)
    with pytest.raises(RecordError, match="weer in de wachtrij"):
        calls.take_over(claim.call_id, "piet", owner="jan", reason="x")
    assert reader.file(claim.call_id).transfers == ()
    assert ("piet", "overgenomen") not in trail(writer)


def test_of_two_who_take_over_at_once_the_second_hears_of_the_first(calls: Calls, writer: Writer) -> None:
    claim = held(calls)
    calls.take_over(claim.call_id, "piet", owner="jan", reason="scherm hangt")
    with pytest.raises(AlreadyClaimed, match="piet"):
        calls.take_over(claim.call_id, "anna", owner="jan", reason="scherm hangt")
    assert trail(writer)[-1] == ("anna", "overnemen geweigerd")


def test_a_stalled_terminal_decides_nothing_after_a_take_over(calls: Calls, reader: Reader) -> None:
    """Its decision was made, shown and confirmed before the take-over, and arrives after it."""
    claim = held(calls)
    ready = (draft(), dispatch(claim.call_id))
    taken = calls.take_over(claim.call_id, "piet", owner="jan", reason="geen reactie")
    calls.decide(taken, draft("van piet", Choice.PRIO2), dispatch(claim.call_id, 2))
    with pytest.raises(NotYours):
        calls.decide(claim, *ready)
    file = reader.file(claim.call_id)
    assert [decision.by for decision in file.decisions] == ["piet"]
    assert len(file.deliveries) == 1


def test_a_decision_that_came_through_before_the_take_over_is_told_as_such(calls: Calls) -> None:
    claim = held(calls)
    ready = (draft(), dispatch(claim.call_id))
    first = calls.decide(claim, *ready)
    calls.take_over(claim.call_id, "piet", owner="jan", reason="geen reactie")
    assert calls.decide(claim, *ready) == first


@pytest.mark.parametrize("text", [text for text in ADVERSARIAL if text.strip()])
def test_a_reason_is_kept_to_the_letter_and_shown_in_short(calls: Calls, reader: Reader, text: str) -> None:
    claim = held(calls)
    calls.take_over(claim.call_id, text[:100], owner="jan", reason=text)
    (transfer,) = reader.file(claim.call_id).transfers
    assert (transfer.by, transfer.reason) == (text[:100], text)
    with pytest.raises(NotYours) as refusal:
        calls.note(claim, "x")
    assert one_line(text, 200) in str(refusal.value)
    assert len(str(refusal.value)) < 800


# Handing over


def test_a_call_handed_to_a_colleague_is_theirs_and_says_why(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claim = held(calls)
    calls.note(claim, "mevr. 71")
    clock.forward(minutes=5)
    calls.hand_over(claim, "piet", "dienst voorbij; bank is gebeld")
    transfer = Transfer(clock.now, "jan", "jan", "piet", "dienst voorbij; bank is gebeld")
    row = on_board(reader)
    assert (row.owner, row.stage, row.transfer, row.stale_since) == ("piet", Stage.IN_PROGRESS, transfer, None)
    with pytest.raises(NotYours, match=r"nu van piet\. jan heeft die overgedragen \(14:05\): “dienst voorbij"):
        calls.note(claim, "x")
    assert trail(writer)[-2:] == [("jan", "overgedragen"), ("jan", "notitie geweigerd")]
    clock.forward(seconds=31)
    assert on_board(reader).stale_since == START + timedelta(minutes=5), "nobody opened it yet, and all can see that"
    taken = calls.claim(claim.call_id, "piet")
    assert on_board(reader).transfer is None
    assert reader.file(claim.call_id).transfers == (transfer,)
    calls.note(taken, "ik ga verder")


def test_a_call_handed_to_the_queue_waits_there_with_the_reason(calls: Calls, reader: Reader, clock: Clock) -> None:
    claim = held(calls)
    calls.answer(claim, "gaande", "ja")
    calls.hand_over(claim, None, "melder belt terug")
    row = on_board(reader)
    assert (row.owner, row.stage, row.claimed_at, row.stale_since) == (None, Stage.WAITING, None, None)
    assert row.transfer == Transfer(START, "jan", "jan", None, "melder belt terug")
    with pytest.raises(NotYours, match=r"weer in de wachtrij\. jan heeft die overgedragen .*melder belt terug"):
        calls.note(claim, "x")
    clock.forward(minutes=1)
    calls.claim(claim.call_id, "piet")
    assert on_board(reader).transfer is None
    assert reader.file(claim.call_id).answers == {"gaande": "ja"}


def test_a_decided_call_stays_decided_in_other_hands(calls: Calls, reader: Reader) -> None:
    claim = held(calls)
    calls.decide(claim, draft(), dispatch(claim.call_id))
    taken = calls.take_over(claim.call_id, "piet", owner="jan", reason="x")
    assert on_board(reader).stage == Stage.DECIDED
    calls.hand_over(taken, "anna", "x")
    calls.hand_over(calls.claim(claim.call_id, "anna"), None, "x")
    assert (on_board(reader).stage, on_board(reader).owner) == (Stage.DECIDED, None)


@pytest.mark.parametrize(
    ("to", "note", "words"), [("piet", " ", "waarom"), ("", "x", "Kies aan wie"), ("jan", "x", "zelf")]
)
def test_handing_over_needs_a_reason_and_somebody_else(
    calls: Calls, reader: Reader, to: str, note: str, words: str
) -> None:
    claim = held(calls)
    with pytest.raises(RecordError, match=words):
        calls.hand_over(claim, to, note)
    assert reader.file(claim.call_id).owner == "jan"
    calls.note(claim, "nog van mij")


def test_an_earlier_take_over_is_not_blamed_for_what_one_did_oneself(calls: Calls) -> None:
    first = held(calls)
    taken = calls.take_over(first.call_id, "piet", owner="jan", reason="scherm hangt")
    calls.release(taken)
    with pytest.raises(NotYours) as refusal:
        calls.note(taken, "x")
    assert "overgenomen" not in str(refusal.value)


# The half-made decision


def test_what_was_chosen_and_not_confirmed_survives_the_program(
    calls: Calls, reader: Reader, home: Home, clock: Clock
) -> None:
    claim = held(calls)
    calls.draft_choice(claim, Choice.PRIO2)
    assert reader.file(claim.call_id).draft_choice == Choice.PRIO2
    with Writer.open(home, clock=clock) as again:
        claim = Calls(again).claim(claim.call_id, "jan")
        assert reader.file(claim.call_id).draft_choice == Choice.PRIO2
        Calls(again).draft_choice(claim, None)
    assert reader.file(claim.call_id).draft_choice is None


def test_an_unchanged_choice_writes_nothing(calls: Calls, writer: Writer) -> None:
    claim = held(calls)
    for choice in (None, Choice.PRIO2, Choice.PRIO2, None, None):
        calls.draft_choice(claim, choice)
    assert [what for _, what in trail(writer)].count("keuze") == 2


def test_what_was_typed_and_not_confirmed_survives_the_program(
    calls: Calls, reader: Reader, home: Home, clock: Clock
) -> None:
    claim = held(calls)
    typed = dict(zip(DraftPlace, ADVERSARIAL[-len(DraftPlace) :], strict=True))
    for place, text in typed.items():
        calls.draft_text(claim, place, f"x{text}")
    with Writer.open(home, clock=clock) as again:
        claim = Calls(again).claim(claim.call_id, "jan")
        assert reader.file(claim.call_id).drafts == {place: f"x{text}" for place, text in typed.items()}
        for place in DraftPlace:
            Calls(again).draft_text(claim, place, "")
    assert reader.file(claim.call_id).drafts == {}


def test_an_unchanged_line_writes_nothing_and_the_log_never_says_what_was_typed(calls: Calls, writer: Writer) -> None:
    claim = held(calls)
    for text in ("", "appeltaart", "appeltaart", "", ""):
        calls.draft_text(claim, DraftPlace.QUESTION, text)
    assert [what for _, what in trail(writer)].count("getypt") == 2
    assert "appeltaart" not in str(rows(writer, "SELECT details FROM audit"))


def test_a_line_that_was_confirmed_is_gone_and_the_others_stay(calls: Calls, reader: Reader) -> None:
    claim = held(calls)
    for place in DraftPlace:
        calls.draft_text(claim, place, "half")
    calls.consult(claim, "heel")
    decision = calls.decide(claim, draft(choice=Choice.ADVICE, deviates=True), None)
    calls.give_reason(claim, decision.id, "heel")
    left = reader.file(claim.call_id).drafts
    assert set(left) == set(DraftPlace) - {DraftPlace.QUESTION, DraftPlace.REASON}


@pytest.mark.parametrize("how", ["release", "take over", "to a colleague", "to the queue"])
def test_a_half_sentence_is_never_anothers(calls: Calls, reader: Reader, writer: Writer, how: str) -> None:
    claim = held(calls)
    calls.draft_text(claim, DraftPlace.HAND_OVER_NOTE, "half")
    match how:
        case "release":
            calls.release(claim)
        case "take over":
            calls.take_over(claim.call_id, "piet", owner="jan", reason="x")
        case "to a colleague":
            calls.hand_over(claim, "piet", "x")
        case _:
            calls.hand_over(claim, None, "x")
    with pytest.raises(NotYours):
        calls.draft_text(claim, DraftPlace.HAND_OVER_NOTE, "te laat")
    assert reader.file(claim.call_id).drafts == {}
    assert rows(writer, "SELECT * FROM draft") == []


@pytest.mark.parametrize("how", ["decide", "consult", "release", "take over", "to a colleague", "to the queue"])
def test_a_half_made_choice_is_never_anothers(calls: Calls, reader: Reader, how: str) -> None:
    claim = held(calls)
    calls.draft_choice(claim, Choice.PRIO2)
    match how:
        case "decide":
            calls.decide(claim, draft(), dispatch(claim.call_id))
        case "consult":
            calls.decide(claim, draft(choice=Choice.CONSULT), None)
        case "release":
            calls.release(claim)
        case "take over":
            calls.take_over(claim.call_id, "piet", owner="jan", reason="x")
        case "to a colleague":
            calls.hand_over(claim, "piet", "x")
        case _:
            calls.hand_over(claim, None, "x")
    file: CallFile = reader.file(claim.call_id)
    assert file.draft_choice is None
