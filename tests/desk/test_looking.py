"""Looking into other calls: found by anything that is known of them, and never without a line in the log."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk import Desk, Found
from console.model import (
    Choice,
    Clue,
    ClueKind,
    Known,
    Special,
    Stage,
    Suspect,
)
from console.record import RecordError, UnknownCall
from console.record.engine import sqlite
from tests.desk.reads import read_log
from tests.record.support import ADVERSARIAL
from tests.seat import ring


async def test_every_call_that_a_console_shows_is_logged_as_read(desk: Desk) -> None:
    first = await desk.take(ring(desk, number="06-11111111", place=""))
    second = await desk.take(ring(desk, number="06-11111111", place=""))
    for _ in range(2):
        assert [each.call_id for each in await desk.related(second)] == [first.file.call_id]
    ids = (first.file.call_id, second.file.call_id)
    assert read_log(desk) == [
        ("geopend in de console", ids[0]),
        ("geopend in de console", ids[1]),
        ("getoond als verband", ids[0]),
    ]


async def test_what_is_searched_for_is_found_and_logged(desk: Desk) -> None:
    first = await desk.take(ring(desk, words="grijze auto, geld naar NL91 ABNA 0417 1643 00"))
    first = await desk.add(first, Suspect(plate="AB-123-C"))
    await desk.add(first, Clue(ClueKind.REMOTE, "AnyDesk 123 456 789", ""))
    second = ring(desk, number="050-5512345", place="Kerkstraat 7, Rolde", words="rode fiets")
    ids = (first.file.call_id, second)
    for query, wanted in (
        (" 26-0001 ", ids[:1]),
        ("nl91abna0417164300", ids[:1]),
        ("ab123c", ids[:1]),
        ("123456789", ids[:1]),
        ("+31 50 5512345", ids[1:]),
        ("Kerkstraat 7, Rolde", ids[1:]),
        ("jansen", (ids[1], ids[0])),
        ("rode fiets", ids[1:]),
        ("fiet*", ids[1:]),
        ("appeltaart", ()),
    ):
        before = len(read_log(desk))
        found = await desk.find(query)
        assert tuple(each.call_id for each in found) == wanted, query
        logged = [("getoond als zoekresultaat", call_id) for call_id in wanted]
        assert read_log(desk)[before:] == [("gezocht in de console", None), *logged]
    assert (found, str(read_log(desk)).count("auto")) == ((), 0)
    (one,) = await desk.find("fiets")
    assert one == Found(second, (await desk.look_up(second)).file.incoming.received_at, "Rolde", Stage.WAITING, None)


@pytest.mark.parametrize("query", ["", "  ", '"*', "x " * 5_000, "\ud800"])
async def test_a_question_that_says_nothing_is_refused_and_not_logged(desk: Desk, query: str) -> None:
    with pytest.raises(RecordError):
        await desk.find(query)
    assert read_log(desk) == []


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40) | st.sampled_from(ADVERSARIAL))
async def test_no_question_does_harm(desk: Desk, query: str) -> None:
    with suppress(RecordError):
        assert await desk.find(query) == ()


async def test_a_call_is_looked_up_without_taking_it(two: tuple[Desk, Desk]) -> None:
    here, there = two
    case = await here.take(ring(here, number="06-11111111"))
    other = ring(here, number="06-11111111")
    case = await here.answer(case, "verdachte", "aanwezig")
    case = await here.special(case, Special.SUICIDALITY, Known.YES)
    await here.decide(case, here.propose(case, Choice.PRIO1))
    case = await here.reassess(await here.see(case))
    before = len(read_log(there))
    looked = await there.look_up(case.file.call_id)
    assert (looked.file, looked.special) == (case.file, False)
    assert [version.number for version in looked.versions] == [1, 2]
    assert [each.call_id for each in looked.related] == [other]
    assert looked.policy is not None
    assert looked.policy.text_hash == case.policy.text_hash
    assert read_log(there)[before:] == [("ingezien", case.file.call_id), ("getoond als verband", other)]
    assert (await there.look_up(case.file.call_id, special=True)).special
    assert ("ingezien met bijzondere gegevens", case.file.call_id) in read_log(there)
    assert (await here.see(case)).held
    untaken = await there.look_up(other)
    assert untaken.policy is not None


async def test_the_call_in_hand_is_read_through_without_another_line(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    before = read_log(desk)
    looked = await desk.read_through(case)
    assert (looked.file, looked.policy, looked.special) == (case.file, case.policy, True)
    assert looked.versions == await desk.versions(case)
    assert read_log(desk) == before


async def test_what_cannot_be_logged_is_not_looked_up(desk: Desk) -> None:
    call_id = ring(desk)
    with pytest.raises(UnknownCall):
        await desk.look_up("26-0099")
    assert read_log(desk) == []
    connection = sqlite.connect(desk._writer.home.database)
    try:
        connection.execute("CREATE TRIGGER vol BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'vol'); END")
    finally:
        connection.close()
    for look in (desk.look_up(call_id), desk.find("Jansen")):
        with pytest.raises(RecordError):
            await look


async def test_a_policy_that_is_kept_nowhere_leaves_the_call_readable(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    connection = sqlite.connect(desk._writer.home.database)
    try:
        connection.execute("UPDATE call_policy SET text_hash = ?", ("0" * 64,))
        connection.commit()
    finally:
        connection.close()
    assert (await desk.look_up(case.file.call_id)).policy is None
