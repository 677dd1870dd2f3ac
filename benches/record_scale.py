"""Whether the record slows with the years: the same questions at 10,000 and at 1,000,000 recorded calls.

The first ten thousand are recorded as a room records them; the rest are copies of their rows under other numbers, put
in the tables directly, because a million calls through the front door take half a day. Both files then get the same
open calls, and are asked the same things by turns.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import triage_rules
from benches.reporting import quantile, seeded
from console.model import OPEN, Choice, UnitStatus
from console.record import Calls, Home, Outbox, Reader, Writer, engine
from tests.record.support import START, dispatch, draft, incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benches.reporting import Sheet

FEW: Final = 10_000
TIMES: Final = 100
OPEN_CALLS: Final = 60
CLAIMED: Final = 400
FILES: Final = 2000
GOAL: Final = 1.5
_APART: Final = 10_000_000
"""What is added to every number in a copy, times the number of the copy."""


def run(sheet: Sheet, folder: Path) -> None:
    """Fill two files, ask both, and hold the ratios against their goal."""
    sheet.heading(f"{FEW:,} against {FEW * TIMES:,} recorded calls")
    begun = time.perf_counter()
    few, many = Home.prepare(folder / "few"), Home.prepare(folder / "many")
    _record(few)
    many.database.write_bytes(few.database.read_bytes())
    many.database.chmod(many.file_mode)
    _copy_rows(many)
    numbers = [(*_open_calls(home),) for home in (few, many)]
    sizes = [home.database.stat().st_size / 1e6 for home in (few, many)]
    sheet.say("filled", f"{sizes[0]:,.0f} and {sizes[1]:,.0f} MB in {time.perf_counter() - begun:.0f} s")
    with Reader.open(few) as small, Reader.open(many) as large:
        _compare(sheet, "the board", [small.board, large.board], 200)
        _compare(sheet, "a file, any", [_any_file(small, few, 1), _any_file(large, many, TIMES)], FILES)
    with Writer.open(few) as small_writer, Writer.open(many) as large_writer:
        claims = [_claiming(writer, each) for writer, each in zip((small_writer, large_writer), numbers, strict=True)]
        _compare(sheet, "a claim", claims, CLAIMED)
        _compare(sheet, "what is due", [_due(small_writer), _due(large_writer)], 500)


def _compare(sheet: Sheet, name: str, works: list[Callable[[], object]], times: int) -> None:
    took: list[list[float]] = [[], []]
    for _ in range(times):
        for each, work in zip(took, works, strict=True):
            begun = time.perf_counter()
            work()
            each.append(time.perf_counter() - begun)
    small, large = (quantile(each, 0.5) * 1000 for each in took)
    sheet.say(f"{name}, p50", f"{small:.3f} and {large:.3f} ms")
    sheet.say(f"{name}, ratio", f"{large / small:.2f}x", f"<= {GOAL}x", met=large <= GOAL * small)


def _record(home: Home) -> None:
    """Ring, answer, decide and deliver, to the end of the incident; a third gets a unit."""
    answers = {question.id: OPEN for question in triage_rules.load().questions}
    with Writer.open(home, connect=_careless) as writer:
        calls, outbox = Calls(writer), Outbox(writer)
        for number in range(FEW):
            ringing = incoming(f"melding {number}", number=f"06-{number:08d}")
            claim = calls.claim(calls.ring(ringing).call_id, "jan")
            calls.answer(claim, "gaande", "ja")
            calls.answer(claim, "verdachte", "onbekend")
            sent = dispatch(claim.call_id) if number % 3 == 0 else None
            choice = Choice.ADVICE if sent is None else Choice.PRIO1
            calls.decide(claim, draft(f"besluit {number}", choice, answers=answers), sent)
            calls.release(claim)
            if sent is not None:
                outbox.sending(sent.message_id)
                outbox.accepted(sent.message_id, f"GMS-{number}")
                outbox.unit(sent.message_id, "11-01", UnitStatus.CLOSED, START)


def _careless(path: Path) -> engine.Connection:
    """A connection that does not wait for the disk: for filling only."""
    connection = engine.connect(path)
    connection.execute("PRAGMA synchronous = 0")
    return connection


def _copy_rows(home: Home) -> None:
    connection = engine.sqlite.connect(home.database, isolation_level=None)
    for setting in ("journal_mode = delete", "journal_mode = off", "synchronous = 0", "cache_size = -1500000"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    connection.execute("BEGIN")
    for _, table, kind, *_ in connection.execute("PRAGMA main.table_list").fetchall():
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        if kind == "table" and not table.startswith("_") and any(_is_key(name, "TEXT", 0) for _, name, *_ in columns):
            _copy_table(connection, table, [(name, _in_a_copy(name, of, key)) for _, name, of, _, _, key in columns])
    connection.execute("COMMIT")
    connection.close()


def _copy_table(connection: engine.Connection, table: str, columns: list[tuple[str, str]]) -> None:
    names = ", ".join(f'"{name}"' for name, _ in columns)
    values = ", ".join(value for _, value in columns)
    connection.execute(
        f"""INSERT INTO {table} ({names})
        WITH RECURSIVE copy (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM copy WHERE nth < {TIMES - 1}),
            base AS MATERIALIZED (SELECT * FROM {table})
        SELECT {values} FROM copy CROSS JOIN base"""  # noqa: S608 - names of our own tables
    )


def _is_key(name: str, kind: str, primary: int) -> bool:
    """Tell whether a column holds a number that must be another one in a copy, by the way the record names them."""
    if kind == "INTEGER":
        return bool(primary) or name.endswith("_id")
    return kind == "TEXT" and (name in {"id", "token"} or name.endswith("_id"))


def _in_a_copy(name: str, kind: str, primary: int) -> str:
    if not _is_key(name, kind, primary):
        return f'"{name}"'
    return f'"{name}" + copy.nth * {_APART}' if kind == "INTEGER" else f"""("{name}" || '-' || copy.nth)"""


def _open_calls(home: Home) -> list[str]:
    """The calls of one busy evening, waiting, and as many decided ones again with a unit on its way."""
    with Writer.open(home, connect=_careless) as writer:
        calls = Calls(writer)
        ringing = [incoming(f"vanavond {number}", number=f"050-{number:07d}") for number in range(OPEN_CALLS)]
        found = [calls.ring(each).call_id for each in ringing]
        for number, call_id in enumerate(found[: OPEN_CALLS // 3]):
            calls.decide(calls.claim(call_id, "an"), draft(f"vanavond {number}"), dispatch(call_id))
    return found[OPEN_CALLS // 3 :]


def _any_file(reader: Reader, home: Home, copies: int) -> Callable[[], object]:
    """Calls from all over the file, which no cache holds together."""
    chance = seeded(7)
    connection = engine.connect(home.database, read_only=True)
    chosen = [chance.randint(1, FEW) + _APART * chance.randrange(copies) for _ in range(FILES)]
    found = [connection.execute("SELECT id FROM call WHERE seq = ?", (each,)).fetchone()["id"] for each in chosen]
    connection.close()
    turn = iter(found)
    return lambda: reader.file(next(turn))


def _claiming(writer: Writer, numbers: list[str] | tuple[str, ...]) -> Callable[[], object]:
    calls = Calls(writer)
    turn = iter(numbers * (CLAIMED // len(numbers) + 1))
    return lambda: calls.claim(next(turn), "jan")


def _due(writer: Writer) -> Callable[[], object]:
    outbox = Outbox(writer)
    return lambda: outbox.due(START.replace(year=2100), 4)
