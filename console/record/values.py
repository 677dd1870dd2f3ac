"""What callers hand to the record and get back, beside the values of `console.model`."""

from __future__ import annotations

from dataclasses import dataclass

from console.model import Choice, DeliveryState, Dispatch, PolicyStamp, Suggestion


@dataclass(frozen=True, slots=True)
class Rung:
    """The number a call got, and whether it is new (`created`) or was rung before."""

    call_id: str
    created: bool


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a caller knows of a decision before it is recorded.

    `token` is any text that is unique to this one confirmation: recording the same draft again gives the decision
    that is already there, so a second press of enter or a retry after an unclear answer decides nothing twice (R25).
    `also` is what was chosen beside it: never a unit, never the choice itself.
    """

    token: str
    choice: Choice
    policy: PolicyStamp
    answers: dict[str, str]
    suggestion: Suggestion
    deviates: bool
    also: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A dispatch that must go to the CAD now, with how it stands."""

    dispatch: Dispatch
    state: DeliveryState
