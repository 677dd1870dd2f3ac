"""What the room and the functional manager wait for, with 10,000 and with 1,000,000 calls in the record.

Each question is asked of both records and the ratio of its median times is printed; the aim is at most 1.5. The two
last lines are questions that no index can answer at one cost: they are printed to be known, not to be met.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.model import TraceKind
from console.record import Home, Reader, Writer, engine, search
from console.record.rows import to_text

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = (10_000, 1_000_000)
AIM: Final = 1.5

_OPEN: Final = 20
_ROUNDS: Final = 201
_STEP: Final = 20_000
_MONTH: Final = timedelta(days=30)
_NOW: Final = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)

_CALLS: Final = """WITH RECURSIVE many (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM many WHERE n < :last)
INSERT INTO call (seq, id, salt, channel, number, name, address, first_words, received_at, rung_at, stage, fence, note)
SELECT n, '26-' || n, randomblob(32), '112', '', 'naam' || (n % 2000), 'Brink 4, 9461 AS Gieten',
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
INSERT INTO audit (at, who, terminal, os_user, what, call_id, details)
SELECT :at, 'jan', 'pts/1', 'jan', 'besloten', '26-' || n, '{}' FROM many"""

_WORDS: Final = """INSERT INTO words (rowid, names, text) SELECT seq, name, address || ' ' || first_words || ' ' || note
FROM call WHERE seq BETWEEN :first AND :last"""


def run() -> None:
    """Print each question with its median at both sizes and their ratio."""
    with tempfile.TemporaryDirectory(prefix="meldkamer-bench-") as folder:
        homes = [Home.prepare(Path(folder) / str(size)) for size in SIZES]
        for home, size in zip(homes, SIZES, strict=True):
            print(f"vullen: {size} meldingen", file=sys.stderr)
            fill(home, size)
        print(f"{'vraag':<44}{'10.000':>12}{'1.000.000':>12}{'ratio':>8}")
        with Reader.open(homes[0]) as small, Reader.open(homes[1]) as large:
            for name, ask in questions().items():
                few, many = _median(ask, small, SIZES[0]), _median(ask, large, SIZES[1])
                print(f"{name:<44}{few * 1e3:>9.3f} ms{many * 1e3:>9.3f} ms{many / few:>8.2f}")
        sizes = ", ".join(f"{home.database.stat().st_size / 2**20:,.0f} MiB" for home in homes)
        print(f"bestanden: {sizes}; {os.cpu_count()} kernen; doel: ten hoogste {AIM}")


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
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def questions() -> dict[str, Callable[[Reader, int], object]]:
    """Give what is asked, with its name on the screen."""
    return {
        "wachtrij": lambda reader, _: reader.board(),
        "melding openen": lambda reader, size: reader.file(f"26-{size // 2}"),
        "wat deelt deze melding (1 op 100)": lambda reader, size: reader.related(f"26-{size // 2}", _MONTH),
        "zoek nummer": lambda reader, size: reader.ask(partial(search.by_number, call_id=f"26-{size // 3}")),
        "zoek telefoon (3 meldingen)": _trace(TraceKind.PHONE, "+3161"),
        "zoek iban (1 op 100)": _trace(TraceKind.IBAN, "NL7"),
        "zoek naam (1 op 2000)": lambda reader, _: reader.ask(partial(search.by_name, name="naam7", limit=51)),
        "zoek woord (5 meldingen)": _text("zeldzaam"),
        "zoek woord (1 op 10)": _text("zonnebloem"),
        "zoek woorden (alle meldingen)": _text("man deur"),
        "zoek woorden (alle, en 5)": _text("deur zeldzaam"),
        "  zonder doel: begin van een woord (alle)": _text("overg*"),
        "  zonder doel: 1 op 10 en 1 op 10, nooit samen": _text("zonnebloem korenbloem"),
    }


def _trace(kind: TraceKind, value: str) -> Callable[[Reader, int], object]:
    return lambda reader, _: reader.ask(partial(search.by_trace, kind=kind, values=[value], limit=51))


def _text(text: str) -> Callable[[Reader, int], object]:
    return lambda reader, _: reader.ask(partial(search.by_text, text=text, limit=51))


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


if __name__ == "__main__":
    run()
