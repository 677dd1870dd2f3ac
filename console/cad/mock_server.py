"""The simulated CAD as a server on this machine whose connections can be cut, and that ends when it is asked to."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from console import credentials
from console.cad.mock_cad import HOST, Lines, MockCad
from console.exit_codes import CANNOT_LISTEN, ENDED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Generator

    from console.cad.simulator import Orders


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


def serve(orders: Orders) -> int:
    """Serve until asked to stop, after one line on stdout that says where; gives an exit code."""
    try:
        token = _token() if orders.asks_for_key else None
    except credentials.CredentialError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    try:
        listening = socket.create_server((HOST, orders.port))
        # asyncio does this only for sockets that name their protocol; without it each answer waits 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, OverflowError):
        print(
            f"Poort {orders.port} op {HOST} is bezet of niet toegestaan; kies een andere met --port.", file=sys.stderr
        )
        return CANNOT_LISTEN
    lines = Lines()
    cad = MockCad(orders, token=token, lines=lines)
    config = uvicorn.Config(
        cad.app(),
        http=_protocol(lines),
        lifespan="off",
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    with listening:
        print(f"CAD-simulator luistert op http://{HOST}:{listening.getsockname()[1]} ({orders.mode.value})", flush=True)
        asyncio.run(_Server(config).serve(sockets=[listening]))
    if orders.tells:
        print(cad.held.summary(), flush=True)
    return ENDED


def _token() -> str:
    """Give the key to ask for; a CAD that was told to ask for one never goes without."""
    found = credentials.search("cad_token", ask_person=credentials.person())
    if found.secret is None:
        tried = "; ".join(found.tried)
        raise credentials.CredentialError(f"cad_token ontbreekt: {tried}. {credentials.how_to_set('cad_token')}")
    return found.secret
