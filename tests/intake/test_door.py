"""The door under pressure: a body that never comes, a record that does not answer, more at once than can be done."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from console.intake import door as room
from console.intake.door import Door
from console.record import Home, Writer
from tests.intake.conftest import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.record.writer import Transaction


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer.open(Home.prepare(tmp_path / "data")) as opened:
        yield opened


def door_of(writer: Writer) -> Door:
    return Door(writer, lambda: datetime.now(UTC), None)


def line_to(door: Door) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(door.application()), base_url="http://intake")


async def test_a_body_that_does_not_come_is_not_waited_for(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BODY_SECONDS", 0.05)
    sent: list[MutableMapping[str, Any]] = []

    async def never() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(part: MutableMapping[str, Any]) -> None:
        sent.append(part)

    headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]
    scope = {"type": "http", "method": "POST", "path": "/v1/calls", "headers": headers, "query_string": b""}
    await door_of(writer).application()(scope, never, send)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


async def test_a_record_that_is_stuck_is_said_and_the_write_still_lands_once(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "RECORD_SECONDS", 0.05)
    let_go = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stuck(_transaction: Transaction) -> None:
        asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result(20)

    blocked = writer.submit(stuck)
    same = message()
    async with line_to(door_of(writer)) as line:
        refused = await line.post("/v1/calls", json=same)
        ill = await line.get("/health")
        let_go.set()
        await asyncio.wrap_future(blocked)
        monkeypatch.setattr(room, "RECORD_SECONDS", 20)
        again = await line.post("/v1/calls", json=same)
        well = await line.get("/health")
    assert (refused.status_code, ill.status_code) == (503, 503)
    assert refused.headers["Retry-After"] == "2"
    assert (again.status_code, again.json()["nieuw"], well.status_code) == (200, False, 200)


async def test_more_at_once_than_can_be_done_soon_is_refused(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_AT_ONCE", 3)
    door = door_of(writer)
    async with line_to(door) as line:
        calls = [line.post("/v1/calls", json=message(id=f"tel-{number}")) for number in range(12)]
        codes = [answer.status_code for answer in await asyncio.gather(*calls)]
        assert sorted(set(codes)) == [201, 503]
        assert (await line.post("/v1/calls", json=message(id="later"))).status_code == 201


async def test_a_closed_record_is_not_our_fault_but_not_now(writer: Writer) -> None:
    writer.close()
    async with line_to(door_of(writer)) as line:
        assert (await line.post("/v1/calls", json=message())).status_code == 503
        assert (await line.get("/health")).status_code == 503


async def test_a_fault_of_our_own_is_answered_and_logged_without_what_was_said(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(body: bytes, _now: datetime) -> None:
        raise ValueError(body.decode())

    monkeypatch.setattr(room, "read_call", broken)
    transport = httpx.ASGITransport(door_of(writer).application(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://intake") as line:
        answer = await line.post("/v1/calls", json=message())
    assert answer.status_code == 500
    assert "Truus" not in answer.text
