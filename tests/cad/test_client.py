"""What each answer of a CAD means, against real servers that send exactly these bytes."""

from __future__ import annotations

import asyncio
import gzip
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from console.cad import contract, eido
from console.cad.client import HttpCad
from console.cad.peer import (
    Conflict,
    Delivered,
    NoAnswer,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unit,
    Unknown,
)
from console.cad.wire import AddressError, Patience
from console.model import UnitStatus
from tests.cad.conftest import wait_for
from tests.cad.dispatches import dispatch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from console.cad.peer import Outcome

ROOM = "mk.example"
BRIEF = Patience(connect=2.0, send=0.3, ask=0.3)


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


class Peer:
    """A server on loopback that answers every request with the same bytes, and keeps what it was asked."""

    def __init__(
        self, bytes_back: bytes, *, then: Callable[[asyncio.StreamWriter], Awaitable[None]] | None = None
    ) -> None:
        self.requests: list[bytes] = []
        self.serving: list[asyncio.Task[None]] = []
        self.url = ""
        self._back = bytes_back
        self._then = then

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.serving.append(task)
        try:
            await self.converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = [line.lower() for line in head.split(b"\r\n")]
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)
        self.requests.append(head + await reader.readexactly(length))
        writer.write(self._back)
        await writer.drain()
        if self._then is not None:
            await self._then(writer)


@asynccontextmanager
async def listening(peer: Peer) -> AsyncIterator[Peer]:
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    peer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield peer
    finally:
        server.close()
        for task in peer.serving:
            task.cancel()
        await asyncio.gather(*peer.serving, return_exceptions=True)
        await server.wait_closed()  # since Python 3.12 this waits for whoever is still being served


async def sent(peer: Peer, patience: Patience | None = None) -> Outcome:
    async with listening(peer), HttpCad(peer.url, ROOM, name="GMS", patience=patience) as cad:
        return await cad.send(dispatch())


REFUSED_LONG = b'{"reason": "\\u001b[31m' + b"x" * 10_000 + b'"}'


def _short(value: object) -> str:
    """Name a case by its status and its outcome, not by kilobytes."""
    return value[9:12].decode("latin-1") or "-" if isinstance(value, bytes) else type(value).__name__


@pytest.mark.parametrize(
    ("bytes_back", "outcome"),
    [
        (answer(202, b'{"reference": "CAD-1"}'), Delivered("CAD-1")),
        (answer(202, b'{"reference": "CAD-1", "stored": null}'), Delivered("CAD-1")),
        (
            answer(202, b'{"reference": "CAD-1", "stored": {"incidentCommonPriorityNumber": 5}}'),
            Delivered(
                "CAD-1",
                "GMS bewaarde anders dan gestuurd: PRIORITEIT, SOORT, adres, telefoon. Geef dat door aan de uitgifte.",
            ),
        ),
        (
            answer(202, b'{"reference": "CAD-1", "message_id": "van een ander"}'),
            Unclear("GMS: het antwoord gaat over een ander bericht"),
        ),
        (answer(422, b'{"reason": "buiten ons gebied"}'), Refused("buiten ons gebied")),
        (answer(422, b'{"reason": ""}'), Refused("zonder reden")),
        (answer(422, REFUSED_LONG), Refused("\N{REPLACEMENT CHARACTER}[31m" + "x" * 294 + "…")),
        (answer(422, b"<html>"), Unclear("GMS: het antwoord is geen JSON")),
        (answer(202, b"<html>"), Unclear("GMS: het antwoord is geen JSON")),
        (answer(202, b"{}"), Unclear("GMS: het antwoord klopt niet bij 'reference'")),
        (answer(202), Unclear("GMS: het antwoord is geen JSON")),
        (
            answer(200, b'{"reference": "CAD-1"}'),
            Unclear("GMS antwoordt iets anders dan is afgesproken (200): controleer cad_url"),
        ),
        (
            answer(201, b'{"reference": "CAD-1"}'),
            Unclear("GMS antwoordt iets anders dan is afgesproken (201): controleer cad_url"),
        ),
        (answer(400), NotDelivered("GMS geeft een onverwacht antwoord (400)")),
        (answer(401), NotDelivered("GMS weigert de toegang (401): controleer de sleutel cad_token")),
        (answer(403), NotDelivered("GMS weigert de toegang (403): controleer de sleutel cad_token")),
        (answer(404), NotDelivered("GMS kent dit adres niet (404): controleer cad_url")),
        (answer(405), NotDelivered("GMS kent dit adres niet (405): controleer cad_url")),
        (answer(408), Unclear("GMS geeft een onverwacht antwoord (408)")),
        (answer(413), NotDelivered("GMS geeft een onverwacht antwoord (413)")),
        (answer(429, b"", "Retry-After: 7"), NotDelivered("GMS heeft het te druk (429)", 7.0)),
        (answer(503, b"", "Retry-After: straks"), NotDelivered("GMS is even niet beschikbaar (503)")),
        (answer(503), NotDelivered("GMS is even niet beschikbaar (503)")),
        (answer(500), Unclear("GMS geeft een onverwacht antwoord (500)")),
        (answer(502, b"<html>"), Unclear("GMS geeft een onverwacht antwoord (502)")),
        (answer(504), Unclear("GMS geeft een onverwacht antwoord (504)")),
        (
            answer(202, gzip.compress(b'{"reference": "CAD-1"}', mtime=0), "Content-Encoding: gzip"),
            Unclear("GMS: het antwoord is geen JSON"),
        ),
        (answer(202, b'{"reference": "' + b"x" * 70_000 + b'"}'), Unclear("GMS: het antwoord is te groot")),
        (answer(202, b"{}").replace(b"Length: 2", b"Length: 90"), Unclear("GMS brak de verbinding af")),
        (b"\x00\x01\x02 geen http\r\n\r\n", Unclear("GMS brak de verbinding af")),
        (b"", Unclear("GMS brak de verbinding af")),
    ],
    ids=_short,
)
async def test_each_answer_has_one_meaning(bytes_back: bytes, outcome: Outcome) -> None:
    assert await sent(Peer(bytes_back)) == outcome


async def test_conflict_asks_for_a_person() -> None:
    assert isinstance(await sent(Peer(answer(409, b'{"reason": "anders"}'))), Conflict)


async def test_a_pause_may_be_asked_for_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    outcome = await sent(Peer(answer(503, b"", f"Retry-After: {later}")))
    assert isinstance(outcome, NotDelivered)
    assert outcome.retry_after is not None
    assert 500 < outcome.retry_after <= 600


async def forever(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


async def silence(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


@pytest.mark.parametrize("then", [forever, silence])
async def test_an_answer_that_never_ends_is_not_waited_for(
    then: Callable[[asyncio.StreamWriter], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "LARGEST_ANSWER", 10**9)
    head = b"HTTP/1.1 202 X\r\nContent-Length: 1000000\r\n\r\n"
    outcome = await sent(Peer(head, then=then), Patience(connect=0.2, send=0.2, ask=0.2))
    assert outcome == Unclear("GMS antwoordt niet op tijd")


async def test_answers_that_never_came_use_no_connections_up() -> None:
    quick = Patience(connect=5.0, send=0.5, ask=0.5)
    peer = Peer(b"", then=silence)
    async with listening(peer), HttpCad(peer.url, ROOM, name="GMS", patience=quick) as cad:
        for _ in range(3):
            outcomes = await asyncio.gather(*(cad.send(dispatch()) for _ in range(4)))
            assert set(outcomes) == {Unclear("GMS antwoordt niet op tijd")}
        await asyncio.to_thread(wait_for, lambda: len(peer.requests) == 13, what="every request to be read")


async def test_nobody_there_means_not_delivered() -> None:
    async with listening(Peer(b"")) as peer:
        url = peer.url
    async with HttpCad(url, ROOM, name="GMS") as cad:
        assert await cad.send(dispatch()) == NotDelivered("GMS is niet bereikbaar")
        assert await cad.standing("x", "") == NoAnswer("GMS is niet bereikbaar")
        assert await cad.trouble() == "GMS is niet bereikbaar"


class PlainPeer(Peer):
    """A server that speaks no TLS, or says nothing, to whoever begins to."""

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await reader.read(100))
        writer.write(self._back)
        if not self._back:
            await silence(writer)


@pytest.mark.parametrize(
    ("bytes_back", "said"),
    [
        (answer(400), "GMS: geen veilige verbinding, daar wordt geen beveiligde verbinding gesproken"),
        (b"", "GMS is niet bereikbaar"),
    ],
)
async def test_a_connection_that_is_not_safe_is_not_used(bytes_back: bytes, said: str) -> None:
    quick = Patience(connect=0.3, send=0.3, ask=0.3)
    async with listening(PlainPeer(bytes_back)) as peer:
        async with HttpCad(peer.url.replace("http:", "https:"), ROOM, name="GMS", patience=quick) as cad:
            outcome = await cad.send(dispatch())
        assert isinstance(outcome, NotDelivered)
        assert outcome.error.startswith(said)
        assert b"De Vries" not in peer.requests[0]


async def test_a_redirect_is_not_followed() -> None:
    async with listening(Peer(answer(202, b'{"reference": "X"}'))) as elsewhere:
        for status in (301, 302, 307, 308):
            outcome = await sent(Peer(answer(status, b"", f"Location: {elsewhere.url}/v1/incidents")))
            assert isinstance(outcome, NotDelivered)
        assert elsewhere.requests == []


async def test_a_request_carries_the_key_the_token_and_exactly_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    made = dispatch()
    async with listening(Peer(answer(202, b'{"reference": "X"}'))) as peer:
        async with HttpCad(peer.url, ROOM, name="GMS", token="geheim") as cad:
            await cad.send(made)
            await cad.standing("a/b?c\r\nX-Kop: d", "")
        _, post, get = peer.requests
    head, _, body = post.partition(b"\r\n\r\n")
    assert body == eido.encode(eido.build(made, ROOM))
    lines = head.decode().splitlines()
    assert lines[0] == "POST /v1/incidents HTTP/1.1"
    assert {f"Idempotency-Key: {made.message_id}", "Authorization: Bearer geheim"} <= set(lines)
    assert "Content-Type: application/json" in lines
    assert get.splitlines()[0] == b"GET /v1/messages/a%2Fb%3Fc%0D%0AX-Kop%3A%20d HTTP/1.1"


async def test_what_may_not_be_sent_never_leaves() -> None:
    async with listening(Peer(b"")) as peer, HttpCad(peer.url, ROOM, name="GMS") as cad:
        outcome = await cad.send(dispatch(exercise=True))
        assert outcome == Refused("niet verstuurd: een oefenmelding mag niet met de echte classificatie vodgdc weg")
        too_large = await cad.send(dispatch(details=("x" * 1_100_000,)))
        assert too_large == Refused("niet verstuurd: de melding is te groot voor het contract")
        assert peer.requests == []


AT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("bytes_back", "standing"),
    [
        (answer(200, b'{"state": "received"}'), Standing(Stage.RECEIVED)),
        (answer(200, b'{"state": "refused", "reason": "nee"}'), Standing(Stage.REFUSED, "nee")),
        (
            answer(
                200,
                b'{"state": "accepted", "unit":'
                b' {"callsign": "NN 31.01", "status": "en_route", "at": "2026-03-02T14:05+01:00"}}',
            ),
            Standing(Stage.ACCEPTED, "", Unit("NN 31.01", UnitStatus.EN_ROUTE, AT)),
        ),
        (
            answer(
                200,
                b'{"state": "accepted", "unit": {"callsign": "NN 31.01", "status": "en_route",'
                b' "at": "2026-03-02T13:05Z", "expected_at": "2026-03-02T14:11:30+01:00"}}',
            ),
            Standing(
                Stage.ACCEPTED, "", Unit("NN 31.01", UnitStatus.EN_ROUTE, AT, AT + timedelta(minutes=6, seconds=30))
            ),
        ),
        (answer(404, b'{"reason": "niet bekend"}'), Unknown()),
        (answer(404), NoAnswer("GMS kent dit adres niet (404): controleer cad_url")),
        (answer(404, b'{"detail": "Not Found"}'), NoAnswer("GMS kent dit adres niet (404): controleer cad_url")),
        (answer(200, b'{"state": "received", "message_id": "x"}'), Standing(Stage.RECEIVED)),
        (
            answer(200, b'{"state": "received", "message_id": "y"}'),
            NoAnswer("GMS: het antwoord gaat over een ander bericht"),
        ),
        (answer(500), NoAnswer("GMS geeft een onverwacht antwoord (500)")),
        (answer(200, b"<html>"), NoAnswer("GMS: het antwoord is geen JSON")),
        (answer(200, b" " * 70_000), NoAnswer("GMS: het antwoord is te groot")),
        (b"", NoAnswer("GMS brak de verbinding af")),
    ],
    ids=_short,
)
async def test_each_standing_has_one_meaning(bytes_back: bytes, standing: object) -> None:
    async with listening(Peer(bytes_back)) as peer, HttpCad(peer.url, ROOM, name="GMS", patience=BRIEF) as cad:
        assert await cad.standing("x", "") == standing


@pytest.mark.parametrize(
    ("bytes_back", "said"),
    [
        (answer(200, b'{"status": "ok"}'), ""),
        (answer(200, b"<html>Log in</html>"), "GMS: het antwoord is geen JSON"),
        (answer(503), "GMS is even niet beschikbaar (503)"),
        (answer(302), "GMS verwijst door naar elders (302): controleer cad_url"),
        (b"", "GMS brak de verbinding af"),
    ],
)
async def test_health_is_believed_only_when_it_is_said_well(bytes_back: bytes, said: str) -> None:
    async with listening(Peer(bytes_back)) as peer, HttpCad(peer.url, ROOM, name="GMS") as cad:
        assert await cad.trouble() == said


@pytest.mark.parametrize("url", ["http://\N{SNOWMAN}.nl", "http://a..b", "http://a:99999", f"http://{'a' * 70}.nl"])
def test_an_address_that_nothing_can_be_sent_to_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(AddressError, match="cad_url"):
        HttpCad(url, ROOM, name="GMS")
