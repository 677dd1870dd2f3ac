"""A TicketsCAD to test with: a real HTTP server that behaves as version 4 was seen to behave, faults included.

It has no key against doubles and no field for a reference of ours; its columns are latin1 and cut what is too long; it
changes the severity where its incident type says so; its times have no zone. It counts incidents per message of ours.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN: Final = "tcad_d_7HxKqJ4mN9pVbW2yR8sLfTjGdC5eAuZ1"
BASE: Final = "/api/external/v1"
_COLUMNS: Final = {"contact": 48, "street": 96, "city": 32, "state": 4, "phone": 16, "address_about": 512}
_CHANGEABLE: Final = {"severity", "description", "scope", "street", "city", "phone", "contact"}
_LARGEST_COLUMN: Final = 65_535
_SOMEWHERE: Final = ZoneInfo("America/Chicago")
_NUMBER: Final = re.compile(r"\[.*? ([0-9a-f-]{36})\]", re.DOTALL)


class DatabaseError(Exception):
    """What a database refuses; the answer is 500 db_error."""


@dataclass
class Faults:
    """What goes wrong, until it is changed."""

    answer: tuple[int, str] | None = None
    """Every request is answered with this status and error."""
    retry_after: int = 7
    html: bool = False
    lose: bool = False
    """What is made is stored, and then the connection breaks."""
    drop_before: bool = False
    """The connection breaks before anything is stored."""
    drops: frozenset[str] = frozenset()
    """Fields that are accepted and not stored."""
    store_later: float = 0.0
    """The connection breaks at once; what was asked is stored so many seconds later."""
    notes_fail: bool = False
    reads_fail: bool = False
    chances: tuple[float, random.Random] | None = None
    """The share of the makings that go wrong one way or another, and by which chance."""


@dataclass
class Store:
    """What the CAD holds."""

    incidents: list[dict[str, Any]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    assignments: list[dict[str, Any]] = field(default_factory=list)
    types: dict[int, int] = field(default_factory=lambda: {1: 0, 7: 0, 8: 0, 9: 0})
    """Number of an incident type, and the severity that it imposes (0: none)."""
    shows_assignments: bool = False
    token_state: str = ""
    requests: Counter[str] = field(default_factory=Counter)


class TicketsCadStandIn:
    """The server, its store and its faults; `url` is what the setting cad_url would be."""

    def __init__(self) -> None:
        self.store = Store()
        self.faults = Faults()
        self.lock = threading.RLock()
        self._later: list[threading.Timer] = []
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def effects(self) -> dict[str, int]:
        """How many incidents were made per message of ours."""
        with self.lock:
            found = [_NUMBER.match(each["scope"]) for each in self.store.incidents]
            return dict(Counter(each[1] for each in found if each))

    def incident(self, message_id: str) -> dict[str, Any]:
        """The one incident of a message."""
        with self.lock:
            (found,) = [each for each in self.store.incidents if message_id in each["scope"]]
            return dict(found)

    def notes_with(self, message_id: str) -> list[str]:
        """The notes that carry this message id."""
        with self.lock:
            return [text for _, text in self.store.notes if message_id in text]

    def assign(self, incident: int, unit: str) -> None:
        """Do what a dispatcher does: put a unit on it."""
        with self.lock:
            made = {"id": len(self.store.assignments) + 1, "ticket": incident, "handle": unit, "status": "dispatched"}
            self.store.assignments.append(made)
            self.store.incidents[incident - 1]["primary_responder_name"] = unit

    def unit_says(self, incident: int, status: str) -> None:
        """Let the unit on it say where it is."""
        with self.lock:
            for each in self.store.assignments:
                if each["ticket"] == incident:
                    each["status"] = status

    def close_incident(self, incident: int) -> None:
        """Do what a dispatcher does: close it."""
        with self.lock:
            self.store.incidents[incident - 1]["status"] = "1"

    def later(self, seconds: float, body: dict[str, Any]) -> None:
        """Store an incident in a while."""
        timer = threading.Timer(seconds, self.create, (body,))
        self._later.append(timer)
        timer.start()

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Store an incident; there is no telling whether it was stored before."""
        with self.lock:
            number = len(self.store.incidents) + 1
            row: dict[str, Any] = {"id": str(number), "status": "2", "updated": _now(), "date": _now()}
            for name, value in body.items():
                if name not in self.faults.drops:
                    row[name] = _stored(name, value)
            imposed = self.store.types.get(int(body["in_types_id"]), 0)
            row["severity"] = str(imposed or max(0, min(2, int(body.get("severity", 0)))))
            row["incident_number"] = f"26-{number:04d}"
            self.store.incidents.append(row)
            return {"id": number, "incident_number": row["incident_number"], "patient_count": 0}

    def serve(self) -> None:
        """Serve until `stop`."""
        self._server.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        """End it."""
        for timer in self._later:
            timer.join()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def ticketscad() -> Iterator[TicketsCadStandIn]:
    """A TicketsCAD for as long as this lasts."""
    made = TicketsCadStandIn()
    thread = threading.Thread(target=made.serve)
    thread.start()
    try:
        yield made
    finally:
        made.stop()
        thread.join()


def _now() -> str:
    return f"{datetime.now(_SOMEWHERE):%Y-%m-%d %H:%M:%S}"


def _stored(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return str(value)
    try:
        value.encode("cp1252")
    except UnicodeEncodeError as error:
        raise DatabaseError from error
    if len(value) > _LARGEST_COLUMN:
        raise DatabaseError
    return value.strip()[: _COLUMNS.get(name, _LARGEST_COLUMN)]


class _Answer(Exception):  # noqa: N818 - not an error, a way out
    def __init__(self, status: int, data: Any = None, error: str = "", errors: tuple[str, ...] = ()) -> None:
        self.status = status
        self.body = {"ok": True, "api_version": "v1", "request_id": "a4f8", "data": data}
        if error:
            self.body = {"ok": False, "error": error, "errors": list(errors)}


class _Lost(Exception):  # noqa: N818 - a connection that breaks
    pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, cad: TicketsCadStandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cad = cad

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A delivery that was killed hangs up: that is no fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            _conversation(self.server.cad, self.command, self.path, self.headers.get("Authorization"), raw)
        except _Answer as answer:
            self._write(answer)
        except DatabaseError:
            self._write(_Answer(500, error="db_error"))
        except _Lost:
            self.close_connection = True

    def _write(self, answer: _Answer) -> None:
        html = self.server.cad.faults.html
        content = b"<html>even geduld</html>" if html else json.dumps(answer.body).encode()
        self.send_response(200 if html else answer.status)
        self.send_header("Content-Type", "text/html" if html else "application/json")
        self.send_header("Content-Length", str(len(content)))
        if answer.status == 429:
            self.send_header("Retry-After", str(self.server.cad.faults.retry_after))
        self.end_headers()
        self.wfile.write(content)


def _conversation(cad: TicketsCadStandIn, method: str, target: str, authorization: str | None, raw: bytes) -> None:
    """Decide on one request; every end of it is an `_Answer`, a refusal of the database or a broken connection."""
    parts = urlsplit(target)
    path = parts.path.removeprefix(BASE)
    with cad.lock:
        cad.store.requests[f"{method} {re.sub(r'[0-9]+', 'N', path)}"] += 1
    _at_the_door(cad, path, authorization)
    body = json.loads(raw) if raw else {}
    steps = path.strip("/").split("/")
    if method == "GET":
        _read(cad, steps, parse_qs(parts.query))
    if method == "PATCH" and len(steps) == 2:
        _change(cad, int(steps[1]), body)
    if method == "POST" and steps == ["incidents"]:
        _make(cad, body)
    if method == "POST" and steps[2:] == ["actions"]:
        _note(cad, int(steps[1]), body)
    if method == "POST" and steps[2:] == ["assignments"]:
        _assign(cad, int(steps[1]), body)
    raise _Answer(404, error="not_found")


def _at_the_door(cad: TicketsCadStandIn, path: str, authorization: str | None) -> None:
    if cad.faults.html:
        raise _Answer(200, {})
    if cad.faults.answer is not None:
        status, error = cad.faults.answer
        raise _Answer(status, error=error, errors=("scope te lang\x1b[2J",) if status == 422 else ())
    if path == "/":
        raise _Answer(200, {"resources": ["incidents"]})
    if authorization != f"Bearer {TOKEN}":
        raise _Answer(401, error="invalid_token" if authorization else "missing_token")
    if cad.store.token_state:
        raise _Answer(401, error=cad.store.token_state)


def _read(cad: TicketsCadStandIn, steps: list[str], query: dict[str, list[str]]) -> None:
    if cad.faults.reads_fail:
        raise _Answer(500, error="db_error")
    with cad.lock:
        if steps == ["incident-types"]:
            types = [{"id": str(each), "type": "x", "set_severity": str(to)} for each, to in cad.store.types.items()]
            raise _Answer(200, {"incident_types": types})
        if steps == ["incidents"]:
            since = query.get("since", [""])[0]
            rows = [each for each in reversed(cad.store.incidents) if each["updated"] >= since]
            limit, offset = min(200, int(query["limit"][0])), int(query["offset"][0])
            shown = [{key: each.get(key) for key in ("id", "scope", "incident_number", "updated")} for each in rows]
            raise _Answer(200, {"incidents": shown[offset : offset + limit], "limit": limit, "offset": offset})
        if len(steps) == 2 and int(steps[1]) <= len(cad.store.incidents):
            raise _Answer(200, cad.store.incidents[int(steps[1]) - 1])
        if steps[2:] == ["assignments"] and cad.store.shows_assignments:
            mine = [each for each in cad.store.assignments if each["ticket"] == int(steps[1])]
            raise _Answer(200, {"assignments": mine})
        if len(steps) == 3:
            raise _Answer(405, error="method_not_allowed")
    raise _Answer(404, error="not_found")


def _make(cad: TicketsCadStandIn, body: dict[str, Any]) -> None:
    faults = cad.faults
    lose, drop = faults.lose, faults.drop_before
    if faults.chances is not None:
        share, chance = faults.chances
        with cad.lock:
            drawn = chance.random()
            kind = chance.randrange(4)
        if drawn < share:
            lose, drop = kind < 2, kind == 2
            if kind == 3:
                raise _Answer(500, error="db_error")
    if drop:
        raise _Lost
    errors = [name for name in ("in_types_id", "scope") if not body.get(name)]
    if errors:
        raise _Answer(422, error="validation_failed", errors=tuple(errors))
    if faults.store_later:
        cad.later(faults.store_later, body)
        raise _Lost
    made = cad.create(body)
    if lose:
        raise _Lost
    raise _Answer(201, made)


def _change(cad: TicketsCadStandIn, number: int, body: dict[str, Any]) -> None:
    changed = [name for name in body if name in _CHANGEABLE and name not in cad.faults.drops]
    if not changed:
        raise _Answer(422, error="validation_failed", errors=("no whitelisted fields in request",))
    with cad.lock:
        for name in changed:
            cad.store.incidents[number - 1][name] = _stored(name, body[name])
    raise _Answer(200, {"id": number, "fields_changed": changed})


def _note(cad: TicketsCadStandIn, number: int, body: dict[str, Any]) -> None:
    if cad.faults.notes_fail:
        raise _Answer(500, error="db_error")
    text = _stored("note", body["note"])
    with cad.lock:
        cad.store.notes.append((number, text))
        cad.store.incidents[number - 1]["updated"] = _now()
        made = len(cad.store.notes)
    if cad.faults.lose:
        raise _Lost
    raise _Answer(201, {"id": made, "ticket_id": number})


def _assign(cad: TicketsCadStandIn, number: int, body: dict[str, Any]) -> None:
    unit = str(body["responder_id"])
    with cad.lock:
        if any(each["ticket"] == number and each["handle"] == unit for each in cad.store.assignments):
            raise _Answer(422, error="validation_failed", errors=("already assigned",))
        cad.assign(number, unit)
    raise _Answer(201, {"id": len(cad.store.assignments)})
