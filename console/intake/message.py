"""The message of an incoming call: what may be in it, and what is said about one that cannot be taken.

Strict on purpose, because a call that is half understood is worse than one that is refused with a reason: unknown
fields, a key twice, NaN, a half character, a time without a zone. Required are `id`, `channel` and `received_at`; a
text that is absent, null or empty was not known. Text is kept as it came, control characters and all: that is
evidence, and the screens show a safe form of it.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from console.model import Channel, IncomingCall, Location
from console.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

LARGEST_BODY: Final = 64 * 1024
"""Bytes; more is refused before it is read."""

FUTURE_ALLOWED: Final = timedelta(minutes=5)
"""How far the clock of a sender may run ahead of ours."""

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)


class BadMessageError(Exception):
    """A message that is not taken; nothing of it was stored. Its texts are Dutch and repeat none of the values."""

    def __init__(self, status: int, wrong: str, field: str | None, remedy: str) -> None:
        """Say what is wrong, in which field (`location.lat`; None for the message as a whole) and what to do."""
        super().__init__(wrong)
        self.status = status
        self.wrong = wrong
        self.field = field
        self.remedy = remedy


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "Dit is geen tijdstip met een tijdzone.")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("moment", "Deze datum of tijd bestaat niet.") from None


def _identifier(value: object) -> object:
    if isinstance(value, str) and (not value.isprintable() or value != value.strip()):
        raise PydanticCustomError("identifier", "In het kenmerk staan onzichtbare tekens of spaties aan de rand.")
    return value


Text40 = Annotated[str, Field(max_length=40)]
Text200 = Annotated[str, Field(max_length=200)]
Text300 = Annotated[str, Field(max_length=300)]
Text4000 = Annotated[str, Field(max_length=4000)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "title": "Received At"}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class LocationMessage(_Strict):
    """Where the caller is: an address in words, and WGS84 degrees, both or neither."""

    address: Text300 | None = Field(None, description="Street, number and place: `Brink 4, Gieten`.")
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> LocationMessage:
        if (self.lat is None) != (self.lon is None):
            raise PydanticCustomError("half_place", "Er is een breedte zonder lengte, of andersom.")
        return self


class CallMessage(_Strict):
    """A call as a telephony system rings it. `id` is the sender's own: the same id again never makes a second call."""

    id: Annotated[str, BeforeValidator(_identifier), Field(min_length=1, max_length=200)]
    channel: Literal["112", "0900-8844", "andere"]
    number: Text40 | None = Field(None, description="Number to call back, as the sender has it.")
    name: Text200 | None = None
    location: LocationMessage | None = None
    first_words: Text4000 | None = Field(None, description="What the caller said first, in their own words.")
    received_at: Moment = Field(
        description="When it rang; RFC 3339 with a zone, at most five minutes ahead of our clock."
    )
    spoed: bool | None = Field(
        None,
        description="Whether the sender holds it urgent: it only comes forward in the queue, and decides nothing. "
        "Leave it out when that is not known.",
    )

    def as_call(self) -> IncomingCall:
        """Turn it into the call that the record keeps."""
        place = self.location or LocationMessage()
        return IncomingCall(
            external_id=self.id,
            channel=Channel(self.channel),
            number=self.number or "",
            name=self.name or "",
            location=Location(place.address or "", place.lat, place.lon),
            first_words=self.first_words or "",
            received_at=self.received_at.astimezone(UTC),
            urgent=self.spoed,
        )


def read_call(body: bytes, now: datetime) -> IncomingCall:
    """Read a message of at most LARGEST_BODY bytes; raises BadMessageError for one that is not right in every part."""
    try:
        message = CallMessage.model_validate(_json(body))
    except ValidationError as error:
        _refuse(error.errors(include_url=False, include_input=False)[0])
    _check_time(message.received_at, now)
    return message.as_call()


def _check_time(received_at: datetime, now: datetime) -> None:
    if received_at > now + FUTURE_ALLOWED:
        raise BadMessageError(
            422,
            "De melding is volgens dit tijdstip nog niet binnengekomen.",
            "received_at",
            "Controleer de klok en de tijdzone van het systeem dat meldt.",
        )
    if received_at < _EARLIEST:
        raise BadMessageError(
            422, "Dit tijdstip ligt voor het jaar 2000.", "received_at", "Stuur wanneer de melding binnenkwam."
        )


def _json(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_not_a_number)
    except UnicodeDecodeError:
        _malformed("Het bericht is geen geldige UTF-8.", "Stuur de JSON in UTF-8.")
    except RecursionError:
        _malformed("Het bericht heeft te veel lagen in elkaar.", "Stuur de velden zoals /openapi.json ze noemt.")
    except json.JSONDecodeError as error:
        _malformed(
            f"Het bericht is geen geldige JSON (regel {error.lineno}, teken {error.colno}).",
            "Stuur een JSON-object zoals /openapi.json het beschrijft.",
        )
    except ValueError:
        # The one other thing that Python's reader refuses: a whole number of thousands of digits.
        _malformed("Er staat een getal in met te veel cijfers.", "Stuur coördinaten als gewone getallen in graden.")


def _once_each(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadMessageError(
                400, "Dit veld staat er tweemaal in.", one_line(name), "Stuur elk veld ten hoogste één keer."
            )
        found[name] = value
    return found


def _not_a_number(_constant: str) -> NoReturn:
    _malformed("NaN en Infinity zijn geen getallen in JSON.", "Laat het veld weg als de waarde niet bekend is.")


def _malformed(wrong: str, remedy: str) -> NoReturn:
    raise BadMessageError(400, wrong, None, remedy) from None


def _refuse(error: ErrorDetails) -> NoReturn:
    field = ".".join(one_line(str(part)) for part in error["loc"]) or None
    wrong, remedy = _SENTENCES.get(error["type"], _OTHERWISE)
    values = {key: value for key, value in error.get("ctx", {}).items() if key in {"max_length", "ge", "le"}}
    raise BadMessageError(422, (wrong or error["msg"]).format(**values), field, remedy.format(**values)) from None


_NUMBER: Final = ("Hier hoort een getal.", "Stuur graden als getal, of laat lat en lon beide weg.")
_PLACE: Final = "Stuur lat en lon in graden (WGS84), of laat ze beide weg."
_SENTENCES: Final = {
    "missing": ("Dit veld ontbreekt.", "Stuur het mee; verplicht zijn id, channel en received_at."),
    "extra_forbidden": ("Dit veld ken ik niet.", "Laat het weg; /openapi.json noemt alle velden."),
    "literal_error": ("Dit kanaal ken ik niet.", "Kies 112, 0900-8844 of andere."),
    "string_type": (
        "Hier hoort tekst.",
        "Stuur het tussen aanhalingstekens, of laat het weg als het niet verplicht is.",
    ),
    "bool_type": ("Hier hoort true of false.", "Stuur true of false zonder aanhalingstekens, of laat het weg."),
    "string_too_long": ("Deze tekst is langer dan {max_length} tekens.", "Kort de tekst in tot {max_length} tekens."),
    "string_too_short": ("Deze tekst is leeg.", "Stuur het eigen kenmerk dat bij deze melding hoort."),
    "string_unicode": ("Er staat een half teken in dat niet te bewaren is.", "Stuur alleen hele Unicode-tekens."),
    "identifier": ("", "Stuur een kenmerk van zichtbare tekens, zonder spaties aan het begin of het eind."),
    "moment": ("", "Stuur bijvoorbeeld 2026-11-12T14:05:00+01:00 of 2026-11-12T13:05:00Z."),
    "half_place": ("", _PLACE),
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": ("Dit is minder dan {ge} graden.", _PLACE),
    "less_than_equal": ("Dit is meer dan {le} graden.", _PLACE),
    "model_type": ("Hier hoort een object.", "Stuur velden tussen accolades, zoals /openapi.json ze noemt."),
}
_OTHERWISE: Final = ("Deze waarde kan niet.", "Stuur een waarde zoals /openapi.json die beschrijft.")
