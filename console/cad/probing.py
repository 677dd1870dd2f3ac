"""Whether the CAD can be reached and takes our key, asked in a way that changes nothing there.

Beside the adapter's own question it asks after a message that nobody ever sent: with a wrong key that is refused, with
the right one it is not there. The CAD's clock is read from the same answer.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from console.cad import contract, ticketscad_api
from console.cad.adapters import choose
from console.cad.peer import NoCad
from console.cad.tls import Papers, TlsError, secure
from console.cad.wire import BrokenOffError, NeverLeftError, Patience, Wire
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping

    from console.credentials import Keys
    from console.settings import Settings

SECONDS: Final = 3.0
_REFUSED: Final = {401, 403}
_ANSWERED: Final = {200, 404}


class Access(StrEnum):
    """What the CAD made of our key."""

    ACCEPTED = "aangenomen"
    REFUSED = "geweigerd"
    UNREACHABLE = "onbereikbaar"
    UNCLEAR = "onduidelijk"
    NO_CAD = "geen"


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found: `trouble` is a Dutch sentence, empty where dispatches can go.

    `clock` is the CAD's own time, to the second, and `heard_at` ours when it said so.
    """

    access: Access
    trouble: str = ""
    clock: datetime | None = None
    heard_at: datetime | None = None


async def probe(settings: Settings, keys: Keys) -> Probe:
    """Ask the CAD of these settings two things at once, within `SECONDS`."""
    with _quietly():
        cad = await asyncio.to_thread(choose, settings, keys)
        if isinstance(cad, NoCad):
            return Probe(Access.NO_CAD, cad.why)
        if settings.cad_url is None or settings.cad_kind == "bestand":
            return Probe(Access.ACCEPTED, await cad.trouble())
        async with cad:
            trouble, found = await asyncio.gather(_in_time(cad.trouble(), settings), _access(settings, keys))
    if found.access is Access.ACCEPTED:
        return replace(found, trouble=trouble)
    return replace(found, trouble=found.trouble or trouble)


async def _in_time(question: Coroutine[None, None, str], settings: Settings) -> str:
    try:
        return await asyncio.wait_for(question, SECONDS)
    except TimeoutError:
        return words.cad.silent(settings.cad_name, SECONDS)


async def _access(settings: Settings, keys: Keys) -> Probe:
    """Ask after a message that was never sent, with our key."""
    url = str(settings.cad_url)
    patience = Patience(connect=SECONDS, send=SECONDS, ask=SECONDS)
    tls = await asyncio.to_thread(secured, settings, keys)
    token = (await asyncio.to_thread(keys.search, "cad_token")).secret
    wire = Wire(
        url, name=settings.cad_name, token=token, patience=patience, largest=ticketscad_api.LARGEST_ANSWER, tls=tls
    )
    try:
        async with wire, asyncio.timeout(SECONDS):
            reply = await wire.ask("GET", _harmless(settings), SECONDS)
    except (NeverLeftError, BrokenOffError) as error:
        return Probe(Access.UNREACHABLE, str(error))
    except TimeoutError:
        return Probe(Access.UNREACHABLE, words.cad.silent(settings.cad_name, SECONDS))
    heard = Probe(Access.ACCEPTED, "", _clock(reply.headers), now())
    if reply.status in _REFUSED:
        return replace(heard, access=Access.REFUSED, trouble=words.cad.refuses_key(settings.cad_name, reply.status))
    if reply.status in _ANSWERED:
        return heard
    return replace(heard, access=Access.UNCLEAR, trouble=words.cad.unexpected(settings.cad_name, reply.status))


def _harmless(settings: Settings) -> str:
    if settings.cad_kind == "ticketscad":
        return f"{ticketscad_api.BASE}/incident-types?limit=1"
    return f"{contract.MESSAGES}/{uuid.uuid4()}"


def secured(settings: Settings, keys: Keys) -> ssl.SSLContext | None:
    """Make what secures the link, as the adapter does; None where the settings name no papers.

    Raises:
        TlsError: as `tls.secure`.
    """
    papers = Papers(settings.cad_authority, settings.cad_certificate, settings.cad_certificate_key)
    if not papers or urlsplit(str(settings.cad_url)).scheme != "https":
        return None
    return secure(papers, now(), keys.find)


def ends_at(settings: Settings, keys: Keys) -> datetime | None:
    """Give when the certificate that the CAD shows ends; None without TLS. Blocks for at most `SECONDS`.

    Raises:
        OSError: it cannot be reached, or shows none that is trusted.
        TlsError: as `secured`.
    """
    parts = urlsplit(str(settings.cad_url))
    if parts.scheme != "https" or parts.hostname is None:
        return None
    context = secured(settings, keys) or ssl.create_default_context()
    with (
        socket.create_connection((parts.hostname, parts.port or 443), SECONDS) as line,
        context.wrap_socket(line, server_hostname=parts.hostname) as secure_line,
    ):
        shown = secure_line.getpeercert() or {}
    ended = shown.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ended), UTC) if isinstance(ended, str) else None


def opens(settings: Settings, secret: str) -> str:
    """Try to open our private key with this secret; the empty text means that it opens, else why not."""
    papers = Papers(settings.cad_authority, settings.cad_certificate, settings.cad_certificate_key)
    try:
        secure(papers, now(), lambda _name: secret)
    except TlsError as error:
        return str(error)
    return ""


def _clock(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what the adapters write in the journal of the delivery out of this answer, which says it itself."""
    journal = logging.getLogger("meldkamer.bezorging")
    before = journal.disabled
    journal.disabled = True
    try:
        yield
    finally:
        journal.disabled = before
