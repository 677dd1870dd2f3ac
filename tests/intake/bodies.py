"""Any request that could come to the intake: a good call, one that is nearly good, and everything that is not one.

Made from one source of chance, so that a seed gives the same requests again and hypothesis can search and shrink in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

NOW: Final = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)
"""The time by the clock of an intake that is fuzzed."""
TOKEN: Final = "sleutel-van-de-proef"
PLANTED: Final = "Zwaluwstaart"
"""Stands in every text that a caller says: it may come back nowhere but in the name of an unknown field."""
LARGEST: Final = 64 * 1024

RIGHT_HEADERS: Final = ((b"authorization", b"Bearer " + TOKEN.encode()), (b"content-type", b"application/json"))

_CHARACTERS: Final[tuple[str, ...]] = (
    *"abc Xyz09-\u00e9\u0133\u4e2d",
    *("\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9b", "\u00a0", "\u00ad", "\u0301", "\u200b", "\u200d", "\u2028"),
    *("\u202e", "\u2066", "\u3000", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udfff", "\U0001f469", "\U000e0041"),
    *("\U0010ffff", "\ue000", "\u0378", "\r", "\n", "\t", '"', "\\", "/", "[", "]", "{", "}", "<", "&", "%", "'"),
)
_TEXTS: Final[tuple[str, ...]] = (
    *(
        "",
        " ",
        "null",
        "[/b][@click=app.quit]x[/]",
        "\x1b]52;c;ZXZpbA==\x1b\\",
        "\u202eDAB\u202c",
        "\x00",
        "{0}{wrong}",
    ),
    "NL91ABNA0417164300 06-00000001 bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq http://\u0440olitie.example/a?b=c",
    "\U0001f469\u200d\U0001f467 e\u0301",
    "'; DROP TABLE call; --",
)
_MOMENTS: Final = (
    *(
        "2026-11-12T14:04:00Z",
        "2026-11-12T15:04:00.123456789+01:00",
        "2026-11-12T14:10:00Z",
        "2026-11-12T14:10:00.001Z",
    ),
    *("2000-01-01T00:00:00Z", "1999-12-31T23:59:59.999Z", "2000-01-01T00:30:00+00:31", "2024-02-29T00:00:00-00:00"),
    *("2026-02-29T00:00:00Z", "2026-11-12T24:00:00Z", "2026-11-12T14:04:60Z", "2026-11-12T14:04:00+12:75"),
    *("2026-11-12T14:04:00+23:59", "2026-11-12T14:04:00+24:00", "2026-11-12T14:04:00-99:99", "2026-11-12t14:04:00z"),
    *(
        "2026-11-12T14:04:00",
        "2026-11-12T14:04Z",
        "20261112T140400Z",
        "2026-11-12T14:04:00.Z",
        "2026-11-12T14:04:00Z\n",
    ),
    *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-W46-4T14:04:00Z"),
    *(
        "2026-11-12T14:04:00,5Z",
        "\u0662026-11-12T14:04:00Z",
        "2026-11-12T14:04:00.1234567890Z",
        "-2026-11-12T14:04:00Z",
    ),
    *("2026-11-12T14:04:00 +01:00", "2026-11-12T14:04:00+0100", "2026-11-12T14:04:00+01:00:30", "1763000000"),
)


@dataclass(frozen=True)
class Literal:
    """What stands in the JSON as it is, also where it is not JSON."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """An object with its names in this order, a name twice included."""

    items: tuple[tuple[str, Any], ...]


_WILD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 3.5, 90, -180.0, 90.00001, 10**20, 10**400, [], {}, [[]], [None], {"lat": 1}),
    *(Literal(text) for text in ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "-0", "-0.0", "0e5")),
    *(Literal(text) for text in ("01", "1.", ".5", "+1", "0x10", "1_000", "9" * 4_300, "9" * 4_301, "True", "nul")),
    *(Literal(text) for text in ("1" + "0" * 5_000 + ".0", "53." + "0" * 5_000, "'x'", "[1,]", '"\\x41"', '"\\ud83d"')),
    *(Literal(text) for text in ('"\\ud83d\\ude00"', '"\\ude00\\ud83d"', '"\\u0000"', '"\\u12"', "/**/1", "[" * 500)),
    *(Literal("[" * depth + "]" * depth) for depth in (3, 50, 101, 900, 1_100, 30_000)),
    Literal('{"a":' * 5_000 + "1" + "}" * 5_000),
)
_NAMES: Final = ("id", "channel", "number", "name", "location", "first_words", "received_at", "spoed", "lat", "address")
_LONGEST: Final = {"id": 200, "number": 40, "name": 200, "first_words": 4_000, "address": 300}


@dataclass(frozen=True)
class Ring:
    """One request to the intake."""

    parts: tuple[bytes, ...]
    """Its body, in the pieces that it comes in."""
    headers: tuple[tuple[bytes, bytes], ...] = RIGHT_HEADERS
    method: str = "POST"
    path: str = "/v1/calls"
    hangs_up: bool = False
    """Whether the line drops before the body is whole."""

    @property
    def body(self) -> bytes:
        """All of the body."""
        return b"".join(self.parts)


def any_ring(chance: random.Random) -> Ring:
    """Make a request: mostly a right one with any body, now and then one that is wrong about itself."""
    ring = Ring((any_body(chance),))
    if chance.random() < 0.1:
        ring = chance.choice(_WRONG_ABOUT_ITSELF)(chance, ring)
    if chance.random() < 0.15:
        ring = replace(ring, parts=_in_pieces(chance, ring.body))
    if chance.random() < 0.02:
        ring = replace(ring, parts=ring.parts[: chance.randrange(len(ring.parts) + 1)], hangs_up=True)
    return ring


def any_body(chance: random.Random) -> bytes:
    """Make a body: a call, with things changed, written in some way, and sometimes spoilt as bytes."""
    said: Any = any_call(chance)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 1, 2, 4))):
        said = _changed(chance, said)
    body = written(chance, said).encode("utf-8", "surrogatepass")
    return chance.choice(_SPOILERS)(chance, body) if chance.random() < 0.2 else body


def any_call(chance: random.Random) -> Pairs:
    """Make a call that is right in every part, or nearly."""
    items: list[tuple[str, Any]] = [
        ("id", f"{PLANTED}-{chance.randrange(10**9) if chance.random() < 0.9 else chance.randrange(20)}"),
        ("channel", chance.choice(("112", "0900-8844", "andere"))),
        ("received_at", _MOMENTS[0] if chance.random() < 0.8 else chance.choice(_MOMENTS)),
    ]
    told = [name for name in ("number", "name", "first_words") if chance.random() < 0.4]
    items += [(name, any_text(chance, _LONGEST[name])) for name in told]
    if chance.random() < 0.3:
        items.append(("location", _any_place(chance)))
    if chance.random() < 0.2:
        items.append(("spoed", chance.choice((True, False, None))))
    if chance.random() < 0.1:
        items.reverse()
    return Pairs(tuple(items))


def any_text(chance: random.Random, longest: int) -> str:
    """Make what a stranger could say."""
    drawn = chance.random()
    if drawn < 0.4:
        return PLANTED
    if drawn < 0.6:
        return PLANTED[: longest // 4] + chance.choice(_TEXTS)[: longest // 2]
    if drawn < 0.8:
        return "".join(chance.choice(_CHARACTERS) for _ in range(chance.randrange(8)))
    if drawn < 0.9:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(8)))
    return chance.choice(_CHARACTERS) * (longest + chance.choice((-1, 0, 0, 1, 2)))


def _any_place(chance: random.Random) -> Pairs:
    items: list[tuple[str, Any]] = []
    if chance.random() < 0.7:
        items.append(("address", any_text(chance, _LONGEST["address"])))
    if chance.random() < 0.6:
        items.append(("lat", chance.choice((53.0, 53, -90, 90.0, 0.1 + 0.2, -0.0, 5e-324, None, 1))))
        items.append(("lon", chance.choice((6.76, 6, -180, 180.0, 0.0, None, 1))))
    return Pairs(tuple(items))


def _changed(chance: random.Random, said: Any) -> Any:
    """Change one thing somewhere in it."""
    if not isinstance(said, Pairs) or not said.items or chance.random() < 0.05:
        return chance.choice(_WILD)
    at = chance.randrange(len(said.items))
    name, value = said.items[at]
    changed: tuple[tuple[str, Any], ...] = ((name, chance.choice(_WILD)),)
    match chance.randrange(8):
        case 0:
            changed = ()
        case 1:
            changed = ((name, value), (chance.choice(_NAMES), value))
        case 2:
            changed = ((name, value), (any_text(chance, 250), chance.choice(_WILD)))
        case 3:
            changed = ((chance.choice(_NAMES), value),)
        case 4:
            changed = ((name, any_text(chance, _LONGEST.get(name, 60))),)
        case 5:
            changed = ((name, chance.choice(_MOMENTS)),)
        case 6 if isinstance(value, Pairs):
            changed = ((name, _changed(chance, value)),)
    return Pairs((*said.items[:at], *changed, *said.items[at + 1 :]))


def written(chance: random.Random, said: Any) -> str:
    """Write it as JSON, in one of the ways that JSON leaves free."""
    as_ascii = chance.random() < 0.5
    colon, comma = chance.choice(((": ", ", "), (":", ","), (" :\t", "\r\n ,")))

    def write(value: Any) -> str:
        match value:
            case Literal(text):
                return text
            case Pairs(items):
                return "{" + comma.join(f"{write(name)}{colon}{write(inside)}" for name, inside in items) + "}"
            case _:
                return json.dumps(value, ensure_ascii=as_ascii)

    return write(said)


def _in_pieces(chance: random.Random, body: bytes) -> tuple[bytes, ...]:
    ends = sorted(chance.randrange(len(body) + 1) for _ in range(chance.randrange(1, 5)))
    return tuple(body[start:end] for start, end in zip([0, *ends], [*ends, len(body)], strict=True))


def _scratched(chance: random.Random, body: bytes) -> bytes:
    scratched = bytearray(body or b"{}")
    for _ in range(chance.randrange(1, 5)):
        scratched[chance.randrange(len(scratched))] = chance.randrange(256)
    return bytes(scratched)


def _cut_out(chance: random.Random, body: bytes) -> bytes:
    start = chance.randrange(len(body) + 1)
    return body[:start] + body[start + chance.randrange(1, 9) :]


def _put_in(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(_BYTES) + body[at:]


_BYTES: Final = (
    *(
        b"\x00",
        b"\xff",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
        b"\x1b[2J",
        b"\x0c",
        b"\x0b",
    ),
    *(b"{", b"}", b'"', b"\\", b",", b":", b"[", b"]", b"\xc2\xa0", b"\xe2\x80\xa8", b"//", b"\r\n\r\n", b"\\u0000"),
)
_SPOILERS: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (
    lambda chance, body: body[: chance.randrange(len(body) + 1)],
    _scratched,
    _cut_out,
    _put_in,
    _put_in,
    lambda _, body: body + body,
    lambda _, body: b"\xef\xbb\xbf" + body,
    lambda chance, body: body.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-16-le", "utf-32"))),
    lambda _, body: body.decode("utf-8", "replace").encode("latin-1", "replace"),
    lambda _, __: b"",
    lambda chance, _: b" " * chance.randrange(20),
    lambda chance, body: body.ljust(LARGEST + chance.choice((-1, 0, 0, 1, 2, 5_000))),
    lambda chance, _: b'{"first_words":"' + b"x" * (LARGEST + chance.choice((-20, -19, -18, -17, 0, 900))) + b'"}',
    lambda chance, _: chance.choice((b"[", b'{"id":', b'{"location":{', b"[{},")) * 5_000,
    lambda chance, _: bytes(chance.randrange(256) for _ in range(chance.randrange(60))),
    lambda _, body: b"[" + body + b"]",
    lambda _, body: b"\n\n" + body + b"\r\n\t ",
)


def _with(ring: Ring, name: bytes, *values: bytes) -> Ring:
    """The same with this header so many times, instead of what it had."""
    kept = tuple(header for header in ring.headers if header[0] != name)
    return replace(ring, headers=(*kept, *((name, value) for value in values)))


_KEYS: Final = (
    *(
        b"",
        b"Bearer",
        b"Bearer ",
        b"Basic " + TOKEN.encode(),
        b"bearer " + TOKEN.encode(),
        b"Bearer  " + TOKEN.encode(),
    ),
    *(b"Bearer " + TOKEN.encode() + b"x", TOKEN.encode(), b"Bearer " + TOKEN[:-1].encode(), b"Bearer \xe9\xff"),
    *(b"Bearer " + TOKEN.encode() + b" ", b"BEARER\t" + TOKEN.encode(), b"Bearer " + b"x" * 9_000),
)
_TYPES: Final = (
    *(
        b"",
        b"text/plain",
        b"application/json; charset=utf-8",
        b'Application/JSON ;charset="UTF-8"',
        b"application/jsonx",
    ),
    *(b"application/json; charset=utf-16", b"application/json;", b"application/json; profile=x", b"\xff\xfe"),
    *(b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"application/json, text/plain"),
)
_ENCODINGS: Final = (b"gzip", b"identity", b"Identity", b"", b"identity, gzip", b"\xff")
_METHODS: Final = ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW", "post")
_PATHS: Final = (
    *("/", "/v1/calls/", "/v1//calls", "/v1/calls/../calls", "/v1/calls/1", "/V1/CALLS", "/v1/calls\x00", "/v1/calls "),
    *(
        "/health",
        "/openapi.json",
        "/docs",
        "",
        "*",
        "/" + "x" * 4_000,
        "/\x1b[2J",
        "/\u202e",
        "//evil.example/v1/calls",
    ),
    *("/health/", "/openapi.json/", f"/{PLANTED}"),
)
_WRONG_ABOUT_ITSELF: Final[tuple[Callable[[random.Random, Ring], Ring], ...]] = (
    lambda chance, ring: _with(ring, b"authorization", chance.choice(_KEYS)),
    lambda _, ring: _with(ring, b"authorization"),
    lambda chance, ring: _with(ring, b"content-type", chance.choice(_TYPES)),
    lambda _, ring: _with(ring, b"content-type"),
    lambda chance, ring: _with(ring, b"content-encoding", chance.choice(_ENCODINGS)),
    lambda chance, ring: _with(ring, b"content-length", str(LARGEST + chance.choice((1, 2, 10**18))).encode()),
    lambda chance, ring: replace(ring, method=chance.choice(_METHODS)),
    lambda chance, ring: replace(ring, path=chance.choice(_PATHS)),
    lambda chance, ring: _with(ring, b"host", chance.choice((b"evil.example", b"\x1b[2J", b"", b"a b"))),
    lambda chance, ring: _with(ring, b"accept", chance.choice((b"text/html", b"", b"\xff"))),
)
