"""The simulated CAD itself: what it holds, what a dispatcher does with it in time, and how it answers or fails to."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import uvicorn
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from console import credentials
from console.cad import contract
from console.cad.simulator import Mode
from console.exit_codes import CANNOT_LISTEN, ENDED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST: Final = "127.0.0.1"
CONTROL: Final = "/besturing"

_SLOW_SECONDS: Final = 2.0
_ANSWERED_AT: Final = 1.0
_THERE: Final = 12.0
_UNIT_STEPS: Final = ((2.0, "assigned"), (4.0, "en_route"), (_THERE, "on_scene"), (30.0, "closed"))
"""Paces after which a dispatcher has put a unit on it, and the unit reports."""
_REFUSAL: Final = "geen eenheid beschikbaar in dit gebied"


class _Loose(BaseModel):
    model_config = ConfigDict(extra="allow")


class _IncidentPart(_Loose):
    incidentTypeInternalCode: Annotated[str, StringConstraints(min_length=1)]  # noqa: N815 - the standard's name
    incidentCommonPriorityNumber: Annotated[int, Field(ge=0, le=10)]  # noqa: N815


class IncidentMessage(_Loose):
    """What a CAD must at least find in a message before it can put anything on a dispatcher's screen.

    Without `dispatchComponent` it adds to an incident that the CAD holds.
    """

    incident: Annotated[str, Field(alias="$id", min_length=1)]
    incidentComponent: _IncidentPart  # noqa: N815
    dispatchComponent: list[_Loose] = []  # noqa: N815


@dataclass
class Held:
    """One message as this CAD holds it: a dispatch, or what was added to one (`callsign` is empty: nobody goes)."""

    reference: str
    fingerprint: str
    mode: Mode
    callsign: str
    incident: str = ""
    since: float = field(default_factory=time.monotonic)
    received_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    effects: int = 0
    asked: int = 0

    def status(self, pace: float) -> dict[str, Any]:
        """Say what a dispatcher and a unit have done by now."""
        paces = (time.monotonic() - self.since) / pace if pace > 0 else float("inf")
        if paces < _ANSWERED_AT or self.mode is Mode.SILENT:
            return {"state": "received"}
        if self.mode is Mode.REFUSES:
            return {"state": "refused", "reason": _REFUSAL}
        status: dict[str, Any] = {"state": "accepted"}
        for after, name in _UNIT_STEPS if self.callsign else ():
            if paces >= after:
                status["unit"] = {"callsign": self.callsign, "status": name, "at": self._moment(after, pace)}
                if after < _THERE:
                    status["unit"]["expected_at"] = self._moment(_THERE, pace)
        return status

    def _moment(self, paces: float, pace: float) -> str:
        return contract.write_time(self.received_at + timedelta(seconds=paces * pace))


class MockCad:
    """The CAD's memory, and its four questions: take this, what became of it, are you there, and its control panel."""

    def __init__(self, mode: Mode, *, pace: float, token: str | None, lines: Lines) -> None:
        """Begin with nothing; `pace` is in seconds per step, `lines` the connections that can be cut."""
        self.mode = mode
        self.held: dict[str, Held] = {}
        self._pace = pace
        self._token = token
        self._lines = lines

    def app(self) -> ASGIApp:
        """Give the web application."""
        routes = [
            Route(contract.INCIDENTS, self.take, methods=["POST"]),
            Route(contract.MESSAGES + "/{message_id}", self.tell, methods=["GET"]),
            Route(contract.HEALTH, self.health, methods=["GET"]),
            Route(CONTROL, self.control, methods=["GET", "POST"]),
        ]
        inner = Starlette(routes=routes)

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"] != CONTROL and self.mode is Mode.DOWN:
                await self._lines.cut(scope, receive)
                return
            await inner(scope, receive, send)

        return guarded

    async def take(self, request: Request) -> Response:
        """Take an incident: `POST /v1/incidents`."""
        if self.mode is Mode.SLOW:
            await asyncio.sleep(_SLOW_SECONDS)
        answer = self._not_taking() or self._not_allowed(request)
        if answer is not None:
            return answer
        key = request.headers.get(contract.KEY_HEADER, "")
        if not key:
            return _problem(400, f"de header {contract.KEY_HEADER} ontbreekt")
        body = await _body(request)
        if body is None:
            return _problem(413, "de melding is te groot")
        try:
            message = IncidentMessage.model_validate_json(body)
        except ValidationError as error:
            return _problem(422, _wrong_with(error))
        if self.mode is Mode.REFUSES_AT_ONCE:
            return _problem(422, _REFUSAL)
        return self._store(key, hashlib.sha256(body).hexdigest(), message)

    def _store(self, key: str, fingerprint: str, message: IncidentMessage) -> Response:
        held = self.held.get(key)
        if held is not None and held.fingerprint != fingerprint:
            return _problem(409, "onder deze sleutel staat al een andere melding")
        if held is None:
            held = self._new(fingerprint, message)
            if held is None:
                return _problem(422, "deze aanvulling hoort bij geen melding die hier staat")
            self.held[key] = held
            held.effects += 1
        held.asked += 1
        if held.asked == 1 and held.mode is Mode.LOSES_ANSWER:
            return _CutResponse(self._lines)
        if held.asked == 1 and held.mode is Mode.HALF_ANSWER:
            return Response(b'{"refer', status_code=202, headers={"content-length": "4000"})
        if self.mode is Mode.HUGE:
            return JSONResponse({"reference": "x" * 5_000_000}, status_code=202)
        return JSONResponse({"reference": held.reference}, status_code=202)

    def _new(self, fingerprint: str, message: IncidentMessage) -> Held | None:
        """Put a dispatch on the list, or an addition with its incident; None when that is not here."""
        if message.dispatchComponent:
            number = sum(1 for each in self.held.values() if each.callsign)
            callsign = f"NN {31 + number % 4}.{1 + number % 8:02}"
            return Held(f"CAD-{number + 1:06}", fingerprint, self.mode, callsign, message.incident)
        of = next((each for each in self.held.values() if each.callsign and each.incident == message.incident), None)
        return None if of is None else Held(of.reference, fingerprint, self.mode, "", message.incident)

    async def tell(self, request: Request) -> Response:
        """Say what became of a message: `GET /v1/messages/{id}`."""
        answer = self._not_allowed(request)
        if answer is not None:
            return answer
        held = self.held.get(request.path_params["message_id"])
        if held is None or held.mode is Mode.FORGETS:
            return _problem(404, "deze melding is hier niet bekend")
        return JSONResponse(held.status(self._pace))

    async def health(self, request: Request) -> Response:
        """Say that incidents are taken: `GET /health`."""
        return self._not_taking() or self._not_allowed(request) or JSONResponse({"status": "ok"})

    async def control(self, request: Request) -> Response:
        """Change the mode, and tell what happened: `GET` and `POST /besturing`."""
        if request.method == "POST":
            try:
                asked = json.loads(await request.body())
                self.mode = Mode(asked["modus"])
            except (ValueError, KeyError, TypeError):
                return _problem(422, f"geef een modus: {', '.join(Mode)}")
        return JSONResponse(
            {
                "modus": self.mode,
                "effecten": {key: held.effects for key, held in self.held.items() if held.callsign},
                "aanvullingen": {key: held.effects for key, held in self.held.items() if not held.callsign},
                "gevraagd": {key: held.asked for key, held in self.held.items()},
            }
        )

    def _not_taking(self) -> Response | None:
        match self.mode:
            case Mode.OUT_OF_ORDER:
                return _problem(503, "even niet beschikbaar")
            case Mode.BUSY:
                return JSONResponse({"reason": "te druk"}, status_code=429, headers={"Retry-After": "1"})
            case Mode.FAULT:
                return _problem(500, "interne fout")
            case Mode.WEB_PAGE:
                return HTMLResponse("<html><body>Log in om verder te gaan</body></html>")
            case Mode.ELSEWHERE:
                return RedirectResponse(f"http://{HOST}:9/", status_code=302)
            case _:
                return None

    def _not_allowed(self, request: Request) -> Response | None:
        if self._token is None:
            return None
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return None
        return _problem(401, "de sleutel klopt niet")


class Lines(dict[tuple[str, int], asyncio.Transport]):
    """The open connections by the address of the other side, so that one can be cut without an answer."""

    async def cut(self, scope: Scope, receive: Receive) -> None:
        """Break the connection of a request and wait until the server has noticed, or it would answer with a 500."""
        line = self.get(tuple(scope["client"]))
        if line is not None:
            line.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class _CutResponse(Response):
    """No answer at all: the connection breaks."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await self._lines.cut(scope, receive)


def _protocol(lines: Lines) -> type[H11Protocol]:
    """Make a protocol that tells `lines` of each connection; uvicorn makes its objects itself and passes nothing on."""

    class ListedProtocol(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            self._address = transport.get_extra_info("peername")
            lines[self._address] = transport
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            lines.pop(self._address, None)
            super().connection_lost(exc)

    return ListedProtocol


class _Server(uvicorn.Server):
    """Ends with a plain exit code when asked to stop, instead of dying of the signal once more."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(port: int, mode: Mode, *, pace: float, with_token: bool) -> int:
    """Serve until asked to stop, after one line on stdout that says where; gives an exit code."""
    try:
        token = _token() if with_token else None
    except credentials.CredentialError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    try:
        listening = socket.create_server((HOST, port))
        # asyncio does this only for sockets that name their protocol; without it each answer waits 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, OverflowError):
        print(f"Poort {port} op {HOST} is bezet of niet toegestaan; kies een andere met --port.", file=sys.stderr)
        return CANNOT_LISTEN
    lines = Lines()
    cad = MockCad(mode, pace=pace, token=token, lines=lines)
    config = uvicorn.Config(
        cad.app(), http=_protocol(lines), lifespan="off", log_level="critical", timeout_graceful_shutdown=2, ws="none"
    )
    with listening:
        print(f"CAD-simulator luistert op http://{HOST}:{listening.getsockname()[1]} ({mode.value})", flush=True)
        asyncio.run(_Server(config).serve(sockets=[listening]))
    return ENDED


def _token() -> str:
    """Give the key to ask for; a CAD that was told to ask for one never goes without."""
    found = credentials.search("cad_token")
    if found.secret is None:
        tried = "; ".join(found.tried)
        raise credentials.CredentialError(f"cad_token ontbreekt: {tried}. {credentials.how_to_set('cad_token')}")
    return found.secret


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
