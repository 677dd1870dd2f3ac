"""The real door on a real record, asked without sockets, and all that must hold of each request to it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.intake import door as room
from console.intake.door import Door
from console.record import Home, Writer, engine
from console.record.verifying import verify
from tests.intake.bodies import LARGEST, NOW, PLANTED, TOKEN, Ring
from tests.intake.oracle import Content, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from types import TracebackType
    from typing import Self

NOW_IN_MICROSECONDS: Final = int(NOW.timestamp()) * 1_000_000
_ACTING: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTING: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_HIDING: Final = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(0xE0000 + n) for n in range(0x80)
}
_FULL: Final = 4_000
"""Calls after which a record is begun anew: what is proved is no matter of how much stands in it."""
_SENT_AGAIN: Final = 3
"""One in so many is sent again, as it was and with another content."""
_LOGGED: Final = re.compile(r"melding 26-\d{4,6} (aangenomen|nogmaals aangeboden)|niet aangenomen \(\d{3}\)")
_STORED: Final = "external_id, channel, number, name, address, lat, lon, first_words, received_at, urgent"
_OPEN: Final = {"/health": {"dossier": "ok"}, "/openapi.json": None}
_OF_A_CALL: Final = {"call": 1, "audit": 1, "words": 1, "counter": 1}
"""How many rows of each table a call is, beside what is recognised in it."""


class Rig:
    """An intake to try anything on. What it did not hold is an AssertionError that shows the request."""

    def __init__(self) -> None:
        """Begin with an empty record."""
        self.seen = Counter[str]()
        self.sentences = set[str]()
        self._logged = _Lines()
        self._loop = asyncio.new_event_loop()
        self._begin()

    def _begin(self) -> None:
        self._path = Path(tempfile.mkdtemp(prefix="intake-"))
        self._writer = Writer.open(Home.prepare(self._path / "data"), clock=lambda: NOW)
        self._application = Door(self._writer, lambda: NOW, TOKEN).application()
        self._observer = engine.connect(self._path / "data" / "dossier.db", read_only=True)
        self._taken: dict[str, tuple[Content, str]] = {}
        self._counting = self._ways_to_count()
        self._rows = self._count()
        self._version = self._data_version()

    def _end(self, *, check: bool) -> None:
        self._observer.close()
        self._writer.close()
        found = verify(self._writer.home).faults if check else ()
        shutil.rmtree(self._path)
        assert not found, f"the record does not say what was written in it: {found}"

    def __enter__(self) -> Self:
        """Give the rig itself."""
        self._logged.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind, and see that the record is whole."""
        self._logged.stop()
        try:
            self._end(check=error is None)
        finally:
            self._loop.close()

    def hold(self, ring: Ring) -> None:
        """Ask, and hold what it answers, stores and logs against what must be; one that was taken is sent again."""
        if len(self._taken) >= _FULL:
            self._end(check=True)
            self._begin()
        try:
            self._hold(ring)
        except Exception as error:
            error.add_note(f"{ring.method} {ring.path} {ring.headers}\nbody {ring.body[:3_000]!r}")
            raise

    def body(self, body: bytes) -> None:
        """Hold a body that comes with everything around it right."""
        self.hold(Ring((body,)))

    def _hold(self, ring: Ring) -> None:
        verdict = expected(ring)
        status, answer = self._ask(ring)
        if verdict.content is None or not 200 <= status < 300:
            self._hold_refused(ring, verdict, status, answer)
            return
        content = verdict.content
        before = self._taken.get(content.id)
        if before is None:
            self._hold_new(content, status, answer)
        elif before[0] == content:
            self._hold_again(content, status, answer)
        else:
            raise AssertionError(f"{status} for an id that stands with other content")

    def _hold_refused(self, ring: Ring, verdict: Verdict, status: int, answer: Any) -> None:
        if verdict.content is not None and verdict.content.id in self._taken:
            assert status == 409, status
            assert self._taken[verdict.content.id][0] != verdict.content, "the same again was refused"
            self._hold_one_row_of("audit", "the refusal of an id that was used is in the audit, and nothing else")
        else:
            assert status in verdict.statuses, f"{status}, not {sorted(verdict.statuses)}"
            assert self._data_version() == self._version, f"something was stored of a request that got {status}"
        if ring.hangs_up:
            return
        if ring.path in _OPEN and status == 200:
            assert answer == (_OPEN[ring.path] or answer)
            return
        assert set(answer) == {"fout", "veld", "wat_te_doen"}, answer
        for sentence in (answer["fout"], answer["wat_te_doen"]):
            assert sentence[0].isupper(), answer
            assert sentence.endswith("."), answer
            assert not {"{", "}"} & set(sentence), answer
            assert PLANTED not in sentence, "what a caller said is repeated"
            self.sentences.add(re.sub(r"\d+", "#", sentence))
        named = answer["veld"]
        assert named is None or len(named) <= 410, "a name of any length is repeated"
        plain = {name for name in verdict.wrong if name.isascii() and name.isprintable() and " " not in name}
        if status == 422 and plain == verdict.wrong and 0 < max(map(len, plain), default=0) < 100:
            assert (named or "") in verdict.wrong, f"{named} is said to be wrong, not {sorted(verdict.wrong)}"

    def _hold_new(self, content: Content, status: int, answer: Any) -> None:
        assert status == 201, status
        row = self._observer.execute(f"SELECT {_STORED}, id FROM call WHERE external_id = ?", (content.id,)).fetchone()  # noqa: S608
        assert row is not None, "answered with 201 and not stored"
        urgent = None if row["urgent"] is None else bool(row["urgent"])
        values = {name: row[name] for name in _STORED.split(", ")[1:]}
        stored = Content(id=row["external_id"], **values | {"urgent": urgent})
        assert stored == content, f"stored as {stored}"
        assert answer == {"id": content.id, "melding": row["id"], "nieuw": True}, answer
        self._hold_rows_of(row["id"])
        self._taken[content.id] = (content, row["id"])
        if len(self._taken) % _SENT_AGAIN:
            return
        again, answer = self._ask(Ring((_plainly(content),)))
        self._hold_again(content, again, answer)
        other, answer = self._ask(Ring((_plainly(replace(content, first_words=content.first_words[1:] + "!")),)))
        assert other == 409, other
        self._hold_one_row_of("audit", "an id that was used")

    def _hold_again(self, content: Content, status: int, answer: Any) -> None:
        assert status == 200, status
        assert answer == {"id": content.id, "melding": self._taken[content.id][1], "nieuw": False}, answer
        assert self._data_version() == self._version, "the same again was stored again"

    def _hold_rows_of(self, call_id: str) -> None:
        """One call, one line of audit, one place to find it by, the traces of it, and nothing else."""
        before, now = self._rows, self._count()
        grown = {table: now[table] - before[table] for table in now if now[table] != before[table]}
        traced = grown.pop("trace", 0)
        assert grown == _OF_A_CALL, grown
        ask = self._observer.execute
        (line,) = ask("SELECT call_id, what, who FROM audit ORDER BY seq DESC LIMIT 1").fetchall()
        assert tuple(line) == (call_id, "binnengekomen", "intake"), tuple(line)
        traces = ask("SELECT call_id FROM trace ORDER BY rowid DESC LIMIT ?", (traced,)).fetchall()
        assert {row[0] for row in traces} <= {call_id}
        self._rows, self._version = now, self._data_version()

    def _hold_one_row_of(self, table: str, why: str) -> None:
        now = self._count()
        assert {name: now[name] - self._rows[name] for name in now if now[name] != self._rows[name]} == {table: 1}, why
        self._rows, self._version = now, self._data_version()

    def _count(self) -> dict[str, int]:
        """The highest row of every table, or how many: rows are never taken away here."""
        return {table: self._observer.execute(how).fetchone()[0] for table, how in self._counting.items()}

    def _ways_to_count(self) -> dict[str, str]:
        tables = self._observer.execute(
            "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'words_%' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        ways = {
            name: f"SELECT {'count(*)' if small else 'coalesce(max(rowid), 0)'} FROM {name}"  # noqa: S608
            for name, small in map(tuple, tables)
        }
        return ways | {"counter": "SELECT coalesce(sum(last), 0) FROM counter"}

    def _data_version(self) -> int:
        """Another number as soon as anything at all was committed."""
        version: int = self._observer.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _ask(self, ring: Ring) -> tuple[int, Any]:
        """Give the status and what the body says."""
        sent: list[MutableMapping[str, Any]] = []
        self._loop.run_until_complete(self._exchange(ring, sent))
        logged = self._logged.taken()
        assert all(_LOGGED.fullmatch(line) for line in logged), f"logged: {logged}"
        start, *rest = sent
        assert [part["type"] for part in sent] == ["http.response.start", *["http.response.body"] * len(rest)]
        status: int = start["status"]
        self.seen[str(status)] += 1
        assert status < 500, f"answered with {status}"
        body = b"".join(part.get("body", b"") for part in rest)
        if ring.hangs_up and not body:
            return status, None
        headers = dict(start["headers"])
        assert headers[b"content-type"] == b"application/json"
        assert not [
            value for value in headers.values() if PLANTED.encode() in value or not value.decode("ascii").isprintable()
        ]
        text = body.decode("utf-8")
        answer = json.loads(text)
        assert TOKEN not in text, "the key is repeated"
        _demand_harmless(answer if ring.path != "/openapi.json" else None)
        return status, answer

    async def _exchange(self, ring: Ring, sent: list[MutableMapping[str, Any]]) -> None:
        coming: list[MutableMapping[str, Any]] = [
            {"type": "http.request", "body": part, "more_body": True} for part in ring.parts
        ]
        if ring.hangs_up:
            coming.append({"type": "http.disconnect"})
        elif coming:
            coming[-1]["more_body"] = False
        else:
            coming.append({"type": "http.request", "body": b"", "more_body": False})

        async def receive() -> MutableMapping[str, Any]:
            return coming.pop(0)

        async def send(part: MutableMapping[str, Any]) -> None:
            sent.append(part)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": ring.method,
            "path": ring.path,
            "raw_path": ring.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": list(ring.headers),
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        await self._application(scope, receive, send)


def expected(ring: Ring) -> Verdict:
    """Say what must become of a request, by the rules that the contract gives a sender."""
    refused = _refused_unread(ring)
    if refused:
        return Verdict(None, frozenset({refused}))
    if ring.hangs_up:
        return Verdict(None, frozenset({400, 413}))
    return judge(ring.body, NOW_IN_MICROSECONDS)


def _refused_unread(ring: Ring) -> int:
    """The status of what is refused, or answered, whatever its body is; 0 where the body decides."""
    headers = {name.decode(): value.decode("latin-1") for name, value in ring.headers}
    kind, _, parameter = headers.get("content-type", "").lower().partition(";")
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if ring.path in _OPEN:
        return 200 if ring.method in {"GET", "HEAD"} else 405
    if ring.path != "/v1/calls":
        return 404
    if ring.method != "POST":
        return 405
    if scheme.lower() != "bearer" or key != TOKEN:
        return 401
    plain = kind.strip() == "application/json" and parameter.strip() in {"", "charset=utf-8", 'charset="utf-8"'}
    if not plain or headers.get("content-encoding", "identity").lower() != "identity":
        return 415
    return 413 if max(int(headers.get("content-length", "0")), len(ring.body)) > LARGEST else 0


def _plainly(content: Content) -> bytes:
    """Write what was understood of a call in the plainest way: it must be the same call."""
    return json.dumps(
        {
            "id": content.id,
            "channel": content.channel,
            "number": content.number,
            "name": content.name,
            "location": {"address": content.address, "lat": content.lat, "lon": content.lon},
            "first_words": content.first_words,
            "received_at": content.received_at,
            "spoed": content.urgent,
        }
    ).encode()


def _demand_harmless(said: Any) -> None:
    """Nothing in an answer acts on a terminal that shows it; an id is given back as it was, and was visible."""
    for text in said.values() if isinstance(said, dict) else ():
        if isinstance(text, str) and not text.isprintable():
            acting = [hex(ord(each)) for each in text if _acts(each)]
            assert not acting, f"{acting} in the answer"


def _acts(character: str) -> bool:
    category, direction = unicodedata.category(character), unicodedata.bidirectional(character)
    return category in _ACTING or direction in _DIRECTING or character in _HIDING


class _Lines(logging.Handler):
    """What the intake logs."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._level_before = room._log.level

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())

    def taken(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines

    def listen(self) -> None:
        room._log.addHandler(self)
        room._log.setLevel(logging.INFO)

    def stop(self) -> None:
        room._log.removeHandler(self)
        room._log.setLevel(self._level_before)


def smallest(body: bytes, fails: Callable[[bytes], bool], tries: int = 400) -> bytes:
    """Take away of a body that fails what can go while it still fails."""
    size = len(body) // 2
    while size:
        at = 0
        while at < len(body) and tries:
            tries -= 1
            shorter = body[:at] + body[at + size :]
            if fails(shorter):
                body = shorter
            else:
                at += size
        size //= 2
    return body
