"""The external interface of TicketsCAD v4, one request at a time: its envelope, its errors, what they say in Dutch.

A request that was answered gives its data or raises `DeclinedError`; what could not be understood raises
`GarbledError`, and then nobody knows what the CAD did.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from console.cad.eido import clean
from console.cad.wire import Patience, Reply, Wire, retry_after
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE: Final = "/api/external/v1"
LARGEST_ANSWER: Final = 8 * 1024 * 1024
"""Bytes; a list of 200 incidents with long first lines is below 1 MiB."""

_LONGEST_REASON: Final = 300
_MOST_DIGITS: Final = 11


class GarbledError(Exception):
    """The answer is not in the interface; the text is Dutch."""


@dataclass(eq=False)
class DeclinedError(Exception):
    """The CAD answered that it did not do it; `text` is Dutch, `reasons` are the CAD's own words, made safe."""

    status: int
    text: str
    reasons: str = ""
    retry_after: float | None = None

    def __str__(self) -> str:
        """Say what is wrong."""
        return self.text


class TicketsCadApi:
    """One TicketsCAD; `wire` is opened and closed by whoever made it."""

    def __init__(self, wire: Wire, *, name: str, patience: Patience) -> None:
        """Prepare to ask over `wire`; operators call this CAD `name`."""
        self._wire = wire
        self._name = name
        self._patience = patience

    async def get(self, path: str, query: Mapping[str, object] | None = None) -> Any:
        """Ask something; gives the data of the answer."""
        asked = f"{BASE}{path}?{urlencode(query)}" if query else f"{BASE}{path}"
        return await self._data(await self._wire.ask("GET", asked, self._patience.ask))

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Make something; gives the data of the answer."""
        return await self._write("POST", path, body)

    async def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change something; gives the data of the answer."""
        return await self._write("PATCH", path, body)

    async def _write(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        content = json.dumps(body, ensure_ascii=True, allow_nan=False).encode("ascii")
        headers = {"Content-Type": "application/json"}
        reply = await self._wire.ask(method, f"{BASE}{path}", self._patience.send, content=content, headers=headers)
        return await self._data(reply)

    async def _data(self, reply: Reply) -> Any:
        envelope = _envelope(reply.body)
        if 200 <= reply.status < 300:
            if envelope is None or envelope.get("ok") is not True or "data" not in envelope:
                await reply.hang_up()
                raise GarbledError(words.cad.not_the_interface(self._name, reply.status))
            return envelope["data"]
        code = "" if envelope is None else str(envelope.get("error", ""))
        raise DeclinedError(
            reply.status,
            words.cad.declined(self._name, reply.status, code),
            _reasons(envelope or {}),
            retry_after(reply.headers),
        )


def whole_number(said: object) -> int:
    """Read a number that the CAD gave to something of its own; its versions write them as numbers and as text.

    Raises:
        ValueError: it is no whole number, or one that no database gives.
    """
    text = str(said) if isinstance(said, int | str) and not isinstance(said, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ValueError("no number of anything")
    return int(text)


def _envelope(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _reasons(envelope: Mapping[str, Any]) -> str:
    """Give what the CAD says is wrong; its versions put that in `errors` or in `details.errors`."""
    details = envelope.get("details")
    said = envelope.get("errors") or (details.get("errors") if isinstance(details, dict) else None)
    texts = [clean(each) for each in said if isinstance(each, str)] if isinstance(said, list) else []
    return "; ".join(each for each in texts if each)[:_LONGEST_REASON].strip()
