"""A call in an operator's hands, and a choice as it would be recorded: values that the desk gives to the screens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from console.model import Bounds, CallFile, Choice, Claim, Dispatch, PolicyStamp, Suggestion

if TYPE_CHECKING:
    from datetime import datetime

    from console.record import DecisionDraft
    from triage_rules import Policy, State

_WISH: Final = "wens"


@dataclass(frozen=True, slots=True)
class Case:
    """A call in hand: the claim that lets it be changed, what is recorded, what the policy says of it."""

    claim: Claim
    file: CallFile
    state: State

    @property
    def policy(self) -> Policy:
        """The policy under which this call is asked, from its first question to its last."""
        return self.state.policy

    @property
    def said(self) -> State:
        """What counts as the suggestion: *Na keuze* once the wish was asked, until then *Urgentie* (policy.md, 3)."""
        return self.state if _WISH in self.state.answers else self.state.urgency

    @property
    def suggestion(self) -> Suggestion:
        """What the policy says now, ready to be recorded with a decision."""
        return Suggestion(
            urgency=bounds(self.state.urgency),
            after_wish=bounds(self.state),
            rules=tuple(rule.id for rule in self.said.rules),
        )

    @property
    def held(self) -> bool:
        """False once another terminal took the call: nothing can be written with this claim any more."""
        return (self.file.owner, self.file.fence) == (self.claim.owner, self.claim.fence)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A choice as it would be recorded and sent: what the operator sees before confirming is what goes.

    The token in `draft` makes confirming the same proposal twice one decision. `after` is the number of the newest
    decision that was on the screen when it was made, 0 for none: a newer one must be seen first.
    """

    draft: DecisionDraft
    dispatch: Dispatch | None
    after: int

    @property
    def choice(self) -> Choice:
        """What would be decided."""
        return self.draft.choice

    def confirmed(self, at: datetime) -> Proposal:
        """The same proposal at the moment of deciding; the one to try again when recording it failed."""
        dispatch = self.dispatch
        return self if dispatch is None else replace(self, dispatch=replace(dispatch, decided_at=at))


def stamp(policy: Policy) -> PolicyStamp:
    """Say which policy a decision was made under."""
    return PolicyStamp(policy.id, policy.version, policy.text_hash, policy.meaning_hash)


def bounds(state: State) -> Bounds:
    """Give the outcomes between which a call's answers still leave it."""
    return Bounds(state.at_least.id, state.at_most.id)
