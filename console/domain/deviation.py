"""When a choice departs from the suggestion: recorded at once, its reason asked once the dispatch has gone.

No judgement of the operator: a deviation is a fact that the policy owner learns from (policy.md, part 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Bounds, Choice

if TYPE_CHECKING:
    from triage_rules import Policy

OPERATOR_DECIDES: Final = "centralist_beslist"
_NEVER: Final = {Choice.CONSULT, Choice.PASSED_ON}
"""Asking the shift lead decides nothing yet; passing on leaves the decision to the desk that takes over."""
_AS_URGENT_AS: Final = {Choice.PHONE_REPORT: Choice.ONLINE}
"""A report by phone is the fourth way to report without a visit (S2.22): it stands where online stands."""


def deviates(choice: Choice, bounds: Bounds, policy: Policy) -> bool:
    """Tell whether a choice lies outside the suggestion.

    Never under `centralist_beslist`, and never the station where online was possible: that is the victim's choice
    (S0.22).
    """
    if choice in _NEVER or bounds.at_least == OPERATOR_DECIDES:
        return False
    least, most = policy.outcome(bounds.at_least).rank, policy.outcome(bounds.at_most).rank
    if choice is Choice.STATION and least <= policy.outcome(Choice.ONLINE).rank <= most:
        return False
    return not least <= policy.outcome(_AS_URGENT_AS.get(choice, choice)).rank <= most
