"""The simulated CAD itself: how it answers the questions of the contract, or fails to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from h11 import LocalProtocolError
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from console.cad import contract
from console.cad.mock_memory import OTHER_MESSAGE, REFUSAL, Held, IncidentMessage, Memory
from console.cad.simulator import Mode, Orders, Repeats

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST: Final = "127.0.0.1"
CONTROL: Final = "/besturing"
_SLOW_SECONDS: Final = 2.0
_LATER_SECONDS: Final = 1.0
_BUSY_SECONDS: Final = 1


class Lines(dict[tuple[str, int], asyncio.Transport]):
    """The open connections by the address of the other side, so that one can be cut without an answer."""

    async def cut(self, scope: Scope, receive: Receive) -> None:
        """Break the connection of a request and wait until the server has noticed, or it would answer with a 500."""
        line = self.get(tuple(scope["client"]))
        if line is not None:
            line.abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    def repeat(self, scope: Scope, body: bytes) -> None:
        """Answer once more on the connection of a request that was answered."""
        line = self.get(tuple(scope["client"]))
        if line is not None:
            head = f"HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            line.write(head.encode() + body)


class MockCad:
    """The CAD's four questions: take this, what became of it, are you there, and its control panel."""

    def __init__(self, orders: Orders, *, token: str | None, lines: Lines) -> None:
        """Begin with nothing; `lines` are the connections that can be cut."""
        self.mode = orders.mode
        self.held = Memory(orders.repeats)
        self._fates: Counter[Mode] = Counter()
        self._bookings: set[asyncio.Task[None]] = set()
        self._orders = orders
        self._token = token
        self._lines = lines

    def app(self) -> ASGIApp:
        """Give the web application."""
        routes = [
            Route(contract.INCIDENTS, self.take, methods=["POST"]),
            Route(contract.HEALTH, self.health, methods=["GET"]),
            Route(CONTROL, self.control, methods=["GET", "POST"]),
        ]
        if self._orders.repeats is not Repeats.NEITHER:
            routes.append(Route(contract.MESSAGES + "/{message_id}", self.tell, methods=["GET"]))
        inner = Starlette(routes=routes)

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"] != CONTROL and self.mode is Mode.DOWN:
                await self._lines.cut(scope, receive)
                return
            with suppress(LocalProtocolError):  # an answer that stops half-way does so on purpose
                await inner(scope, receive, send)

        return guarded

    async def take(self, request: Request) -> Response:
        """Take an incident: `POST /v1/incidents`."""
        fate = self._orders.fates.draw(self.mode)
        self._fates[fate] += 1
        answer = await self._take(request, fate)
        if self._orders.tells:
            key = request.headers.get(contract.KEY_HEADER, "-")
            said = "geen antwoord" if isinstance(answer, _CutResponse) else str(answer.status_code)
            print(f"{datetime.now().astimezone():%H:%M:%S} POST {key[:100]!a} {said} ({fate.value})", flush=True)
        return answer

    async def _take(self, request: Request, fate: Mode) -> Response:
        if fate is Mode.SLOW:
            await asyncio.sleep(_SLOW_SECONDS)
        answer = _not_taking(fate) or self._not_allowed(request)
        if answer is not None:
            return answer
        body = await _body(request)
        if body is None:
            return _problem(413, "de melding is te groot")
        if fate is Mode.DOWN:
            return _CutResponse(self._lines)
        key = request.headers.get(contract.KEY_HEADER, "")
        if fate is Mode.BOOKS_LATER:
            booking = asyncio.create_task(self._store_later(key, body, fate))
            self._bookings.add(booking)
            booking.add_done_callback(self._bookings.discard)
            return _CutResponse(self._lines)
        return self._store(key, body, fate)

    async def _store_later(self, key: str, body: bytes, fate: Mode) -> None:
        """Take what was broken off already, when whoever sent it may have asked after it."""
        await asyncio.sleep(_LATER_SECONDS)
        self._store(key, body, fate)

    def _store(self, key: str, body: bytes, fate: Mode) -> Response:
        if not key:
            return _problem(400, f"de header {contract.KEY_HEADER} ontbreekt")
        try:
            message = IncidentMessage.model_validate_json(body)
        except ValidationError as error:
            return _problem(422, _wrong_with(error))
        if fate is Mode.REFUSES_AT_ONCE:
            return _problem(422, REFUSAL)
        if fate is Mode.CONFLICT:
            return _problem(409, OTHER_MESSAGE)
        held = self.held.take(key, hashlib.sha256(body).hexdigest(), message, fate)
        if isinstance(held, str):
            return _problem(409 if held == OTHER_MESSAGE else 422, held)
        return self._answer(key, held, fate)

    def _answer(self, key: str, held: Held, fate: Mode) -> Response:
        """Answer that it was taken, or fail to; a mode spoils the first answer only, chance each one it falls on."""
        spoiled = self._spoiled(fate) if held.asked == 1 or fate is not self.mode else None
        if spoiled is not None:
            return spoiled
        if fate is Mode.HUGE:
            return JSONResponse({"reference": "x" * 5_000_000}, status_code=202)
        receipt = {"reference": held.reference, "message_id": key, "stored": held.stored}
        if fate is Mode.TWO_ANSWERS:
            return _TwiceResponse(receipt, self._lines)
        return JSONResponse(receipt, status_code=202)

    def _spoiled(self, fate: Mode) -> Response | None:
        match fate:
            case Mode.LOSES_ANSWER:
                return _CutResponse(self._lines)
            case Mode.HALF_ANSWER:
                return Response(b'{"refer', status_code=202, headers={"content-length": "4000"})
            case Mode.WRONG_JSON:
                return Response(b'{"reference": CAD', status_code=202, media_type="application/json")
            case Mode.FAULT_AFTER:
                return _problem(500, "interne fout")
            case _:
                return None

    async def tell(self, request: Request) -> Response:
        """Say what became of a message: `GET /v1/messages/{id}`."""
        answer = self._not_allowed(request)
        if answer is not None:
            return answer
        key = request.path_params["message_id"]
        held = self.held.get(key)
        if held is None or held.mode is Mode.FORGETS:
            return _problem(404, "deze melding is hier niet bekend")
        known = {"reference": held.reference, "message_id": key, "stored": held.stored}
        return JSONResponse({**held.status(self._orders.pace), **known})

    async def health(self, request: Request) -> Response:
        """Say that incidents are taken, and what a repeated key means here: `GET /health`."""
        kind = self._orders.repeats
        abilities = {
            "deduplicates": kind is Repeats.DEDUPLICATES,
            "looks_up": kind is not Repeats.NEITHER,
        }
        return _not_taking(self.mode) or self._not_allowed(request) or JSONResponse({"status": "ok", **abilities})

    async def control(self, request: Request) -> Response:
        """Change the mode, and tell what happened: `GET` and `POST /besturing`."""
        if request.method == "POST":
            try:
                asked = json.loads(await request.body())
                self.mode = Mode(asked["modus"])
            except (ValueError, KeyError, TypeError):
                return _problem(422, f"geef een modus: {', '.join(Mode)}")
        told = {"modus": self.mode, "herhaling": self._orders.repeats, "verlopen": dict(self._fates)}
        return JSONResponse({**told, **self.held.counts()})

    def _not_allowed(self, request: Request) -> Response | None:
        if self._token is None:
            return None
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return None
        return _problem(401, "de sleutel klopt niet")


class _CutResponse(Response):
    """No answer at all: the connection breaks."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await self._lines.cut(scope, receive)


class _TwiceResponse(JSONResponse):
    """The same answer twice: the second one comes when nobody asked, or as the answer to what is asked next."""

    def __init__(self, receipt: object, lines: Lines) -> None:
        super().__init__(receipt, status_code=202)
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)
        self._lines.repeat(scope, bytes(self.body))


def _not_taking(fate: Mode) -> Response | None:
    answers: dict[Mode, Callable[[], Response]] = {
        Mode.OUT_OF_ORDER: lambda: _problem(503, "even niet beschikbaar"),
        Mode.BUSY: lambda: _busy(str(_BUSY_SECONDS)),
        Mode.BUSY_UNTIL: lambda: _busy(_in_a_second()),
        Mode.FAULT: lambda: _problem(500, "interne fout"),
        Mode.WEB_PAGE: lambda: HTMLResponse("<html><body>Log in om verder te gaan</body></html>"),
        Mode.ELSEWHERE: lambda: RedirectResponse(f"http://{HOST}:9/", status_code=302),
    }
    return answers[fate]() if fate in answers else None


def _in_a_second() -> str:
    """Give the next whole second but one as an HTTP date, which knows no parts of seconds."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=_BUSY_SECONDS + 1), usegmt=True)


def _busy(until: str) -> Response:
    return JSONResponse({"reason": "te druk"}, status_code=429, headers={"Retry-After": until})


async def _body(request: Request) -> bytes | None:
    """Read a body of limited size; None when it is larger."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > contract.LARGEST_MESSAGE:
            return None
    return body


def _wrong_with(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"de melding klopt niet bij '{where}'" if where else "de melding is geen JSON"


def _problem(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"reason": reason}, status_code=status)
