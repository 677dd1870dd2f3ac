"""Any answer a CAD could give: those of the contract and of TicketsCAD, and everything that can go wrong with them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from console.cad.wire import BrokenOffError, NeverLeftError, Reply
from tests.cad.dispatches import NASTY

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

UNIT = {"callsign": "NN 31.01", "status": "en_route", "at": "2026-03-02T14:05:00+01:00", "expected_at": None}
INCIDENT = {
    "id": "7",
    "incident_number": "26-0007",
    "scope": "[26-0412 m] PRIO 1",
    "status": "2",
    "severity": "2",
    "lat": "53.0",
    "phone": "+31612345678",
    "primary_responder_name": "NN 1",
}
ASSIGNMENTS = [{"id": 1, "ticket": 7, "handle": "NN 31.01", "status": "responding"}]

OURS: Final[tuple[Any, ...]] = (
    {"reference": "CAD-1", "message_id": "m", "stored": {"incidentCommonPriorityNumber": 9}},
    {"state": "accepted", "reason": "", "unit": UNIT, "reference": "CAD-1", "message_id": "m", "stored": None},
    {"state": "refused", "reason": "geen eenheid"},
    {"status": "ok", "deduplicates": True, "looks_up": True},
    {"reason": "buiten ons gebied"},
)
TICKETSCAD: Final[tuple[Any, ...]] = (
    {"ok": True, "data": {"id": 7, "incident_number": "26-0007", "patient_count": 0}},
    {"ok": True, "data": INCIDENT},
    {"ok": True, "data": {"incidents": [INCIDENT], "limit": 200, "offset": 0}},
    {"ok": True, "data": {"incidents": []}},
    {"ok": True, "data": {"incident_types": [{"id": "7", "set_severity": "0"}, {"id": 1, "set_severity": None}]}},
    {"ok": True, "data": {"assignments": ASSIGNMENTS}},
    {"ok": True, "data": {"id": 7, "fields_changed": ["severity"]}},
    {"ok": False, "error": "validation_failed", "errors": ["scope ontbreekt"]},
    {"ok": False, "error": "rate_limited", "details": {"errors": []}},
)

_WILD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 7, 3.5, 10**20, 10**400, float("nan"), float("inf"), float("-inf")),
    *("", " ", "7", "-7", "7.5", "1e400", "x" * 400, "\ud800", "2026-99-99T99:99:99Z", "0001-01-01T00:00:00+14:00"),
    *("9999-12-31T23:59:59-14:00", "accepted", "closed", "m", "CAD-1", "26-0007 #7", "\u0667", "\u00b2"),
    *([], {}, [[]], [None], [{}], {"id": []}, [7], ["7"], {"a": {"b": {"c": []}}}),
    *NASTY,
)
_STATUSES: Final = (
    *(200, 201, 202, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 413),
    *(415, 418, 422, 423, 425, 426, 429, 431, 451, 500, 501, 502, 503, 504, 507, 511, 599, 600, 999),
)
_LIKELY: Final = (200, 200, 201, 202, 202, 404, 422)
_PAUSES: Final = (
    *("7", "0", "-1", "999999", "9" * 400, "1.5", "1e9", "straks", "", "\u0667", "Infinity"),
    *("Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359"),
    *("Sun, 06 Nov 1994 08:49:37 +999999", "32 Foo 99999 99:99:99 ?", "Sun, 99 Nov 2026 25:61:61 GMT", "1 2 3 4 5 6"),
)


class Line:
    """A connection that only remembers that it was closed."""

    closed = 0

    async def aclose(self) -> None:
        """Close it."""
        self.closed += 1


@dataclass
class AnyWire:
    """Stands for the connections with a CAD: each request gets the next answer that chance makes."""

    chance: random.Random
    bodies: tuple[Any, ...]
    given: int = 0
    last: list[object] = field(default_factory=list)
    """What was answered since this was emptied, to be shown where it goes wrong."""

    async def ask(self, *_: object, **__: object) -> Reply:
        """Answer anything, or not at all."""
        self.given += 1
        drawn = self.chance.random()
        if drawn < 0.01:
            raise NeverLeftError("GMS is niet bereikbaar")
        if drawn < 0.02:
            raise BrokenOffError("GMS brak de verbinding af")
        status = self.chance.choice(_STATUSES if self.chance.random() < 0.3 else _LIKELY)
        headers = {"retry-after": self.chance.choice(_PAUSES)} if self.chance.random() < 0.3 else {}
        body = any_body(self.chance, self.bodies)
        self.last.append((status, headers, body[:2_000]))
        return Reply(status, headers, body, Line())  # type: ignore[arg-type]

    async def __aexit__(self, *_: object) -> None:
        """Close nothing."""


class LikelyWire(AnyWire):
    """The same of a CAD that half the time answers as it should, so that what it takes gets further."""

    async def ask(self, method: str, path: str, *_: object, **said: Any) -> Reply:  # type: ignore[override]
        """Answer what was asked, or anything."""
        if self.chance.random() < 0.4:
            return await super().ask()
        self.given += 1
        key = said.get("headers", {}).get("Idempotency-Key") or path.rpartition("/")[2]
        status, body = self._right(method, path.partition("?")[0])
        content = json.dumps(body).replace('"m"', json.dumps(key)).encode()
        self.last.append((status, path, content[:2_000]))
        return Reply(status, {}, content, Line())  # type: ignore[arg-type]

    def _right(self, method: str, path: str) -> tuple[int, Any]:
        if method == "POST" and path == "/v1/incidents":
            return 202, {"reference": "CAD-1", "message_id": "m"}
        if path.startswith("/v1/"):
            state = self.chance.choice(("received", "accepted", "accepted", "refused"))
            return 200, self.bodies[1] | {"state": state, "reason": "geen eenheid" if state == "refused" else ""}
        if path == "/health":
            return 200, self.bodies[3]
        for end, at in (("/incident-types", 4), ("/assignments", 5), ("/incidents", 3)):
            if path.endswith(end) and method == "GET":
                return 200, self.bodies[at]
        return 200, self.bodies[0 if method == "POST" else 6 if method == "PATCH" else 1]


def any_body(chance: random.Random, bodies: tuple[Any, ...]) -> bytes:
    """Make an answer: as it should be, with values changed or missing, or spoilt as bytes."""
    said = chance.choice(bodies)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        said = _changed(chance, said)
    body = json.dumps(said).encode("utf-8", "surrogatepass")
    spoil = chance.choice(_SPOILERS) if chance.random() < 0.3 else None
    return body if spoil is None else spoil(chance, body)


def _changed(chance: random.Random, said: Any) -> Any:
    """Change one thing somewhere in it."""
    if isinstance(said, dict) and said and chance.random() < 0.85:
        key = chance.choice(list(said))
        action = chance.random()
        if action < 0.15:
            return {each: value for each, value in said.items() if each != key}
        if action < 0.25:
            return {**said, chance.choice(("id", "extra", "reason", "data", "errors")): chance.choice(_WILD)}
        return {**said, key: _changed(chance, said[key])}
    if isinstance(said, list) and said and chance.random() < 0.85:
        at = chance.randrange(len(said))
        again = chance.choice((1, 1, 2, 300))
        return [*said[:at], *([_changed(chance, said[at])] * again), *said[at + 1 :]]
    return chance.choice(_WILD)


def _cut(chance: random.Random, body: bytes) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _scratched(chance: random.Random, body: bytes) -> bytes:
    scratched = bytearray(body)
    for _ in range(chance.randrange(1, 6)):
        scratched[chance.randrange(len(scratched))] = chance.randrange(256)
    return bytes(scratched)


_SPOILERS: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (
    _cut,
    _scratched,
    lambda _, body: body + body,
    lambda _, body: b"\xef\xbb\xbf" + body,
    lambda _, body: body.decode("utf-8", "replace").encode("utf-16"),
    lambda _, body: body.replace(b":", b":\x00", 1),
    lambda _, body: body[:-1] + b', "reference": "CAD-2", "id": 8, "state": "received"}',
    lambda _, __: b"",
    lambda _, __: b"<!doctype html><html><body>Log in</body></html>",
    lambda _, __: b"[" * 100_000,
    lambda _, __: b'{"data":' * 20_000,
    lambda chance, _: chance.randbytes(chance.randrange(300)),
    lambda _, __: b"9" * 5_000,
    lambda _, __: b'"\\ud800"',
)


def as_text(answers: list[object]) -> str:
    """Show what was answered."""
    return "\n".join(map(repr, answers))
