"""What callers hand to the record and get back, beside the values of `console.model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.model import Choice, DeliveryState, Dispatch, Facts, IncomingCall, OnPaper, PolicyStamp, Suggestion


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


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper form as it is entered: all of it, or nothing, is recorded.

    `token` is unique to this one confirmation, as in `DecisionDraft`. `incoming.received_at` is when the call came,
    `policy` the text hash of the one it is read under. `decision` and `dispatch` are None where nothing was decided,
    or no unit asked; the dispatch is never sent, and gets the number of the call. `why` is the reason of a decision
    that deviates, empty for none.
    """

    token: str
    paper: OnPaper
    incoming: IncomingCall
    facts: Facts
    answers: Mapping[str, str]
    note: str
    policy: str
    decision: DecisionDraft | None = None
    dispatch: Dispatch | None = None
    why: str = ""
