"""What the room and the functional manager wait for, with 10,000 and with 1,000,000 calls in the record.

Each question is asked of both records; the ratio of its median times is the figure. The last three have no goal: the
index must walk or jump through the list of a word that stands in very many calls, and they are printed to be known.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from benches.reporting import Sheet
from console.model import TraceKind
from console.record import Home, Reader, Writer, engine, search
from console.record.purge import Purge
from console.record.rows import to_text

SIZES: Final = (10_000, 1_000_000)
AIM: Final = 1.5

_OPEN: Final = 20
_ROUNDS: Final = 201
_STEP: Final = 1_000
_LIMIT: Final = 51
_MONTH: Final = timedelta(days=30)
_NOW: Final = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)

_CALLS: Final = """WITH RECURSIVE many (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM many WHERE n < :last)
INSERT INTO call (seq, id, salt, channel, number, name, address, first_words, received_at, rung_at, stage, fence, note)
SELECT n, '26-' || n, randomblob(32), '112', '', 'naam' || (n % 100), 'Brink 4, 9461 AS Gieten',
    'er staat een man aan de deur' || CASE WHEN n % (:size / 5) = 0 THEN ' zeldzaam' ELSE '' END, :at, :at,
    CASE WHEN n > :size - :open THEN 'wacht' ELSE 'besloten' END, 1,
    'geld overgemaakt ' || CASE n % 10 WHEN 0 THEN 'zonnebloem' WHEN 5 THEN 'korenbloem' ELSE 'grijze auto' END
FROM many"""

_TRACES: Final = """WITH RECURSIVE many (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM many WHERE n < :last)
INSERT INTO trace (call_id, kind, value, text, valid, origin, number, at)
SELECT '26-' || n, 'telefoonnummer', '+316' || (n % (:size / 3)), '', 1, 'binnenkomst', 0, :at FROM many
UNION ALL SELECT '26-' || n, 'iban', 'NL' || (n % 100), '', 1, 'notitie', 0, :at FROM many"""

_DECISIONS: Final = """WITH RECURSIVE many (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM many WHERE n < :last)
INSERT INTO decision (call_id, token, at, by, choice, policy, answers, suggestion, deviates)
SELECT '26-' || n, n, :at, 'jan', 'advies', '{"id":"tpdc","version":"1","text_hash":"","meaning_hash":""}', '{}',
    '{"urgency":{"at_least":"advies","at_most":"advies"},"after_wish":{"at_least":"advies","at_most":"advies"},'
    || '"rules":[]}', 0
FROM many WHERE n <= :size - :open"""

_AUDIT: Final = """WITH RECURSIVE many (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM many WHERE n < :last)
INSERT INTO audit (at, who, terminal, os_user, what, call_id, details, prev, hash)
SELECT :at, 'jan', 'pts/1', 'jan', 'besloten', '26-' || n, '{}', zeroblob(32), zeroblob(32) FROM many"""

_WORDS: Final = """INSERT INTO words (rowid, names, text) SELECT seq, name, address || ' ' || first_words || ' ' || note
FROM call WHERE seq BETWEEN :first AND :last"""


def run() -> bool:
    """Print each question with its median at both sizes and their ratio; gives whether every goal was met."""
    sheet = Sheet()
    sheet.heading(f"The record with {SIZES[1]:,} calls against {SIZES[0]:,} ({os.cpu_count()} cores)")
    with tempfile.TemporaryDirectory(prefix="meldkamer-bench-") as folder:
        homes = [Home.prepare(Path(folder) / str(size)) for size in SIZES]
        for home, size in zip(homes, SIZES, strict=True):
            print(f"  filling {size:,} calls", file=sys.stderr)
            fill(home, size)
            sheet.say(f"file of {size:,} calls", f"{home.database.stat().st_size / 2**20:,.0f} MiB")
        with Reader.open(homes[0]) as small, Reader.open(homes[1]) as large:
            for name, ask in (WITH_GOAL | WITHOUT_GOAL).items():
                few, many = _median(ask, small, SIZES[0]), _median(ask, large, SIZES[1])
                goal = f"<= {AIM}" if name in WITH_GOAL else ""
                figure = f"{many * 1e3:.3f} ms, x{many / few:.2f}"
                sheet.say(name, figure, goal, many / few <= AIM if goal else None)
    return sheet.met


def fill(home: Home, size: int) -> None:
    """Make a record of `size` calls, `_OPEN` of them waiting, with what is searched for in known shares."""
    Writer.open(home).close()
    with closing(engine.connect(home.database)) as connection:
        for first in range(1, size + 1, _STEP):
            last = min(first + _STEP - 1, size)
            at = to_text(_NOW - timedelta(days=20) + timedelta(seconds=last * 1_700_000 / size))
            values = {"first": first, "last": last, "size": size, "open": _OPEN, "at": at}
            connection.execute("BEGIN IMMEDIATE")
            for statement in (_CALLS, _TRACES, _DECISIONS, _AUDIT, _WORDS):
                connection.execute(statement, values)
            connection.execute("COMMIT")
    with Writer.open(home) as writer:
        Purge(writer, "bench").tidy()  # as `meldkamer dossier opschonen` leaves it


def _trace(kind: TraceKind, value: str) -> Callable[[Reader, int], object]:
    return lambda reader, _: reader.ask(partial(search.by_trace, kind=kind, values=[value], limit=_LIMIT))


def _text(text: str) -> Callable[[Reader, int], object]:
    return lambda reader, _: reader.ask(partial(search.by_text, text=text, limit=_LIMIT))


WITH_GOAL: Final[dict[str, Callable[[Reader, int], object]]] = {
    "the queue": lambda reader, _: reader.board(),
    "open a call": lambda reader, size: reader.file(f"26-{size // 2}"),
    "what a call shares (1 in 100)": lambda reader, size: reader.related(f"26-{size // 2}", _MONTH),
    "find a number": lambda reader, size: reader.ask(partial(search.by_number, call_id=f"26-{size // 3}")),
    "find a phone (3 calls)": _trace(TraceKind.PHONE, "+3161"),
    "find an account (1 in 100)": _trace(TraceKind.IBAN, "NL7"),
    "find a name (1 in 100)": lambda reader, _: reader.ask(partial(search.by_name, name="naam7", limit=_LIMIT)),
    "find a word (5 calls)": _text("zeldzaam"),
    "find a word (1 in 10)": _text("zonnebloem"),
    "find two words (each in all calls)": _text("man deur"),
}

WITHOUT_GOAL: Final[dict[str, Callable[[Reader, int], object]]] = {
    "find two words (in all calls, in 5)": _text("deur zeldzaam"),
    "find the beginning of a word (in all calls)": _text("overg*"),
    "find two words (each 1 in 10, never together)": _text("zonnebloem korenbloem"),
}


def _median(ask: Callable[[Reader, int], object], reader: Reader, size: int) -> float:
    ask(reader, size)
    times = []
    began = time.perf_counter()
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        ask(reader, size)
        times.append(time.perf_counter() - start)
        if time.perf_counter() - began > 5:
            break
    return statistics.median(times)
