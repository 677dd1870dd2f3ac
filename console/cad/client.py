"""The CAD over HTTP: sends an EIDO message, asks what became of it, and says what each answer means.

| answer to a dispatch | what it means here |
|---|---|
| 202 with a reference | delivered; what the CAD says it stored otherwise is said |
| 422 with a reason | refused: said to the operator, not sent again |
| 409 | the CAD holds something else under this id: a person must look |
| 429, 503 | not taken; sent again after the pause the CAD asks for |
| 3xx and other 4xx | the link is set up wrongly; not taken, sent again until that is mended |
| no connection | not taken; sent again |
| 202 or 422 that cannot be read, other 2xx and 5xx, half an answer, time-out | unclear; sent again with the SAME key |

What adds to a dispatch goes the same way and gets the same answers; the CAD knows it by what it lacks: the part that
asks for a unit. Sending again is safe because this contract makes the CAD deduplicate on the key
(`docs/cad-contract.md`). Of a CAD that does not, the settings say so: then an unclear sending is asked after, or left
to a person. A CAD that says of itself that it does less than the settings promise gets nothing until that is mended.

An answer that names another message than ours is not believed: it was meant for an earlier request. The connection of
whatever is not believed is closed, or every later question on it would get the answer to the one before.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

from console.cad import contract, eido
from console.cad.names import tables
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

    from console.cad.names import Tables
    from console.cad.peer import Outcome
    from console.model import Dispatch

AnswerT = TypeVar("AnswerT", bound=contract.Answer)

WHOLE_CONTRACT: Final = Abilities(deduplicates=True, looks_up=True)
"""What a CAD does that keeps all five promises of the contract."""

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

    def __init__(
        self,
        url: str,
        room: str,
        *,
        name: str,
        token: str | None = None,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
        abilities: Abilities = WHOLE_CONTRACT,
        table: Tables | None = None,
    ) -> None:
        """Prepare to talk to the CAD at `url`; `name` is what operators call it, `room` this control room's domain.

        `tls` secures the link, as in `Wire`; `abilities` are what the installer knows of the CAD, `table` how this
        room names things in a message (without it the packaged one).

        Raises:
            AddressError: no request can be sent to this address.
        """
        self.abilities = replace(abilities, priorities=(table or tables()).priorities)
        self._room = room
        self._table = table
        self._name = name
        self._promised_too_much = ""
        self._heard_of_itself = False
        self._hearing = asyncio.Lock()
        self._patience = patience or Patience()
        self._wire = Wire(
            url, name=name, token=token, patience=self._patience, largest=contract.LARGEST_ANSWER, tls=tls
        )

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Hand over a dispatch; see the table at the top for what each answer means."""
        try:
            message = eido.build(dispatch, self._room, self._table)
        except eido.UnsendableError as error:
            return Refused(words.cad.not_sent(str(error)))
        content = eido.encode(message)
        if len(content) > contract.LARGEST_MESSAGE:
            return Refused(words.cad.not_sent("de melding is te groot voor het contract"))
        await self._hear_of_itself()
        if self._promised_too_much:
            return NotDelivered(self._promised_too_much)
        headers = {contract.KEY_HEADER: dispatch.message_id, "Content-Type": eido.CONTENT_TYPE}
        try:
            reply = await self._wire.ask(
                "POST", contract.INCIDENTS, self._patience.send, content=content, headers=headers
            )
        except NeverLeftError as error:
            return NotDelivered(str(error))
        except BrokenOffError as error:
            return Unclear(str(error))
        outcome = self._outcome(reply, message, dispatch.message_id)
        if isinstance(outcome, Unclear):
            await reply.hang_up()
        return outcome

    async def look_up(self, dispatch: Dispatch) -> Delivered | Conflict | Unknown | NoAnswer:
        """Ask whether the CAD has a message, under which number, and what it stored of it."""
        found = await self._ask_status(dispatch.message_id)
        if not isinstance(found, contract.MessageStatus):
            return found
        try:
            message = eido.build(dispatch, self._room, self._table)
        except eido.UnsendableError:  # the tables changed since it was sent: it is there, only not to be compared
            message = {}
        return Delivered(found.reference or "", self._difference(message, found.stored))

    async def standing(self, message_id: str, reference: str) -> Standing | Unknown | NoAnswer:  # noqa: ARG002 - by id
        """Ask what a dispatcher did with a message."""
        said = await self._ask_status(message_id)
        if not isinstance(said, contract.MessageStatus):
            return said
        unit = None
        if said.unit is not None:
            told = said.unit
            unit = Unit(told.callsign, _UNIT_STATUS[told.status], told.at, told.expected_at)
        return Standing(Stage(said.state), said.reason, unit)

    async def trouble(self) -> str:
        """Ask whether the CAD can be reached and takes dispatches; the empty text means it can."""
        try:
            reply = await self._wire.ask("GET", contract.HEALTH, self._patience.ask)
        except (NeverLeftError, BrokenOffError) as error:
            return str(error)
        try:
            said = self._read(contract.Health, reply)
        except contract.AnswerError as error:
            await reply.hang_up()
            return str(error)
        self._promised_too_much = self._more_than(said)
        return self._promised_too_much

    async def _hear_of_itself(self) -> None:
        """Hear once, before the first dispatch, what the CAD says it can do; where it is silent, the settings count."""
        async with self._hearing:
            if not self._heard_of_itself:
                self._heard_of_itself = True
                await self.trouble()

    def _more_than(self, said: contract.Health) -> str:
        """Say what the settings promise that the CAD says it does not do; the empty text when that is nothing."""
        if self.abilities.deduplicates and said.deduplicates is False:
            return words.cad.does_not_deduplicate(self._name)
        if self.abilities.looks_up and said.looks_up is False:
            return words.cad.cannot_be_asked(self._name)
        return ""

    async def _ask_status(self, message_id: str) -> contract.MessageStatus | Unknown | NoAnswer:
        """Ask how a message stands; a 404 counts only in the contract's own words, for any server can say 404."""
        path = f"{contract.MESSAGES}/{quote(message_id, safe='')}"
        try:
            reply = await self._wire.ask("GET", path, self._patience.ask)
        except (NeverLeftError, BrokenOffError) as error:
            return NoAnswer(str(error))
        try:
            if reply.status == 404 and contract.reads(contract.Problem, reply.body):
                return Unknown()
            said = self._read(contract.MessageStatus, reply)
        except contract.AnswerError as error:
            await reply.hang_up()
            return NoAnswer(str(error))
        if said.message_id not in {None, message_id}:
            await reply.hang_up()
            return NoAnswer(words.cad.about_another(self._name))
        return said

    def _read(self, model: type[AnswerT], reply: Reply) -> AnswerT:
        """Read the answer to a question; what is no such answer is said as it is told to operators."""
        if reply.status != 200:
            raise contract.AnswerError(self._unexpected(reply.status))
        try:
            return contract.read(model, reply.body)
        except contract.AnswerError as error:
            raise contract.AnswerError(f"{self._name}: {error}") from None

    def _outcome(self, reply: Reply, message: eido.Message, message_id: str) -> Outcome:
        match reply.status:
            case 202:
                return self._delivered(reply, message, message_id)
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

    def _delivered(self, reply: Reply, message: eido.Message, message_id: str) -> Outcome:
        try:
            said = contract.read(contract.Receipt, reply.body)
        except contract.AnswerError as error:
            return Unclear(f"{self._name}: {error}")
        if said.message_id not in {None, message_id}:
            return Unclear(words.cad.about_another(self._name))
        return Delivered(said.reference, self._difference(message, said.stored))

    def _difference(self, message: eido.Message, stored: contract.Stored | None) -> str:
        """Say what the CAD holds otherwise than it was sent; the empty text where it holds all, or tells nothing."""
        if stored is None:
            return ""
        there = stored.model_dump()
        different = [name for name, sent in contract.echo(message).items() if there[name] != sent]
        return words.cad.stored_otherwise(self._name, different) if different else ""

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
