"""The circuit: any row of successes and failures, by any clock, leaves it where the rule says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.cad.circuit import FAILURES, LONGEST, SHORTEST, Circuit

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
PAUSES = st.floats(0, 400)
EVENTS = st.lists(st.tuples(PAUSES, st.sampled_from(("sent", "failed", "answered", "unanswered"))), max_size=60)


def happens(circuit: Circuit, now: datetime, what: str) -> Circuit:
    match what:
        case "sent":
            return circuit.succeeded(sending=True)
        case "answered":
            return circuit.succeeded(sending=False)
        case _:
            return circuit.failed(now, "dicht", sending=what == "failed")


@given(EVENTS)
def test_it_opens_after_a_run_of_failures_and_closes_at_the_first_success(events: list[tuple[float, str]]) -> None:
    circuit, now, run, failing = Circuit(), START, 0, False
    for pause, what in events:
        now += timedelta(seconds=pause)
        before, circuit = circuit, happens(circuit, now, what)
        if what in {"failed", "unanswered"}:
            run, failing = run + 1, failing or what == "failed"
        elif what == "sent" or not failing:
            run, failing = 0, False
        assert circuit.run == run
        assert circuit.is_open == (run >= FAILURES)
        if circuit.is_open:
            assert before.opened_at in {None, circuit.opened_at}
            assert circuit.why == "dicht"


@given(EVENTS, st.floats(0, 10_000))
def test_while_it_is_open_somebody_may_always_try_within_half_a_minute(
    events: list[tuple[float, str]], later: float
) -> None:
    circuit, now = Circuit(), START
    for pause, what in events:
        now += timedelta(seconds=pause)
        circuit = happens(circuit, now, what)
        assert circuit.may_try(now + LONGEST)
        set_back = min(now, circuit.next_at or now) - timedelta(seconds=later + 31)
        assert circuit.may_try(set_back), "a clock that was set back holds nobody up"
        assert circuit.is_open or circuit.may_try(now)


@given(st.lists(PAUSES, min_size=2, max_size=40))
def test_the_longer_it_is_open_the_longer_the_pause(waits: list[float]) -> None:
    circuit, now = Circuit(), START
    for _ in range(FAILURES):
        circuit = circuit.failed(now, "dicht", sending=True)
    pauses = []
    for wait in waits:
        now += timedelta(seconds=wait)
        circuit = circuit.failed(now, "dicht", sending=True)
        assert circuit.next_at is not None
        pauses.append(circuit.next_at - now)
        assert circuit.resumed(now).may_try(now)
    assert pauses == sorted(pauses)
    assert pauses[0] >= SHORTEST
    assert pauses[-1] <= LONGEST


@given(st.floats(0, 1e6))
def test_the_pause_that_a_cad_asks_for_is_given_within_reason(asked: float) -> None:
    circuit = Circuit(run=FAILURES - 1).failed(START, "druk", sending=True, asked=asked)
    assert circuit.next_at == START + min(max(SHORTEST, timedelta(seconds=min(asked, 60))), LONGEST)
