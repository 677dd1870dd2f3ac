"""The contract between the delivery and a CAD, as models: what a CAD may answer, and nothing else.

The same contract for a CAD vendor: `docs/cad-contract.md` and `docs/cad-contract.openapi.yaml`. Fields we do not know
are let through, so that a CAD may say more; what we do use must have the right type. Texts from a CAD are shown to
operators: they are made safe and, where too long, visibly shortened, never a reason to reject an answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    PlainValidator,
    StringConstraints,
    ValidationError,
)

from console.cad.eido import clean

INCIDENTS: Final = "/v1/incidents"
MESSAGES: Final = "/v1/messages"
HEALTH: Final = "/health"
KEY_HEADER: Final = "Idempotency-Key"
LARGEST_ANSWER: Final = 64 * 1024
"""Bytes; an answer of this contract is below 2 kB."""
LARGEST_MESSAGE: Final = 1024 * 1024
"""Bytes a CAD must be able to take; a dispatch with long notes is about 20 kB."""
LONGEST_TEXT: Final = 300
LONGEST_ECHO: Final = 500
"""Characters of a text that a CAD says back; the rest of a longer one is not compared."""


class AnswerError(Exception):
    """The CAD's answer is not in the contract; the text is Dutch and says which part, never what it held."""


def _shown(text: str) -> str:
    safe = clean(text)
    return safe if len(safe) <= LONGEST_TEXT else f"{safe[: LONGEST_TEXT - 1]}…"


def _moment_if_readable(value: object) -> datetime | None:
    """Read what is only nice to know; where it cannot be read, the rest of the answer still counts."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if moment is None or moment.tzinfo is None else moment


Shown = Annotated[str, AfterValidator(_shown)]
Name = Annotated[str, AfterValidator(clean), StringConstraints(min_length=1, max_length=100)]


class Answer(BaseModel):
    """Whatever a CAD says: right types, unknown fields let through."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Stored(Answer):
    """What the CAD holds of a message now; a part that it leaves out is a part that it does not have."""

    incidentCommonPriorityNumber: int | None = None  # noqa: N815 - the standard's names
    incidentTypeInternalCode: str | None = None  # noqa: N815
    locationDescriptionText: str | None = None  # noqa: N815
    callBackInformationUri: str | None = None  # noqa: N815


class Receipt(Answer):
    """202 on an incident: it is stored, under a reference of the CAD's own.

    `message_id`, where it is said, is the key that this answers; `stored` what became of the message there.
    """

    reference: Name
    message_id: str | None = None
    stored: Stored | None = None


class Problem(Answer):
    """4xx or 5xx: what is wrong, in words for an operator."""

    reason: Shown


class Health(Answer):
    """200 on a health question: the CAD takes incidents; where it says so, also what it does with a repeated key."""

    status: Literal["ok"]
    deduplicates: bool | None = None
    looks_up: bool | None = None


class UnitReport(Answer):
    """The unit on an incident, since when it has this status by the CAD's clock, and when it thinks to be there."""

    callsign: Name
    status: Literal["assigned", "en_route", "on_scene", "closed"]
    at: AwareDatetime
    expected_at: Annotated[datetime | None, PlainValidator(_moment_if_readable)] = None


class MessageStatus(Answer):
    """What a dispatcher did with a message; `reason` says why it was refused, the rest is as in a receipt."""

    state: Literal["received", "accepted", "refused"]
    reason: Shown = ""
    unit: UnitReport | None = None
    reference: Name | None = None
    message_id: str | None = None
    stored: Stored | None = None


_T = TypeVar("_T", bound=Answer)


def read(model: type[_T], body: bytes) -> _T:
    """Read an answer.

    Raises:
        AnswerError: it is no JSON, or not what the contract says.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise AnswerError("het antwoord is geen JSON") from None
        where = ".".join(str(step) for step in first["loc"]) or "het antwoord"
        raise AnswerError(f"het antwoord klopt niet bij '{clean(where)[:60]}'") from None


def reads(model: type[Answer], body: bytes) -> bool:
    """Say whether an answer is in the contract."""
    try:
        read(model, body)
    except AnswerError:
        return False
    return True


def echo(message: dict[str, Any]) -> dict[str, Any]:
    """Give what a CAD that has a whole message says back of it: what a unit is sent by, and nothing else."""
    incident = message.get("incidentComponent", {})
    place: dict[str, Any] = next(iter(message.get("locationComponent", ())), {})
    callback: dict[str, Any] = next(iter(message.get("callbackComponent", ())), {})
    parts = {
        "incidentCommonPriorityNumber": incident.get("incidentCommonPriorityNumber"),
        "incidentTypeInternalCode": incident.get("incidentTypeInternalCode"),
        "locationDescriptionText": place.get("locationDescriptionText"),
        "callBackInformationUri": next(iter(callback.get("callBackInformationUri", ())), None),
    }
    return {name: _beginning(said) for name, said in parts.items() if said is not None}


def _beginning(said: Any) -> Any:
    return said[:LONGEST_ECHO] if isinstance(said, str) else said


def write_time(moment: datetime) -> str:
    """Write a time as the contract wants it."""
    return moment.isoformat(timespec="milliseconds")
