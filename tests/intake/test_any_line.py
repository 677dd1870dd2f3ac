"""Whatever bytes come over a line: an answer in Dutch or none, nothing half-stored, and others are still served."""

from __future__ import annotations

import json
import random
import re
import select
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest
import uvicorn
from uvicorn.server import ServerState

from console.intake import line as line_of
from console.intake.line import MOST_LINES, Line
from tests.crash.seeds import seed_of
from tests.intake.bodies import PLANTED
from tests.intake.conftest import PATIENCE, TOKEN, Intake, message, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT: Final = "2026-11-12T14:04:00Z"
KNOWN: Final = {200, 201, 400, 401, 404, 405, 409, 413, 415, 422}
_PAUSE: Final = 0.15
"""How long to listen for an answer that may never come; nothing that is asserted depends on it."""


def test_what_is_no_http_is_refused_in_dutch(shared_intake: Intake) -> None:
    (answer,) = answers(said_to(shared_intake, b"GEEN HTTP\r\n\r\n", wait=PATIENCE))
    assert answer == (
        400,
        {
            "fout": "Dit is geen HTTP die ik begrijp.",
            "veld": None,
            "wat_te_doen": "Meldingen gaan met POST naar /v1/calls; /openapi.json beschrijft alles.",
        },
    )


def test_what_is_no_http_any_more_after_an_answer_only_ends_the_line(shared_intake: Intake) -> None:
    stream = b"POST /v1/calls HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connected(shared_intake) as line:
        line.sendall(stream)
        heard = line.recv(65_536)
        line.sendall(b"geen lengte\r\n")
        heard += b"".join(iter(lambda: line.recv(65_536), b""))
    assert [status for status, _ in answers(heard)] == [401]
    assert "LocalProtocolError" not in shared_intake.log.read_text()


def test_what_stops_to_be_http_within_a_body_gets_one_answer(shared_intake: Intake) -> None:
    head = b"POST /v1/calls HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    for number in range(20):
        heard = said_to(shared_intake, head + b"zz%d\r\n" % number, wait=PATIENCE)
        assert [status for status, _ in answers(heard)] == [400]
    assert "onverwachte fout" not in shared_intake.log.read_text()


def test_lines_that_stay_silent_keep_no_call_out(intake: Intake) -> None:
    silent = []
    for number in range(MOST_LINES + 200):
        line = connected(intake)
        line.sendall(b"POST /v1/calls HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"")
        silent.append(line)
    with intake.line as sender:
        assert sender.post("/v1/calls", json=message()).status_code == 201
    wait_for(lambda: sum(map(is_dropped, silent)) >= 190, "those that were silent longest made room")
    for line in silent:
        line.close()
    assert "onverwachte fout" not in intake.log.read_text()


async def test_a_line_that_brings_no_request_is_hung_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio  # noqa: PLC0415 - the one test without a process

    async def answering(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        await asyncio.sleep(0.3)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    monkeypatch.setattr(line_of, "HEAD_SECONDS", 0.1)
    configured, state = uvicorn.Config(answering, lifespan="off", log_config=None), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(configured, state, {}), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT")
        assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()


@pytest.mark.parametrize(
    "number", [pytest.param(200, id="every_day"), pytest.param(8_000, id="whole", marks=pytest.mark.slow)]
)
def test_any_bytes(number: int, intake: Intake) -> None:
    seed = seed_of(20_261_122 if number < 1_000 else None)
    streams = [any_stream(random.Random(f"{seed}:{each}"), f"tel-{seed}-{each}") for each in range(number)]
    with ThreadPoolExecutor(16) as senders:
        said = list(senders.map(lambda stream: answers(said_to(intake, stream)), streams))
    statuses = Counter(status for each in said for status, _ in each)
    print(f"\nseed {seed}: {number:,} lines, answers {dict(sorted(statuses.items()))}")
    assert set(statuses) <= KNOWN
    taken = {answer["id"] for each in said for status, answer in each if status == 201}
    with intake.line as line:
        assert line.get("/health").status_code == 200
    files = {file.incoming.external_id: file.incoming for file in intake.files()}
    assert taken <= set(files)
    for name, incoming in files.items():
        assert name is not None
        whole = (incoming.name, incoming.first_words, incoming.number, incoming.location.address)
        assert whole == (PLANTED, f"{PLANTED} {name} einde", "06-00000001", "Brink 4, Gieten"), name
    log = intake.log.read_text()
    assert "fout" not in log
    assert not [planted for planted in (PLANTED, "06-0000", "Brink", "tel-", TOKEN) if planted in log]


def any_stream(chance: random.Random, name: str) -> bytes:
    """Make what a sender puts on a line: a request or two, wrong about itself in some way; bodies come whole or cut."""
    stream = b"".join(_any_request(chance, f"{name}-{each}") for each in range(chance.choice((1, 1, 1, 2, 3))))
    return stream[: chance.randrange(len(stream) + 1)] if chance.random() < 0.2 else stream


def _any_request(chance: random.Random, name: str) -> bytes:
    call = message(id=name, name=PLANTED, first_words=f"{PLANTED} {name} einde", received_at=MOMENT)
    body = json.dumps(call).encode()
    length = str(len(body)).encode()
    lines = [
        b"POST /v1/calls HTTP/1.1",
        b"Host: intake",
        b"Authorization: Bearer " + TOKEN.encode(),
        b"Content-Type: application/json",
        b"Content-Length: " + length,
    ]
    if chance.random() < 0.2:
        lines[4] = b"Transfer-Encoding: chunked"
        cut = chance.randrange(len(body))
        parts = (body[:cut], body[cut:]) if cut else (body,)
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        lines = chance.choice(_WRONG)(chance, lines, len(body))
    return chance.choice((b"\r\n", b"\r\n", b"\r\n", b"\n")).join(lines) + b"\r\n\r\n" + body


def _one_replaced(chance: random.Random, lines: list[bytes], _: int) -> list[bytes]:
    at = chance.randrange(len(lines))
    return [*lines[:at], chance.choice(_LINES), *lines[at + 1 :]]


def _one_added(chance: random.Random, lines: list[bytes], length: int) -> list[bytes]:
    said = chance.choice((length - 1, length + 1, 0, -1, 10**30, length))
    more = chance.choice((*_LINES, b"Content-Length: %d" % said))
    return [*lines, more]


def _scratched(chance: random.Random, lines: list[bytes], _: int) -> list[bytes]:
    at = chance.randrange(len(lines))
    line = bytearray(lines[at] or b" ")
    line[chance.randrange(len(line))] = chance.randrange(256)
    return [*lines[:at], bytes(line), *lines[at + 1 :]]


def _one_away(chance: random.Random, lines: list[bytes], _: int) -> list[bytes]:
    at = chance.randrange(len(lines))
    return [*lines[:at], *lines[at + 1 :]]


_WRONG: Final[tuple[Callable[[random.Random, list[bytes], int], list[bytes]], ...]] = (
    _one_replaced,
    _one_added,
    _one_added,
    _scratched,
    _one_away,
)
_LINES: Final = (
    *(b"", b" ", b":", b"\x00", b"\xff: \xff", b"X" * 70_000, b"X: " + b"y" * 70_000, b" folded", b"Host: \x1b[2J"),
    *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Transfer-Encoding: identity, chunked"),
    *(b"Content-Length: 0", b"Content-Length: +5", b"Content-Length: 1_0", b"Content-Length: " + b"9" * 5_000),
    *(
        b"Content-Length: 5, 5",
        b"Content-Length: ",
        b"Expect: 100-continue",
        b"Connection: close",
        b"Upgrade: websocket",
    ),
    *(b"Connection: upgrade\r\nUpgrade: websocket", b"POST /v1/calls HTTP/1.0", b"POST /v1/calls HTTP/2.0", b"GET / x"),
    *(b"POST http://evil.example/v1/calls HTTP/1.1", b"POST /v1/calls?x=%00%ff HTTP/1.1", b"POST /%ff%1b HTTP/1.1"),
    *(b"PRI * HTTP/2.0", b"POST /v1/calls HTTP/1.1 ", b"\r\nPOST /v1/calls HTTP/1.1", b"\x16\x03\x01\x02\x00\x01"),
)


def connected(intake: Intake) -> socket.socket:
    address = urlsplit(intake.url)
    return socket.create_connection((address.hostname, address.port), timeout=PATIENCE)


def said_to(intake: Intake, stream: bytes, *, wait: float = _PAUSE) -> bytes:
    """Put bytes on a line of their own, and give what comes back until it is silent or hung up."""
    heard = bytearray()
    with connected(intake) as line:
        try:
            line.sendall(stream)
            while select.select([line], [], [], wait)[0]:
                more = line.recv(65_536)
                if not more:
                    break
                heard += more
        except (ConnectionResetError, BrokenPipeError):
            pass
    return bytes(heard)


def answers(heard: bytes) -> list[tuple[int, Any]]:
    """Take apart what came back: each answer's status and what it says."""
    found = []
    while heard:
        head, _, rest = heard.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/1\.1 (\d{3}) ", head)
        assert status is not None, head
        if status[1] == b"100":
            heard = rest
            continue
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        if length is not None and len(rest) < int(length[1]):
            break  # nobody listened long enough for the rest of it
        body, heard = (rest, b"") if length is None else (rest[: int(length[1])], rest[int(length[1]) :])
        if b"chunked" in head:
            body = b"".join(re.findall(rb"[0-9a-f]+\r\n(.*)\r\n", body))
        found.append((int(status[1]), json.loads(body or b"null")))
    return found


def is_dropped(line: socket.socket) -> bool:
    if not select.select([line], [], [], 0)[0]:
        return False
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True
