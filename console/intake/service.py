"""The intake as a program: finds its key, binds its address, opens the record, listens until asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

import uvicorn

from console import credentials, logbook
from console.dutch_errors import in_dutch
from console.exit_codes import CANNOT_LISTEN, ENDED, UNUSABLE
from console.intake.door import Door
from console.intake.line import Line
from console.record import Home, RecordError, Writer
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.settings import Settings

KEY: Final = "intake_token"
_STOP_SECONDS: Final = 5
_WAITING_CONNECTIONS: Final = 100
"""The server takes so many in before it looks at what the first of them brings; with MOST_LINES well below the thousand
files that a system gives a program."""


def serve(host: str, port: int, settings: Settings) -> int:
    """Take calls in until SIGTERM, SIGINT or SIGHUP; gives an exit code."""
    journal = logbook.begin()
    logging.getLogger("meldkamer.intake").setLevel(logging.INFO)
    try:
        return _serve(host, port, settings)
    finally:
        journal.close()


def _serve(host: str, port: int, settings: Settings) -> int:
    try:
        listening = _listen(host, port)
    except OSError as error:
        return _refuse(
            CANNOT_LISTEN, f"kan niet luisteren op {host} poort {port}: {in_dutch(error)}. Kies een ander adres."
        )
    except UnicodeError:  # two dots, or a part of more than 63 characters
        return _refuse(CANNOT_LISTEN, f"{host!a} is geen adres. Kies een ander adres.")
    with listening:
        try:
            search = credentials.search(KEY, ask_person=None if settings.exercise else credentials.person())
            open_to_all = search.secret is None and settings.exercise and _only_from_here(listening)
            if search.secret is None and not open_to_all:
                return _refuse(UNUSABLE, _no_key(search.tried, settings))
            home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
            with Writer.open(home, terminal="intake") as writer:
                door = Door(writer, now, search.secret)
                _Server(door, _said(listening, settings, open_to_all=open_to_all)).run(sockets=[listening])
        except (RecordError, credentials.CredentialError) as error:
            return _refuse(UNUSABLE, str(error))
    return ENDED


class _Server(uvicorn.Server):
    """Says when it is ready, and ends as asked instead of by the signal, so that the record is closed behind it."""

    def __init__(self, door: Door, ready: str) -> None:
        super().__init__(
            uvicorn.Config(
                door.application(),
                http=Line,
                backlog=_WAITING_CONNECTIONS,
                access_log=False,  # it would write addresses and paths of every ring
                log_config=None,
                server_header=False,
                lifespan="off",
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._ready, flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING_CONNECTIONS)
    except OSError:
        listening.close()
        raise
    return listening


def _only_from_here(listening: socket.socket) -> bool:
    return ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def _said(listening: socket.socket, settings: Settings, *, open_to_all: bool) -> str:
    host, port = listening.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    parts = (
        [f"De intake luistert op {address}", "OEFENING"] if settings.exercise else [f"De intake luistert op {address}"]
    )
    if open_to_all:
        parts.append("zonder sleutel, alleen vanaf deze computer")
    if not _only_from_here(listening):
        parts.append("let op: zonder TLS, zet er een proxy met TLS voor")
    return "; ".join(parts) + "."


def _no_key(tried: tuple[str, ...], settings: Settings) -> str:
    exercise = " In een oefening zonder sleutel luistert de intake alleen op 127.0.0.1." if settings.exercise else ""
    return f"er is geen sleutel {KEY} ({'; '.join(tried)}). Geef hem: {credentials.how_to_set(KEY)}.{exercise}"


def _refuse(code: int, sentence: str) -> int:
    print(f"meldkamer intake start niet: {sentence}", file=sys.stderr)
    return code
