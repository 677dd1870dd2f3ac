"""What the simulated CAD holds, and what a dispatcher and a unit do with it in time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from console.cad import contract
from console.cad.simulator import Mode, Repeats

REFUSAL: Final = "geen eenheid beschikbaar in dit gebied"
OTHER_MESSAGE: Final = "onder deze sleutel staat al een andere melding"
_ANSWERED_AT: Final = 1.0
_THERE: Final = 12.0
_UNIT_STEPS: Final = ((2.0, "assigned"), (4.0, "en_route"), (_THERE, "on_scene"), (30.0, "closed"))
"""Paces after which a dispatcher has put a unit on it, and the unit reports."""
_CLOCK_OFF: Final = timedelta(hours=3)


class _Loose(BaseModel):
    model_config = ConfigDict(extra="allow")


class _IncidentPart(_Loose):
    incidentTypeInternalCode: Annotated[str, StringConstraints(min_length=1)]  # noqa: N815 - the standard's name
    incidentCommonPriorityNumber: Annotated[int, Field(ge=0, le=10)]  # noqa: N815


class _Callback(_Loose):
    callBackInformationUri: list[str] = []  # noqa: N815


class IncidentMessage(_Loose):
    """What a CAD must at least find in a message before it can put anything on a dispatcher's screen.

    Without `dispatchComponent` it adds to an incident that the CAD holds.
    """

    incident: Annotated[str, Field(alias="$id", min_length=1)]
    incidentComponent: _IncidentPart  # noqa: N815
    dispatchComponent: list[_Loose] = []  # noqa: N815
    locationComponent: list[_Loose] = []  # noqa: N815
    callbackComponent: list[_Callback] = []  # noqa: N815


@dataclass
class Held:
    """One message as this CAD holds it: a dispatch, or what was added to one (`callsign` is empty: nobody goes).

    `effects` counts how often it was put before a dispatcher: more than once means a second unit.
    """

    reference: str
    fingerprint: str
    mode: Mode
    callsign: str
    incident: str = ""
    stored: dict[str, Any] = field(default_factory=dict)
    since: float = field(default_factory=time.monotonic)
    received_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    effects: int = 0
    asked: int = 0

    def status(self, pace: float) -> dict[str, Any]:
        """Say what a dispatcher and a unit have done by now."""
        paces = (time.monotonic() - self.since) / pace if pace > 0 else float("inf")
        if paces < _ANSWERED_AT or self.mode is Mode.SILENT:
            return {"state": "received"}
        if self.mode is Mode.REFUSES:
            return {"state": "refused", "reason": REFUSAL}
        status: dict[str, Any] = {"state": "accepted"}
        for after, name in _UNIT_STEPS if self.callsign else ():
            if paces >= after:
                status["unit"] = {"callsign": self.callsign, "status": name, "at": self._moment(after, pace)}
                if after < _THERE:
                    status["unit"]["expected_at"] = self._moment(_THERE, pace)
        return status

    def _moment(self, paces: float, pace: float) -> str:
        off = _CLOCK_OFF if self.mode is Mode.CLOCK_OFF else timedelta()
        return contract.write_time(self.received_at - off + timedelta(seconds=paces * pace))


class Memory(dict[str, Held]):
    """The messages by their key."""

    def __init__(self, repeats: Repeats) -> None:
        """Begin with nothing; `repeats` is what a repeated key means here."""
        super().__init__()
        self._repeats = repeats
        self._asked_for: dict[str, Held] = {}
        self._number = 0

    def take(self, key: str, fingerprint: str, message: IncidentMessage, mode: Mode) -> Held | str:
        """Take a message, or say why not; a repeated key is recognised, or is one dispatch more."""
        held = self.get(key)
        if held is not None and self._repeats is Repeats.DEDUPLICATES:
            if held.fingerprint != fingerprint:
                return OTHER_MESSAGE
        elif held is not None:
            held.effects += 1
        else:
            held = self._new(fingerprint, message, mode)
            if held is None:
                return "deze aanvulling hoort bij geen melding die hier staat"
            self[key] = held
            held.effects += 1
        held.asked += 1
        return held

    def _new(self, fingerprint: str, message: IncidentMessage, mode: Mode) -> Held | None:
        """Put a dispatch on the list, or an addition with its incident; None when that is not here."""
        stored = contract.echo(message.model_dump(by_alias=True))
        if mode is Mode.DROPS_FIELD:
            stored.pop("locationDescriptionText", None)
        if message.dispatchComponent:
            number, self._number = self._number, self._number + 1
            callsign = f"NN {31 + number % 4}.{1 + number % 8:02}"
            held = Held(f"CAD-{number + 1:06}", fingerprint, mode, callsign, message.incident, stored)
            self._asked_for.setdefault(message.incident, held)
            return held
        of = self._asked_for.get(message.incident)
        return None if of is None else Held(of.reference, fingerprint, mode, "", message.incident, stored)

    def counts(self) -> dict[str, Any]:
        """Tell how often each message was sent here, and how often it had an effect."""
        return {
            "effecten": {key: held.effects for key, held in self.items() if held.callsign},
            "aanvullingen": {key: held.effects for key, held in self.items() if not held.callsign},
            "gevraagd": {key: held.asked for key, held in self.items()},
        }

    def summary(self) -> str:
        """Say the counts in one line."""
        counts = self.counts()
        effects = [*counts["effecten"].values(), *counts["aanvullingen"].values()]
        return (
            f"{len(counts['effecten'])} inzetten, {len(counts['aanvullingen'])} aanvullingen, "
            f"{sum(counts['gevraagd'].values())} keer verstuurd, {sum(each - 1 for each in effects)} dubbel"
        )
