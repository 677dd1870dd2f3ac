"""Whatever a CAD answers, also as bytes: the delivery goes on, and the record stays whole and safe to show."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import re
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from console.cad import courier, follower, schedule
from console.cad import ticketscad as ticketscad_adapter
from console.cad.client import HttpCad
from console.cad.courier import Courier
from console.cad.eido import clean
from console.cad.ticketscad import TicketsCad
from console.cad.wire import BrokenOffError, NeverLeftError, Patience
from console.model import Delivery
from console.record.verifying import verify
from tests.cad import test_answers
from tests.cad.answers import OURS, TICKETSCAD, LikelyWire, as_text
from tests.cad.conftest import Room
from tests.cad.test_answers import LONGEST, NO_TLS, ask_everything, ours, theirs
from tests.cad.test_ticketscad import TABLE
from tests.crash.seeds import seed_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from console.cad.peer import Cad
    from console.cad.wire import Reply
    from console.model import DeliveryState, Dispatch

START: Final = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)
QUICK: Final = replace(TABLE, settles_after=0.0)
WAITING: Final = 6
"""Dispatches on their way; as soon as there are fewer, more are decided."""
MOST_IN_PLAY: Final = 20
ENDED: Final = {Delivery.REFUSED, Delivery.UNCLEAR}
MAY_FOLLOW: Final[dict[Delivery, set[Delivery]]] = {
    Delivery.READY: {Delivery.SENT, Delivery.DELIVERED, Delivery.UNCLEAR, Delivery.ACCEPTED, Delivery.REFUSED},
    Delivery.SENT: {Delivery.DELIVERED, Delivery.UNCLEAR, Delivery.ACCEPTED, Delivery.REFUSED},
    Delivery.DELIVERED: {Delivery.UNCLEAR, Delivery.ACCEPTED, Delivery.REFUSED},
    Delivery.UNCLEAR: {Delivery.DELIVERED, Delivery.ACCEPTED, Delivery.REFUSED},
    Delivery.ACCEPTED: {Delivery.REFUSED},
    Delivery.REFUSED: set(),
}
"""What may be seen after what, with any number of steps between."""
ADAPTERS: Final = [pytest.param(ours, OURS, id="eido"), pytest.param(theirs, TICKETSCAD, id="ticketscad")]


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing: what is tested here is what is made of an answer."""
    monkeypatch.setattr(courier, "_TICK", 0.002)
    monkeypatch.setattr(courier, "_LINK_EVERY", 0.0)
    monkeypatch.setattr(follower, "_LOOK_EVERY", 0.0)
    monkeypatch.setattr(schedule, "pause_before_asking", lambda *_, **__: 0.0)
    monkeypatch.setattr(ticketscad_adapter, "_SOONEST_QUESTION", 0.0)
    monkeypatch.setattr(ticketscad_adapter, "_TYPES_EVERY", 0.0)
    monkeypatch.setattr(test_answers, "TABLE", QUICK)


@pytest.mark.parametrize(
    "number", [pytest.param(400, id="every_day"), pytest.param(10_000, id="whole", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize(("adapter", "bodies"), ADAPTERS)
async def test_the_record_stays_whole_and_safe(
    adapter: Callable[[Any], Cad],
    bodies: tuple[Any, ...],
    number: int,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    seed = seed_of(20_261_122 if number < 1_000 else None)
    chance, seconds, seen = random.Random(seed), itertools.count(), Counter[str]()
    room = Room(tmp_path, lambda: START + timedelta(seconds=next(seconds)))
    wire, stop = LikelyWire(chance, bodies), asyncio.Event()
    cad, clock = adapter(wire), (lambda: START + timedelta(seconds=next(seconds)))
    made = Courier(cad, room.writer, room.outbox, name="GMS", clock=clock, too_old_after=timedelta(days=9_999))
    working = asyncio.create_task(made.work(stop, _never))
    known: dict[str, Delivery] = {}
    reached = set[Delivery]()
    playing: list[Dispatch] = []
    try:
        while wire.given < number or not {Delivery.ACCEPTED, Delivery.REFUSED} <= reached:
            assert not working.done(), "the delivery ended"
            assert wire.given < 50 * number, "nothing was confirmed, or nothing refused"
            for state in map(room.state, playing):
                before = known.get(state.message_id)
                _hold(state, before)
                known[state.message_id] = state.state
                reached.add(state.state)
                seen[f"{before} -> {state.state}"] += before is not state.state
            error = room.link_error()
            assert clean(error) == error
            ended = {message_id for message_id, state in known.items() if state in ENDED}
            playing = [each for each in playing if each.message_id not in ended][-MOST_IN_PLAY:]
            waiting = sum(known.get(each.message_id) is not Delivery.ACCEPTED for each in playing)
            playing += [room.decide(priority=chance.choice((1, 2, 3))) for _ in range(waiting, WAITING)]
            wire.last.clear()
            enough = wire.given + 40
            while wire.given < enough and not working.done():  # noqa: ASYNC110 - the wire sets no event
                await asyncio.sleep(0.002)
    except AssertionError as error:
        error.add_note(f"seed {seed}, answer {wire.given}:\n{as_text(wire.last)[-3_000:]}")
        raise
    finally:
        stop.set()
        await working
        room.writer.close()
    for state in room.states().values():
        _hold(state, known.get(state.message_id))
    assert verify(room.home).faults == ()
    assert not [line for line in caplog.messages if re.search(r"\b\w+(Error|Exception)\b|^dossier:", line)]
    changes = {change: count for change, count in sorted(seen.items()) if count}
    print(f"\n{adapter.__name__}: seed {seed}, {wire.given:,} answers about {len(known)} dispatches\n  {changes}")


async def _never() -> bool:
    return False


def _hold(state: DeliveryState, before: Delivery | None) -> None:
    """A state is one that may follow, with all that belongs to it, and its texts show nothing that acts."""
    assert before is None or state.state is before or state.state in MAY_FOLLOW[before], (before, state)
    assert (state.state in {Delivery.DELIVERED, Delivery.ACCEPTED}) <= (state.delivered_at is not None), state
    assert (state.state in {Delivery.REFUSED, Delivery.UNCLEAR}) <= bool(state.reason), state
    assert (state.unit_status is None) == (state.unit_status_at is None), state
    for text in (state.reason, state.cad_reference, state.unit):
        assert clean(text) == text, repr(text)
        assert len(text) <= LONGEST


def http_eido(url: str) -> Cad:
    return HttpCad(url, "mk.example", name="GMS", tls=NO_TLS, patience=HURRIED)


def http_ticketscad(url: str) -> Cad:
    return TicketsCad(url, QUICK, name="GMS", token=None, tls=NO_TLS, patience=HURRIED)


HURRIED: Final = Patience(connect=2.0, send=0.2, ask=0.2)


@pytest.mark.parametrize(
    "number", [pytest.param(80, id="every_day"), pytest.param(3_000, id="whole", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize(
    ("adapter", "bodies"),
    [pytest.param(http_eido, OURS, id="eido"), pytest.param(http_ticketscad, TICKETSCAD, id="ticketscad")],
)
async def test_any_bytes_over_the_wire(adapter: Callable[[str], Any], bodies: tuple[Any, ...], number: int) -> None:
    seed = seed_of(20_261_122 if number < 1_000 else None)
    seen, asked = Counter[str](), 0
    async with any_server(random.Random(seed), bodies) as server, adapter(server.url) as cad:
        while server.wire.given < number:
            asked += 1
            server.wire.last.clear()
            try:
                seen += await ask_everything(cad, asked)
            except Exception as error:
                error.add_note(f"seed {seed}, answer {server.wire.given}:\n{as_text(server.wire.last)[-3_000:]}")
                raise
    print(f"\n{adapter.__name__}: seed {seed}, {server.wire.given:,} answers as bytes\n  {dict(seen)}")
    assert {"Delivered", "Unclear", "NoAnswer", "Standing"} <= set(seen)


class AnyServer:
    """A CAD that half the time answers as it should, and of which the bytes are anything now and then."""

    url = ""

    def __init__(self, chance: random.Random, bodies: tuple[Any, ...]) -> None:
        self.wire = LikelyWire(chance, bodies)
        self.lines: set[asyncio.Task[Any]] = set()
        self._chance = chance

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what is asked on one line, until it is hung up."""
        task = asyncio.current_task()
        assert task is not None
        self.lines.add(task)
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                await reader.readexactly(int(length[1]) if length else 0)
                method, path, _ = head.decode("latin-1").split(" ", 2)
                key = re.search(r"(?i)idempotency-key: (\S+)", head.decode("latin-1"))
                try:
                    right = await self.wire.ask(method, path, headers={"Idempotency-Key": key[1]} if key else {})
                except (NeverLeftError, BrokenOffError):
                    break
                writer.write(self._as_bytes(right))
                await writer.drain()
                if self._chance.random() < 0.3:
                    break
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    def _as_bytes(self, right: Reply) -> bytes:
        chance, body = self._chance, right.body
        lines = [b"HTTP/1.1 %d X" % right.status, b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
        if chance.random() < 0.2:
            cut = chance.randrange(len(body) + 1)
            parts = [part for part in (body[:cut], body[cut:]) if part]
            body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
            lines[2] = b"Transfer-Encoding: chunked"
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(_LINES))
        whole = b"\r\n".join(lines) + b"\r\n\r\n" + body
        match chance.randrange(12):
            case 0:
                return whole[: chance.randrange(len(whole) + 1)]
            case 1:
                scratched = bytearray(whole)
                scratched[chance.randrange(min(len(scratched), 90))] = chance.randrange(256)
                return bytes(scratched)
            case 2:
                return whole + whole
            case 3:
                return chance.choice((b"", b"\x00" * 50, b"<html>Log in</html>", b"\x16\x03\x01\x02", b"\r\n" * 9))
            case _:
                return whole


_LINES: Final = (
    *(b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Encoding: gzip"),
    *(b"Content-Encoding: br", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"X: \x1b[2J\x00"),
    *(b"Retry-After: 7", b"Retry-After: \xd9\xa7", b"Location: http://evil.example/", b"Set-Cookie: a=b; Domain=.nl"),
    *(
        b"X: " + b"y" * 120_000,
        b"HTTP/1.1 100 Continue\r\n",
        b"HTTP/2 200",
        b"",
        b": leeg",
        b" gevouwen",
        b"\xff: \xff",
    ),
    *(b"Connection: close", b"Connection: upgrade\r\nUpgrade: h2c", b"Trailer: X", b"Content-Type: text/html\x00"),
)


@asynccontextmanager
async def any_server(chance: random.Random, bodies: tuple[Any, ...]) -> AsyncIterator[AnyServer]:
    made = AnyServer(chance, bodies)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    made.url = f"http://{host}:{port}"
    async with server:
        yield made
        server.close()
        if made.lines:
            await asyncio.wait(made.lines)
