"""Between values and what stands in the file: times, canonical JSON, and rows read back into values."""

from __future__ import annotations

import json
import math
import re
from dataclasses import is_dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from console.model import (
    Assessment,
    Bounds,
    Channel,
    Choice,
    Decision,
    Delivery,
    DeliveryState,
    Dispatch,
    Facts,
    Given,
    IncomingCall,
    Link,
    Location,
    PolicyStamp,
    Role,
    Suggestion,
    Transfer,
    UnitStatus,
)
from console.record.errors import Damaged, RecordError
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from console.record.engine import Row

P = ParamSpec("P")
T = TypeVar("T")

_POSTCODE: Final = re.compile(r"\s*\d{4}\s?[A-Za-z]{2}\s+")


def to_text(at: datetime) -> str:
    """Write a moment as UTC text with milliseconds, which sorts in order of time; what is finer is dropped."""
    if at.tzinfo is None:
        raise ValueError("a moment in the record has a time zone")
    try:
        return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except OverflowError:
        raise RecordError(words.record.NO_SUCH_TIME) from None


def to_time(text: str) -> datetime:
    """Read a moment back as an aware datetime in UTC."""
    return datetime.fromisoformat(text)


def to_time_or_none(text: str | None) -> datetime | None:
    """Read a moment that may not have happened yet."""
    return None if text is None else to_time(text)


def _plain(value: object) -> object:
    """Take a value apart one level deep; asdict copies everything below it, which cost more than the commit."""
    if isinstance(value, datetime):
        return to_text(value)
    if is_dataclass(value):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    raise TypeError(f"the record keeps no {type(value).__name__}")


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
)


def canonical(value: object) -> str:
    """Write JSON in the one form that equal values share: sorted keys, no spaces, no NaN.

    Values of the model are written as their fields, moments as the text that the record keeps.
    """
    return _ENCODER.encode(value)


def check_text(*texts: str | None) -> None:
    """Refuse text that no file can hold: a lone half of a character pair."""
    for text in texts:
        if text is None:
            continue
        try:
            text.encode()
        except UnicodeEncodeError:
            raise RecordError(words.record.HALF_A_CHARACTER) from None


def check_location(location: Location) -> None:
    """Refuse coordinates that are no number; SQLite would silently drop them."""
    if any(degrees is not None and not math.isfinite(degrees) for degrees in (location.lat, location.lon)):
        raise RecordError(words.record.NO_SUCH_PLACE)


def as_recorded(read: Callable[P, T]) -> Callable[P, T]:
    """Make a function that reads rows into values say that the file is damaged, where no value could have been so."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, LookupError) as error:
            raise Damaged from error

    return reading


@as_recorded
def incoming_of(row: Row) -> IncomingCall:
    """Read a call as it rang."""
    return IncomingCall(
        external_id=row["external_id"],
        channel=Channel(row["channel"]),
        number=row["number"],
        name=row["name"],
        location=Location(row["address"], row["lat"], row["lon"]),
        first_words=row["first_words"],
        received_at=to_time(row["received_at"]),
        urgent=None if row["urgent"] is None else bool(row["urgent"]),
    )


@as_recorded
def facts_of(row: Row | None) -> Facts:
    """Read the newest facts, or none yet."""
    if row is None:
        return Facts()
    free = row["speaks_freely"]
    return Facts(
        address=row["address"],
        callback=row["callback"],
        role=None if row["role"] is None else Role(row["role"]),
        speaks_freely=None if free is None else bool(free),
    )


@as_recorded
def decision_of(row: Row) -> Decision:
    """Read a decision back."""
    return Decision(
        id=row["id"],
        call_id=row["call_id"],
        at=to_time(row["at"]),
        by=row["by"],
        choice=Choice(row["choice"]),
        policy=PolicyStamp(**json.loads(row["policy"])),
        answers=json.loads(row["answers"]),
        suggestion=_suggestion(json.loads(row["suggestion"])),
        deviates=bool(row["deviates"]),
        reason=row["reason"],
        message_id=row["message_id"],
        also=tuple(Choice(each) for each in json.loads(row["also"])),
        made_at=to_time_or_none(row["made_at"]),
    )


def _suggestion(stored: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        urgency=Bounds(**stored["urgency"]), after_wish=Bounds(**stored["after_wish"]), rules=tuple(stored["rules"])
    )


@as_recorded
def transfer_of(row: Row) -> Transfer:
    """Read how a call changed hands."""
    return Transfer(to_time(row["at"]), row["by"], row["from"], row["to"], row["reason"])


@as_recorded
def assessments_of(
    call: Row, opened: Sequence[Row], told: Sequence[Row], answers: Sequence[Row], decisions: Sequence[Row]
) -> tuple[Assessment, ...]:
    """Sort all that was said and decided of a call into its assessments; each starts as the one before it ended."""
    starts = [
        (1, call["received_at"], call["rung_at"], None),
        *((row["number"], row["from"], row["at"], row["by"]) for row in opened),
    ]
    facts = Facts()
    standing: dict[str, str] = {}
    found = []
    for number, since, at, by in starts:
        newest = [row for row in told if row["assessment"] == number]
        facts = facts_of(newest[-1]) if newest else facts
        given = [row for row in answers if row["assessment"] == number]
        newer = {row["question"]: row["value"] for row in given}
        standing = {question: value for question, value in (standing | newer).items() if value is not None}
        made = tuple(decision_of(row) for row in decisions if row["assessment"] == number)
        found.append(
            Assessment(
                number=number,
                assessed_from=to_time(since),
                opened_at=to_time(at),
                opened_by=by,
                facts=facts,
                answers=standing,
                given=tuple(Given(row["question"], row["value"], to_time(row["at"]), row["by"]) for row in given),
                decisions=made,
                suggestion=made[-1].suggestion if made else None,
            )
        )
    return tuple(found)


def dispatch_to_json(dispatch: Dispatch) -> str:
    """Write a dispatch as the canonical text that the outbox keeps."""
    return canonical(dispatch)


@as_recorded
def dispatch_from_json(body: str) -> Dispatch:
    """Read a dispatch from the outbox."""
    fields = json.loads(body)
    for name in ("decided_at", "received_at"):
        fields[name] = to_time(fields[name])
    fields["location"] = Location(**fields["location"])
    fields["briefing"] = tuple(fields["briefing"])
    fields["details"] = tuple(fields["details"])
    return Dispatch(**fields)


@as_recorded
def delivery_of(row: Row) -> DeliveryState:
    """Read how a dispatch stands with the CAD."""
    return DeliveryState(
        message_id=row["message_id"],
        call_id=row["call_id"],
        priority=row["priority"],
        state=Delivery(row["state"]),
        created_at=to_time(row["created_at"]),
        attempts=row["attempts"],
        sent_at=to_time_or_none(row["sent_at"]),
        delivered_at=to_time_or_none(row["delivered_at"]),
        answered_at=to_time_or_none(row["answered_at"]),
        reason=row["reason"],
        cad_reference=row["cad_reference"],
        unit=row["unit"],
        unit_status=None if row["unit_status"] is None else UnitStatus(row["unit_status"]),
        unit_status_at=to_time_or_none(row["unit_status_at"]),
        next_attempt_at=to_time_or_none(row["next_attempt_at"]),
        expected_at=to_time_or_none(row["expected_at"]),
        adds_to=row["adds_to"] or "",
    )


@as_recorded
def link_of(row: Row | None) -> Link:
    """Read how the link with the CAD stands; nothing is known while no delivery ever wrote it."""
    if row is None:
        return Link(reachable=None, since=None, seen_at=None)
    return Link(
        reachable=bool(row["reachable"]),
        since=to_time(row["since"]),
        seen_at=to_time(row["seen_at"]),
        error=row["error"],
        paused_since=to_time_or_none(row["paused_since"]),
        next_try_at=to_time_or_none(row["next_try_at"]),
    )


def place_of(address: str) -> str:
    """Give the place of an address: what follows the last comma, without a postcode."""
    return _POSTCODE.sub("", address.rpartition(",")[2]).strip()
