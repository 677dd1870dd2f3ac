"""Whether a record still says what was written in it: every row of its logs tied to all before it, the contents of its
calls to the digests in those rows, and the whole to what is known of it elsewhere. Reads only.

The chain finds a row that was changed, taken out, put in or moved. That the last rows were cut off, or that all of them
were written anew, only shows beside a head that was kept elsewhere: an anchor file, or a line on paper.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch
from console.record import chain, contents, engine, schema
from console.record.anchoring import AnchorError, read_line
from console.record.chain import Head, Log
from console.record.errors import RecordError
from console.record.rows import as_recorded
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from console.record.home import Home

AT_ONCE: Final = 5000
"""Rows per look: short enough that the log of the database never waits for a check."""

NAMES: Final = {Log.AUDIT: "het logboek", Log.READS: "het inzagelogboek"}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong with a log: at which row, and a Dutch sentence about it."""

    log: Log
    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    `heads` is how far each log was followed. `uncovered` counts, per log, its newest rows after the last head from
    elsewhere: of those a cut would not show. `remarks` are sentences about what could not be checked.
    """

    heads: dict[Log, Head]
    uncovered: dict[Log, int]
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when nothing was altered, as far as can be seen."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Known:
    """A head that was kept elsewhere, whole or short; `at` is when it was anchored, None for one on paper."""

    head: Head
    at: datetime | None

    @property
    def words(self) -> str:
        """Say where it comes from."""
        return "de opgegeven kop" if self.at is None else f"het anker van {local(self.at):%d-%m-%Y %H:%M:%S}"


@dataclass
class _Walk:
    """How far the check of one log came."""

    log: Log
    known: dict[int, list[Known]]
    head: Head
    agreed: int
    first: int
    fault: Fault | None = field(default=None)

    def blame(self, row: int, sentence: str) -> None:
        """Keep the first fault."""
        self.fault = Fault(self.log, row, sentence)


@as_recorded
def verify(
    home: Home,
    head: Head | None = None,
    *,
    anchors: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Check the record of `home`, beside its anchor file (or the file `anchors`) and `head`, which may be a short one.

    `progress` hears how many rows of how many were read. Raises RecordError when there is nothing that can be read; an
    anchor file that is not there is a remark, unless it was asked for.
    """
    if not home.database.exists():
        raise RecordError(f"In {home.path} staat geen dossier. Controleer MELDKAMER_HOME.")
    known, remarks = _known(home.anchor_file if anchors is None else anchors, asked=anchors is not None)
    if head is not None:
        known.append(Known(head, None))
    connection = engine.connect(home.database, read_only=True)
    # Damaged text must be found as a row that changed, not stop the check.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        schema.demand_current(connection)
        total = sum(chain.head(connection, log).seq for log in Log)
        walks: list[_Walk] = []
        for log in Log:
            before = sum(walk.head.seq for walk in walks)
            begin = _begin(connection, log)
            walks.append(_Walk(log, _by_row(log, known), begin, begin.seq, begin.seq + 1))
            for done in _follow(connection, walks[-1]):
                if progress is not None:
                    progress(before + done, total)
        faults = [walk.fault for walk in walks if walk.fault is not None] or _damage(connection)
        if not faults:
            faults = [Fault(Log.AUDIT, row, sentence) for row, sentence in contents.faults(connection)]
    except engine.sqlite.Error as error:
        engine.explain(error)
    finally:
        connection.close()
    return Verdict(
        heads={walk.log: walk.head for walk in walks},
        uncovered={walk.log: walk.head.seq - walk.agreed for walk in walks},
        faults=tuple(faults),
        remarks=tuple(remarks),
    )


def _damage(connection: engine.Connection) -> list[Fault]:
    """Look whether the file itself is whole: in one that is not, a table may never end or an index may hide a row."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found == "ok":
        return []
    return [Fault(Log.AUDIT, 0, f"Het dossierbestand is beschadigd ({found}). Zet een reservekopie terug.")]


def _known(file: Path, *, asked: bool) -> tuple[list[Known], list[str]]:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        if asked:
            raise RecordError(f"Het ankerbestand {file} bestaat niet. Controleer de naam.") from None
        return [], [
            (
                f"Er is geen ankerbestand ({file}). Zonder anker is niet te zien of de laatste rijen zijn weggehaald, "
                "of dat alles is herschreven. Geef een kop van papier op met --kop."
            )
        ]
    except OSError as error:
        raise RecordError(
            f"Het ankerbestand {file} is niet te lezen: {in_dutch(error)}. Controleer de rechten."
        ) from error
    known: list[Known] = []
    remarks: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            anchor = read_line(line)
        except AnchorError:
            if line:
                remarks.append(f"Regel {number} van {file} is onleesbaar en telt niet mee.")
        else:
            known.append(Known(anchor.head, anchor.at))
    return known, remarks


def _begin(connection: engine.Connection, log: Log) -> Head:
    """Where a log begins: of that of the reads, after what its term took, as the audit says that was checked first."""
    row = connection.execute(
        "SELECT details FROM audit WHERE what = ? ORDER BY seq DESC LIMIT 1", (contents.READS_PURGED,)
    ).fetchone()
    if log != Log.READS or row is None:
        return Head(log, 0, chain.START)
    try:
        details = json.loads(row["details"])
        return Head(log, int(details["laatste"]), bytes.fromhex(details["kop"]))
    except (ValueError, KeyError, TypeError):
        return Head(log, 0, chain.START)  # the row was altered, and the check of the audit says so


def _by_row(log: Log, known: Iterable[Known]) -> dict[int, list[Known]]:
    found: dict[int, list[Known]] = {}
    for each in known:
        if each.head.log == log:
            found.setdefault(each.head.seq, []).append(each)
    return found


def _follow(connection: engine.Connection, walk: _Walk) -> Iterator[int]:
    """Follow a log from its first row until its end or its first fault; gives the number of rows now and then."""
    last: int | None = None
    while walk.fault is None:
        rows = connection.execute(
            f"SELECT * FROM {walk.log.table} WHERE ? IS NULL OR seq > ? ORDER BY seq LIMIT ?",  # noqa: S608 - fixed name
            (last, last, AT_ONCE),
        ).fetchall()
        for row in rows:
            _step(walk, row)
            if walk.fault is not None:
                break
        yield walk.head.seq
        if not rows:
            _look_past_the_end(walk)
            return
        last = rows[-1]["seq"]


def _step(walk: _Walk, row: engine.Row) -> None:
    log, seq, name = walk.log, row["seq"], NAMES[walk.log]
    due = walk.head.seq + 1
    if seq < due:
        walk.blame(seq, f"Rij {seq} hoort niet in {name}: de eerste rij is rij {walk.first}.")
    elif seq > due:
        gone = f"rij {due} ontbreekt" if seq == due + 1 else f"rij {due} tot en met {seq - 1} ontbreken"
        walk.blame(due, f"In {name} {'is iets weggehaald'}: {gone}.")
    elif row["prev"] != walk.head.hash:
        walk.blame(
            seq,
            f"Rij {seq} van {name} sluit niet aan op de rij ervoor: een van beide is vervangen of verplaatst.",
        )
    elif row["hash"] != chain.hash_of(walk.head.hash, chain.bytes_of(log, seq, row)):
        walk.blame(seq, f"Rij {seq} van {name} is veranderd. Er staat nu: {row['at']}, {row['who']}, {row['what']}.")
    else:
        walk.head = Head(log, seq, row["hash"])
        _compare(walk)


def _compare(walk: _Walk) -> None:
    """Hold the row that was reached against what is known of it elsewhere."""
    for known in walk.known.get(walk.head.seq, ()):
        if not walk.head.hash.startswith(known.head.hash):
            walk.blame(
                walk.agreed + 1,
                f"Rij {walk.head.seq} van {NAMES[walk.log]} is een andere dan die van {known.words}: het logboek is "
                f"herschreven, ergens van rij {walk.agreed + 1} tot en met rij {walk.head.seq}.",
            )
            return
        walk.agreed = walk.head.seq


def _look_past_the_end(walk: _Walk) -> None:
    beyond = [known for row, each in walk.known.items() if row > walk.head.seq for known in each]
    if beyond:
        last = max(beyond, key=lambda known: known.head.seq)
        walk.blame(
            walk.head.seq + 1,
            f"Van {NAMES[walk.log]} is het einde weggehaald: het houdt op bij rij {walk.head.seq}, en er was een rij "
            f"{last.head.seq} ({last.words}).",
        )
