"""What a report of a shift or a week is counted from: calls without anything that leads to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from console.model.calls import Channel, Choice
    from console.model.dispatches import Delivery


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """One decision; `reason` is why it deviates, as it was given."""

    choice: Choice
    deviates: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class SentDispatch:
    """One dispatch; `confirmed_after` are seconds, None while the CAD did not confirm it."""

    priority: int
    state: Delivery
    confirmed_after: float | None
    addition: bool


@dataclass(frozen=True, slots=True)
class HandledCall:
    """One call that came in: `waited` and `took` are seconds to its taking and to its first decision.

    Both are None where they did not happen, or say nothing: a call that its operator opened, or that came from paper.
    The four last ones are what good handling asks for.
    """

    channel: Channel
    rang_at: datetime
    waited: float | None
    took: float | None
    form: str | None
    decisions: tuple[MadeDecision, ...]
    dispatches: tuple[SentDispatch, ...]
    vulnerability_asked: bool
    prevention_given: bool
    traces_advised: bool
    repeat_checked: bool
