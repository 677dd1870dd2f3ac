"""A copy is whole, made while others write, and put back it is the same record, safe to work with."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from console.model import Channel, Choice, Delivery, Device
from console.record import Calls, Home, Outbox, Reader, RecordError, Writer, copying, engine, schema
from tests.record.support import START, Clock, dispatch, draft, incoming, lines, rows, sent_out, start

if TYPE_CHECKING:
    from collections.abc import Callable

HAND = copying.Hand("beheer", "pts/4", START, "oefening")


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def content(database: Path, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    connection = engine.sqlite.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        tables = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        ]
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - our own tables
            for table in tables
            if table not in without
        }
    finally:
        connection.close()


def inside(home: Home) -> set[str]:
    """What is in a data folder, but for the anchors that every folder has."""
    return {file.name for file in home.path.iterdir()} - {"anker"}


def empty_home(folder: Path) -> Home:
    return Home.prepare(folder / "terug")


def test_what_is_put_back_is_what_was_copied(home: Home, calls: Calls, writer: Writer, tmp_path: Path) -> None:
    for each in range(20):
        call_id = calls.ring(incoming(f"a{each}")).call_id
        claim = calls.claim(call_id, "jan")
        calls.note(claim, "NL91 ABNA 0417 1643 00")
        calls.take_back(claim, calls.add(claim, Device("laptop")))
        calls.reply(call_id, calls.consult(claim, "mag dit?"), "ja", "lead")
        calls.decide(claim, draft(f"b{each}", Choice.ADVICE), None)
    target = tmp_path / "kopie.db"
    copied = copying.back_up(home, target, quiet)
    assert (copied.calls, copied.audit_rows) == (20, len(rows(writer, "SELECT * FROM audit")))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir() if "kopie" in file.name] == ["kopie.db"]
    assert content(target) == content(home.database)
    back = empty_home(tmp_path)
    done = copying.restore(back, target, HAND, None, quiet)
    assert (done.copied, done.unclear, done.numbered_after) == (copied, 0, "26-1020")
    assert inside(back) == {"dossier.db"}
    changed = ("audit", "access_log", "counter", "sqlite_sequence")
    assert content(back.database, without=changed) == content(home.database, without=changed)
    assert content(back.database)["audit"][:-1] == content(home.database)["audit"]
    with Writer.open(back) as again, Reader.open(back) as reader:
        assert Calls(again).ring(incoming("nieuw")).call_id == "26-1021"
        file = reader.file("26-0020")
        assert (file.note, file.details[0].detail) == ("NL91 ABNA 0417 1643 00", Device("laptop"))
        assert (file.details[0].taken_back, file.consultations[0].answer) == (True, "ja")


def test_a_copy_is_of_one_moment_while_others_write(
    home: Home, calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection commits between the parts of the copy: it does not begin again and holds none of it."""
    monkeypatch.setattr(copying, "PAGES", 5)
    for each in range(30):
        calls.ring(incoming(f"a{each}", first_words="x" * 2000))
    steps: list[int] = []

    def write_along(done: int, _total: int) -> None:
        steps.append(done)
        calls.ring(incoming(f"later{len(steps)}", first_words="y" * 3000))

    copied = copying.back_up(home, tmp_path / "kopie.db", write_along)
    assert copied.calls == 30
    assert len(steps) > 10
    assert steps == sorted(steps)


def test_a_copy_of_a_room_at_work_is_whole(home: Home, writer: Writer, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from console.record import Calls, Home, Writer
from tests.record.support import incoming
with Writer.open(Home.prepare(Path(sys.argv[1]))) as writer:
    calls = Calls(writer)
    for number in range(100_000):
        calls.claim(calls.ring(incoming(str(number))).call_id, "jan")
        print(number, flush=True)
"""
    assert writer.home == home
    program = start(code, home.path)
    try:
        told = lines(program)
        for _ in range(20):
            next(told)
        for each in range(3):
            target = tmp_path / f"kopie{each}.db"
            copied = copying.back_up(home, target, quiet)
            found = content(target)
            assert copied.calls == len(found["call"]) >= 20
            assert {row[1] for row in found["call"]} == {row[6] for row in found["audit"]}
    finally:
        program.kill()
        program.communicate()


def test_what_was_on_its_way_is_not_sent_again_by_itself(
    home: Home, calls: Calls, outbox: Outbox, tmp_path: Path
) -> None:
    ready, sent, taken = sent_out(calls, "a"), sent_out(calls, "b"), sent_out(calls, "c")
    outbox.sending(sent)
    outbox.sending(taken)
    outbox.accepted(taken, "C1")
    copying.back_up(home, tmp_path / "kopie.db", quiet)
    back = empty_home(tmp_path)
    assert copying.restore(back, tmp_path / "kopie.db", HAND, "26-0500", quiet).unclear == 2
    with Writer.open(back, clock=Clock()) as again, Reader.open(back) as reader:
        assert Outbox(again).due(START, 10) == []
        states = {row["message_id"]: row["state"] for row in rows(again, "SELECT message_id, state FROM dispatch")}
        assert states == {ready: Delivery.UNCLEAR, sent: Delivery.UNCLEAR, taken: Delivery.ACCEPTED}
        assert "kijk in de CAD" in reader.deliveries("26-0001")[0].reason
        assert Outbox(again).accepted(ready, "C2")
        claim = Calls(again).open_by_hand(Channel.OTHER, "jan")
        assert claim.call_id == "26-0501"
        Calls(again).decide(claim, draft("nieuw"), dispatch(claim.call_id))
        assert len(Outbox(again).due(Clock().now, 10)) == 1


def test_a_copy_of_last_year_does_not_give_numbers_of_this_year_again(home: Home, calls: Calls, tmp_path: Path) -> None:
    calls.ring(incoming())
    copying.back_up(home, tmp_path / "kopie.db", quiet)
    later = copying.Hand("beheer", "", START.replace(year=2027), "oefening")
    assert copying.restore(empty_home(tmp_path), tmp_path / "kopie.db", later, None, quiet).numbered_after == "27-1000"


@pytest.mark.parametrize("last", ["26-0001", "25-9999", "26", "x-1", "26-x", "026-1", "", "26-\u0661"])
def test_a_wrong_last_number_is_refused_and_nothing_is_put_back(
    home: Home, calls: Calls, tmp_path: Path, last: str
) -> None:
    for each in range(2):
        calls.ring(incoming(f"a{each}"))
    copying.back_up(home, tmp_path / "kopie.db", quiet)
    back = empty_home(tmp_path)
    with pytest.raises(RecordError, match=r"te laag|geen nummer"):
        copying.restore(back, tmp_path / "kopie.db", HAND, last, quiet)
    assert inside(back) == set()


def test_nothing_is_ever_overwritten(home: Home, calls: Calls, tmp_path: Path) -> None:
    calls.ring(incoming())
    target = tmp_path / "kopie.db"
    target.write_text("van iemand")
    for make in (lambda: copying.refuse_to_overwrite(target), lambda: copying.back_up(home, target, quiet)):
        with pytest.raises(RecordError, match="bestaat al"):
            make()
    assert target.read_text() == "van iemand"
    good = tmp_path / "goed.db"
    copying.back_up(home, good, quiet)
    before = content(home.database)
    with pytest.raises(RecordError, match="staat al een dossier"):
        copying.restore(home, good, HAND, None, quiet)
    assert content(home.database) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["goed.db", "kopie.db", "map"]


def not_a_database(source: Path) -> None:
    source.write_bytes(b"geen database" * 1000)


def cut_short(source: Path) -> None:
    source.write_bytes(source.read_bytes()[: source.stat().st_size // 2])


def damaged(source: Path) -> None:
    data = bytearray(source.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    source.write_bytes(data)


def with_a_log(source: Path) -> None:
    source.with_name(source.name + "-wal").write_bytes(b"x")


def of_something_else(source: Path) -> None:
    source.unlink()
    connection = engine.sqlite.connect(source)
    connection.execute("CREATE TABLE x (y)")
    connection.close()


def newer(source: Path) -> None:
    connection = engine.sqlite.connect(source)
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()


def gone(source: Path) -> None:
    source.unlink()


@pytest.mark.parametrize("harm", [not_a_database, cut_short, damaged, with_a_log, of_something_else, newer, gone])
def test_a_copy_that_is_not_good_is_refused_in_words(
    home: Home, calls: Calls, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    for each in range(20):
        calls.ring(incoming(f"a{each}"))
    source = tmp_path / "kopie.db"
    copying.back_up(home, source, quiet)
    harm(source)
    back = empty_home(tmp_path)
    with pytest.raises(RecordError) as refused:
        copying.restore(back, source, HAND, None, quiet)
    assert str(refused.value).endswith(".")
    assert inside(back) == set()


def test_there_must_be_something_to_copy(home: Home, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="geen dossier"):
        copying.back_up(home, tmp_path / "kopie.db", quiet)
    Writer.open(home).close()
    with pytest.raises(RecordError, match="Kies een andere map"):
        copying.back_up(home, tmp_path / "bestaat niet" / "kopie.db", quiet)
