"""One sender's line: what keeps lines that bring nothing from keeping a call out.

A server that waits for ever for the rest of a request is full after a thousand senders, broken or ill-meant, that never
send it: the limit of the system on open files. Here a line without a request under way is hung up after a while, and
makes room at once when there are very many.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

HEAD_SECONDS: Final = 10.0
"""Within which a request must have begun: its first line and all its headers."""

MOST_LINES: Final = 400
"""Open at once, less than half of the files that a system gives a program; one more hangs up the one that has been
silent longest."""

_NOT_HTTP: Final = {
    "fout": "Dit is geen HTTP die ik begrijp.",
    "veld": None,
    "wat_te_doen": "Meldingen gaan met POST naar /v1/calls; /openapi.json beschrijft alles.",
}


class Line(H11Protocol):
    """The protocol of the server, with an end to its patience and its refusals in Dutch."""

    _silence: asyncio.TimerHandle | None = None

    @property
    def is_silent(self) -> bool:
        """True while nobody waits for an answer on this line, and it is open."""
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    @property
    def patience_ends(self) -> float:
        """When this line is hung up if it stays silent, by the clock of the loop."""
        return 0.0 if self._silence is None else self._silence.when()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many wait, the first of them makes room."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_LINES:
            silent = [line for line in self.connections if isinstance(line, Line) and line.is_silent]
            min(silent, key=lambda line: line.patience_ends).hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        super().connection_lost(exc)
        self._wait_no_longer()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._wait()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it is English
        """Refuse what is not HTTP, where nothing was answered yet, and hang up."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
            events: list[Any] = [
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.Data(data=json.dumps(_NOT_HTTP).encode()),
                h11.EndOfMessage(),
            ]
            self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        if not self.is_silent:
            self.cycle.disconnected = True  # the door is still reading, and has nobody to answer any more
        self.transport.close()

    def _wait(self) -> None:
        self._wait_no_longer()
        self._silence = self.loop.call_later(HEAD_SECONDS, self._lose_patience)

    def _wait_no_longer(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None

    def _lose_patience(self) -> None:
        if self.is_silent:
            self.hang_up()

    def hang_up(self) -> None:
        """Drop the line without a word: a half request is no HTTP that could be answered."""
        self.transport.abort()
