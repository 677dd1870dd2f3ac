"""Numbers for paper: never given to a call, on record, and new when they may have been used."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.record import Calls, Home, RecordError, Writer
from console.record.reserving import AT_ONCE, PaperNumbers
from console.record.verifying import verify
from tests.record.support import Clock, incoming, rows

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_numbers_stay_until_they_are_renewed_and_each_block_is_on_record(home: Home) -> None:
    with Writer.open(home) as writer:
        paper = PaperNumbers(writer)
        first = paper.current()
        assert paper.current() == first
        assert len(first.call_ids) == AT_ONCE
        second = paper.renew()
        assert paper.current() == second
        assert not set(first.call_ids) & set(second.call_ids)
        written = rows(writer, "SELECT * FROM audit WHERE what = 'papiernummers gereserveerd' ORDER BY seq")
    assert [(row["who"], row["call_id"]) for row in written] == [("bezorging", None)] * 2
    assert [json.loads(row["details"]) for row in written] == [
        {"van": each.call_ids[0], "tot_en_met": each.call_ids[-1]} for each in (first, second)
    ]
    assert verify(home).whole


def test_a_new_year_has_its_own_numbers(home: Home) -> None:
    clock = Clock(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    with Writer.open(home, clock=clock) as writer:
        old = PaperNumbers(writer).current()
        clock.forward(minutes=2)
        new = PaperNumbers(writer).current()
    assert (old.year, new.year) == (26, 27)


def test_what_was_reserved_stands(home: Home) -> None:
    with Writer.open(home) as writer:
        PaperNumbers(writer).current()
        for change in ("DELETE FROM paper", "UPDATE paper SET last = last + 1"):
            with pytest.raises(RecordError):
                writer.submit(lambda transaction, sql: transaction.run(sql), change).result()


@given(steps=st.lists(st.sampled_from(("call", "renew")), min_size=1, max_size=60), start=st.integers(8970, 9050))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_call_ever_gets_a_number_from_paper(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], start: int
) -> None:
    path: Path = tmp_path_factory.mktemp("huis") / "data"
    with Writer.open(Home.prepare(path), clock=Clock()) as writer:
        writer.submit(lambda transaction: transaction.run("INSERT INTO counter VALUES (26, ?)", start)).result()
        calls, paper = Calls(writer), PaperNumbers(writer)
        given_out: list[str] = []
        for number, step in enumerate(steps):
            if step == "call":
                given_out.append(calls.ring(incoming(f"a-{number}")).call_id)
            else:
                given_out.extend(paper.renew().call_ids)
    assert len(set(given_out)) == len(given_out)
