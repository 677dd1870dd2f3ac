"""News for a unit that is underway: sent after its dispatch, never instead of it, and never silently lost."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import Channel, Choice, Delivery, Location, UnitStatus
from console.record import NotYours, RecordError, engine
from console.record.verifying import verify
from tests.record.support import ADVERSARIAL, START, dispatch, draft, incoming, rows
from tests.record.tampering import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.model import Claim, DeliveryState
    from console.record import Calls, Home, Outbox, Reader, Writer
    from tests.record.support import Clock

BASE = "bericht-1"
LATER = START.replace(year=2100)


@pytest.fixture
def claim(calls: Calls) -> Claim:
    """A held call with dispatch `bericht-1` of priority 1."""
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.decide(claim, draft(), dispatch(claim.call_id, 1, BASE))
    return claim


def add(calls: Calls, claim: Claim, message_id: str = "nieuws-1", to: str = BASE, **changes: object) -> None:
    calls.add_to_dispatch(claim, dispatch(claim.call_id, 1, message_id, adds_to=to, **changes))


def due(outbox: Outbox) -> list[str]:
    return [parcel.dispatch.message_id for parcel in outbox.due(LATER, 10)]


def arrive(outbox: Outbox, message_id: str = BASE) -> None:
    outbox.sending(message_id)
    outbox.delivered(message_id, "GMS-7")
    outbox.accepted(message_id, "GMS-7")


def shown(reader: Reader) -> DeliveryState:
    (row,) = reader.board().rows
    assert row.delivery is not None
    return row.delivery


def states(reader: Reader, claim: Claim) -> list[tuple[str, Delivery]]:
    return [(state.message_id, state.state) for state in reader.deliveries(claim.call_id)]


def test_an_addition_goes_once_the_cad_has_what_it_adds_to(
    calls: Calls, outbox: Outbox, reader: Reader, clock: Clock, claim: Claim
) -> None:
    clock.forward(minutes=1)
    add(calls, claim, details=("Man is weggelopen.",), control_word="appel")
    assert due(outbox) == [BASE]
    outbox.sending(BASE)
    assert due(outbox) == [BASE]
    assert outbox.pending() == 2
    outbox.delivered(BASE, "GMS-7")
    (parcel,) = outbox.due(LATER, 10)
    assert parcel.dispatch == dispatch(
        claim.call_id, 1, "nieuws-1", adds_to=BASE, details=("Man is weggelopen.",), control_word="appel"
    )
    assert (parcel.state.adds_to, parcel.state.state, parcel.state.created_at) == (BASE, Delivery.READY, clock.now)
    outbox.accepted(BASE, "GMS-7")
    arrive(outbox, "nieuws-1")
    base, added = reader.file(claim.call_id).deliveries
    assert (base.adds_to, added.adds_to, added.state) == ("", BASE, Delivery.ACCEPTED)
    assert base.briefing == parcel.dispatch.briefing
    assert added.briefing == (*parcel.dispatch.briefing, "Man is weggelopen.")
    assert [each.message_id for each in reader.dispatches(claim.call_id)] == [BASE, "nieuws-1"]
    assert len(reader.file(claim.call_id).decisions) == 1
    assert outbox.pending() == 0


def test_the_same_addition_again_costs_no_write_and_another_under_its_id_is_refused(
    calls: Calls, writer: Writer, claim: Claim
) -> None:
    add(calls, claim)
    before = rows(writer, "SELECT * FROM audit")
    add(calls, claim)
    assert rows(writer, "SELECT * FROM audit") == before
    for message_id, details in (("nieuws-1", ("iets anders",)), (BASE, ())):
        with pytest.raises(RecordError, match="al van een ander bericht"):
            add(calls, claim, message_id, details=details)
    assert rows(writer, "SELECT * FROM audit") == before
    assert len(rows(writer, "SELECT * FROM dispatch")) == 2


def test_what_cannot_be_added_to_is_refused_in_words(
    calls: Calls, outbox: Outbox, writer: Writer, claim: Claim
) -> None:
    other = calls.claim(calls.ring(incoming("b")).call_id, "jan")
    add(calls, claim)
    before = rows(writer, "SELECT * FROM dispatch")
    for held, to in ((other, BASE), (claim, "nergens"), (claim, ""), (claim, "nieuws-1")):
        with pytest.raises(RecordError, match="geen inzet om aan te vullen"):
            add(calls, held, "nieuws-2", to)
    with pytest.raises(RecordError, match="prioriteit niet"):
        calls.add_to_dispatch(claim, dispatch(claim.call_id, 2, "nieuws-2", adds_to=BASE))
    with pytest.raises(RecordError, match="coördinaat"):
        add(calls, claim, "nieuws-2", location=Location("", float("nan"), 6.0))
    calls.claim(claim.call_id, "jan")
    with pytest.raises(NotYours):
        add(calls, claim, "nieuws-2")
    assert rows(writer, "SELECT * FROM dispatch") == before
    outbox.refused(BASE, "geen eenheden")
    again = calls.claim(claim.call_id, "jan")
    with pytest.raises(RecordError, match="geweigerd"):
        add(calls, again, "nieuws-2")
    calls.by_hand(again, BASE)
    with pytest.raises(RecordError, match="met de hand doorgegeven"):
        add(calls, again, "nieuws-2")


def test_what_waited_for_a_dispatch_that_was_refused_stops_and_says_so(
    calls: Calls, outbox: Outbox, reader: Reader, home: Home, claim: Claim
) -> None:
    add(calls, claim)
    outbox.sending(BASE)
    outbox.refused(BASE, "geen eenheden")
    assert states(reader, claim) == [(BASE, Delivery.REFUSED), ("nieuws-1", Delivery.REFUSED)]
    assert "telefoon" in reader.deliveries(claim.call_id)[1].reason
    assert (due(outbox), outbox.pending()) == ([], 0)
    assert shown(reader).message_id == BASE
    assert verify(home).whole


def test_what_waited_for_a_dispatch_passed_on_by_hand_stops_and_one_underway_is_unclear(
    calls: Calls, outbox: Outbox, reader: Reader, home: Home, claim: Claim
) -> None:
    outbox.sending(BASE)
    outbox.delivered(BASE, "GMS-7")
    add(calls, claim)
    add(calls, claim, "nieuws-2")
    outbox.sending("nieuws-1")
    calls.by_hand(claim, BASE)
    assert states(reader, claim) == [
        (BASE, Delivery.BY_HAND),
        ("nieuws-1", Delivery.UNCLEAR),
        ("nieuws-2", Delivery.REFUSED),
    ]
    assert (due(outbox), outbox.pending()) == ([], 0)
    assert shown(reader).message_id == "nieuws-1"
    calls.by_hand(claim, "nieuws-1")
    calls.by_hand(claim, "nieuws-2")
    assert reader.file(claim.call_id).deliveries[2].state is Delivery.BY_HAND
    assert verify(home).whole


def test_nothing_more_is_done_by_itself_for_what_adds_to_an_unclear_one(
    calls: Calls, outbox: Outbox, reader: Reader, claim: Claim
) -> None:
    add(calls, claim)
    outbox.sending(BASE)
    outbox.unclear(BASE, "geen antwoord")
    with pytest.raises(RecordError, match="onduidelijk of de CAD dit heeft"):
        add(calls, claim, "nieuws-2")
    assert (due(outbox), outbox.pending()) == ([], 0)
    assert shown(reader).message_id == BASE
    outbox.accepted(BASE, "GMS-7")
    assert (due(outbox), outbox.pending()) == (["nieuws-1"], 1)


def test_the_queue_shows_the_dispatch_unless_an_addition_is_in_trouble(
    calls: Calls, outbox: Outbox, reader: Reader, claim: Claim
) -> None:
    arrive(outbox)
    add(calls, claim)
    assert shown(reader).message_id == BASE
    outbox.sending("nieuws-1")
    assert shown(reader).message_id == BASE
    outbox.postpone("nieuws-1", LATER, "geen verbinding")
    assert (shown(reader).message_id, shown(reader).reason) == ("nieuws-1", "geen verbinding")
    outbox.sending("nieuws-1")
    outbox.refused("nieuws-1", "onbekend incident")
    assert (shown(reader).message_id, shown(reader).state) == ("nieuws-1", Delivery.REFUSED)
    outbox.unit(BASE, "", UnitStatus.CLOSED, START)
    assert shown(reader).message_id == "nieuws-1", "a closed call stays for the addition that did not arrive"
    add(calls, claim, "nieuws-2")
    arrive(outbox, "nieuws-2")
    assert reader.board().rows == (), "what was refused is told by the addition after it"


def test_a_refusal_of_the_dispatch_is_not_settled_by_an_addition(
    calls: Calls, outbox: Outbox, reader: Reader, claim: Claim
) -> None:
    arrive(outbox)
    add(calls, claim)
    arrive(outbox, "nieuws-1")
    outbox.refused(BASE, "teruggetrokken")
    assert (shown(reader).message_id, shown(reader).state) == (BASE, Delivery.REFUSED)


def test_units_are_followed_on_the_dispatch_only(calls: Calls, outbox: Outbox, claim: Claim) -> None:
    arrive(outbox)
    add(calls, claim)
    outbox.sending("nieuws-1")
    outbox.delivered("nieuws-1", "GMS-8")
    assert [state.message_id for state in outbox.watched(10)] == ["nieuws-1", BASE]
    outbox.accepted("nieuws-1", "GMS-8")
    assert [state.message_id for state in outbox.watched(10)] == [BASE]


def test_a_second_dispatch_and_its_addition_stand_apart(
    calls: Calls, outbox: Outbox, reader: Reader, claim: Claim
) -> None:
    arrive(outbox)
    calls.decide(claim, draft("twee", Choice.PRIO2), dispatch(claim.call_id, 2, "bericht-2"))
    add(calls, claim)
    calls.add_to_dispatch(claim, dispatch(claim.call_id, 2, "nieuws-2", adds_to="bericht-2"))
    assert due(outbox) == ["nieuws-1", "bericht-2"]
    assert shown(reader).message_id == "bericht-2"


@pytest.mark.parametrize("text", ADVERSARIAL[:-1])
def test_any_text_is_carried_as_it_was_typed(
    calls: Calls, outbox: Outbox, reader: Reader, home: Home, claim: Claim, text: str
) -> None:
    add(calls, claim, details=(text, text))
    arrive(outbox)
    assert reader.dispatches(claim.call_id)[1].details == (text, text)
    assert outbox.due(LATER, 1)[0].dispatch.details == (text, text)
    assert verify(home).whole


STEPS = st.sampled_from(["send", "delivered", "accepted", "refused", "unclear", "postpone", "by hand", "add"])


def do(step: str, message_id: str, fresh: str, claim: Claim, calls: Calls, outbox: Outbox) -> None:
    """One thing that may happen to a message, possible or not; `fresh` is an id that is not in use."""
    steps: dict[str, Callable[[], object]] = {
        "add": lambda: add(calls, claim, fresh, f"{claim.call_id} 0"),
        "send": lambda: outbox.sending(message_id) if message_id in due(outbox) else None,
        "delivered": lambda: outbox.delivered(message_id, "GMS"),
        "accepted": lambda: outbox.accepted(message_id, "GMS"),
        "refused": lambda: outbox.refused(message_id, "reden"),
        "unclear": lambda: outbox.unclear(message_id, "reden"),
        "postpone": lambda: outbox.postpone(message_id, LATER, "bezet"),
        "by hand": lambda: calls.by_hand(claim, message_id),
    }
    with suppress(RecordError):
        steps[step]()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 3)), max_size=14))
def test_whatever_happens_nothing_goes_before_its_dispatch_nor_waits_unseen(
    calls: Calls, outbox: Outbox, reader: Reader, home: Home, steps: list[tuple[str, int]]
) -> None:
    """An addition is due only after its dispatch, and what waits for a person is on the board."""
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.decide(claim, draft(claim.call_id), dispatch(claim.call_id, 1, f"{claim.call_id} 0"))
    for number, (step, which) in enumerate(steps, start=1):
        known = reader.deliveries(claim.call_id)
        message_id = known[min(which, len(known) - 1)].message_id
        do(step, message_id, f"{claim.call_id} {number}", claim, calls, outbox)
    base, *added = reader.deliveries(claim.call_id)
    if {each.message_id for each in added} & set(due(outbox)):
        assert base.state in {Delivery.DELIVERED, Delivery.ACCEPTED}
    if base.state in {Delivery.REFUSED, Delivery.BY_HAND}:
        assert not {each.state for each in added} & {Delivery.READY, Delivery.SENT}
    if Delivery.UNCLEAR in {each.state for each in (base, *added)}:
        (row,) = (row for row in reader.board().rows if row.call_id == claim.call_id)
        assert row.delivery is not None
        assert row.delivery.state in {Delivery.UNCLEAR, Delivery.REFUSED} or row.delivery.next_attempt_at is not None
    assert verify(home).whole


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE dispatch SET body = replace(body, 'Brink 4', 'Brink 5') WHERE adds_to IS NOT NULL",
        "UPDATE dispatch SET adds_to = 'bericht-2' WHERE message_id = 'nieuws-1'",
        "UPDATE dispatch SET added_by = 'piet' WHERE message_id = 'nieuws-1'",
        "UPDATE dispatch SET message_id = 'x' WHERE message_id = 'nieuws-1'",
        "UPDATE dispatch SET state = 'bevestigd' WHERE message_id = 'nieuws-1'",
        "UPDATE dispatch SET created_at = '2026-11-21T12:00:00.123Z' WHERE message_id = 'nieuws-1'",
        "DELETE FROM dispatch WHERE message_id = 'nieuws-1'",
        """INSERT INTO dispatch (message_id, call_id, adds_to, added_by, priority, body, created_at, changed_at, state)
        SELECT 'nieuws-2', call_id, adds_to, added_by, priority, body, created_at, changed_at, state
        FROM dispatch WHERE message_id = 'nieuws-1'""",
    ],
)
def test_an_addition_cannot_be_changed_unseen(calls: Calls, home: Home, claim: Claim, crime: str) -> None:
    calls.decide(claim, draft("twee", Choice.PRIO2), dispatch(claim.call_id, 2, "bericht-2"))
    add(calls, claim)
    assert verify(home).whole
    with opened(home) as connection:
        assert connection.execute(crime).rowcount > 0
    (fault,) = verify(home).faults
    assert claim.call_id in fault.sentence


def test_a_message_is_of_a_decision_or_adds_to_one(calls: Calls, home: Home, claim: Claim) -> None:
    add(calls, claim)
    connection = engine.connect(home.database)
    try:
        for statement in (
            "UPDATE dispatch SET decision_id = NULL WHERE message_id = 'bericht-1'",
            "UPDATE dispatch SET adds_to = NULL, added_by = NULL WHERE message_id = 'nieuws-1'",
            "UPDATE dispatch SET added_by = NULL WHERE message_id = 'nieuws-1'",
        ):
            with pytest.raises(engine.sqlite.IntegrityError, match="CHECK"):
                connection.execute(statement)
    finally:
        connection.close()
