"""The CAD over HTTP: sends an EIDO message, asks what became of it, and says what each answer means.

| answer to a dispatch | what it means here |
|---|---|
| 202 with a reference | delivered |
| 422 with a reason | refused: said to the operator, not sent again |
| 409 | the CAD holds something else under this id: a person must look |
| 429, 503 | not taken; sent again after the pause the CAD asks for |
| 3xx and other 4xx | the link is set up wrongly; not taken, sent again until that is mended |
| no connection | not taken; sent again |
| 202 or 422 that cannot be read, other 2xx and 5xx, half an answer, time-out | unclear; sent again with the SAME key |

What adds to a dispatch goes the same way and gets the same answers; the CAD knows it by what it lacks: the part that
asks for a unit. Sending again is safe because this contract makes the CAD deduplicate on the key
(`docs/cad-contract.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

from console.cad import contract, eido
from console.cad.peer import (
    Abilities,
    Conflict,
    Delivered,
    NoAnswer,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unit,
    Unknown,
)
from console.cad.wire import BrokenOffError, NeverLeftError, OverWire, Patience, Reply, Wire, retry_after
from console.model import UnitStatus
from console.texts import words

if TYPE_CHECKING:
    import ssl

    from console.cad.peer import Outcome
    from console.model import Dispatch

AnswerT = TypeVar("AnswerT", bound=contract.Answer)

_UNIT_STATUS: Final = {
    "assigned": UnitStatus.ASSIGNED,
    "en_route": UnitStatus.EN_ROUTE,
    "on_scene": UnitStatus.ON_SCENE,
    "closed": UnitStatus.CLOSED,
}
_ASKS_FOR_A_PAUSE: Final = {429: "heeft het te druk (429)", 503: "is even niet beschikbaar (503)"}
_SET_UP_WRONG: Final = {
    401: "weigert de toegang (401): controleer de sleutel cad_token",
    403: "weigert de toegang (403): controleer de sleutel cad_token",
    404: "kent dit adres niet (404): controleer cad_url",
    405: "kent dit adres niet (405): controleer cad_url",
}


class HttpCad(OverWire):
    """A CAD that speaks our contract; use it as an async context manager, for it keeps its connections."""

    abilities = Abilities(deduplicates=True, looks_up=True)

    def __init__(
        self,
        url: str,
        room: str,
        *,
        name: str,
        token: str | None = None,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare to talk to the CAD at `url`; `name` is what operators call it, `room` this control room's domain.

        `tls` secures the link, as in `Wire`.

        Raises:
            AddressError: no request can be sent to this address.
        """
        self._room = room
        self._name = name
        self._patience = patience or Patience()
        self._wire = Wire(
            url, name=name, token=token, patience=self._patience, largest=contract.LARGEST_ANSWER, tls=tls
        )

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Hand over a dispatch; see the table at the top for what each answer means."""
        try:
            content = eido.encode(eido.build(dispatch, self._room))
        except eido.UnsendableError as error:
            return Refused(words.cad.not_sent(str(error)))
        if len(content) > contract.LARGEST_MESSAGE:
            return Refused(words.cad.not_sent("de melding is te groot voor het contract"))
        headers = {contract.KEY_HEADER: dispatch.message_id, "Content-Type": eido.CONTENT_TYPE}
        try:
            reply = await self._wire.ask(
                "POST", contract.INCIDENTS, self._patience.send, content=content, headers=headers
            )
        except NeverLeftError as error:
            return NotDelivered(str(error))
        except BrokenOffError as error:
            return Unclear(str(error))
        return self._outcome(reply)

    async def look_up(self, dispatch: Dispatch) -> Delivered | Conflict | Unknown | NoAnswer:
        """Ask whether the CAD has a message; its own number for it is not in that answer."""
        found = await self.standing(dispatch.message_id, "")
        return Delivered("") if isinstance(found, Standing) else found

    async def standing(self, message_id: str, reference: str) -> Standing | Unknown | NoAnswer:  # noqa: ARG002 - by id
        """Ask what a dispatcher did with a message."""
        path = f"{contract.MESSAGES}/{quote(message_id, safe='')}"
        try:
            reply = await self._wire.ask("GET", path, self._patience.ask)
            if reply.status == 404:
                return Unknown()
            if reply.status != 200:
                return NoAnswer(self._unexpected(reply.status))
            said = contract.read(contract.MessageStatus, reply.body)
        except (NeverLeftError, BrokenOffError) as error:
            return NoAnswer(str(error))
        except contract.AnswerError as error:
            return NoAnswer(f"{self._name}: {error}")
        unit = None
        if said.unit is not None:
            told = said.unit
            unit = Unit(told.callsign, _UNIT_STATUS[told.status], told.at, told.expected_at)
        return Standing(Stage(said.state), said.reason, unit)

    async def trouble(self) -> str:
        """Ask whether the CAD can be reached and takes dispatches; the empty text means it can."""
        try:
            reply = await self._wire.ask("GET", contract.HEALTH, self._patience.ask)
            if reply.status != 200:
                return self._unexpected(reply.status)
            contract.read(contract.Health, reply.body)
        except (NeverLeftError, BrokenOffError) as error:
            return str(error)
        except contract.AnswerError as error:
            return f"{self._name}: {error}"
        return ""

    def _outcome(self, reply: Reply) -> Outcome:
        match reply.status:
            case 202:
                return self._delivered(reply)
            case 422:
                return self._refused(reply)
            case 409:
                return Conflict(
                    f"{self._name} heeft onder dit nummer al iets anders staan; bel en vergelijk de melding"
                )
            case 429 | 503:
                return NotDelivered(self._unexpected(reply.status), retry_after(reply.headers))
            case status if 300 <= status < 500 and status != 408:
                return NotDelivered(self._unexpected(status))
            case status:
                return Unclear(self._unexpected(status))

    def _delivered(self, reply: Reply) -> Outcome:
        try:
            return Delivered(contract.read(contract.Receipt, reply.body).reference)
        except contract.AnswerError as error:
            return Unclear(f"{self._name}: {error}")

    def _refused(self, reply: Reply) -> Outcome:
        try:
            reason = contract.read(contract.Problem, reply.body).reason
        except contract.AnswerError as error:
            return Unclear(f"{self._name}: {error}")
        return Refused(reason or "zonder reden")

    def _unexpected(self, status: int) -> str:
        known = {**_SET_UP_WRONG, **_ASKS_FOR_A_PAUSE}.get(status)
        if 200 <= status < 300:
            known = f"antwoordt iets anders dan is afgesproken ({status}): controleer cad_url"
        elif 300 <= status < 400:
            known = f"verwijst door naar elders ({status}): controleer cad_url"
        return f"{self._name} {known or f'geeft een onverwacht antwoord ({status})'}"
