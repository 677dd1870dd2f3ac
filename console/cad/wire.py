"""One HTTP conversation with a CAD, whatever it speaks: limits of time and size, and what went wrong in words.

Redirects are never followed and no proxy of the environment is used: a dispatch holds personal data, a request holds
the key, and both go to one place. Compression is not asked for, so that an answer cannot grow when it is read.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Self, TypeVar

import httpx

from console.cad.tls import trouble_in_words
from console.texts import words

if TYPE_CHECKING:
    from types import TracebackType

    import httpcore

FaultT = TypeVar("FaultT", bound=BaseException)

_CONNECTIONS: Final = 8
"""More than a delivery ever uses at once, so that nothing waits for a connection; it keeps itself to four."""

_NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_BROKEN_OFF: Final = (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ssl.SSLError)
"""With TLS 1.3 a peer that wants no part of us says so only when its answer is read, and httpx lets that through."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for the answer to a dispatch, for the answer to a question."""

    connect: float = 3.0
    send: float = 10.0
    ask: float = 4.0


class AddressError(Exception):
    """The setting cad_url cannot be the address of anything; the text is Dutch."""


class NeverLeftError(Exception):
    """The request surely did not arrive; the text is Dutch and says why."""


class BrokenOffError(Exception):
    """The request left and no whole answer came; the text is Dutch and says how that ended."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, of limited size."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    _line: httpcore.AsyncNetworkStream

    async def hang_up(self) -> None:
        """Close the connection of an answer that is not believed: it may hold answers to what others asked."""
        await self._line.aclose()


class Wire:
    """The connections with one CAD; use it as an async context manager."""

    def __init__(
        self,
        url: str,
        *,
        name: str,
        token: str | None,
        patience: Patience,
        largest: int,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare to talk to the CAD at `url` that operators call `name`; no answer may be over `largest` bytes.

        `tls` secures the link; without it a link over https trusts whom every browser trusts, and has no certificate.

        Raises:
            AddressError: no request can be sent to this address.
        """
        _refuse_unusable(url)
        self._name = name
        self._patience = patience
        self._largest = largest
        self._secured = url.startswith("https:")
        self._answered = False
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._http = httpx.AsyncClient(
            base_url=url,
            headers=headers,
            follow_redirects=False,
            trust_env=False,
            verify=True if tls is None else tls,
            limits=httpx.Limits(max_connections=_CONNECTIONS, keepalive_expiry=3.0),
        )

    async def __aenter__(self) -> Self:
        """Give the conversation itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        limit: float,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Send one request and read its answer, in a limited time (`limit`, seconds) however slowly it drips.

        Raises:
            NeverLeftError: the CAD surely did not get it.
            BrokenOffError: it may have got it.
        """
        timeout = httpx.Timeout(limit, connect=min(limit, self._patience.connect))
        try:
            async with (
                asyncio.timeout(limit + self._patience.connect),
                self._http.stream(method, path, content=content, headers=headers, timeout=timeout) as response,
            ):
                body = b""
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) > self._largest:
                        raise BrokenOffError(f"{self._name}: het antwoord is te groot")
                self._answered = True
                line = response.extensions["network_stream"]
                return Reply(response.status_code, response.headers, body, line)
        except _NEVER_LEFT as error:
            raise NeverLeftError(self._unreachable(error)) from error
        except _BROKEN_OFF as error:
            refused = self._refused_to_talk(error)
            if refused is not None:
                raise NeverLeftError(refused) from error
            raise BrokenOffError(self._half(error)) from error

    def _unreachable(self, error: Exception) -> str:
        if isinstance(error, httpx.TimeoutException) or not _cause(error, ssl.SSLError):
            return f"{self._name} is niet bereikbaar"
        return self._refused_to_talk(error) or words.tls.not_safe(self._name, words.tls.BROKE_OFF)

    def _refused_to_talk(self, error: Exception) -> str | None:
        """Say why one of both would not begin to talk; then nothing that was sent can have been read."""
        fault = None if isinstance(error, httpx.TimeoutException) else _cause(error, ssl.SSLError)
        return None if fault is None else trouble_in_words(fault, self._name)

    def _half(self, error: Exception) -> str:
        if isinstance(error, httpx.TimeoutException | TimeoutError):
            return f"{self._name} antwoordt niet op tijd"
        if self._secured and not self._answered:
            return words.tls.not_safe(self._name, words.tls.BROKE_OFF)
        return f"{self._name} brak de verbinding af"


class OverWire:
    """What an adapter that talks over one wire shares: it is a context manager, and closes its connections."""

    _wire: Wire

    async def __aenter__(self) -> Self:
        """Give the adapter itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._wire.__aexit__(kind, error, trace)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read the pause a CAD asks for, in seconds; as a number or as a date, None when it says neither."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) <= 6:
        return float(said)
    try:
        moment = parsedate_to_datetime(said).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _refuse_unusable(url: str) -> None:
    try:
        parts = httpx.URL(url)
        usable = bool(parts.host.encode("idna")) and (parts.port is None or 0 < parts.port < 65536)
    except (httpx.InvalidURL, UnicodeError):
        usable = False
    if not usable:
        raise AddressError("cad_url is geen bruikbaar adres: verbeter de instelling")


def _cause(error: BaseException | None, kind: type[FaultT]) -> FaultT | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
