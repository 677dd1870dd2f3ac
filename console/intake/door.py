"""The door that senders ring at: who may, how much, how long, and an answer in Dutch for whatever is not right."""

from __future__ import annotations

import asyncio
import hmac
import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.intake.contract import openapi
from console.intake.message import LARGEST_BODY, BadMessageError, read_call
from console.record import Calls, DifferentCall, RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from starlette.requests import Request

    from console.record import Writer
    from console.record.writer import Transaction

BODY_SECONDS: Final = 10.0
RECORD_SECONDS: Final = 5.0
MOST_AT_ONCE: Final = 100
RETRY_AFTER: Final = "2"

_log = logging.getLogger("meldkamer.intake")


@dataclass
class Door:
    """Takes calls in for one record. Without a `token` everybody may ring: only for an exercise on this machine."""

    writer: Writer
    clock: Callable[[], datetime]
    token: str | None = field(repr=False)
    _inside: int = field(default=0, init=False)

    def application(self) -> Starlette:
        """The ASGI application. It never redirects: a caller's words would go to a host that the request names."""
        application = Starlette(
            routes=[
                Route("/v1/calls", self.ring, methods=["POST"]),
                Route("/health", self.health, methods=["GET"]),
                Route("/openapi.json", self.describe, methods=["GET"]),
            ],
            exception_handlers={
                BadMessageError: _say_what_is_wrong,
                RecordError: _say_not_now,
                ClientDisconnect: _nobody_listens,
                HTTPException: _say_no_such_door,
                500: _say_our_fault,
            },
        )
        application.router.redirect_slashes = False
        return application

    async def ring(self, request: Request) -> Response:
        """`POST /v1/calls`: 201 a new call, 200 the same again, anything else and nothing was stored."""
        self._check_token(request)
        _check_type(request)
        with self._one_more():
            call = read_call(await _body(request), self.clock())
            try:
                async with asyncio.timeout(RECORD_SECONDS):
                    rung = await self.writer.call(Calls(self.writer).ring, call)
            except TimeoutError:
                raise RecordError("Het dossier antwoordt niet op tijd.") from None
        _log.info("melding %s %s", rung.call_id, "aangenomen" if rung.created else "nogmaals aangeboden")
        answer = {"id": call.external_id, "melding": rung.call_id, "nieuw": rung.created}
        return JSONResponse(answer, 201 if rung.created else 200)

    async def health(self, _request: Request) -> Response:
        """`GET /health`: 200 when the record answers, without saying anything of what is in it."""
        with self._one_more():
            try:
                async with asyncio.timeout(RECORD_SECONDS):
                    await asyncio.wrap_future(self.writer.look(_answers))
            except TimeoutError:
                raise RecordError("Het dossier antwoordt niet op tijd.") from None
        return JSONResponse({"dossier": "ok"})

    async def describe(self, _request: Request) -> Response:
        """`GET /openapi.json`."""
        return JSONResponse(openapi())

    def _check_token(self, request: Request) -> None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if self.token is None:
            return
        right = hmac.compare_digest(given.encode("latin-1"), self.token.encode("latin-1"))
        if scheme.lower() != "bearer" or not right:
            raise BadMessageError(
                401,
                "De sleutel ontbreekt of is niet de juiste.",
                None,
                "Stuur de kop Authorization: Bearer met de sleutel van deze intake; vraag die aan de beheerder.",
            )

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        """Refuse more than can be finished soon: a sender that hears so tries again, one that waits gives up."""
        if self._inside >= MOST_AT_ONCE:
            raise RecordError("Er komen te veel meldingen tegelijk binnen.")
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


def _answers(transaction: Transaction) -> None:
    transaction.one("SELECT id FROM call LIMIT 1")


def _check_type(request: Request) -> None:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    plain = request.headers.get("content-encoding", "identity").lower() == "identity"
    if kind.strip().lower() != "application/json" or charset not in {"", "utf-8"} or not plain:
        raise BadMessageError(
            415,
            "Dit is geen gewone JSON.",
            None,
            "Stuur de kop Content-Type: application/json, in UTF-8 en zonder compressie.",
        )


async def _body(request: Request) -> bytes:
    """Read the body, but never more than the cap: neither of a length that is announced nor of chunks that go on."""
    if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise _too_large()
    except TimeoutError:
        raise BadMessageError(
            408, "Het bericht kwam niet op tijd binnen.", None, f"Stuur het binnen {BODY_SECONDS:.0f} seconden."
        ) from None
    return bytes(body)


def _too_large() -> BadMessageError:
    return BadMessageError(
        413,
        f"Het bericht is groter dan {LARGEST_BODY} bytes.",
        None,
        "Stuur alleen de velden van /openapi.json, met korte teksten.",
    )


def _answer(status: int, wrong: str, field: str | None, remedy: str, **headers: str) -> Response:
    _log.info("niet aangenomen (%s)", status)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"fout": wrong, "veld": field, "wat_te_doen": remedy}, status, named)


async def _say_what_is_wrong(_request: Request, error: Exception) -> Response:
    assert isinstance(error, BadMessageError)  # noqa: S101 - Starlette's table of handlers has no types
    headers = {401: {"WWW_Authenticate": "Bearer"}, 408: {"Connection": "close"}, 413: {"Connection": "close"}}
    return _answer(error.status, error.wrong, error.field, error.remedy, **headers.get(error.status, {}))


async def _say_not_now(_request: Request, error: Exception) -> Response:
    if isinstance(error, DifferentCall):
        return _answer(409, str(error), "id", "Geef elke melding een eigen id; de eerste blijft staan.")
    remedy = "Stuur hetzelfde bericht opnieuw, met hetzelfde id: het wordt nooit een tweede melding."
    return _answer(503, str(error), None, remedy, Retry_After=RETRY_AFTER)


async def _say_no_such_door(_request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    allowed = getattr(error, "headers", None) or {}
    return _answer(
        status,
        "Zo kan dit niet.",
        None,
        "Meldingen gaan met POST naar /v1/calls; /openapi.json beschrijft alles.",
        **allowed,
    )


async def _say_our_fault(_request: Request, _error: Exception) -> Response:
    return _answer(
        500, "Er ging hier iets mis.", None, "Stuur hetzelfde bericht opnieuw, en geef de melding telefonisch door."
    )


async def _nobody_listens(_request: Request, _error: Exception) -> Response:
    """The sender hung up half-way: nothing was stored, and nobody reads this."""
    return Response(status_code=400)
